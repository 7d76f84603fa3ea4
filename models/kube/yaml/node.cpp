// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/node.h"

#include "kube/yaml/tree.h"

#include <unordered_map>

namespace fairlead::yaml {

Node::Node(const Tree *tree, std::uint32_t index)
    : m_tree(tree)
    , m_index(tree->resolved(index))
{
}

Kind Node::kind() const
{
    return isValid() ? m_tree->records[m_index].kind : Kind::Null;
}

Style Node::style() const
{
    return isValid() ? m_tree->records[m_index].style : Style::Plain;
}

bool Node::isQuoted() const
{
    const Style s = style();
    return s == Style::SingleQuoted || s == Style::DoubleQuoted || s == Style::Literal || s == Style::Folded;
}

std::string_view Node::tag() const
{
    return isValid() ? m_tree->tagOf(m_tree->records[m_index]) : "?";
}

std::string_view Node::scalar() const
{
    return isScalar() ? m_tree->textOf(m_tree->records[m_index]) : std::string_view();
}

Value Node::value() const
{
    if (!isScalar())
        return {};
    Result<Value> value = resolveTagged(tag(), scalar());
    return value ? std::move(*value) : Value{};
}

int Node::line() const
{
    return isValid() ? m_tree->source->lines.line(begin()) : 0;
}

int Node::column() const
{
    return isValid() ? m_tree->source->lines.column(begin()) : 0;
}

std::size_t Node::begin() const
{
    return isValid() ? m_tree->records[m_index].begin : 0;
}

std::size_t Node::end() const
{
    return isValid() ? m_tree->records[m_index].end : 0;
}

std::vector<Node> Node::items() const
{
    std::vector<Node> out;
    if (!isSequence())
        return out;
    const std::uint32_t end = m_tree->records[m_index].next;
    for (std::uint32_t i = m_index + 1; i < end; i = m_tree->records[i].next)
        out.emplace_back(m_tree, i);
    return out;
}

std::vector<Entry> Node::writtenEntries() const
{
    std::vector<Entry> out;
    if (!isMap())
        return out;
    const std::uint32_t end = m_tree->records[m_index].next;
    for (std::uint32_t key = m_index + 1; key < end;) {
        const std::uint32_t value = m_tree->records[key].next;
        const Node keyNode(m_tree, key);
        out.push_back({keyText(keyNode.value()), keyNode, Node(m_tree, value)});
        key = m_tree->records[value].next;
    }
    return out;
}

std::vector<Entry> Node::entries() const
{
    std::vector<Entry> out;
    std::unordered_map<std::string, std::size_t> at;
    const auto put = [&](Entry entry) {
        const auto [found, isNew] = at.try_emplace(entry.name, out.size());
        if (isNew)
            out.push_back(std::move(entry));
        else
            out[found->second] = std::move(entry);
    };
    for (Entry &entry : writtenEntries()) {
        if (!m_tree->isMergeKey(entry.key.m_index)) {
            put(std::move(entry));
            continue;
        }
        // Of a list the first map wins: it is put last.
        std::vector<Node> maps = entry.value.items();
        if (entry.value.isMap())
            maps.push_back(entry.value);
        for (auto map = maps.rbegin(); map != maps.rend(); ++map) {
            for (Entry &merged : map->entries())
                put(std::move(merged));
        }
    }
    return out;
}

Node Node::find(std::string_view name) const
{
    for (const Entry &entry : entries()) {
        if (entry.name == name)
            return entry.value;
    }
    return {};
}

} // namespace fairlead::yaml
