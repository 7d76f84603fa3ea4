// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fairlead::test {

/// A file or folder of the checkout that was built, by its path in it: "tests/fixtures/table/pods.json". Thread: any.
/// The one place that knows: in every test's own flags the path would keep the compiler cache from answering in another clone.
[[nodiscard]] std::string sourcePath(std::string_view inside);

} // namespace fairlead::test
