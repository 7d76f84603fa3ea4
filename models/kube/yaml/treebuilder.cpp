// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/treebuilder.h"

#include "kube/yaml/text.h"

#include <algorithm>
#include <cctype>

#include <yaml-cpp/exceptions.h>

namespace fairlead::yaml {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t lineEnd(std::string_view text, std::size_t at)
{
    return std::min(text.find('\n', at), text.size());
}

bool isTag(std::string_view text)
{
    if (text.starts_with("!<"))
        return text.ends_with('>');
    return std::all_of(text.begin(), text.end(),
        [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("!_-.:/").find(c) != std::string_view::npos; });
}

// The parser makes of \N and \_ the bytes 85 and A0 alone, which are no UTF-8; nothing else in a value can be wrong.
std::string repaired(const std::string &value)
{
    std::string out;
    std::size_t good = 0;
    for (std::size_t i = 0; i < value.size();) {
        const CodePoint c = codePointAt(value, i);
        if (c.length == 0) {
            out.append(value, good, i - good);
            out += '\xC2';
            good = i;
        }
        i += std::max<std::size_t>(c.length, 1);
    }
    return good == 0 && out.empty() ? value : out.append(value, good);
}

} // namespace

TreeBuilder::TreeBuilder(Tree &tree, std::size_t base, std::size_t end)
    : m_tree(tree)
    , m_base(base)
    , m_end(end)
    , m_lastPosition(base)
{
}

bool TreeBuilder::aliasesWithinBounds() const
{
    // Kubernetes' parser: up to 400,000 nodes 99% may come from aliases, falling to 10% at 4 million.
    const double all = static_cast<double>(m_expanded);
    const double fromAliases = all - static_cast<double>(m_tree.records.size());
    if (fromAliases <= 100 || all <= 1000)
        return true;
    constexpr double low = 400'000;
    constexpr double high = 4'000'000;
    const double ratio = all <= low ? 0.99 : all >= high ? 0.10 : 0.99 - 0.89 * (all - low) / (high - low);
    return fromAliases / all <= ratio;
}

void TreeBuilder::OnDocumentStart(const YAML::Mark &)
{
}

void TreeBuilder::OnDocumentEnd()
{
}

void TreeBuilder::OnNull(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const std::size_t at = skipProperties(position(mark));
    std::size_t end = at;
    for (const std::string_view word : {std::string_view("~"), std::string_view("null"), std::string_view("Null"), std::string_view("NULL")}) {
        if (text().substr(at, std::min(word.size(), m_end - at)) == word)
            end = at + word.size();
    }
    if (end == at && at < m_end && text()[at] == ',' && !m_frames.empty() && m_tree.records[m_frames.back().index].kind == Kind::Sequence)
        fail(at, "fairlead: empty item");
    if (keyLacksColon()) {
        // Inside brackets such a "key" is the last item before the text ends.
        if (m_flowDepth > 0)
            fail(m_end, "end of sequence flow not found");
        fail(m_tree.records.back().begin, "fairlead: key without colon");
    }
    // The mark of an empty value is that of the next token, which may look like a null itself: add() corrects it then.
    const bool empty = end == at;
    const std::size_t place = empty ? emptyPlace() : at;
    Tree::Record &record = add(place, empty ? place : end, anchor, {});
    record.kind = Kind::Null;
    close(record, anchor, static_cast<std::uint32_t>(m_tree.records.size() - 1), 1);
}

void TreeBuilder::OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor)
{
    const std::size_t at = position(mark);
    std::size_t end = at + 1;
    while (end < m_end && (std::isalnum(static_cast<unsigned char>(text()[end])) || text()[end] == '_' || text()[end] == '-'))
        ++end;
    if (anchor >= m_anchors.size() || m_anchors[anchor].nodes == 0)
        fail(at, "fairlead: alias inside itself");
    if (m_firstAlias == 0)
        m_firstAlias = at;
    Tree::Record &record = add(at, end, 0, {});
    record.alias = true;
    record.text = m_anchors[anchor].index;
    close(record, 0, static_cast<std::uint32_t>(m_tree.records.size() - 1), m_anchors[anchor].nodes + 1);
}

