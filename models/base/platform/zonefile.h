// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace fairlead::platform {

/// The bytes of a time zone's file, from the first of the folders that Go looks into that has one of this name. None: no folder has.
/// `name` is trusted: it must not lead out of them. Thread: any.
[[nodiscard]] std::optional<std::string> readZoneFile(const std::string &name);

} // namespace fairlead::platform
