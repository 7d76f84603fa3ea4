// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/inventory.h"

#include "kinds/cells.h"

#include <algorithm>
#include <utility>

namespace fairlead::kinds {

namespace {

constexpr KindKey slices{"discovery.k8s.io", "endpointslices"};
constexpr KindKey events{"", "events"};

std::pair<std::string, std::string> keyOf(KindKey kind)
{
    return {std::string(kind.group), std::string(kind.resource)};
}

// An owner's owners are a circle only by mistake, and then somewhere has to be the end.
constexpr int deepest = 16;

} // namespace

std::optional<Moment> lastSeen(const Facts &event)
{
    for (const char *const fact : {"lastObserved", "lastTimestamp", "eventTime", "firstTimestamp"}) {
        if (const auto time = parseTime(event.text(fact)))
            return time;
    }
    return parseTime(event.row().created());
}

std::string_view name(Finding::Severity severity)
{
    switch (severity) {
    case Finding::Severity::Broken:
        return "broken";
    case Finding::Severity::Risk:
        return "risk";
    case Finding::Severity::Unknown:
        break;
    }
    return "unknown";
}

Inventory::Inventory(Moment now, cron::ReadZoneFile zones)
    : m_now(now)
    , m_zones(std::move(zones))
{
}

void Inventory::add(const Kind &kind, const std::vector<kube::Column> &columns, const std::vector<const kube::Row *> &rows)
{
    std::vector<Entry> &entries = m_kinds[keyOf(kind.id.key())];
    entries.reserve(rows.size()); // the maps below point at them
    for (const kube::Row *row : rows) {
        const Entry *const entry = &entries.emplace_back(Entry{&kind, &columns, row});
        if (!row->uid().empty())
            m_byUid.emplace(row->uid(), entry);
        if (kind.id.key() == slices)
            m_slices[{row->space(), row->labelValue("kubernetes.io/service-name")}].push_back(entry);
        else if (kind.id.key() == events)
            m_events[std::string(entry->facts().json("involvedObject")["uid"].text())].push_back(entry);
    }
}

bool Inventory::has(KindKey kind) const
{
    return m_kinds.count(keyOf(kind)) > 0;
}

const std::vector<Inventory::Entry> &Inventory::all(KindKey kind) const
{
    static const std::vector<Entry> none;
    const auto found = m_kinds.find(keyOf(kind));
    return found == m_kinds.end() ? none : found->second;
}

const Inventory::Entry *Inventory::find(KindKey kind, std::string_view space, std::string_view name) const
{
    const std::vector<Entry> &entries = all(kind);
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry &entry) { return entry.row->name() == name && entry.row->space() == space; });
    return found == entries.end() ? nullptr : &*found;
}

std::vector<const Inventory::Entry *> Inventory::slicesOf(std::string_view space, std::string_view service) const
{
    const auto found = m_slices.find({space, service});
    return found == m_slices.end() ? std::vector<const Entry *>() : found->second;
}

std::vector<Inventory::Event> Inventory::eventsOf(const Entry &entry) const
{
    std::vector<Event> out;
    // Kubelet names its node by its name where the uid belongs.
    for (const std::string_view id : {entry.row->uid(), entry.kind->id.resource == "nodes" ? entry.row->name() : std::string_view()}) {
        const auto found = id.empty() ? m_events.end() : m_events.find(std::string(id));
        if (found == m_events.end())
            continue;
        for (const Entry *each : found->second) {
            const Cells cells(*each->columns, *each->row);
            out.push_back({cells.text("Type") == "Warning", cells.text("Reason"), std::string(cells.text("Message")), lastSeen(each->facts())});
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Event &a, const Event &b) { return a.last > b.last; });
    return out;
}

FoundObject Inventory::nameOf(const Entry &entry)
{
    const std::string_view kind = entry.row->kind().empty() ? entry.kind->id.kind : entry.row->kind();
    return {std::string(entry.row->apiVersion()), std::string(kind), std::string(entry.row->space()), std::string(entry.row->name())};
}

const Inventory::Entry *Inventory::controllerOf(const Entry &entry) const
{
    for (std::size_t i = 0; i < entry.row->ownerCount(); ++i) {
        const kube::Owner owner = entry.row->owner(i);
        if (!owner.controller)
            continue;
        const auto found = m_byUid.find(owner.uid);
        return found == m_byUid.end() ? nullptr : found->second;
    }
    return nullptr;
}

FoundObject Inventory::topOwnerOf(const Entry &entry) const
{
    const Entry *at = &entry;
    for (int depth = 0; depth < deepest; ++depth) {
        const Entry *const above = controllerOf(*at);
        if (above && above->kind->id.resource != "nodes") {
            at = above;
            continue;
        }
        for (std::size_t i = 0; !above && i < at->row->ownerCount(); ++i) {
            const kube::Owner owner = at->row->owner(i);
            if (owner.controller && owner.kind != "Node")
                return {std::string(owner.apiVersion), std::string(owner.kind), std::string(at->row->space()), std::string(owner.name)};
        }
        break;
    }
    return nameOf(*at);
}

} // namespace fairlead::kinds
