// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobsprinter.h"

#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"
#include "app/print/terminaltext.h"

#include <chrono>
#include <cmath>

namespace fairlead::app {

using namespace std::chrono;
using jobs::Lane;
using jobs::Run;

namespace {

constexpr std::string_view none = "<none>";

std::string ageOf(std::optional<Moment> at, Moment now)
{
    return at ? formatAge(*at, now) : std::string(none);
}

std::string lengthOf(const Run &run, Moment now)
{
    if (const auto length = run.length())
        return formatAge(*length);
    return run.start && !run.hasEnded() ? formatAge(*run.start, now) : std::string(none);
}

// Newest last: whose times say so.
const Run *lastEnded(const Lane &lane)
{
    const Run *last = nullptr;
    for (const Run &each : lane.runs) {
        if (each.hasEnded() && (!last || each.end >= last->end))
            last = &each;
    }
    return last;
}

std::size_t going(const Lane &lane)
{
    std::size_t count = 0;
    for (const Run &each : lane.runs)
        count += each.hasEnded() || each.state == jobs::RunState::Suspended ? 0 : 1;
    return count;
}

std::string percent(std::optional<double> part)
{
    return part ? std::to_string(std::lround(*part * 100)) + "%" : std::string(none);
}

std::string nextWords(const Lane &lane, Moment now)
{
    if (!lane.plan)
        return std::string(none);
    if (lane.plan->suspended)
        return "suspended";
    const auto next = lane.plan->next(now);
    return next ? "in " + formatAge(ceil<seconds>(*next - now)) : "never";
}

std::string lastWords(const Lane &lane, Moment now)
{
    const Run *const last = lastEnded(lane);
    if (!last)
        return std::string(none);
    return std::string(jobs::name(last->state)) + (last->end ? " " + formatAge(*last->end, now) + " ago" : std::string());
}

std::optional<std::int64_t> secondsOf(std::optional<seconds> length)
{
    return length ? std::optional<std::int64_t>(length->count()) : std::nullopt;
}

void writeLane(JsonWriter &out, const Lane &lane, Moment now)
{
    out.beginMap();
    out.member("namespace", lane.space);
    out.member("kind", lane.cron ? "CronJob" : "Job");
    out.member("name", lane.name);
    out.member("uid", lane.uid);
    if (lane.plan) {
        out.member("schedule", lane.plan->scheduleText);
        out.member("timeZone", lane.plan->zoneName);
        out.flag("suspend", lane.plan->suspended);
        out.member("concurrencyPolicy", jobs::name(lane.plan->policy));
        const auto next = lane.plan->next(now);
        out.member("next", next ? std::optional<Moment>(*next) : std::nullopt);
        out.member("problem", lane.plan->problem);
    }
    out.member("active", static_cast<std::int64_t>(going(lane)));
    const Run *const last = lastEnded(lane);
    out.key("last");
    if (last) {
        out.beginMap();
        out.member("name", last->name);
        out.member("state", jobs::name(last->state));
        out.member("reason", last->reason);
        out.member("start", last->start);
        out.member("end", last->end);
        out.endMap();
    } else {
        out.null();
    }
    out.member("runs", static_cast<std::int64_t>(lane.runs.size()));
    out.member("succeeded", static_cast<std::int64_t>(lane.outcomes.succeeded));
    out.member("failed", static_cast<std::int64_t>(lane.outcomes.failed));
    out.member("medianSeconds", lane.durations ? secondsOf(lane.durations->median) : std::nullopt);
    out.endMap();
}

void writeAttempt(JsonWriter &out, const jobs::Attempt &attempt)
{
    out.beginMap();
    out.member("pod", attempt.pod);
    out.member("uid", attempt.uid);
    out.member("index", attempt.index);
    out.member("state", jobs::name(attempt.state));
    out.member("start", attempt.start);
    out.member("end", attempt.end);
    out.member("exitCode", attempt.exitCode);
    out.member("container", attempt.container);
    out.member("reason", attempt.reason);
    out.member("restarts", attempt.restarts);
    out.member("node", attempt.node);
    out.endMap();
}

std::string rangesOf(const jobs::IndexSet &set)
{
    std::string out;
    for (const auto &[first, last] : set.ranges())
        out += (out.empty() ? "" : ",") + std::to_string(first) + (last > first ? "-" + std::to_string(last) : "");
    return out;
}

void writeBackOff(JsonWriter &out, const jobs::BackOff &backOff)
{
    out.key("backOff");
    out.beginMap();
    out.member("limit", backOff.limit);
    out.member("perIndex", backOff.perIndex);
    out.member("used", backOff.used);
    out.member("left", backOff.left());
    out.member("nextRetry", backOff.nextRetry);
    out.member("retryIndex", backOff.retryIndex);
    out.endMap();
}

void writeRun(JsonWriter &out, const RunOfLane &of, Moment now)
{
    const Run &run = *of.run;
    out.beginMap();
    out.member("namespace", run.space);
    out.member("name", run.name);
    out.member("uid", run.uid);
    out.member("cronJob", run.cronJob);
    out.flag("byHand", run.byHand);
    out.member("scheduled", run.scheduled);
    out.member("created", run.created);
    out.member("start", run.start);
    out.member("end", run.end);
    out.member("seconds", secondsOf(run.length()));
    out.member("state", jobs::name(run.state));
    out.member("reason", run.reason);
    out.member("message", run.message);
    out.member("completions", run.completions);
    out.member("parallelism", run.parallelism);
    for (const auto &[name, count] : {std::pair("succeeded", run.succeeded), {"failed", run.failed}, {"active", run.active}, {"ready", run.ready},
             {"terminating", run.terminating}})
        out.member(name, count);
    out.flag("indexed", run.indexed);
    out.member("completedIndexes", rangesOf(run.completedIndexes));
    out.member("failedIndexes", rangesOf(run.failedIndexes));
    writeBackOff(out, run.backOff);
    out.member("deadline", run.deadline);
    out.member("removal", run.removal);
    out.key("rule");
    if (run.rule) {
        out.beginMap();
        out.member("policy", run.rule->policy);
        out.member("index", run.rule->index);
        out.member("words", run.rule->words);
        out.member("message", run.rule->message);
        out.endMap();
    } else {
        out.null();
    }
    out.key("estimate");
    if (const auto estimate = jobs::estimateEnd(run, of.lane->durations, now)) {
        out.beginMap();
        out.member("early", std::optional<Moment>(estimate->early));
        out.member("likely", std::optional<Moment>(estimate->likely));
        out.member("late", std::optional<Moment>(estimate->late));
        out.endMap();
    } else {
        out.null();
    }
    out.member("oddity", run.oddity);
    out.key("attempts");
    out.beginList();
    for (const jobs::Attempt &each : run.attempts)
        writeAttempt(out, each);
    out.endList();
    out.endMap();
}

using Lines = std::vector<std::vector<std::string>>;

// Only what there is to say.
void addFacts(Lines &lines, const RunOfLane &of, Moment now)
{
    const Run &run = *of.run;
    const auto add = [&lines](std::string_view label, std::string text) {
        if (!text.empty())
            lines.push_back({std::string(label), std::move(text)});
    };
    const auto time = [&](std::optional<Moment> at) { return at ? utcText(*at) + " (" + formatAge(*at, now) + " ago)" : std::string(); };
    const auto coming = [&](std::optional<Moment> at) {
        return !at ? std::string() : *at <= now ? utcText(*at) + " (now)" : utcText(*at) + " (in " + formatAge(ceil<seconds>(*at - now)) + ")";
    };
    add("Job:", run.space + "/" + run.name);
    add("Cron job:", run.cronJob + (run.byHand ? " (by hand)" : ""));
    add("State:", run.words());
    add("Message:", run.message);
    add("Scheduled:", run.scheduled ? utcText(*run.scheduled) : std::string());
    add("Started:", time(run.start));
    add("Ended:", time(run.end));
    if (const auto length = run.length()) {
        const auto unusual = of.lane->durations ? jobs::outlierWords(*length, *of.lane->durations) : std::nullopt;
        add("Took:", formatAge(*length) + (unusual ? ", " + *unusual : std::string()));
    }
    if (run.completions)
        add("Completions:", std::to_string(run.succeeded) + " of " + std::to_string(*run.completions) + ", active " + std::to_string(run.active) +
                                ", ready " + std::to_string(run.ready) + ", terminating " + std::to_string(run.terminating));
    add("Indexes done:", rangesOf(run.completedIndexes));
    add("Indexes failed:", rangesOf(run.failedIndexes));
    if (!run.hasEnded() && run.backOff.limit)
        add("Tries left:", std::to_string(*run.backOff.left()) + " of " + std::to_string(*run.backOff.limit));
    if (!run.hasEnded() && run.backOff.perIndex)
        add("Tries per index:", std::to_string(*run.backOff.perIndex));
    add("Next try:", coming(run.backOff.nextRetry) + (run.backOff.retryIndex ? ", index " + std::to_string(*run.backOff.retryIndex) : std::string()));
    add("Deadline:", coming(run.deadline));
    add("Removed:", coming(run.removal));
    if (run.rule)
        add("Rule:", run.rule->policy + " rule " + std::to_string(run.rule->index) + (run.rule->words.empty() ? "" : ": " + run.rule->words));
    if (const auto estimate = jobs::estimateEnd(run, of.lane->durations, now))
        add("Ends about:", utcText(estimate->likely) + " (" + utcText(estimate->early) + " to " + utcText(estimate->late) + ")");
    add("Odd:", run.oddity);
}

std::string outcomeWords(const jobs::ComingRun &run)
{
    using Outcome = jobs::ComingRun::Outcome;
    const std::string killed = run.killed ? ", likely to be killed by the next one" : "";
    switch (run.outcome) {
    case Outcome::Starts:
        return run.killed ? killed.substr(2) : std::string();
    case Outcome::Late:
        return "starts late, " + utcText(run.start) + ": the run before it goes on";
    case Outcome::Skipped:
        return "likely to be skipped: the run before it goes on";
    case Outcome::Replaces:
        return "likely to kill the run before it" + killed;
    }
    return {};
}

// RFC 5545, 3.3.11: commas, semicolons, backslashes and line ends; 3.1: no line is longer than 75 bytes, and none is cut within a character.
void appendIcsLine(std::string &out, std::string_view name, std::string_view value, bool text)
{
    std::string line = std::string(name) + ":";
    for (const char c : value) {
        if (text && (c == ',' || c == ';' || c == '\\'))
            line += '\\';
        if (static_cast<unsigned char>(c) >= ' ' && c != '\x7f')
            line += c;
    }
    std::size_t room = 75;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U)
            --cut;
        out += line.substr(0, cut) + "\r\n ";
        line.erase(0, cut);
        room = 74;
    }
    out += line + "\r\n";
}

