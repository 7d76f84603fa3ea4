// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interferenceprinter.h"

#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <vector>

namespace fairlead::app {

using jobs::SharedTarget;
using jobs::Workload;
using Lines = std::vector<std::vector<std::string>>;

namespace {

constexpr std::string_view none = "<none>";
constexpr std::size_t mostNamed = 3;

std::vector<std::string> missingOf(const kinds::MissingLimits &missing)
{
    std::vector<std::string> words;
    if (missing.cpu)
        words.emplace_back("cpu");
    if (missing.memory)
        words.emplace_back("memory");
    return words;
}

std::string listed(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &each : words)
        text += (text.empty() ? "" : ", ") + each;
    return text;
}

// "CronJob/nightly"; of another namespace than `space` with that one's name before it.
std::string nameOf(const Workload &workload, const std::string &space)
{
    return (workload.space == space ? "" : workload.space + "/") + workload.kind + "/" + workload.name + (workload.mixed ? " (mixed)" : "");
}

std::string namesOf(const std::vector<Workload> &workloads, const std::string &space)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(workloads.size(), mostNamed); ++i)
        names.push_back(nameOf(workloads[i], space));
    return listed(names) + (workloads.size() > mostNamed ? " and " + std::to_string(workloads.size() - mostNamed) + " more" : std::string());
}

std::chrono::sys_seconds hourOf(const jobs::Interference &interference, std::size_t hour)
{
    return interference.firstHour + std::chrono::hours(hour);
}

void write(JsonWriter &out, const Workload &workload, bool withMixed)
{
    out.beginMap();
    out.member("kind", workload.kind);
    out.member("namespace", workload.space);
    out.member("name", workload.name);
    if (withMixed)
        out.flag("mixed", workload.mixed);
    out.endMap();
}

void write(JsonWriter &out, const jobs::CrowdedNode &node)
{
    out.beginMap();
    out.member("node", node.node);
    out.member("servicePods", node.servicePods);
    out.key("pods");
    out.beginList();
    for (const jobs::UnlimitedPod &pod : node.pods) {
        out.beginMap();
        out.member("namespace", pod.space);
        out.member("name", pod.name);
        out.key("owner");
        write(out, pod.owner, false);
        out.key("missing");
        out.beginList();
        for (const std::string &word : missingOf(pod.missing))
            out.text(word);
        out.endList();
        out.endMap();
    }
    out.endList();
    out.endMap();
}

void write(JsonWriter &out, const SharedTarget &target, const jobs::Interference &interference)
{
    out.beginMap();
    out.member("kind", target.kind);
    out.member("namespace", target.space);
    out.member("name", target.name);
    out.key("key");
    if (target.key.empty())
        out.null();
    else
        out.text(target.key);
    out.flag("database", target.database);
    out.key("jobs");
    out.beginList();
    for (const Workload &each : target.jobs)
        write(out, each, false);
    out.endList();
    out.key("services");
    out.beginList();
    for (const Workload &each : target.services)
        write(out, each, true);
    out.endList();
    out.key("startsPerHour");
    out.beginList();
    for (std::size_t i = 0; i < target.startsPerHour.size(); ++i) {
        out.beginMap();
        out.member("at", utcText(hourOf(interference, i)));
        out.member("count", static_cast<std::int64_t>(target.startsPerHour[i]));
        out.endMap();
    }
    out.endList();
    out.endMap();
}

} // namespace

std::string interferenceTable(const jobs::Interference &interference)
{
    std::string text;
    if (!interference.nodes.empty()) {
        Lines lines = {{"NODE", "SERVICE PODS", "NAMESPACE", "JOB POD", "OWNER", "WITHOUT LIMIT"}};
        for (const jobs::CrowdedNode &node : interference.nodes) {
            for (const jobs::UnlimitedPod &pod : node.pods)
                lines.push_back(
                    {node.node, std::to_string(node.servicePods), pod.space, pod.name, nameOf(pod.owner, pod.space), listed(missingOf(pod.missing))});
        }
        text = linesTable(lines);
    }
    if (!interference.shared.empty()) {
        Lines lines = {{"NAMESPACE", "SHARED", "KEY", "DATABASE", "JOBS", "SERVICES", "MOST START"}};
        for (const SharedTarget &target : interference.shared) {
            const std::optional<std::size_t> peak = target.peak();
            lines.push_back({target.space, target.kind + "/" + target.name, target.key.empty() ? std::string(none) : target.key,
                target.database ? "yes" : "no", namesOf(target.jobs, target.space), namesOf(target.services, target.space),
                peak ? std::to_string(target.startsPerHour[*peak]) + " at " + utcText(hourOf(interference, *peak)) : std::string(none)});
        }
        text += (text.empty() ? "" : "\n") + linesTable(lines);
    }
    return text;
}

std::string interferenceJson(const jobs::Interference &interference)
{
    JsonWriter out;
    out.beginMap();
    out.key("unlimited");
    out.beginList();
    for (const jobs::CrowdedNode &node : interference.nodes)
        write(out, node);
    out.endList();
    out.key("shared");
    out.beginList();
    for (const SharedTarget &target : interference.shared)
        write(out, target, interference);
    out.endList();
    out.endMap();
    return out.take();
}

} // namespace fairlead::app
