// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/gotonames.h"

#include "kinds/commonkinds.h"
#include "kinds/kinds.h"
#include "kube/rowrequest.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace fairlead::items {

namespace {

using Objects = std::vector<GoToModel::Object>;

GoToModel::Object objectOf(const kube::Resource &resource, const std::vector<kube::Column> &columns, const kube::Row &row)
{
    GoToModel::Object object{.resource = resource,
        .space = std::string(row.space()),
        .name = std::string(row.name()),
        .health = std::nullopt,
        .note = {},
        .stem = {},
        .context = {}};
    const kinds::Kind &kind = kinds::kindOf(resource.id.group, resource.id.resource);
    object.health = kind.health(columns, row);
    if (const kinds::NameParts parts = kinds::splitName(kind, row); !parts.tail.empty())
        object.stem = parts.stem.size();
    // The server's own word, where it has a column for one.
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == "Status" || columns[i].name == "STATUS") {
            object.note = std::string(row.cell(i));
            return object;
        }
    }
    for (std::size_t i = 0; object.health && i < columns.size(); ++i) {
        if (columns[i].name == "Ready" && !row.cell(i).empty())
            object.note = std::string(row.cell(i)) + " ready";
    }
    return object;
}

/// Kinds whose rows the session follows whole, with those rows.
void forEachFollowed(kube::Session &session, const std::function<void(const kube::Resource &resource, Objects objects)> &take)
{
    const kube::OfferPtr offer = session.discovery().offer();
    if (offer == nullptr)
        return;
    for (const auto &store : session.stores()) {
        const auto resource = std::find_if(offer->resources.begin(), offer->resources.end(),
            [&](const kube::Resource &each) { return each.id == store->source().resource && each.preferred; });
        const bool whole = store->source().selector == kube::Selector() && store->state().phase == kube::Phase::Live;
        if (resource == offer->resources.end() || !whole || resource->kind == "Namespace")
            continue;
        Objects objects;
        const kube::Snapshot rows = store->snapshot();
        rows.forEach([&](const kube::ItemPtr &item) { objects.push_back(objectOf(*resource, rows.columns(), item->meta())); });
        take(*resource, std::move(objects));
    }
}

/// Events have names that nobody looks for, and there are many.
bool isSearched(const kube::Resource &resource)
{
    return resource.preferred && resource.can("list") && kinds::isCommon(resource.id.group, resource.id.resource) && resource.can("create") &&
           resource.kind != "Event" && resource.kind != "Namespace";
}

} // namespace

GoToNames::GoToNames(kube::Session &session, GoToModel &model, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_model(model)
{
}

void GoToNames::takeFollowed()
{
    forEachFollowed(m_session, [this](const kube::Resource &resource, Objects objects) { m_model.setObjects(resource, std::move(objects)); });
}

std::vector<GoToModel::Object> GoToNames::followedIn(kube::Session &session)
{
    Objects all;
    forEachFollowed(session, [&all](const kube::Resource &, Objects objects) { std::move(objects.begin(), objects.end(), std::back_inserter(all)); });
    return all;
}

void GoToNames::want()
{
    const kube::OfferPtr offer = m_session.discovery().offer();
    const Clock::Duration now = m_session.clock().steady();
    if (offer == nullptr || isAsking() || (m_askedAt && now - *m_askedAt < freshFor))
        return;
    m_askedAt = now;
    m_found.clear();
    std::vector<kube::GroupVersionResource> followed;
    for (const auto &store : m_session.stores()) {
        if (store->state().phase == kube::Phase::Live && store->source().scope.isAll() && store->source().selector == kube::Selector())
            followed.push_back(store->source().resource);
    }
    for (const kube::Resource &resource : offer->resources) {
        if (isSearched(resource) && std::find(followed.begin(), followed.end(), resource.id) == followed.end())
            m_waiting.push_back({resource, {}});
    }
    next();
}

void GoToNames::next()
{
    while (m_asked < parallel && !m_waiting.empty()) {
        const Ask one = std::move(m_waiting.front());
        m_waiting.pop_front();
        ask(one, one.space.empty());
    }
    if (!isAsking())
        Q_EMIT settled();
}

void GoToNames::ask(const Ask &one, bool everywhere)
{
    auto request = kube::rowRequest(net::Verb::List, kube::collectionPath(one.resource.id, one.space), kube::Detail::Meta, kube::RowForm::Table);
    request.query.emplace_back("limit", std::to_string(mostNames));
    ++m_asked;
    const auto decode = [resource = one.resource](kube::Answer &&answer) -> Result<Objects> {
        const auto page = kube::decodeTable(answer.body, kube::Detail::Meta, {});
        if (!page)
            return failure(page.error());
        Objects objects;
        for (const kube::Row &row : page->rows)
            objects.push_back(objectOf(resource, page->columns, row));
        return objects;
    };
    m_session.client().ask<Objects>(std::move(request), decode).then(this, [this, one, everywhere](Result<Objects> objects) {
        --m_asked;
        if (objects) {
            auto &found = m_found[one.resource.qualifiedName()];
            found[one.space] = std::move(*objects);
            Objects all;
            for (const auto &[space, some] : found)
                all.insert(all.end(), some.begin(), some.end());
            m_model.setObjects(one.resource, std::move(all));
        } else if (everywhere && one.resource.namespaced && objects.error().code == Code::Forbidden) {
            for (const std::string &space : m_scope.namespaces)
                m_waiting.push_back({one.resource, space});
        }
        next();
    });
}

} // namespace fairlead::items
