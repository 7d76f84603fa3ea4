// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/yamlwriter.h"

#include "kube/yaml/keyorder.h"
#include "kube/yaml/scalar.h"
#include "kube/yaml/scalarstyle.h"
#include "kube/yaml/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fairlead::yaml {
namespace {

constexpr std::size_t foldColumn = 80;
constexpr std::size_t longestSimpleKey = 128; // bytes; a longer key is written after "? ", as kubectl does

/// Puts a tree into text. Indentation is that of Go's YAML library: a list that is a map's value stands at the map's own
/// column; what begins right after "- " or "? " goes on on the same line.
class Printer {
public:
    using Mark = YamlWriter::Mark;
    using Lists = YamlWriter::Lists;

    Printer(const std::vector<YamlWriter::Item> &items, std::string_view arena, Lists lists)
        : m_items(items)
        , m_arena(arena)
        , m_lists(lists)
    {
    }

    std::string print()
    {
        value(0, -2, false);
        if (!m_out.ends_with('\n'))
            m_out += '\n';
        return std::move(m_out);
    }

    YamlWriter::Marked printMarked()
    {
        m_marks = true;
        YamlWriter::Marked marked;
        marked.text = print();
        marked.runs = std::move(m_runs);
        // The line end that print() adds.
        std::size_t marks = 0;
        for (const YamlWriter::Run &run : marked.runs)
            marks += run.length;
        if (marks < marked.text.size())
            marked.runs.push_back({static_cast<std::uint32_t>(marked.text.size() - marks), Mark::Blank});
        marked.depth = depths(marked.text);
        return marked;
    }

private:
    struct LineStart {
        std::size_t offset = 0;
        std::uint16_t depth = 0;
    };

    /// Lines that begin an entry have said so; the others go on with one.
    std::vector<std::uint16_t> depths(std::string_view text) const
    {
        std::vector<std::uint16_t> depth;
        std::size_t known = 0;
        std::uint16_t last = 0;
        for (std::size_t at = 0; at < text.size(); at = std::min(text.find('\n', at), text.size() - 1) + 1) {
            if (known < m_starts.size() && m_starts[known].offset == at) {
                last = m_starts[known++].depth;
                depth.push_back(last);
            } else {
                depth.push_back(at == 0 ? 0 : static_cast<std::uint16_t>(last + 1));
            }
        }
        return depth;
    }

    void begins(int indent)
    {
        if (m_marks)
            m_starts.push_back({m_out.size(), static_cast<std::uint16_t>(std::min(std::max(indent, 0) / 2, 0xFFFF))});
    }

    std::string_view textOf(std::uint32_t index) const { return m_arena.substr(m_items[index].text, m_items[index].length); }

    void put(std::string_view text)
    {
        m_out += text;
        if (m_marks && !text.empty()) {
            if (m_runs.empty() || m_runs.back().mark != m_mark)
                m_runs.push_back({0, m_mark});
            m_runs.back().length += static_cast<std::uint32_t>(text.size());
        }
        // Columns are counted in characters.
        for (const char c : text)
            m_column = c == '\n' ? 0 : m_column + ((c & 0xC0) != 0x80 ? 1 : 0);
    }

    void lineAt(int indent)
    {
        if (m_column > 0)
            put("\n");
        put(std::string(static_cast<std::size_t>(std::max(indent, 0)), ' '));
    }

    void entryAt(int indent)
    {
        m_mark = Mark::Blank;
        if (m_column > 0)
            put("\n");
        begins(indent);
        lineAt(indent);
    }

    /// To where a line of the collection begins; nowhere if an indicator has just brought us there.
    void startLine(int indent)
    {
        if (m_compact)
            m_compact = false;
        else if (!m_out.empty())
            entryAt(indent);
        else
            begins(indent);
    }

    void indicator(std::string_view text)
    {
        m_mark = Mark::Punctuation;
        put(text);
        m_compact = true;
    }

