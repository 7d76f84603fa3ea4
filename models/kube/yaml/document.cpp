// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/document.h"

#include "kube/yaml/tree.h"

namespace fairlead::yaml {

Document::Document(std::shared_ptr<const Tree> tree)
    : m_tree(std::move(tree))
{
}

Node Document::root() const &
{
    return m_tree && !m_tree->records.empty() ? Node(m_tree.get(), 0) : Node();
}

const std::string &Document::fileName() const
{
    static const std::string none;
    return m_tree ? m_tree->source->fileName : none;
}

std::string_view Document::source() const
{
    return m_tree ? std::string_view(m_tree->source->text) : std::string_view();
}

const std::vector<Duplicate> &Document::duplicates() const
{
    static const std::vector<Duplicate> none;
    return m_tree ? m_tree->duplicates : none;
}

Place Document::place(const Node &node) const
{
    return {.file = fileName(), .line = node.line(), .column = node.column()};
}

std::size_t Document::memory() const
{
    return m_tree ? m_tree->records.capacity() * sizeof(Tree::Record) + m_tree->arena.capacity() : 0;
}

} // namespace fairlead::yaml
