// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/history.h"

#include "kinds/cells.h"
#include "kinds/facts.h"
#include "kinds/findings/inventory.h"

#include <algorithm>
#include <charconv>

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

} // namespace

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

void History::takeEvents(const Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now)
{
    if (!m_warningsSince)
        m_warningsSince = now;
    const auto look = [&](const kube::ItemPtr &item, bool isNew) {
        const Facts facts(kind.facts, item->meta());
        if (facts.text("type") != "Warning")
            return;
        const std::int64_t count = countOf(Cells(columns, item->meta()));
        const auto [known, first] = m_eventCounts.try_emplace(item->id(), count);
        const Moment at = std::min(lastSeen(facts).value_or(now), now); // a clock that is ahead puts nothing into the future
        const std::string reason = facts.text("reason");
        if (!first) {
            if (count > known->second)
                warn(reason, at, count - known->second);
            known->second = count;
            return;
        }
        warn(reason, at, 1);
        // What came before it was dated is not known, but for the first of several.
        const auto begun = parseTime(facts.text("firstTimestamp"));
        if (isNew && count > 1 && begun && *begun < at)
            warn(reason, *begun, 1);
    };
    for (const kube::ItemPtr &item : changes.changed)
        look(item, false);
    for (const auto &removed : changes.removed)
        m_eventCounts.erase(removed.id);
    for (const kube::ItemPtr &item : changes.added)
        look(item, true);
}

void History::takePods(const Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now)
{
    if (!m_restartsSince)
        m_restartsSince = now;
    for (const kube::ItemPtr &item : changes.changed) {
        const std::int64_t restarts = restartsOf(Cells(columns, item->meta()));
        const auto [known, first] = m_podRestarts.try_emplace(item->id(), restarts);
        if (!first && restarts > known->second)
            m_restarts.add(now, restarts - known->second);
        known->second = restarts;
    }
    for (const auto &removed : changes.removed)
        m_podRestarts.erase(removed.id);
    for (const kube::ItemPtr &item : changes.added) {
        const std::int64_t restarts = restartsOf(Cells(columns, item->meta()));
        m_podRestarts[item->id()] = restarts;
        if (restarts == 0 || !isFirst(changes))
            continue;
        const kube::Json statuses = Facts(kind.facts, item->meta()).json("containerStatuses");
        for (const kube::Json &each : statuses.list()) {
            const auto started = parseTime(each["state"]["running"]["startedAt"].text());
            const auto ended = parseTime(each["lastState"]["terminated"]["finishedAt"].text());
            const auto at = started ? started : ended;
            if (each["restartCount"].integer() > 0 && at)
                m_restarts.add(std::min(*at, now));
        }
    }
}

} // namespace fairlead::overview