void TreeBuilder::OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value)
{
    const std::size_t at = skipProperties(position(mark));
    const char first = at < m_end ? text()[at] : '\0';
    Style style = Style::Plain;
    std::size_t end = at;
    std::size_t start = at;
    if (first == '"' || first == '\'') {
        style = first == '"' ? Style::DoubleQuoted : Style::SingleQuoted;
        end = quotedEnd(at);
    } else if (first == '|' || first == '>') {
        style = first == '|' ? Style::Literal : Style::Folded;
        end = blockEnd(at);
    } else if (value.empty()) {
        start = end = emptyPlace(); // a tag without a value
    } else {
        if (first == ':' && m_flowDepth > 0)
            fail(at, "fairlead: colon");
        end = plainEnd(at, value);
        // {a:,}: to Kubernetes' parser the colon belongs to the word.
        if (end + 1 < m_end && text()[end] == ':' && std::string_view(",[]{}").find(text()[end + 1]) != std::string_view::npos)
            fail(end, "fairlead: colon");
    }
    Tree::Record &record = add(start, end, anchor, tag);
    record.kind = Kind::Scalar;
    record.style = style;
    setText(record, style == Style::DoubleQuoted ? repaired(value) : value);
    close(record, anchor, static_cast<std::uint32_t>(m_tree.records.size() - 1), 1);
}

void TreeBuilder::OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style)
{
    begin(mark, tag, anchor, style, Kind::Sequence, '[');
}

void TreeBuilder::OnSequenceEnd()
{
    end(']');
}

void TreeBuilder::OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style)
{
    begin(mark, tag, anchor, style, Kind::Map, '{');
}

void TreeBuilder::OnMapEnd()
{
    end('}');
}

void TreeBuilder::OnAnchor(const YAML::Mark &mark, const std::string &name)
{
    for (const char c : name) {
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '-')
            fail(m_base + static_cast<std::size_t>(mark.pos), "fairlead: anchor name");
    }
}

std::size_t TreeBuilder::position(const YAML::Mark &mark)
{
    const std::size_t at = std::min(m_base + static_cast<std::size_t>(std::max(mark.pos, 0)), m_end);
    if (++m_events > 4 * (m_end - m_base) + 16 || at < m_lastPosition)
        fail(at, "fairlead: runaway");
    m_lastPosition = at;
    return at;
}

Tree::Record &TreeBuilder::add(std::size_t begin, std::size_t end, YAML::anchor_t anchor, const std::string &tag)
{
    if (!m_tree.records.empty() && m_tree.records.back().begin == begin && m_tree.records.back().end > begin) {
        Tree::Record &previous = m_tree.records.back();
        const bool leaf = previous.next == m_tree.records.size();
        if (leaf && (previous.kind == Kind::Null || previous.length == 0)) {
            const std::size_t place = m_frames.empty() ? begin : m_frames.back().last;
            previous.begin = previous.end = static_cast<std::uint32_t>(std::min(place, begin));
            previous.style = Style::Plain;
        }
    }
    Tree::Record record;
    record.begin = static_cast<std::uint32_t>(begin);
    record.end = static_cast<std::uint32_t>(end);
    record.next = static_cast<std::uint32_t>(m_tree.records.size() + 1);
    if (!tag.empty() && tag != "?" && tag != "!") {
        const auto found = std::find(m_tree.tags.begin(), m_tree.tags.end(), tag);
        record.tag = static_cast<std::uint32_t>(found - m_tree.tags.begin()) + 1;
        if (found == m_tree.tags.end())
            m_tree.tags.push_back(tag);
    } else if (tag == "!" && text().substr(begin, 1) != "\"") {
        // Plain text after a lone "!" is a string; quoted text needs no note of that.
        record.tag = static_cast<std::uint32_t>(std::find(m_tree.tags.begin(), m_tree.tags.end(), tag) - m_tree.tags.begin()) + 1;
        if (record.tag > m_tree.tags.size())
            m_tree.tags.push_back(tag);
    }
    if (anchor != 0) {
        if (m_anchors.size() <= anchor)
            m_anchors.resize(anchor + 1);
        m_anchors[anchor] = {static_cast<std::uint32_t>(m_tree.records.size()), 0};
    }
    m_tree.records.push_back(record);
    return m_tree.records.back();
}

