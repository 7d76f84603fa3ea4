// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/row.h"

namespace fairlead::kube {

std::string_view Row::cell(std::size_t column) const
{
    return column < m_cells.size() ? view(m_cells[column].text) : std::string_view();
}

CellType Row::cellType(std::size_t column) const
{
    return column < m_cells.size() ? m_cells[column].type : CellType::Null;
}

std::pair<std::string_view, std::string_view> Row::label(std::size_t i) const
{
    return {view(m_labels[i].first), view(m_labels[i].second)};
}

std::string_view Row::labelValue(std::string_view key) const
{
    for (const auto &[name, value] : m_labels) {
        if (view(name) == key)
            return view(value);
    }
    return {};
}

std::pair<std::string_view, std::string_view> Row::annotation(std::size_t i) const
{
    return {view(m_annotations[i].first), view(m_annotations[i].second)};
}

Owner Row::owner(std::size_t i) const
{
    const OwnerSpans &owner = m_owners[i];
    return {view(owner.apiVersion), view(owner.kind), view(owner.name), view(owner.uid), owner.controller};
}

std::string_view Row::fact(std::size_t i) const
{
    return i < m_facts.size() ? view(m_facts[i]) : std::string_view();
}

std::size_t Row::cost() const
{
    return sizeof(Row) + m_arena.capacity() + m_body.capacity() + m_cells.capacity() * sizeof(Cell) +
           (m_labels.capacity() + m_annotations.capacity()) * sizeof(std::pair<Span, Span>) + m_owners.capacity() * sizeof(OwnerSpans) +
           m_facts.capacity() * sizeof(Span);
}

} // namespace fairlead::kube
