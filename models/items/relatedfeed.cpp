// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/relatedfeed.h"

#include "items/tablecolumns.h"
#include "kinds/kinds.h"
#include "kinds/uses.h"
#include "kube/oneobject.h"
#include "kube/session.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fairlead::items {

namespace {

constexpr int mostAbove = 8; // owners of owners

std::string wordOf(const kinds::Kind &kind, const std::vector<kube::Column> &columns, const kube::Row &row)
{
    const TableColumns table(kind, columns, TableColumns::Namespaces::Hidden, {});
    const kinds::Cells cells(columns, row);
    // Where the two halves of a ratio stand in columns of their own.
    if (cells.column("Desired") && cells.column("Ready"))
        return std::string(cells.text("Ready")) + "/" + std::string(cells.text("Desired"));
    std::string word;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const TableColumns::Column &column = table.at(i);
        if (!column.speaksOfHealth || column.wide || !column.cell || row.cell(*column.cell).empty())
            continue;
        word += (word.empty() ? "" : ", ") + std::string(row.cell(*column.cell));
    }
    return word;
}

std::optional<kinds::Reference> controllerOf(const kube::Row &row)
{
    std::optional<kinds::Reference> found;
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        if (found && !owner.controller)
            continue;
        const std::size_t slash = owner.apiVersion.find('/');
        found = kinds::Reference{slash == std::string_view::npos ? std::string() : std::string(owner.apiVersion.substr(0, slash)), {},
            std::string(owner.kind), std::string(row.space()), std::string(owner.name), {}};
    }
    return found;
}

bool isOwnedBy(const kube::Row &row, const std::set<std::string, std::less<>> &uids)
{
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        if (uids.contains(row.owner(i).uid))
            return true;
    }
    return false;
}

std::string selectorText(const kinds::Labels &labels)
{
    std::string text;
    for (const auto &[key, value] : labels)
        text += (text.empty() ? "" : ",") + key + "=" + value;
    return text;
}

} // namespace

RelatedFeed::RelatedFeed(kube::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

RelatedFeed::~RelatedFeed()
{
    m_session.clock().cancel(m_timer);
}

void RelatedFeed::setSummary(const kinds::Kind &kind, const kinds::Summary &summary)
{
    const bool other = m_summary.uid != summary.uid;
    const bool links = other || m_summary.owners != summary.owners || m_summary.uses != summary.uses;
    m_kind = &kind;
    m_summary = summary;
    if (links)
        rebuild();
    if (!m_offerAsked) {
        m_offerAsked = true;
        m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
            m_offerKnown = true;
            m_offer = offer ? *offer : std::make_shared<const kube::Offer>();
            if (m_kind == nullptr)
                return; // let go of meanwhile
            askAll();
            listenOwned();
            listenUsers();
        });
        return;
    }
    if (!m_offerKnown)
        return;
    const auto now = m_session.clock().steady();
    if (links || !m_askedAt || now - *m_askedAt >= pause) {
        askAll();
    } else if (m_timer == 0) {
        m_timer = m_session.clock().after(std::chrono::duration_cast<Clock::Duration>(pause) - (now - *m_askedAt), this, [this] {
            m_timer = 0;
            askAll();
        });
    }
    if (other || m_ownedOf != m_summary.uid) {
        listenOwned();
        listenUsers();
    }
}

void RelatedFeed::clear()
{
    ++m_generation;
    m_open = 0;
    m_session.clock().cancel(std::exchange(m_timer, 0));
    m_askedAt.reset();
    m_kind = nullptr;
    m_summary = {};
    m_ownedOf.clear();
    m_owned.clear();
    m_seen.clear();
    m_asked.clear();
    rebuild();
}

void RelatedFeed::rebuild()
{
    m_owners.clear();
    for (const kinds::Reference &owner : m_summary.owners)
        m_owners.push_back({Related{.how = Related::How::Owner, .reference = owner, .resource = {}, .word = {}}});
    m_used.clear();
    for (const kinds::Reference &each : m_summary.uses)
        m_used.push_back({.how = each.name.empty() ? Related::How::Chosen : Related::How::Used, .reference = each, .resource = {}, .word = {}});
    gather();
}

