// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"

#include <span>

namespace fairlead::kinds {

/// The kinds that people look at day by day: they stand in sight, and are counted and searched without being asked for;
/// every other one is a step further away. In the side bar's order. Thread: any.
[[nodiscard]] std::span<const KindKey> commonKinds();
[[nodiscard]] bool isCommon(std::string_view group, std::string_view resource);

} // namespace fairlead::kinds
