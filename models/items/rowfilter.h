// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kinds/health.h"
#include "kinds/workclass.h"
#include "kube/decode/row.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::items {

/// Which rows to show: what a person typed, a set of Healths, and whether jobs or services. A value; pure. Thread: any.
///
/// The text is conditions between blanks, all of which hold:
///     word           the text stands in a cell, letters of either case
///     "two words"    the same with blanks; what is quoted is text, whatever is in it; \" is a quote, \\ a backslash
///     key=value      a label has this value, exactly; key="" the empty one; key=* any
///     key!=value     it has not, or there is no such label
///     !…             the condition does not hold
class RowFilter {
public:
    /// All rows.
    RowFilter() = default;
    /// Error: BadInput, with what is wrong and a remedy in words; place.column counts characters from 1.
    [[nodiscard]] static Result<RowFilter> parse(std::string_view text);

    /// The same with only these; an empty set is all, also rows whose health cannot be told.
    [[nodiscard]] RowFilter withHealth(const std::set<kinds::Health> &healths) const;
    /// The same with only these; an empty set is all, also rows of which it cannot be told.
    [[nodiscard]] RowFilter withWork(const std::set<kinds::Work::What> &works) const;

    [[nodiscard]] bool isEmpty() const { return m_words.empty() && m_labels.empty() && m_healths == 0 && m_works == 0; }
    /// Whether matches() looks at the search text at all.
    [[nodiscard]] bool needsText() const { return !m_words.empty(); }
    /// `searchText`: cells, a line each, folded.
    [[nodiscard]] bool matches(std::string_view searchText, const kube::Row &row, std::optional<kinds::Health> health,
        std::optional<kinds::Work::What> work = std::nullopt) const;

    bool operator==(const RowFilter &) const = default;

    /// Appends a cell as it is shown, without the difference of small and capital letters.
    static void fold(std::string_view utf8, std::string &into);

private:
    struct Word {
        std::string folded;
        bool negated = false;
        bool operator==(const Word &) const = default;
    };
    struct Label {
        std::string key;
        std::optional<std::string> value; ///< none: any
        bool negated = false;
        bool operator==(const Label &) const = default;
    };
    struct Reader;

    std::vector<Word> m_words;
    std::vector<Label> m_labels;
    std::uint8_t m_healths = 0; ///< a bit each; none: all
    std::uint8_t m_works = 0;   ///< likewise
};

} // namespace fairlead::items