std::optional<kube::Resource> RelatedFeed::resourceOf(const kinds::Reference &reference) const
{
    if (!m_offer)
        return std::nullopt;
    for (const kube::Resource &each : m_offer->resources) {
        if (each.preferred && each.id.group == reference.group &&
            (reference.resource.empty() ? each.kind == reference.kind : each.id.resource == reference.resource))
            return each;
    }
    return std::nullopt;
}

void RelatedFeed::askAll()
{
    ++m_generation;
    m_open = 0;
    m_askedAt = m_session.clock().steady();
    for (std::size_t i = 0; i < m_owners.size(); ++i)
        askAbove(i, m_owners[i].front().reference, mostAbove);
    for (std::size_t i = 0; i < m_used.size(); ++i) {
        Related &used = m_used[i];
        used.resource = resourceOf(used.reference);
        if (used.how == Related::How::Chosen) {
            used.known = Related::Known::There; // what can be told is told by the table it leads to
            continue;
        }
        if (!used.resource || i >= mostAsked) {
            used.known = Related::Known::Unknown;
            continue;
        }
        ++m_open;
        const kube::ObjectRef ref{used.resource->id, used.resource->namespaced ? used.reference.space : std::string(), used.reference.name};
        kube::getRow(m_session.client(), ref).then(this, [this, i, generation = m_generation](Result<kube::TablePage> page) {
            if (generation != m_generation)
                return;
            --m_open;
            Related &answered = m_used[i];
            const kinds::Kind &kind = kinds::kindOf(answered.resource->id.group, answered.resource->id.resource);
            if (page && !page->rows.empty()) {
                answered.known = Related::Known::There;
                answered.health = kind.health(page->columns, page->rows.front());
                answered.word = wordOf(kind, page->columns, page->rows.front());
                answered.stem = kinds::splitName(kind, page->rows.front()).stem.size();
            } else {
                answered.known = !page && page.error().code == Code::NotFound ? Related::Known::Missing : Related::Known::Unknown;
                answered.health.reset();
                answered.word.clear();
            }
            gather();
        });
    }
    gather();
}

void RelatedFeed::askAbove(std::size_t index, const kinds::Reference &reference, int left)
{
    const auto place = [this, index, reference]() -> Related * {
        for (Related &each : m_owners[index]) {
            if (each.reference == reference)
                return &each;
        }
        return nullptr;
    };
    Related *owner = place();
    if (owner == nullptr)
        return;
    owner->resource = resourceOf(reference);
    if (!owner->resource || left == 0) {
        owner->known = Related::Known::Unknown;
        return;
    }
    ++m_open;
    const kube::ObjectRef ref{owner->resource->id, owner->resource->namespaced ? reference.space : std::string(), reference.name};
    kube::getRow(m_session.client(), ref).then(this, [this, index, reference, left, place, generation = m_generation](Result<kube::TablePage> page) {
        if (generation != m_generation)
            return;
        --m_open;
        Related *answered = place();
        if (answered == nullptr)
            return;
        if (!page || page->rows.empty()) {
            answered->known = !page && page.error().code == Code::NotFound ? Related::Known::Missing : Related::Known::Unknown;
            gather();
            return;
        }
        const kinds::Kind &kind = kinds::kindOf(answered->resource->id.group, answered->resource->id.resource);
        const kube::Row &row = page->rows.front();
        answered->known = Related::Known::There;
        answered->health = kind.health(page->columns, row);
        answered->word = wordOf(kind, page->columns, row);
        auto &chain = m_owners[index];
        if (const auto above = controllerOf(row)) {
            // Owners that go round in a circle are climbed once.
            const bool known = std::any_of(chain.begin(), chain.end(), [&above](const Related &each) { return each.reference == *above; });
            if (!known)
                chain.push_back({.how = Related::How::Owner, .reference = *above, .resource = {}, .word = {}});
            if (!known || left == mostAbove)
                askAbove(index, *above, left - 1);
        }
        gather();
    });
}

