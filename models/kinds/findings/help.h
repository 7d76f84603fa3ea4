// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace fairlead::kinds {

/// What usually helps against what the rule of this id finds, in a sentence or two for people. Empty: there is no such rule. Thread: any.
[[nodiscard]] std::string_view whatHelps(std::string_view ruleId);

} // namespace fairlead::kinds
