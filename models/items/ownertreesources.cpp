// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreesources.h"

#include "kinds/kinds.h"

#include <algorithm>
#include <utility>

namespace fairlead::items {

using kinds::OwnerChanges;
using kinds::OwnerNode;
using kinds::TreePart;
using kube::ChangeSet;
using kube::ItemPtr;
using kube::Phase;
using kube::Resource;

namespace {

const Resource *offered(const kube::Offer &offer, std::string_view group, std::string_view resource)
{
    const auto found = std::find_if(offer.resources.begin(), offer.resources.end(),
        [&](const Resource &each) { return each.preferred && each.id.group == group && each.id.resource == resource; });
    return found == offer.resources.end() ? nullptr : &*found;
}

std::string_view groupOf(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

} // namespace

OwnerTreeSources::OwnerTreeSources(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_graph(std::make_unique<kinds::OwnerGraph>())
{
}

OwnerTreeSources::~OwnerTreeSources() = default;

void OwnerTreeSources::show(StoreOf storeOf, kube::OfferPtr offer, const Resource &resource, const kube::Scope &scope)
{
    m_clock.cancel(std::exchange(m_next, 0));
    m_pending.clear();
    m_held = false;
    ++m_generation;
    m_sources.clear();
    m_graph = std::make_unique<kinds::OwnerGraph>();
    m_begun = false;
    m_storeOf = std::move(storeOf);
    m_offer = std::move(offer);
    m_scope = scope;
    for (const kinds::TreeKind &each : kinds::treeKinds(resource.id.group, resource.id.resource)) {
        const Resource *found = each.part == TreePart::Own ? &resource : offered(*m_offer, each.key.group, each.key.resource);
        if (found && found->can("list") && found->can("watch"))
            add(*found, each.part);
    }
    m_asked = m_sources.size();
    Q_EMIT stateChanged();
}

void OwnerTreeSources::add(const Resource &resource, TreePart part)
{
    const std::size_t number = m_graph->addSource(kinds::kindOf(resource.id.group, resource.id.resource));
    Source &source = m_sources.emplace_back();
    source.resource = resource;
    source.kind = &kinds::kindOf(resource.id.group, resource.id.resource);
    source.part = part;
    source.store = m_storeOf({.resource = resource.id, .scope = resource.namespaced ? m_scope : kube::Scope::all(), .selector = {}});
    source.state = source.store->state();
    source.subscription = source.store->subscribe(
        kube::Detail::Facts, this,
        [this, number](const ChangeSet &set) {
            m_pending.push_back({.source = number, .slices = {.set = set, .snapshot = m_sources[number].store->snapshot()}});
            if (m_next == 0)
                work();
        },
        [this, number](const kube::State &state) {
            m_sources[number].state = state;
            beginIfWhole();
            Q_EMIT stateChanged();
        });
}

void OwnerTreeSources::release()
{
    m_held = false;
    workLater();
}

void OwnerTreeSources::workLater()
{
    if (m_next == 0 && !m_held && !m_pending.empty())
        m_next = m_clock.after(Clock::Duration(0), this, [this] { work(); });
}

void OwnerTreeSources::work()
{
    m_next = 0;
    const std::uint64_t generation = m_generation;
    for (std::size_t left = m_slice; left > 0 && !m_held && !m_pending.empty();) {
        // Whoever is told may ask for another tree: nothing of it is held here by then.
        Pending pending = std::move(m_pending.front());
        m_pending.pop_front();
        const bool whole = take(pending, left);
        if (generation != m_generation)
            return;
        if (!whole)
            m_pending.push_front(std::move(pending));
    }
    workLater();
}

void OwnerTreeSources::begin(Pending &pending)
{
    Source &source = m_sources[pending.source];
    ChangeSet &set = pending.slices.set;
    const kube::Snapshot &snapshot = pending.slices.snapshot;
    set.columns = snapshot.columns() != source.columns;
    if (set.columns && !source.columns.empty() && std::exchange(m_begun, false))
        Q_EMIT ended();
    const bool others = set.columns && !source.columns.empty();
    source.columns = snapshot.columns();
    if (set.cause != kube::Cause::Detail && !others)
        return;
    // Rows of the same version have more in them now, or other cells, and the set does not name them.
    set.changed.clear();
    snapshot.forEach([this, &set](const ItemPtr &item) {
        const OwnerNode *node = m_graph->node(item->uid());
        if (node && node->item != item)
            set.changed.push_back(item);
    });
}

// The next rows of a set, and what follows from them. True: that was all of it. `most` becomes what is left of it.
bool OwnerTreeSources::take(Pending &pending, std::size_t &most)
{
    const std::uint64_t generation = m_generation;
    const bool first = pending.slices.taken == 0;
    if (first)
        begin(pending);
    if (generation != m_generation)
        return true;
    ChangeSet part = pending.slices.next(most);
    part.columns = first && pending.slices.set.columns;
    const bool whole = pending.slices.isWhole();
    Source &source = m_sources[pending.source];
    if (whole)
        source.revision = part.to;
    const OwnerChanges changes = m_graph->apply(pending.source, source.columns, part);
    if (m_begun && !changes.isEmpty())
        Q_EMIT changed(changes);
    if (generation != m_generation)
        return true;
    meet(changes);
    if (whole)
        beginIfWhole();
    return whole;
}

// The end of the list is told by the rows themselves: who is live may still have a set on its way.
bool OwnerTreeSources::hasAnswered(const Source &source) const
{
    if (!source.isReadable())
        return true;
    const bool rows = source.revision && *source.revision == source.store->snapshot().revision();
    // Who owns nothing may come later: it finds its owners here.
    const bool first = source.state.phase == Phase::FirstPage && source.kind->owns.empty() && !kinds::showsPods(*source.kind);
    return rows && (first || source.state.phase == Phase::Live || source.state.phase == Phase::Stale);
}

void OwnerTreeSources::beginIfWhole()
{
    if (m_begun || m_sources.empty() ||
        !std::all_of(m_sources.begin(), m_sources.begin() + std::ptrdiff_t(m_asked), [this](const Source &each) { return hasAnswered(each); }))
        return;
    m_begun = true;
    Q_EMIT began();
}

void OwnerTreeSources::meet(const OwnerChanges &changes)
{
    for (const auto *uids : {&changes.added, &changes.updated}) {
        for (const std::string &uid : *uids)
            meet(*m_graph->node(uid));
    }
}

// Also where another owner is here: the one that controls it comes before it.
void OwnerTreeSources::meet(const OwnerNode &owned)
{
    // What is only below the tree's kind may have owners that are no business of this tree.
    if (m_sources[owned.source].part == TreePart::Below)
        return;
    const kube::Row &row = owned.item->meta();
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        const std::string_view group = groupOf(owner.apiVersion);
        if (m_sources.size() >= m_asked + mostMet || sourceOf(group, owner.kind))
            continue;
        const auto found = std::find_if(m_offer->resources.begin(), m_offer->resources.end(), [&](const Resource &each) {
            return each.preferred && each.id.group == group && each.kind == owner.kind && each.can("list") && each.can("watch");
        });
        if (found != m_offer->resources.end())
            add(*found, TreePart::Met);
    }
}

const OwnerTreeSources::Source *OwnerTreeSources::sourceOf(std::string_view group, std::string_view kind) const
{
    const auto found = std::find_if(
        m_sources.begin(), m_sources.end(), [&](const Source &each) { return each.resource.id.group == group && each.resource.kind == kind; });
    return found == m_sources.end() ? nullptr : &*found;
}

std::optional<Resource> OwnerTreeSources::offeredAs(std::string_view group, std::string_view resource) const
{
    const Resource *found = m_offer ? offered(*m_offer, group, resource) : nullptr;
    return found ? std::optional(*found) : std::nullopt;
}

kube::State OwnerTreeSources::state() const
{
    if (m_sources.empty())
        return {};
    kube::State state = m_sources.front().state;
    if (!m_begun && (state.phase == Phase::FirstPage || state.phase == Phase::Live))
        state.phase = Phase::Loading;
    return state;
}

std::vector<OwnerTreeSources::Missing> OwnerTreeSources::missing() const
{
    std::vector<Missing> all;
    for (const Source &each : m_sources) {
        if (!each.isReadable() && each.state.why)
            all.push_back({each.resource, *each.state.why});
        else if (!each.state.refused.empty())
            all.push_back({each.resource, each.state.refused.begin()->second});
    }
    return all;
}

void OwnerTreeSources::retry()
{
    for (const Source &each : m_sources)
        each.store->retry();
}

} // namespace fairlead::items
