// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/podcontainers.h"

#include <algorithm>
#include <string_view>

namespace fairlead::logs {
namespace {

using kube::Json;

std::string textOf(const Json &value)
{
    return std::string(value.text());
}

std::optional<Ending> endingOf(const Json &terminated)
{
    if (terminated.type() != Json::Type::Map)
        return std::nullopt;
    return Ending{.id = textOf(terminated["containerID"]),
        .exitCode = static_cast<int>(terminated["exitCode"].integer()),
        .signal = static_cast<int>(terminated["signal"].integer()),
        .reason = textOf(terminated["reason"]),
        .message = textOf(terminated["message"]),
        .startedAt = parseTime(terminated["startedAt"].text()),
        .finishedAt = parseTime(terminated["finishedAt"].text())};
}

void addStatus(const Json &status, Container &to)
{
    to.ready = status["ready"].boolean();
    to.restarts = static_cast<int>(status["restartCount"].integer());
    const Json &state = status["state"];
    const auto last = endingOf(status["lastState"]["terminated"]);
    if (const Json &running = state["running"]; running.type() == Json::Type::Map) {
        to.stage = Container::Stage::Running;
        to.runningId = textOf(status["containerID"]);
        to.startedAt = parseTime(running["startedAt"].text());
        to.before = last;
    } else if (auto ending = endingOf(state["terminated"])) {
        to.stage = Container::Stage::Ended;
        to.ending = std::move(ending);
        to.before = last;
    } else {
        to.stage = Container::Stage::Waiting; // what a status without a state means, too
        to.waitingReason = textOf(state["waiting"]["reason"]);
        to.waitingMessage = textOf(state["waiting"]["message"]);
        to.ending = last;
        to.before = last; // kubelet gives the same log for both
    }
}

void addAll(const Json &specs, const Json &statuses, Container::Role role, std::vector<Container> &to)
{
    for (const Json &spec : specs.list()) {
        Container container;
        container.name = textOf(spec["name"]);
        const bool restarts = role == Container::Role::Init && spec["restartPolicy"].text() == "Always";
        container.role = restarts ? Container::Role::Sidecar : role;
        for (const Json &status : statuses.list()) {
            if (status["name"].text() == container.name)
                addStatus(status, container);
        }
        to.push_back(std::move(container));
    }
}

// "back-off 2m40s restarting failed container=api pod=…": the only place where it stands.
std::optional<std::chrono::seconds> backOffOf(std::string_view message)
{
    constexpr std::string_view start = "back-off ";
    if (!message.starts_with(start))
        return std::nullopt;
    message.remove_prefix(start.size());
    return parseAge(message.substr(0, message.find(' ')));
}

} // namespace

const std::string &Container::currentRun() const
{
    static const std::string none;
    if (stage == Stage::Running)
        return runningId;
    return ending ? ending->id : none;
}

std::optional<Moment> Container::nextStart() const
{
    const auto wait = backOffOf(waitingMessage);
    if (stage != Stage::Waiting || !wait || !ending || !ending->finishedAt)
        return std::nullopt;
    return *ending->finishedAt + *wait;
}

kinds::Health Container::health() const
{
    using kinds::Health;
    switch (stage) {
    case Stage::Unknown:
        return Health::Unknown;
    case Stage::Running:
        return ready || role == Role::Init || role == Role::Ephemeral ? Health::Healthy : Health::Degraded;
    case Stage::Ended:
        return ending->exitCode == 0 ? Health::Idle : Health::Failed;
    case Stage::Waiting:
        if (waitingReason.empty() || waitingReason == "ContainerCreating" || waitingReason == "PodInitializing")
            return Health::Progressing;
        return Health::Failed;
    }
    return Health::Unknown;
}

std::vector<Container> containersOf(const Json &pod)
{
    const Json &spec = pod["spec"];
    const Json &status = pod["status"];
    std::vector<Container> out;
    addAll(spec["containers"], status["containerStatuses"], Container::Role::Main, out);
    addAll(spec["initContainers"], status["initContainerStatuses"], Container::Role::Init, out);
    addAll(spec["ephemeralContainers"], status["ephemeralContainerStatuses"], Container::Role::Ephemeral, out);
    std::stable_sort(out.begin(), out.end(), [](const Container &a, const Container &b) { return a.role < b.role; });
    return out;
}

std::string defaultContainer(const Json &pod)
{
    const auto containers = containersOf(pod);
    const std::string_view wanted = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].text();
    const auto found = std::find_if(containers.begin(), containers.end(), [wanted](const Container &each) { return each.name == wanted; });
    if (found != containers.end())
        return found->name;
    return containers.empty() ? std::string() : containers.front().name;
}

} // namespace fairlead::logs
