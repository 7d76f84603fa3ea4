// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logpattern.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <cstring>

namespace fairlead::logs {
namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// The character at `at`, and where the next one begins. Lines are valid UTF-8.
char32_t characterAt(std::string_view text, std::size_t &at)
{
    const auto first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80)
        return first;
    const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    char32_t c = first & (0x3f >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        c = (c << 6) | (static_cast<unsigned char>(text[at++]) & 0x3f);
    return c;
}

} // namespace

LogPattern::LogPattern(std::string_view utf8)
    : m_needle(utf8)
{
    m_ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (m_ascii) {
        std::transform(m_needle.begin(), m_needle.end(), m_needle.begin(), lower);
        return;
    }
    for (const char32_t c : QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toStdU32String())
        m_folded.push_back(QChar::toCaseFolded(c));
}

template<typename Visit>
void LogPattern::visit(std::string_view line, Visit visit) const
{
    if (m_needle.empty())
        return;
    if (m_ascii) {
        // The first letter by memchr in both its cases: an order of magnitude over a comparison at each place.
        const std::size_t length = m_needle.size();
        const char small = m_needle[0];
        const char large = upper(small);
        const auto find = [line](char c, std::size_t from) {
            const void *found = from < line.size() ? std::memchr(line.data() + from, c, line.size() - from) : nullptr;
            return found ? static_cast<std::size_t>(static_cast<const char *>(found) - line.data()) : line.size();
        };
        std::size_t nextSmall = find(small, 0);
        std::size_t nextLarge = small == large ? line.size() : find(large, 0);
        while (true) {
            const std::size_t at = std::min(nextSmall, nextLarge);
            if (at + length > line.size())
                return;
            std::size_t from = at + 1;
            if (std::equal(m_needle.begin() + 1, m_needle.end(), line.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                    [](char a, char b) { return a == lower(b); })) {
                visit(Place{at, length});
                from = at + length;
            }
            if (nextSmall < from)
                nextSmall = find(small, from);
            if (nextLarge < from)
                nextLarge = find(large, from);
        }
    }
    for (std::size_t at = 0; at < line.size();) {
        std::size_t end = at;
        std::size_t i = 0;
        while (i < m_folded.size() && end < line.size() && QChar::toCaseFolded(characterAt(line, end)) == m_folded[i])
            ++i;
        if (i == m_folded.size()) {
            visit(Place{at, end - at});
            at = end;
        } else {
            (void)characterAt(line, at);
        }
    }
}

std::uint32_t LogPattern::count(std::string_view line) const
{
    std::uint32_t sum = 0;
    visit(line, [&sum](const Place &) { ++sum; });
    return sum;
}

std::vector<LogPattern::Place> LogPattern::places(std::string_view line) const
{
    std::vector<Place> out;
    visit(line, [&out](const Place &place) { out.push_back(place); });
    return out;
}

} // namespace fairlead::logs
