// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/treelinks.h"

#include "kinds/facts.h"
#include "kinds/selections.h"
#include "kinds/treekinds.h"
#include "kinds/treewords.h"
#include "kinds/uses.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace fairlead::kinds {

namespace {

using Uids = std::set<std::string, std::less<>>;

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template<typename Value>
using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

/// An object, with the keys by which it is named and those that it names.
struct Entry {
    kube::ItemPtr item;
    Uids is;
    Uids names;
};

constexpr std::string_view serviceLabel = "kubernetes.io/service-name";

// "/" stands in no namespace and no name.
std::string key(std::string_view what, std::string_view space, std::string_view name)
{
    return std::string(what) + "/" + std::string(space) + "/" + std::string(name);
}

std::string uidKey(std::string_view uid)
{
    return "uid/" + std::string(uid);
}

// What stands in a link's place, on either end.
void addKeys(Entry &entry, const TreeLink &link, bool host, const OwnerNode &node)
{
    const kube::Row &row = node.item->meta();
    Uids &keys = host ? entry.names : entry.is;
    switch (link.by) {
    case TreeLink::By::Selector:
        break; // by Selections
    case TreeLink::By::Service:
        if (host)
            keys.insert(key("slices", row.space(), row.name()));
        else if (const std::string_view service = row.labelValue(serviceLabel); !service.empty())
            keys.insert(key("slices", row.space(), service));
        break;
    case TreeLink::By::Uid:
        if (!host) {
            keys.insert(uidKey(row.uid()));
        } else if (node.kind->holdsFacts(row)) {
            const kube::Json endpoints = Facts(node.kind->facts, row).json("endpoints");
            for (const kube::Json &each : endpoints.list()) {
                if (const std::string_view uid = each["targetRef"]["uid"].text(); !uid.empty())
                    keys.insert(uidKey(uid));
            }
        }
        break;
    case TreeLink::By::Name:
        if (!host) {
            keys.insert(key(link.guest.resource, row.space(), row.name()));
            break;
        }
        for (const Use &each : usesOf(*node.kind, row)) {
            if (each.target.group == link.guest.group && each.target.resource == link.guest.resource)
                keys.insert(key(link.guest.resource, row.space(), each.target.name));
        }
        break;
    }
}

bool isOwnedBy(const kube::Row &row, std::string_view uid)
{
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        if (row.owner(i).uid == uid)
            return true;
    }
    return false;
}

bool haveSameOwners(const kube::Row &a, const kube::Row &b)
{
    bool same = a.ownerCount() == b.ownerCount();
    for (std::size_t i = 0; same && i < a.ownerCount(); ++i)
        same = a.owner(i).uid == b.owner(i).uid;
    return same;
}

void drop(ByText<Uids> &index, const std::string &key, const std::string &uid)
{
    const auto found = index.find(key);
    if (found == index.end())
        return;
    found->second.erase(uid);
    if (found->second.empty())
        index.erase(found);
}

} // namespace

struct TreeLinks::Private {
    Selections selections;
    ByText<Entry> entries;
    ByText<Uids> byIs;
    ByText<Uids> byNames;
    std::set<std::pair<std::string, std::string>> dirty;
    ByText<Uids> guests; // as they were taken
    ByText<Uids> hosts;

    static const Uids &at(const ByText<Uids> &index, std::string_view key)
    {
        static const Uids none;
        const auto found = index.find(key);
        return found == index.end() ? none : found->second;
    }

    // All pairs that the entry is in: to be looked at again.
    void mark(const std::string &uid, const Entry &entry)
    {
        for (const std::string &each : entry.is) {
            for (const std::string &host : at(byNames, each))
                dirty.emplace(host, uid);
        }
        for (const std::string &each : entry.names) {
            for (const std::string &guest : at(byIs, each)) {
                dirty.emplace(uid, guest);
                // A slice covers what its service would show itself.
                for (const std::string &selector : selections.selectorsOf(guest))
                    dirty.emplace(selector, guest);
            }
        }
    }

