// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/history.h"

#include "kinds/cells.h"
#include "kinds/facts.h"
#include "kinds/findings/inventory.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

namespace fairlead::overview {

using namespace kinds;

namespace {

constexpr KindKey events{"", "events"};
constexpr KindKey pods{"", "pods"};

// "14 (2m ago)": the server's own sum over a pod's containers.
std::int64_t restartsOf(const Cells &cells)
{
    const std::string_view text = cells.text("Restarts");
    std::int64_t count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return std::max<std::int64_t>(count, 0);
}

std::int64_t countOf(const Cells &cells)
{
    return std::max<std::int64_t>(cells.integer("Count", 1), 1);
}

bool isFirst(const kube::ChangeSet &changes)
{
    return changes.cause == kube::Cause::Snapshot || changes.cause == kube::Cause::List;
}

std::size_t uidOf(const kube::Item &item)
{
    return std::hash<std::string_view>()(item.uid());
}

/// When each of a pod's containers that ever started again last did so.
std::vector<Moment> startsAgain(const Kind &kind, const kube::Row &row)
{
    std::vector<Moment> out;
    const kube::Json statuses = Facts(kind.facts, row).json("containerStatuses");
    for (const kube::Json &each : statuses.list()) {
        const auto started = parseTime(each["state"]["running"]["startedAt"].text());
        const auto ended = parseTime(each["lastState"]["terminated"]["finishedAt"].text());
        const auto at = started ? started : ended;
        if (each["restartCount"].integer() > 0 && at)
            out.push_back(*at);
    }
    return out;
}

} // namespace

void History::resume()
{
    // What was there before the last look, and not during it, is gone.
    for (Counts *counts : {&m_eventCounts, &m_podRestarts})
        std::erase_if(*counts, [this](const auto &each) { return each.second.look != m_look; });
    ++m_look;
    m_warningsSince.reset();
    m_restartsSince.reset();
}

void History::take(const Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now)
{
    if (kind.id.key() == events)
        takeEvents(kind, columns, changes, now);
    else if (kind.id.key() == pods)
        takePods(kind, columns, changes, now);
}

void History::warn(const std::string &reason, Moment at, std::int64_t count)
{
    const bool known = m_warnings.count(reason) > 0;
    const std::string &name = known || m_warnings.size() < mostReasons ? reason : std::string();
    m_warnings.try_emplace(name, warningStep).first->second.add(at, count);
}

void History::restart(Moment at, std::int64_t count)
{
    m_restarts.add(at, count);
    m_restartsLong.add(at, count);
}

History::Growth History::grow(Counts &counts, const kube::Item &item, std::int64_t count) const
{
    const auto [known, isNew] = counts.try_emplace(uidOf(item));
    const Count before = std::exchange(known->second, {count, m_look});
    return {std::max<std::int64_t>(count - before.count, 0), isNew};
}

void History::takeEvents(const Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now)
{
    if (!m_warningsSince)
        m_warningsSince = now;
    const auto look = [&](const kube::ItemPtr &item, bool added) {
        const Facts facts(kind.facts, item->meta());
        if (facts.text("type") != "Warning")
            return;
        const std::int64_t count = countOf(Cells(columns, item->meta()));
        const Growth growth = grow(m_eventCounts, *item, count);
        if (growth.by == 0)
            return;
        const Moment at = std::min(lastSeen(facts).value_or(now), now); // a clock that is ahead puts nothing into the future
        const std::string reason = facts.text("reason");
        // Of what came while nobody looked the last one is dated, and of several the first.
        warn(reason, at, added || growth.isNew ? 1 : growth.by);
        const auto begun = parseTime(facts.text("firstTimestamp"));
        if (added && growth.isNew && count > 1 && begun && *begun < at)
            warn(reason, *begun, 1);
    };
    for (const kube::ItemPtr &item : changes.changed)
        look(item, false);
    for (const auto &removed : changes.removed)
        m_eventCounts.erase(uidOf(*removed.last));
    for (const kube::ItemPtr &item : changes.added)
        look(item, true);
}

void History::takePods(const Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now)
{
    if (!m_restartsSince)
        m_restartsSince = now;
    for (const kube::ItemPtr &item : changes.changed) {
        const Growth growth = grow(m_podRestarts, *item, restartsOf(Cells(columns, item->meta())));
        if (growth.by > 0 && !growth.isNew)
            restart(now, growth.by);
    }
    for (const auto &removed : changes.removed)
        m_podRestarts.erase(uidOf(*removed.last));
    for (const kube::ItemPtr &item : changes.added) {
        const Growth growth = grow(m_podRestarts, *item, restartsOf(Cells(columns, item->meta())));
        if (growth.by == 0 || !isFirst(changes))
            continue;
        std::vector<Moment> starts = startsAgain(kind, item->meta());
        std::sort(starts.begin(), starts.end());
        // One at least is new to us, the last; and all that came after the last look.
        const auto unseen = [&](Moment at) { return growth.isNew || at > m_podsSeen || at == starts.back(); };
        for (const Moment at : starts) {
            if (unseen(at))
                restart(std::min(at, now), 1);
        }
    }
    m_podsSeen = now;
}

} // namespace fairlead::overview
