// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::logs {

/// A text that is looked for in lines: literally, upper and lower case alike (simple case folding, character by character).
/// Immutable. Thread: any.
class LogPattern {
public:
    struct Place {
        std::size_t begin = 0;
        std::size_t length = 0;
    };

    LogPattern() = default;
    explicit LogPattern(std::string_view utf8);

    [[nodiscard]] bool isEmpty() const { return m_needle.empty(); }
    /// How many there are that do not overlap.
    [[nodiscard]] std::uint32_t count(std::string_view line) const;
    /// Where they are, in bytes.
    [[nodiscard]] std::vector<Place> places(std::string_view line) const;

private:
    template<typename Visit>
    void visit(std::string_view line, Visit visit) const;

    std::string m_needle;           ///< folded, where it is ASCII
    std::vector<char32_t> m_folded; ///< else
    bool m_ascii = true;
};

} // namespace fairlead::logs