void TreeBuilder::close(const Tree::Record &leaf, YAML::anchor_t anchor, std::uint32_t index, std::uint64_t nodes)
{
    if (anchor != 0)
        m_anchors[anchor] = {index, nodes};
    if (m_frames.empty()) {
        m_expanded = nodes;
        return;
    }
    Frame &parent = m_frames.back();
    ++parent.children;
    parent.last = std::max<std::size_t>(parent.last, leaf.end);
    // A bomb doubles with each line: stop long before the sum could wrap.
    parent.nodes = std::min<std::uint64_t>(parent.nodes + nodes, std::uint64_t{1} << 60);
}

void TreeBuilder::begin(
    const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style, Kind kind, char opening)
{
    const std::size_t at = skipProperties(position(mark));
    Tree::Record &record = add(at, at, anchor, tag);
    record.kind = kind;
    // The parser says "flow" only where a bracket stands; a map of one pair inside [a: b] has none.
    const bool flow = style == YAML::EmitterStyle::Flow && at < m_end && text()[at] == opening;
    record.style = flow ? Style::Flow : Style::Block;
    m_flowDepth += flow ? 1 : 0;
    m_frames.push_back({.index = static_cast<std::uint32_t>(m_tree.records.size() - 1),
        .anchor = anchor,
        .column = static_cast<std::size_t>(m_tree.source->lines.column(at)) - 1,
        .last = flow ? at + 1 : at});
}

void TreeBuilder::end(char closing)
{
    const Frame frame = m_frames.back();
    m_frames.pop_back();
    Tree::Record &record = m_tree.records[frame.index];
    std::size_t at = frame.last;
    if (record.style == Style::Flow) {
        --m_flowDepth;
        while (at < m_end && text()[at] != closing) {
            if (text()[at] == '#')
                at = lineEnd(text(), at);
            else
                ++at;
        }
        at = std::min(at + 1, m_end);
    }
    record.end = static_cast<std::uint32_t>(at);
    record.next = static_cast<std::uint32_t>(m_tree.records.size());
    close(record, frame.anchor, frame.index, frame.nodes);
}

void TreeBuilder::setText(Tree::Record &record, const std::string &value)
{
    record.length = static_cast<std::uint32_t>(value.size());
    for (const std::size_t from : {std::size_t{record.begin}, std::size_t{record.begin} + 1}) {
        if (text().substr(std::min(from, m_end), value.size()) == value) {
            record.inSource = true;
            record.text = static_cast<std::uint32_t>(from);
            return;
        }
    }
    record.text = static_cast<std::uint32_t>(m_tree.arena.size());
    m_tree.arena += value;
}

std::size_t TreeBuilder::skipProperties(std::size_t at) const
{
    const std::string_view all = text();
    if (at >= m_end || (all[at] != '&' && all[at] != '!'))
        return at;
    while (at < m_end) {
        const char c = all[at];
        if (c == '&' || c == '!') {
            const std::size_t from = at;
            const bool verbatim = all.substr(at, 2) == "!<";
            while (at < m_end && !isSpace(all[at]) && (verbatim || all[at] != ',' || c == '!'))
                ++at;
            // Where a tag ends without a space after it parsers differ.
            if (c == '!' && !isTag(all.substr(from, at - from)))
                fail(from, "fairlead: tag");
        } else if (isSpace(c)) {
            ++at;
        } else if (c == '#' && isSpace(all[at - 1])) {
            at = std::min(lineEnd(all, at), m_end);
        } else {
            break;
        }
    }
    return at;
}

