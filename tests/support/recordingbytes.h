// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fairlead::test {

/// A sound .flrec file but for what is handed in: the plain bytes of its one block of entries.
[[nodiscard]] std::string fileOfEntries(std::string_view plain);
/// The same with one sound block of entries; handed in are the plain bytes of its index block, which the trailer points to.
[[nodiscard]] std::string fileOfIndex(std::string_view plain);

} // namespace fairlead::test