std::string icsTime(Moment at)
{
    std::string text;
    for (const char c : utcText(at)) {
        if (c != '-' && c != ':')
            text += c;
    }
    return text;
}

} // namespace

std::string lanesTable(std::span<const Lane *const> lanes, Moment now)
{
    Lines lines = {{"NAMESPACE", "NAME", "KIND", "SCHEDULE", "NEXT", "LAST", "ACTIVE", "MEDIAN", "SUCCESS"}};
    for (const Lane *const lane : lanes)
        lines.push_back({lane->space, lane->name, lane->cron ? "CronJob" : "Job", lane->plan ? lane->plan->words() : std::string(none),
            nextWords(*lane, now), lastWords(*lane, now), std::to_string(going(*lane)),
            lane->durations ? formatAge(lane->durations->median) : std::string(none), percent(lane->outcomes.successRate())});
    return linesTable(lines);
}

std::string lanesJson(std::span<const Lane *const> lanes, Moment now)
{
    JsonWriter out;
    out.beginList();
    for (const Lane *const lane : lanes)
        writeLane(out, *lane, now);
    out.endList();
    return out.take();
}

std::string runsTable(std::span<const RunOfLane> runs, Moment now)
{
    Lines lines = {{"NAMESPACE", "JOB", "CRONJOB", "SCHEDULED", "STARTED", "DURATION", "STATE"}};
    for (const RunOfLane &each : runs)
        lines.push_back({each.run->space, each.run->name, each.run->cronJob.empty() ? std::string(none) : each.run->cronJob,
            each.run->scheduled ? utcText(*each.run->scheduled) : std::string(none), ageOf(each.run->start, now), lengthOf(*each.run, now),
            each.run->words()});
    return linesTable(lines);
}

