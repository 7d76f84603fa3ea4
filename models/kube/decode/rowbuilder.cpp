// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/rowbuilder.h"

#include <utility>

namespace fairlead::kube {

Row::Span RowBuilder::keep(std::string_view text)
{
    const Row::Span span{static_cast<std::uint32_t>(m_row.m_arena.size()), static_cast<std::uint32_t>(text.size())};
    m_row.m_arena.append(text);
    return span;
}

void RowBuilder::set(Field field, std::string_view text)
{
    const Row::Span span = keep(text);
    switch (field) {
    case Field::Name:
        m_row.m_name = span;
        break;
    case Field::Space:
        m_row.m_space = span;
        break;
    case Field::Uid:
        m_row.m_uid = span;
        break;
    case Field::Version:
        m_row.m_version = span;
        break;
    case Field::ApiVersion:
        m_row.m_apiVersion = span;
        break;
    case Field::Kind:
        m_row.m_kind = span;
        break;
    case Field::Created:
        m_row.m_created = span;
        break;
    case Field::Deleted:
        m_row.m_deleted = span;
        break;
    }
}

void RowBuilder::addCell(std::string_view text, CellType type)
{
    const Row::Span span = keep(text);
    m_row.m_cells.push_back({span, type});
}

void RowBuilder::addLabel(std::string_view key, std::string_view value)
{
    const Row::Span name = keep(key);
    m_row.m_labels.emplace_back(name, keep(value));
}

void RowBuilder::addAnnotation(std::string_view key, std::string_view value)
{
    const Row::Span name = keep(key);
    m_row.m_annotations.emplace_back(name, keep(value));
}

void RowBuilder::addOwner(const Owner &owner)
{
    Row::OwnerSpans spans;
    spans.apiVersion = keep(owner.apiVersion);
    spans.kind = keep(owner.kind);
    spans.name = keep(owner.name);
    spans.uid = keep(owner.uid);
    spans.controller = owner.controller;
    m_row.m_owners.push_back(spans);
}

void RowBuilder::addFact(std::string_view json)
{
    const Row::Span span = keep(json);
    m_row.m_facts.push_back(span);
}

void RowBuilder::setBody(std::string body)
{
    m_row.m_body = std::move(body);
}

Row RowBuilder::build(std::size_t columns)
{
    m_row.m_cells.resize(columns, {Row::Span(), CellType::Null});
    m_row.m_cells.shrink_to_fit();
    m_row.m_labels.shrink_to_fit();
    m_row.m_annotations.shrink_to_fit();
    m_row.m_owners.shrink_to_fit();
    m_row.m_facts.shrink_to_fit();
    m_row.m_arena.shrink_to_fit();
    return std::exchange(m_row, Row());
}

} // namespace fairlead::kube
