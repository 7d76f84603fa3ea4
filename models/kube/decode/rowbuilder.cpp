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

Row::Span Row::*RowBuilder::spanOf(Field field)
{
    switch (field) {
    case Field::Name:
        return &Row::m_name;
    case Field::Space:
        return &Row::m_space;
    case Field::Uid:
        return &Row::m_uid;
    case Field::Version:
        return &Row::m_version;
    case Field::ApiVersion:
        return &Row::m_apiVersion;
    case Field::Kind:
        return &Row::m_kind;
    case Field::Created:
        return &Row::m_created;
    case Field::Deleted:
        break;
    }
    return &Row::m_deleted;
}

void RowBuilder::set(Field field, std::string_view text)
{
    m_row.*spanOf(field) = keep(text);
}

std::string RowBuilder::text(Field field) const
{
    return std::string(m_row.view(m_row.*spanOf(field)));
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

std::string RowBuilder::takeBody()
{
    return std::exchange(m_row.m_body, {});
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