std::string runsJson(std::span<const RunOfLane> runs, Moment now)
{
    JsonWriter out;
    out.beginList();
    for (const RunOfLane &each : runs)
        writeRun(out, each, now);
    out.endList();
    return out.take();
}

std::string runText(const RunOfLane &run, Moment now)
{
    Lines facts;
    addFacts(facts, run, now);
    std::string out = linesTable(facts);
    if (run.run->attempts.empty())
        return out + "No pod of it is left.\n";
    Lines lines = {{"POD", "INDEX", "STATE", "STARTED", "DURATION", "EXIT", "REASON"}};
    for (const jobs::Attempt &each : run.run->attempts) {
        const auto length = each.length();
        lines.push_back(
            {each.pod, each.index ? std::to_string(*each.index) : std::string(none), std::string(jobs::name(each.state)), ageOf(each.start, now),
                length ? formatAge(*length) : std::string(none), each.exitCode ? std::to_string(*each.exitCode) : std::string(none), each.reason});
    }
    return out + "\n" + linesTable(lines);
}

std::string runJson(const RunOfLane &run, Moment now)
{
    JsonWriter out;
    writeRun(out, run, now);
    return out.take();
}

std::string forecastTable(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned)
{
    Lines lines = {{"AT", "NAMESPACE", "CRONJOB", "NOTE"}};
    std::size_t minute = 0;
    for (const jobs::ComingRun &each : forecast.runs) {
        while (forecast.perMinute[minute].at != floor<minutes>(each.at))
            ++minute;
        std::string note = outcomeWords(each);
        if (forecast.perMinute[minute].hot)
            note += (note.empty() ? "" : "; ") + std::to_string(forecast.perMinute[minute].count) + " start in this minute";
        lines.push_back({utcText(each.at), planned[each.planned].plan->space, planned[each.planned].plan->name, std::move(note)});
    }
    return linesTable(lines);
}

