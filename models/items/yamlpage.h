// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kinds/kind.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::items {

/// What a byte of a YAML text is, for who colours it.
enum class YamlStyle : std::uint8_t {
    Blank,
    Key,
    Punctuation,
    Text,
    Number,
    Word, ///< true, false, null
    Mask, ///< stands for a secret value
    Cut,  ///< says that a line was cut here
};

/// What is to be seen of an object.
struct YamlWish {
    bool managedFields = false;
    bool secrets = false; ///< the values of kinds::secretPaths(), else masks

    bool operator==(const YamlWish &) const = default;
};

/// A line with lines below it that belong to it, and what is said of them where they are folded: "httpGet, 3 lines", "2 entries, 14 lines".
struct YamlFold {
    int line = 0; ///< from 0
    int last = 0; ///< the last line that belongs to it
    std::string text;
    bool managedFields = false; ///< folded at first

    bool operator==(const YamlFold &) const = default;
};

/// An object as YAML, as it is shown: lists stand indented below their key, so that they can be folded. UTF-8; holds no control
/// character but LF, whatever the cluster sent.
struct YamlPage {
    /// Bytes. Nobody reads more in one line, and an editor lays out each line that is seen to its end: a screen of lines of 2,000 bytes
    /// holds the thread that paints for 90 ms at each piece that is added.
    static constexpr std::size_t longestLine = 500;

    std::string text;                 ///< whole: what is copied and saved
    std::string shown;                ///< the same, but for lines that were cut
    std::string styles;               ///< a YamlStyle for each byte of `shown`
    std::vector<std::uint16_t> depth; ///< of each line
    std::vector<YamlFold> folds;      ///< by rising line
    int cutLines = 0;
};

/// `object`: JSON as the server sent it. Thread: any; meant for the pool. Errors: those of kube::Json::parse().
[[nodiscard]] Result<YamlPage> yamlPage(std::string_view object, const kinds::Kind &kind, const YamlWish &wish);

} // namespace fairlead::items
