// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/resourcestate.h"

#include "kube/version.h"

#include <utility>

namespace fairlead::recording {
namespace {

std::uint64_t costOf(const StateRow &row)
{
    return sizeof(StateRow) + 64 + 2 * (row.space.size() + row.name.size()) + row.version.size() + row.json.size();
}

} // namespace

std::string ResourceState::key(std::string_view space, std::string_view name)
{
    std::string key(space);
    if (!space.empty())
        key += '/';
    return key.append(name);
}

void ResourceState::begin(const ListHead &list)
{
    *this = {};
    isKnown = true;
    m_version = list.version;
    m_columns = list.columns;
}

void ResourceState::add(const RowText &row)
{
    (void)apply(EventKind::Added, {row.space, row.name, row.version, row.json});
}

std::shared_ptr<const StateRow> ResourceState::apply(EventKind kind, const RowText &row)
{
    if (kube::isOlder(m_version, row.version))
        m_version = row.version;
    if (kind == EventKind::Bookmark)
        return {};
    const auto place = m_rows.try_emplace(key(row.space, row.name)).first;
    std::shared_ptr<const StateRow> before = place->second;
    if (before)
        m_bytes -= costOf(*before);
    if (kind == EventKind::Deleted) {
        m_rows.erase(place);
        return before;
    }
    auto now = std::make_shared<StateRow>();
    now->space = row.space;
    now->name = row.name;
    now->version = row.version;
    now->json = row.json;
    m_bytes += costOf(*now);
    place->second = std::move(now);
    return before;
}

} // namespace fairlead::recording