std::string forecastJson(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned)
{
    JsonWriter out;
    out.beginMap();
    out.key("runs");
    out.beginList();
    for (const jobs::ComingRun &each : forecast.runs) {
        out.beginMap();
        out.member("cronJob", planned[each.planned].plan->name);
        out.member("namespace", planned[each.planned].plan->space);
        out.member("at", utcText(each.at));
        out.endMap();
    }
    out.endList();
    out.key("perMinute");
    out.beginList();
    for (const jobs::Minute &each : forecast.perMinute) {
        out.beginMap();
        out.member("at", utcText(each.at));
        out.member("count", static_cast<std::int64_t>(each.count));
        out.endMap();
    }
    out.endList();
    out.endMap();
    return out.take();
}

std::string forecastCalendar(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned, Moment now)
{
    std::string out;
    appendIcsLine(out, "BEGIN", "VCALENDAR", false);
    appendIcsLine(out, "VERSION", "2.0", false);
    appendIcsLine(out, "PRODID", "-//Fairlead//Fairlead " FAIRLEAD_VERSION "//EN", false);
    for (const jobs::ComingRun &each : forecast.runs) {
        if (each.outcome == jobs::ComingRun::Outcome::Skipped)
            continue;
        const jobs::CronPlan &plan = *planned[each.planned].plan;
        appendIcsLine(out, "BEGIN", "VEVENT", false);
        appendIcsLine(out, "UID", plan.uid + "-" + std::to_string(each.at.time_since_epoch().count()), true);
        appendIcsLine(out, "DTSTAMP", icsTime(now), false);
        appendIcsLine(out, "DTSTART", icsTime(each.start), false);
        if (each.end && *each.end > each.start)
            appendIcsLine(out, "DTEND", icsTime(*each.end), false);
        appendIcsLine(out, "SUMMARY", plan.space + "/" + plan.name, true);
        if (const std::string note = outcomeWords(each); !note.empty())
            appendIcsLine(out, "DESCRIPTION", note, true);
        appendIcsLine(out, "END", "VEVENT", false);
    }
    appendIcsLine(out, "END", "VCALENDAR", false);
    return out;
}

} // namespace fairlead::app