std::size_t TreeBuilder::quotedEnd(std::size_t at) const
{
    const std::string_view all = text();
    const char quote = all[at];
    for (std::size_t i = at + 1; i < m_end; ++i) {
        if (quote == '"' && all[i] == '\\') {
            ++i;
        } else if (all[i] == quote) {
            if (quote == '"' || i + 1 >= m_end || all[i + 1] != '\'')
                return i + 1;
            ++i;
        }
    }
    fail(at, "fairlead: open quote");
}

std::size_t TreeBuilder::blockEnd(std::size_t at) const
{
    const std::string_view all = text();
    std::size_t indent = 0; // 0: that of the first line that is not blank
    std::size_t i = at + 1;
    for (; i < m_end && all[i] != '\n'; ++i) {
        if (all[i] >= '1' && all[i] <= '9' && !isBlank(all[i - 1]) && indent == 0)
            indent = static_cast<std::size_t>(all[i] - '0') + (m_frames.empty() ? 0 : m_frames.back().column);
        else if (isBlank(all[i]))
            break;
    }
    std::size_t end = std::min(lineEnd(all, i), m_end);
    while (end < m_end) {
        const std::size_t line = end + 1;
        std::size_t content = line;
        while (content < m_end && all[content] == ' ')
            ++content;
        const bool blank = content >= m_end || all[content] == '\n' || all[content] == '\r';
        if (!blank && indent == 0)
            indent = std::max<std::size_t>(content - line, 1);
        if (!blank && content - line < indent)
            break;
        end = std::min(lineEnd(all, content), m_end);
    }
    return end;
}

std::size_t TreeBuilder::plainEnd(std::size_t at, const std::string &value) const
{
    const std::string_view all = text();
    if (all.substr(at, std::min(value.size(), m_end - at)) == value)
        return at + value.size();
    // Lines were folded: runs of space in the text stand for one space or some line ends in the value.
    std::size_t i = at;
    for (std::size_t v = 0; v < value.size();) {
        if (i < m_end && all[i] == value[v] && !isSpace(value[v])) {
            ++i;
            ++v;
        } else if (i < m_end && isSpace(all[i]) && isSpace(value[v])) {
            while (i < m_end && isSpace(all[i]))
                ++i;
            while (v < value.size() && isSpace(value[v]))
                ++v;
        } else {
            break;
        }
    }
    return i;
}

std::size_t TreeBuilder::emptyPlace() const
{
    const std::string_view all = text();
    if (m_frames.empty())
        return m_lastPosition;
    std::size_t at = m_frames.back().last;
    // After the colon of the key, or the dash of the item, where it stands on the same line.
    std::size_t i = at;
    while (i < m_end && isBlank(all[i]))
        ++i;
    if (i < m_end && i < m_lastPosition && (all[i] == ':' || all[i] == '-'))
        at = i + 1;
    return std::min(at, std::max(m_lastPosition, m_base));
}

bool TreeBuilder::keyLacksColon() const
{
    if (m_frames.empty() || m_frames.back().children % 2 == 0)
        return false;
    const Tree::Record &map = m_tree.records[m_frames.back().index];
    const Tree::Record &key = m_tree.records.back();
    if (map.kind != Kind::Map || map.style != Style::Block || key.next != m_tree.records.size())
        return false;
    const std::string_view all = text();
    std::size_t before = key.begin;
    while (before > m_base && isBlank(all[before - 1]))
        --before;
    if (before > m_base && all[before - 1] == '?')
        return false;
    std::size_t after = key.end;
    while (after < m_end && isBlank(all[after]))
        ++after;
    return after >= m_end || all[after] != ':';
}

void TreeBuilder::fail(std::size_t at, const char *what) const
{
    YAML::Mark mark;
    mark.pos = static_cast<int>(at - m_base);
    throw YAML::ParserException(mark, what);
}

} // namespace fairlead::yaml
