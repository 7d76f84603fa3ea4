// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/timecolumns.h"

#include "recording/jsoncursor.h"
#include "recording/jsontext.h"

#include <algorithm>
#include <initializer_list>

namespace fairlead::recording {
namespace {

using Token = JsonCursor::Token;
using Path = std::vector<std::string_view>;

/// The first of the fields that holds a time.
std::optional<Moment> timeAt(std::string_view object, std::initializer_list<Path> fields)
{
    for (const Path &field : fields) {
        if (const auto time = parseTime(textAt(object, field)))
            return time;
    }
    return std::nullopt;
}

std::optional<std::string> since(std::optional<Moment> time, Moment now)
{
    return time ? std::optional(formatAge(*time, now)) : std::nullopt;
}

std::optional<std::string> age(std::string_view object, std::string_view, Moment now)
{
    return since(timeAt(object, {{"metadata", "creationTimestamp"}}), now);
}

std::optional<std::string> lastSchedule(std::string_view object, std::string_view, Moment now)
{
    return since(timeAt(object, {{"status", "lastScheduleTime"}}), now);
}

/// Of a job that runs; the length of one that has ended stays.
std::optional<std::string> duration(std::string_view object, std::string_view, Moment now)
{
    if (timeAt(object, {{"status", "completionTime"}}))
        return std::nullopt;
    return since(timeAt(object, {{"status", "startTime"}}), now);
}

std::optional<std::string> firstSeen(std::string_view object, std::string_view, Moment now)
{
    return since(timeAt(object, {{"firstTimestamp"}, {"deprecatedFirstTimestamp"}, {"eventTime"}}), now);
}

std::optional<std::string> lastSeen(std::string_view object, std::string_view recorded, Moment now)
{
    const auto last = timeAt(object, {{"series", "lastObservedTime"}, {"lastTimestamp"}, {"deprecatedLastTimestamp"}});
    return last ? since(last, now) : firstSeen(object, recorded, now);
}

bool isRestartable(std::string_view object, std::string_view container)
{
    bool found = false;
    for (const std::string_view each : elementsOf(valueAt(object, {"spec", "initContainers"})))
        found = found || (textAt(each, {"name"}) == container && textAt(each, {"restartPolicy"}) == "Always");
    return found;
}

/// "14 (2m ago)": how many stays, and when the last of those containers ended that count: while the pod is being initialized the init containers,
/// afterwards the others and the sidecars.
std::optional<std::string> restarts(std::string_view object, std::string_view recorded, Moment now)
{
    const std::size_t bracket = recorded.find(" (");
    if (bracket == std::string_view::npos || !recorded.ends_with(" ago)"))
        return std::nullopt;
    bool isInitialized = false;
    for (const std::string_view each : elementsOf(valueAt(object, {"status", "conditions"})))
        isInitialized = isInitialized || (textAt(each, {"type"}) == "Initialized" && textAt(each, {"status"}) == "True");
    std::optional<Moment> last;
    const auto look = [&](std::string_view status) {
        if (const auto ended = timeAt(status, {{"lastState", "terminated", "finishedAt"}}); ended && (!last || *ended > *last))
            last = ended;
    };
    for (const std::string_view status : elementsOf(valueAt(object, {"status", "initContainerStatuses"}))) {
        if (!isInitialized || isRestartable(object, textAt(status, {"name"})))
            look(status);
    }
    if (isInitialized) {
        for (const std::string_view status : elementsOf(valueAt(object, {"status", "containerStatuses"})))
            look(status);
    }
    if (!last)
        return std::nullopt;
    return std::string(recorded.substr(0, bracket)) + " (" + formatAge(*last, now) + " ago)";
}

} // namespace

struct TimeColumns::Rule {
    std::string_view resource; ///< empty: every one
    std::string_view column;
    Tell tell;
};

const TimeColumns::Rule TimeColumns::rules[] = {
    {"", "Age", age},
    {"cronjobs", "Last Schedule", lastSchedule},
    {"jobs", "Duration", duration},
    {"pods", "Restarts", restarts},
    {"events", "Last Seen", lastSeen},
    {"events", "First Seen", firstSeen},
};

TimeColumns::TimeColumns(const Stream &resource, std::string_view columns)
{
    // A custom resource may be called like a built-in one.
    const std::string &group = resource.names[0];
    const bool isBuiltIn = group.empty() || group == "batch" || group == "events.k8s.io";
    std::size_t at = 0;
    for (const std::string_view column : elementsOf(columns)) {
        const std::string name = textAt(column, {"name"});
        for (const Rule &rule : rules) {
            if (rule.column == name && (rule.resource.empty() || (isBuiltIn && rule.resource == resource.names[2])))
                m_columns.push_back({.at = at, .tell = rule.tell});
        }
        ++at;
    }
}

std::string TimeColumns::cells(std::string_view cells, std::string_view object, Moment now) const
{
    std::string out;
    std::size_t copied = 0;
    std::size_t at = 0;
    auto column = m_columns.begin();
    JsonCursor cursor(cells);
    cursor.next();
    for (cursor.next(); cursor.isValue() && column != m_columns.end(); cursor.next(), ++at) {
        const std::string recorded = at == column->at && cursor.token() == Token::Text ? unescaped(cursor.raw()) : std::string();
        const std::string_view value = cursor.value();
        if (at != column->at)
            continue;
        const auto told = column->tell(object, recorded, now);
        ++column;
        if (!told)
            continue;
        const auto place = static_cast<std::size_t>(value.data() - cells.data());
        out.append(cells.substr(copied, place - copied));
        appendQuoted(out, *told);
        copied = place + value.size();
    }
    return out.append(cells.substr(copied));
}

} // namespace fairlead::recording
