// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"

#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// Every value at a JSON pointer (RFC 6901) whose parts may be "*": every entry of a list. Null values where a map has no such member;
/// nothing for "*" of what is no list. The values live as long as `root`. Thread: any.
[[nodiscard]] std::vector<const kube::Json *> valuesAt(const kube::Json &root, std::string_view path);

} // namespace fairlead::kinds
