// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::contexts {

/// How many numbers there are to tell contexts apart by; ui has as many colours.
inline constexpr int identities = 12;

/// One number of 0 to 11 for each name: by the name's hash, so that a context keeps its colour from day to day, and without
/// a clash while there are free numbers: the first in the list keeps its own, a later one takes the next free.
[[nodiscard]] std::vector<int> identityNumbers(const std::vector<std::string> &names);

/// Does the name hold prod, production or live as a word: eu-prod, prod_1, Production.eu; not product, not delivery.
[[nodiscard]] bool isProduction(std::string_view name);

} // namespace fairlead::contexts