    void index(const std::string &uid, const Entry &entry, bool add)
    {
        for (const std::string &each : entry.is)
            add ? void(byIs[each].insert(uid)) : drop(byIs, each, uid);
        for (const std::string &each : entry.names)
            add ? void(byNames[each].insert(uid)) : drop(byNames, each, uid);
    }

    static bool names(const Entry &host, const Entry &guest)
    {
        return std::any_of(guest.is.begin(), guest.is.end(), [&host](const std::string &each) { return host.names.contains(each); });
    }

    [[nodiscard]] bool isCovered(const Entry &service, const std::string &pod) const
    {
        const Uids &slices = at(byNames, uidKey(pod));
        return std::any_of(slices.begin(), slices.end(), [&](const std::string &each) { return names(service, entries.find(each)->second); });
    }

    [[nodiscard]] bool isShown(const std::string &host, const std::string &guest) const
    {
        const auto above = entries.find(host);
        const auto below = entries.find(guest);
        if (above == entries.end() || below == entries.end() || isOwnedBy(below->second.item->meta(), host))
            return false;
        if (names(above->second, below->second))
            return true;
        const auto selectors = selections.selectorsOf(guest);
        return std::find(selectors.begin(), selectors.end(), host) != selectors.end() && !isCovered(above->second, guest);
    }
};

TreeLinks::TreeLinks()
    : d(std::make_unique<Private>())
{
}

TreeLinks::~TreeLinks() = default;

void TreeLinks::put(const OwnerNode &node, const std::vector<kube::Column> &columns)
{
    Entry entry{.item = node.item, .is = {}, .names = {}};
    bool part = false;
    for (const TreeLink &link : treeLinks()) {
        const bool host = link.host == node.kind->id.key();
        if (!host && !(link.guest == node.kind->id.key()))
            continue;
        part = true;
        addKeys(entry, link, host, node);
        if (link.by == TreeLink::By::Selector && host)
            d->selections.putSelector(node.uid(), node.item->space(), selectorOf(node, columns));
        else if (link.by == TreeLink::By::Selector)
            d->selections.putMember(node.item);
    }
    if (!part)
        return;
    const auto [found, isNew] = d->entries.try_emplace(std::string(node.uid()));
    if (!isNew && found->second.is == entry.is && found->second.names == entry.names &&
        haveSameOwners(found->second.item->meta(), node.item->meta())) {
        found->second.item = entry.item;
        return;
    }
    d->mark(found->first, found->second);
    d->index(found->first, found->second, false);
    found->second = std::move(entry);
    d->index(found->first, found->second, true);
    d->mark(found->first, found->second);
}

void TreeLinks::remove(std::string_view uid)
{
    const auto found = d->entries.find(uid);
    if (found == d->entries.end())
        return;
    const std::string name = found->first;
    d->mark(name, found->second);
    for (const std::string &each : Private::at(d->guests, name))
        d->dirty.emplace(name, each);
    for (const std::string &each : Private::at(d->hosts, name))
        d->dirty.emplace(each, name);
    d->index(name, found->second, false);
    d->entries.erase(found);
    d->selections.remove(name);
}

std::vector<TreeLinks::Change> TreeLinks::takeChanges()
{
    for (const Selections::Change &each : d->selections.takeChanges())
        d->dirty.emplace(each.selector, each.member);
    std::vector<Change> changes;
    for (const auto &[host, guest] : std::exchange(d->dirty, {})) {
        const bool shown = d->isShown(host, guest);
        if (shown == Private::at(d->guests, host).contains(guest))
            continue;
        if (shown) {
            d->guests[host].insert(guest);
            d->hosts[guest].insert(host);
        } else {
            drop(d->guests, host, guest);
            drop(d->hosts, guest, host);
        }
        changes.push_back({host, guest, shown});
    }
    return changes;
}

std::vector<std::string> TreeLinks::guestsOf(std::string_view host) const
{
    const Uids &guests = Private::at(d->guests, host);
    return {guests.begin(), guests.end()};
}

bool TreeLinks::hasHost(std::string_view guest) const
{
    return d->hosts.contains(guest);
}

} // namespace fairlead::kinds
