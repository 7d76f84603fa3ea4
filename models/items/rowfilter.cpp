// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/rowfilter.h"

#include "items/plaintext.h"

#include <algorithm>

namespace fairlead::items {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// A part of a label's key, or a value: at most 63 of letters, digits, "-", "_", "."; letters or digits at both ends.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
bool isLabelWord(std::string_view text, std::size_t most)
{
    return !text.empty() && text.size() <= most && isLetterOrDigit(text.front()) && isLetterOrDigit(text.back()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'; });
}

bool isLabelKey(std::string_view key)
{
    const std::size_t slash = key.find('/');
    if (slash == std::string_view::npos)
        return isLabelWord(key, 63);
    return isLabelWord(key.substr(0, slash), 253) && isLabelWord(key.substr(slash + 1), 63);
}

std::optional<std::string_view> labelOf(const kube::Row &row, std::string_view key)
{
    for (std::size_t i = 0; i < row.labelCount(); ++i) {
        const auto [name, value] = row.label(i);
        if (name == key)
            return value;
    }
    return std::nullopt;
}

} // namespace

/// Reads one condition after the other.
struct RowFilter::Reader {
    std::string_view text;
    std::size_t at = 0;

    [[nodiscard]] bool isAtEnd() const { return at == text.size(); }

    void skipBlanks()
    {
        while (!isAtEnd() && isBlank(text[at]))
            ++at;
    }

    // Characters of UTF-8: continuation bytes do not count.
    [[nodiscard]] tl::unexpected<Error> wrong(std::size_t where, std::string message, std::string remedy) const
    {
        const auto before = text.substr(0, where);
        const auto characters = std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
        return failure({.code = Code::BadInput,
            .message = std::move(message),
            .remedy = std::move(remedy),
            .place = {.file = {}, .line = 0, .column = static_cast<int>(characters) + 1}});
    }

    // At an opening quote.
    Result<std::string> quoted()
    {
        const std::size_t begin = at++;
        std::string inside;
        while (!isAtEnd() && text[at] != '"') {
            if (text[at] == '\\' && at + 1 < text.size())
                ++at;
            inside += text[at++];
        }
        if (isAtEnd())
            return wrong(begin, "a quote is not closed", "Put a \" at the end of the text, or \\\" where the quote itself is looked for.");
        ++at;
        if (!isAtEnd() && !isBlank(text[at]))
            return wrong(at, "there is no blank behind a closing quote", "Put a blank between two conditions.");
        return inside;
    }

    // Up to the next blank or one of `ends`.
    std::string_view bare(std::string_view ends = {})
    {
        const std::size_t begin = at;
        while (!isAtEnd() && !isBlank(text[at]) && ends.find(text[at]) == std::string_view::npos)
            ++at;
        return text.substr(begin, at - begin);
    }

    Result<void> condition(RowFilter &into)
    {
        const std::size_t begin = at;
        const bool negated = text[at] == '!';
        if (negated)
            ++at;
        if (isAtEnd() || isBlank(text[at]) || text[at] == '!')
            return wrong(begin, "nothing stands behind \"!\" that could be negated", "Write !word or !key=value, without a blank.");
        if (text[at] == '"') {
            const auto word = quoted();
            if (!word)
                return tl::unexpected(word.error());
            addWord(into, *word, negated);
            return {};
        }
        const std::string_view key = bare("=");
        if (isAtEnd() || text[at] != '=') {
            addWord(into, key, negated);
            return {};
        }
        return label(into, key, negated, begin);
    }

    static void addWord(RowFilter &into, std::string_view word, bool negated)
    {
        Word added{.folded = {}, .negated = negated};
        fold(word, added.folded);
        if (!added.folded.empty())
            into.m_words.push_back(std::move(added));
    }

    // At the "=" behind a key.
    Result<void> label(RowFilter &into, std::string_view key, bool negated, std::size_t begin)
    {
        ++at;
        Label added{.key = {}, .value = std::nullopt, .negated = negated};
        if (key.ends_with('!')) {
            key.remove_suffix(1);
            added.negated = !negated;
        }
        if (!isLabelKey(key)) {
            return wrong(begin, "\"" + std::string(key) + "\" before \"=\" cannot be the name of a label",
                "A label is asked for as key=value; put text that holds \"=\" in quotes.");
        }
        added.key = key;
        const std::size_t valueBegin = at;
        if (!isAtEnd() && text[at] == '"') {
            auto value = quoted();
            if (!value)
                return tl::unexpected(value.error());
            added.value = std::move(*value);
        } else {
            const std::string_view value = bare();
            if (value.empty()) {
                return wrong(valueBegin, "the label \"" + added.key + "\" is given no value",
                    "Write " + added.key + "=* for any value, " + added.key + "=\"\" for the empty one.");
            }
            if (value != "*")
                added.value = value;
        }
        if (added.value && !added.value->empty() && !isLabelWord(*added.value, 63)) {
            return wrong(valueBegin, "\"" + *added.value + "\" cannot be the value of a label",
                "Values are at most 63 letters, digits, \"-\", \"_\" and \".\"; conditions are separated by blanks.");
        }
        into.m_labels.push_back(std::move(added));
        return {};
    }
};

Result<RowFilter> RowFilter::parse(std::string_view text)
{
    RowFilter filter;
    Reader reader{.text = text};
    for (reader.skipBlanks(); !reader.isAtEnd(); reader.skipBlanks()) {
        if (const auto read = reader.condition(filter); !read)
            return tl::unexpected(read.error());
    }
    return filter;
}

namespace {

template<typename Each>
std::uint8_t bitsOf(const std::set<Each> &set)
{
    unsigned bits = 0;
    for (const Each each : set)
        bits |= 1U << static_cast<unsigned>(each);
    return static_cast<std::uint8_t>(bits);
}

// Of an empty set everything, also what cannot be told.
template<typename Each>
bool isIn(std::uint8_t bits, std::optional<Each> each)
{
    return bits == 0 || (each && (bits & (1U << static_cast<unsigned>(*each))) != 0);
}

} // namespace

RowFilter RowFilter::withHealth(const std::set<kinds::Health> &healths) const
{
    RowFilter filter = *this;
    filter.m_healths = bitsOf(healths);
    return filter;
}

RowFilter RowFilter::withWork(const std::set<kinds::Work::What> &works) const
{
    RowFilter filter = *this;
    filter.m_works = bitsOf(works);
    return filter;
}

bool RowFilter::matches(
    std::string_view searchText, const kube::Row &row, std::optional<kinds::Health> health, std::optional<kinds::Work::What> work) const
{
    if (!isIn(m_healths, health) || !isIn(m_works, work))
        return false;
    for (const Label &label : m_labels) {
        const auto value = labelOf(row, label.key);
        const bool holds = value && (!label.value || *value == *label.value);
        if (holds == label.negated)
            return false;
    }
    return std::all_of(m_words.begin(), m_words.end(),
        [searchText](const Word &word) { return (searchText.find(word.folded) != std::string_view::npos) != word.negated; });
}

void RowFilter::fold(std::string_view utf8, std::string &into)
{
    if (std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; })) {
        for (const char c : utf8)
            into += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return;
    }
    const QByteArray folded = plainText(utf8).toCaseFolded().toUtf8();
    into.append(folded.constData(), static_cast<std::size_t>(folded.size()));
}

} // namespace fairlead::items