    /// `indent` is the column of the collection around; a blank is written before what stays on the line.
    void value(std::uint32_t index, int indent, bool inMap)
    {
        const YamlWriter::Item &item = m_items[index];
        switch (item.part) {
        case YamlWriter::Part::Map:
            if (item.next == index + 1)
                onSameLine("{}", Mark::Punctuation);
            else
                map(index, indent + 2);
            return;
        case YamlWriter::Part::List:
            if (item.next == index + 1)
                onSameLine("[]", Mark::Punctuation);
            else
                list(index, inMap && !m_compact && m_lists == Lists::AtTheirKey ? indent : indent + 2);
            return;
        case YamlWriter::Part::Bare:
            onSameLine(textOf(index), bareMark(textOf(index)));
            return;
        case YamlWriter::Part::Text:
            break;
        }
        text(textOf(index), indent + 2, false);
    }

    static Mark bareMark(std::string_view text)
    {
        const char first = text.empty() ? '\0' : text.front();
        return first == '-' || (first >= '0' && first <= '9') ? Mark::Number : Mark::Word;
    }

    /// A blank unless an indicator has just put one.
    void blank()
    {
        m_mark = Mark::Blank;
        if (!m_compact && !m_out.empty())
            put(" ");
        m_compact = false;
    }

    void onSameLine(std::string_view text, Mark mark)
    {
        blank();
        m_mark = mark;
        put(text);
    }

    void map(std::uint32_t map, int indent)
    {
        struct Pair {
            std::uint32_t key;
            std::uint32_t value;
        };
        std::vector<Pair> pairs;
        for (std::uint32_t key = map + 1; key < m_items[map].next; key = m_items[key + 1].next)
            pairs.push_back({key, key + 1});
        std::stable_sort(pairs.begin(), pairs.end(), [this](const Pair &a, const Pair &b) { return keyLess(textOf(a.key), textOf(b.key)); });
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            if (i + 1 < pairs.size() && textOf(pairs[i].key) == textOf(pairs[i + 1].key))
                continue;
            startLine(indent);
            const std::string_view key = textOf(pairs[i].key);
            if (key.size() <= longestSimpleKey && key.find('\n') == std::string_view::npos) {
                m_compact = true;
                text(key, indent + 2, true);
                m_mark = Mark::Punctuation;
                put(":");
            } else {
                indicator("? ");
                text(key, indent + 2, false);
                entryAt(indent);
                indicator(": ");
            }
            value(pairs[i].value, indent, true);
        }
    }

    void list(std::uint32_t list, int indent)
    {
        for (std::uint32_t item = list + 1; item < m_items[list].next; item = m_items[item].next) {
            startLine(indent);
            indicator("- ");
            value(item, indent, false);
        }
    }

    void text(std::string_view text, int indent, bool simpleKey)
    {
        blank();
        m_mark = simpleKey ? Mark::Key : Mark::Text;
        switch (scalarStyle(text, simpleKey)) {
        case Style::Literal:
            literal(text, indent);
            return;
        case Style::DoubleQuoted:
            doubleQuoted(text, indent, !simpleKey);
            return;
        case Style::SingleQuoted:
            put("'");
            folded(text, indent, !simpleKey, true);
            put("'");
            return;
        default:
            folded(text, indent, !simpleKey, false);
        }
    }

