// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/workclass.h"

#include "kinds/uses.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fairlead::kinds {

namespace {

using What = Work::What;

std::string listed(const std::vector<std::string> &parts)
{
    std::string text;
    for (const std::string &each : parts)
        text += (text.empty() ? "" : ", ") + each;
    return text;
}

// A program's words, as one line: what the container starts, and what a shell is told to do.
std::vector<std::string> commandLines(const Facts &pods)
{
    std::vector<std::string> lines;
    for (const std::string_view fact : {"commands", "arguments"}) {
        const kube::Json containers = pods.json(fact);
        for (const kube::Json &container : containers.list()) {
            std::string line;
            for (const kube::Json &word : container.list())
                line += (line.empty() ? "" : " ") + std::string(word.text());
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

bool hasWord(std::string_view line, std::string_view word)
{
    const auto isPart = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !isPart(line[at - 1])) && (end == line.size() || !isPart(line[end])))
            return true;
    }
    return false;
}

// What a service does that a cron job would do for it.
std::string batchInside(const Facts &pods)
{
    constexpr std::array clocks = {"crond", "cron", "supercronic", "anacron"};
    for (const std::string &line : commandLines(pods)) {
        if (std::any_of(clocks.begin(), clocks.end(), [&line](const char *each) { return hasWord(line, each); }))
            return "a container runs a clock of its own";
        if ((hasWord(line, "while") || hasWord(line, "until") || hasWord(line, "for")) && hasWord(line, "sleep"))
            return "a container sleeps in a loop";
    }
    return {};
}

// A container that ended well, and was started again for it, more than once: it has a piece of work, and no end.
std::string endsAndBeginsAgain(const Kind &kind, const kube::Row &row)
{
    const kube::Json statuses = Facts(kind.facts, row).json("containerStatuses");
    for (const kube::Json &each : statuses.list()) {
        const kube::Json &ended = each["lastState"]["terminated"];
        if (each["restartCount"].integer() > 1 && ended["exitCode"].integer(-1) == 0 && ended["reason"].text() == "Completed")
            return std::string(each["name"].text()) + " ended well and was started again " + std::string(each["restartCount"].text()) + " times";
    }
    return {};
}

// What speaks for a service; nothing speaks against it.
std::string serviceReason(const Facts &pods)
{
    std::vector<std::string> parts;
    if (!pods.raw("readiness").empty() || !pods.raw("liveness").empty())
        parts.emplace_back("is probed");
    const kube::Json ports = pods.json("ports");
    if (!ports.list().empty())
        parts.push_back("serves :" + std::string(ports.list().front().text()));
    return listed(parts);
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

Work ofLongRunning(const Kind &kind, const kube::Row &row, std::string reason)
{
    const Facts pods = podFactsOf(kind, row);
    std::string batch = batchInside(pods);
    if (batch.empty() && kind.hasLogs() && kind.holdsFacts(row))
        batch = endsAndBeginsAgain(kind, row);
    const std::string serves = serviceReason(pods);
    if (!batch.empty() && serves.empty() && reason == "goes on until it is stopped")
        return {What::Job, batch + ", and nothing asks for it"};
    if (!batch.empty())
        return {What::Mixed, batch};
    return {What::Service, serves.empty() ? reason : serves};
}

} // namespace

std::string_view name(Work::What what)
{
    constexpr std::array<std::string_view, Work::count> names = {"job", "service", "mixed"};
    return names[static_cast<std::size_t>(what)];
}

WorkColumn workColumnOf(const Kind &kind)
{
    constexpr std::array<KindKey, 2> shown = {{{"apps", "deployments"}, {"apps", "statefulsets"}}};
    if (kind.podSpec.empty() || kind.id.resource == "podtemplates")
        return WorkColumn::None;
    return std::find(shown.begin(), shown.end(), kind.id.key()) == shown.end() ? WorkColumn::Offered : WorkColumn::Shown;
}

std::optional<Work> workOf(const Kind &kind, const kube::Row &row)
{
    if (kind.podSpec.empty())
        return std::nullopt;
    const std::string_view resource = kind.id.resource;
    if (resource == "cronjobs")
        return Work{What::Job, "cron job"};
    if (resource == "jobs")
        return Work{What::Job, row.ownerCount() > 0 ? "run of " + std::string(row.owner(0).name) : std::string("job, by hand")};
    if (isOneOf(row.labelValue("app.kubernetes.io/component"), {"job", "batch", "cron", "cronjob"}))
        return Work{What::Job, "by its label app.kubernetes.io/component"};
    if (resource == "podtemplates")
        return std::nullopt; // runs nothing
    if (resource == "daemonsets")
        return ofLongRunning(kind, row, "runs on every node");
    if (!kind.hasLogs())
        return ofLongRunning(kind, row, "goes on until it is stopped");
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        if (owner.kind == "Job")
            return Work{What::Job, "run of " + std::string(owner.name)};
        if (owner.kind == "Node")
            return Work{What::Service, "part of its node"};
        if (isOneOf(owner.kind, {"ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController"}))
            return ofLongRunning(kind, row, "goes on until it is stopped");
    }
    const std::string policy = podFactsOf(kind, row).text("restartPolicy");
    if (policy.empty())
        return std::nullopt;
    if (policy != "Always")
        return Work{What::Job, "runs to its end, and not again"};
    return ofLongRunning(kind, row, "started again whenever it ends");
}

} // namespace fairlead::kinds