void RelatedFeed::listenOwned()
{
    m_ownedOf = m_summary.uid;
    m_owned.clear();
    const std::string selector = selectorText(m_summary.selector);
    const auto listen = [this, &selector](const kinds::KindKey &key) {
        const auto resource = resourceOf({std::string(key.group), std::string(key.resource), {}, {}, {}, {}});
        if (!resource)
            return;
        auto owned = std::make_unique<Owned>();
        owned->kind = &kinds::kindOf(key.group, key.resource);
        owned->resource = *resource;
        const kube::Scope scope = m_summary.space.empty() || !resource->namespaced ? kube::Scope::all() : kube::Scope::of({m_summary.space});
        owned->store = m_session.store({resource->id, scope, {.labels = selector, .fields = {}}});
        Owned *raw = owned.get();
        owned->subscription = owned->store->subscribe(
            kube::Detail::Meta, this,
            [this, raw](const kube::ChangeSet &) {
                raw->told = true;
                takeOwned(*raw);
            },
            [](const kube::State &) {});
        m_owned.push_back(std::move(owned));
    };
    for (const kinds::KindKey &key : m_kind->owns) {
        listen(key);
        // What those own: the pods of a deployment's replica sets bear its labels too.
        if (selector.empty())
            continue;
        for (const kinds::KindKey &below : kinds::kindOf(key.group, key.resource).owns)
            listen(below);
    }
    gather();
}

void RelatedFeed::takeOwned(Owned &)
{
    std::set<std::string, std::less<>> owners{m_summary.uid};
    for (const auto &owned : m_owned) {
        owned->rows.clear();
        const kube::Snapshot snapshot = owned->store->snapshot();
        for (const kube::ItemPtr &item : snapshot.sorted()) {
            if (!isOwnedBy(item->meta(), owners))
                continue;
            owners.emplace(item->uid());
            if (owned->rows.size() >= mostOwned)
                continue;
            owned->rows.push_back({.how = Related::How::Owned,
                .reference = {owned->resource.id.group, owned->resource.id.resource, owned->resource.kind, std::string(item->space()),
                    std::string(item->name()), {}},
                .resource = owned->resource,
                .known = Related::Known::There,
                .health = owned->kind->health(snapshot.columns(), item->meta()),
                .word = wordOf(*owned->kind, snapshot.columns(), item->meta()),
                .stem = kinds::splitName(*owned->kind, item->meta()).stem.size()});
        }
    }
    gather();
}

// --- who uses it

void RelatedFeed::listenUsers()
{
    m_asked.clear();
    m_seen.clear();
    for (const kinds::KindKey &key : kinds::userKinds(m_kind->id.key())) {
        const auto resource = resourceOf({std::string(key.group), std::string(key.resource), {}, {}, {}, {}});
        if (!resource || !resource->can("list") || !resource->can("watch"))
            continue;
        auto asked = std::make_unique<Asked>();
        Asked *raw = asked.get();
        asked->kind = &kinds::kindOf(key.group, key.resource);
        asked->resource = *resource;
        asked->store = m_session.store({resource->id, kube::Scope::of({m_summary.space}), {}});
        m_asked.push_back(std::move(asked));
        raw->subscription = raw->store->subscribe(
            kube::Detail::Facts, this, [this, raw](const kube::ChangeSet &set) { takeUsers(*raw, set); },
            [this, raw](const kube::State &state) {
                const bool told = state.phase == kube::Phase::Live || state.phase == kube::Phase::Stale;
                const bool refused =
                    (state.phase == kube::Phase::Loading && state.why) || !state.refused.empty() || state.phase == kube::Phase::Ended;
                if (std::exchange(raw->told, told) != told || std::exchange(raw->refused, refused) != refused)
                    gather();
            });
    }
}