    /// Plain or single-quoted text: a single space behind the column becomes a line end.
    void folded(std::string_view text, int indent, bool fold, bool quoted)
    {
        bool spaces = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == ' ') {
                const bool single = !spaces && i > 0 && i + 1 < text.size() && text[i + 1] != ' ';
                if (fold && single && m_column > foldColumn)
                    lineAt(indent);
                else
                    put(" ");
                spaces = true;
                continue;
            }
            if (quoted && text[i] == '\'')
                put("'");
            put(text.substr(i, 1));
            spaces = false;
        }
    }

    void doubleQuoted(std::string_view text, int indent, bool fold)
    {
        put("\"");
        bool spaces = false;
        for (std::size_t i = 0; i < text.size();) {
            const CodePoint c = codePointAt(text, i);
            if (c.value == ' ') {
                if (fold && !spaces && m_column > foldColumn && i > 0 && i + 1 < text.size()) {
                    lineAt(indent);
                    if (text[i + 1] == ' ')
                        put("\\");
                } else {
                    put(" ");
                }
                spaces = true;
            } else {
                put(needsEscape(c.value) || c.value == '"' || c.value == '\\' || c.value == '\n' ? escaped(c.value)
                                                                                                 : std::string(text.substr(i, c.length)));
                spaces = false;
            }
            i += c.length;
        }
        put("\"");
    }

    void literal(std::string_view text, int indent)
    {
        m_mark = Mark::Punctuation;
        put("|");
        if (text.front() == ' ' || text.front() == '\n')
            put("2");
        if (!text.ends_with('\n'))
            put("-");
        else if (text.size() == 1 || text[text.size() - 2] == '\n')
            put("+");
        m_mark = Mark::Text;
        put("\n");
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            if (end > at) {
                put(std::string(static_cast<std::size_t>(indent), ' '));
                put(text.substr(at, end - at));
            }
            if (end < text.size())
                put("\n");
            at = end + 1;
        }
    }

    const std::vector<YamlWriter::Item> &m_items;
    std::string_view m_arena;
    Lists m_lists;
    std::string m_out;
    std::size_t m_column = 0;
    bool m_compact = false;
    bool m_marks = false;
    Mark m_mark = Mark::Blank;
    std::vector<YamlWriter::Run> m_runs;
    std::vector<LineStart> m_starts;
};

std::string validUtf8(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = codePointAt(text, i);
        out += c.length > 0 ? text.substr(i, c.length) : std::string_view("\xEF\xBF\xBD");
        i += std::max<std::size_t>(c.length, 1);
    }
    return out;
}

// As kubectl prints it after its way through Go's JSON: a whole number that fits into 64 bits has no point and no exponent.
std::string numberText(std::string_view json)
{
    const Value value = resolvePlain(json);
    switch (value.type) {
    case Type::Integer:
        return std::to_string(value.integer);
    case Type::Unsigned:
        return std::to_string(value.unsignedInteger);
    case Type::Float:
        if (value.number == std::floor(value.number) && std::abs(value.number) < 9.2e18)
            return std::to_string(static_cast<std::int64_t>(value.number));
        if (value.number == std::floor(value.number) && value.number > 0 && value.number < 1.8e19)
            return std::to_string(static_cast<std::uint64_t>(value.number));
        return shortest(value.number);
    default:
        return std::string(json); // 1e400: no double holds it
    }
}

} // namespace

void YamlWriter::beginMap()
{
    add(Part::Map, {});
    m_open.push_back(static_cast<std::uint32_t>(m_items.size() - 1));
}

void YamlWriter::key(std::string_view name)
{
    string(name);
}

void YamlWriter::endMap()
{
    close();
}

void YamlWriter::beginList()
{
    add(Part::List, {});
    m_open.push_back(static_cast<std::uint32_t>(m_items.size() - 1));
}

void YamlWriter::endList()
{
    close();
}

void YamlWriter::string(std::string_view text)
{
    bool valid = true;
    for (std::size_t i = 0; valid && i < text.size();) {
        const CodePoint c = codePointAt(text, i);
        valid = c.length > 0;
        i += c.length;
    }
    add(Part::Text, valid ? text : validUtf8(text));
}

void YamlWriter::number(std::string_view json)
{
    add(Part::Bare, numberText(json));
}

void YamlWriter::boolean(bool value)
{
    add(Part::Bare, value ? "true" : "false");
}

void YamlWriter::null()
{
    add(Part::Bare, "null");
}

std::string YamlWriter::take()
{
    std::string out = m_items.empty() ? std::string() : Printer(m_items, m_arena, Lists::AtTheirKey).print();
    *this = YamlWriter();
    return out;
}

YamlWriter::Marked YamlWriter::takeMarked(Lists lists)
{
    Marked out = m_items.empty() ? Marked() : Printer(m_items, m_arena, lists).printMarked();
    *this = YamlWriter();
    return out;
}

void YamlWriter::add(Part part, std::string_view text)
{
    m_items.push_back({part, static_cast<std::uint32_t>(m_items.size() + 1), m_arena.size(), text.size()});
    m_arena += text;
}

void YamlWriter::close()
{
    m_items[m_open.back()].next = static_cast<std::uint32_t>(m_items.size());
    m_open.pop_back();
}

} // namespace fairlead::yaml