void RelatedFeed::takeUsers(const Asked &asked, const kube::ChangeSet &set)
{
    const auto put = [&](const kube::ItemPtr &item) {
        std::string how;
        for (kinds::Use &each : kinds::usesOf(*asked.kind, item->meta())) {
            if (each.target.name == m_summary.name && each.target.group == m_kind->id.group && each.target.resource == m_kind->id.resource)
                how = std::move(each.how);
        }
        m_seen.insert_or_assign(std::string(item->uid()), Seen{&asked, item, std::move(how)});
    };
    if (set.cause == kube::Cause::Detail) {
        // The same rows hold more now; the set does not name them.
        asked.store->snapshot().forEach(put);
    }
    std::for_each(set.changed.begin(), set.changed.end(), put);
    for (const kube::ChangeSet::Removed &each : set.removed) {
        if (each.last)
            m_seen.erase(std::string(each.last->uid()));
    }
    std::for_each(set.added.begin(), set.added.end(), put);
    gather();
}

std::vector<Related> RelatedFeed::usersNow() const
{
    struct User {
        const Seen *top = nullptr;
        std::string how;
        bool itself = false; ///< not only what it made
    };
    std::map<std::pair<std::string, std::string>, User> users; // by kind and name
    for (const auto &[uid, seen] : m_seen) {
        if (seen.how.empty())
            continue;
        const Seen *top = &seen;
        for (int left = mostAbove; left > 0; --left) {
            const Seen *above = nullptr;
            const kube::Row &row = top->item->meta();
            for (std::size_t i = 0; i < row.ownerCount() && !above; ++i) {
                const auto found = m_seen.find(std::string(row.owner(i).uid));
                above = found == m_seen.end() ? nullptr : &found->second;
            }
            if (!above)
                break;
            top = above;
        }
        User &user = users[{top->of->resource.kind, std::string(top->item->name())}];
        const bool itself = top == &seen;
        if (!user.top || itself || (!user.itself && user.how.size() < seen.how.size()))
            user.how = seen.how;
        user.top = top;
        user.itself = user.itself || itself;
    }
    std::vector<Related> rows;
    for (const auto &[key, user] : users) {
        if (rows.size() >= mostUsers)
            break;
        const Seen &top = *user.top;
        const kube::Row &row = top.item->meta();
        rows.push_back({.how = Related::How::User,
            .reference = {top.of->resource.id.group, top.of->resource.id.resource, top.of->resource.kind, std::string(top.item->space()),
                std::string(top.item->name()), {}},
            .resource = top.of->resource,
            .known = Related::Known::There,
            .health = top.of->kind->health(top.of->store->snapshot().columns(), row),
            .word = user.how,
            .stem = kinds::splitName(*top.of->kind, row).stem.size()});
    }
    return rows;
}

RelatedFeed::Users RelatedFeed::users() const
{
    if (!m_kind || kinds::userKinds(m_kind->id.key()).empty())
        return Users::NotAsked;
    if (!m_offerKnown)
        return Users::Asking;
    const auto refused = [](const auto &each) { return each->refused; };
    if (!std::all_of(m_asked.begin(), m_asked.end(), [](const auto &each) { return each->told || each->refused; }))
        return Users::Asking;
    return std::any_of(m_asked.begin(), m_asked.end(), refused) ? Users::Some : Users::All;
}

void RelatedFeed::gather()
{
    m_all.clear();
    for (const auto &chain : m_owners) {
        int depth = 0;
        for (auto each = chain.rbegin(); each != chain.rend(); ++each) {
            m_all.push_back(*each);
            m_all.back().depth = depth++;
        }
    }
    for (const auto &owned : m_owned)
        m_all.insert(m_all.end(), owned->rows.begin(), owned->rows.end());
    const auto users = usersNow();
    m_all.insert(m_all.end(), users.begin(), users.end());
    m_all.insert(m_all.end(), m_used.begin(), m_used.end());
    Q_EMIT changed();
}

} // namespace fairlead::items
