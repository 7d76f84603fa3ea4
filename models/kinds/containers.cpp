// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/containers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::kinds {

namespace {

// What a reference without a registry means; kubelet writes it out, people do not.
std::string shortImage(std::string_view image)
{
    for (const std::string_view implied : {"docker.io/library/", "docker.io/"}) {
        if (image.starts_with(implied))
            return std::string(image.substr(implied.size()));
    }
    return std::string(image);
}

// "back-off 5m0s restarting failed container=app pod=…": the length of the wait, which the status tells nowhere else.
std::string_view backOff(std::string_view message)
{
    constexpr std::string_view begin = "back-off ";
    if (!message.starts_with(begin))
        return {};
    message.remove_prefix(begin.size());
    return message.substr(0, message.find(' '));
}

bool isWaitingInOrder(std::string_view reason)
{
    return reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
}

// What the status says of a container of this role.
Container read(const kube::Json &status, Container::Role role)
{
    Container made;
    made.name = status["name"].text();
    made.image = shortImage(status["image"].text());
    made.role = role;
    made.ready = status["ready"].boolean();
    made.restarts = status["restartCount"].integer();
    const auto end = [&made](const kube::Json &terminated) {
        made.exitCode = terminated["exitCode"].integer();
        made.signal = terminated["signal"].integer();
        made.endedAt = parseTime(terminated["finishedAt"].text());
    };
    const kube::Json &before = status["lastState"]["terminated"];
    made.endedBefore = before.type() == kube::Json::Type::Map;
    made.lastReason = before["reason"].text();
    end(before);
    const kube::Json &state = status["state"];
    if (const kube::Json &running = state["running"]; running.type() == kube::Json::Type::Map) {
        made.state = Container::State::Running;
        made.since = parseTime(running["startedAt"].text());
        const kube::Json &started = status["started"];
        const bool starting = started.type() == kube::Json::Type::Boolean && !started.boolean();
        // An init container is not ready before it has done its work, and that is well.
        made.health = made.ready ? Health::Healthy : starting || role == Container::Role::Init ? Health::Progressing : Health::Degraded;
    } else if (const kube::Json &ended = state["terminated"]; ended.type() == kube::Json::Type::Map) {
        made.state = Container::State::Ended;
        made.reason = ended["reason"].text();
        made.message = ended["message"].text();
        end(ended);
        made.since = made.endedAt;
        made.health = made.exitCode == 0 && made.signal == 0 ? Health::Idle : Health::Failed;
    } else if (const kube::Json &waiting = state["waiting"]; waiting.type() == kube::Json::Type::Map) {
        made.state = Container::State::Waiting;
        made.reason = waiting["reason"].text();
        made.message = waiting["message"].text();
        made.health = isWaitingInOrder(made.reason) ? Health::Progressing : Health::Failed;
    }
    return made;
}

void readAll(const kube::Json &statuses, Container::Role role, std::vector<Container> &into)
{
    for (const kube::Json &each : statuses.list())
        into.push_back(read(each, role));
}

void append(std::string &line, std::string_view text, std::string_view between = ", ")
{
    line.append(line.empty() || text.empty() ? std::string_view() : between).append(text);
}

std::string amounts(const kube::Json &resources)
{
    std::string line;
    for (const auto &[what, amount] : resources.map())
        append(line, what + " " + std::string(amount.text()));
    return line;
}

// A container of the manifest, with what the status says of it.
Container read(const kube::Json &spec, const kube::Json &statuses, Container::Role role)
{
    if (role == Container::Role::Init && spec["restartPolicy"].text() == "Always")
        role = Container::Role::Sidecar;
    const auto &told = statuses.list();
    const auto found = std::find_if(told.begin(), told.end(), [&spec](const kube::Json &each) { return each["name"].text() == spec["name"].text(); });
    Container made = found == told.end() ? Container{.role = role} : read(*found, role);
    if (made.state == Container::State::Untold)
        made.health = Health::Idle;
    made.name = spec["name"].text();
    made.image = spec["image"].text();
    made.requests = amounts(spec["resources"]["requests"]);
    made.limits = amounts(spec["resources"]["limits"]);
    for (const kube::Json &each : spec["ports"].list())
        append(made.ports, portText(each, "containerPort"));
    return made;
}

// Why a container waits, as the end of a sentence that begins with its name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> waits = {{
    {"ImagePullBackOff", "cannot pull its image"},
    {"ErrImagePull", "cannot pull its image"},
    {"ErrImageNeverPull", "has no image, and may not pull it"},
    {"InvalidImageName", "names an image that cannot be"},
    {"CreateContainerConfigError", "lacks what its configuration names"},
    {"CreateContainerError", "cannot be created"},
    {"RunContainerError", "cannot be started"},
    {"StartError", "cannot be started"},
}};

std::string_view waitWords(std::string_view reason)
{
    const auto *const found = std::find_if(waits.begin(), waits.end(), [reason](const auto &each) { return each.first == reason; });
    return found == waits.end() ? std::string_view() : found->second;
}

std::optional<std::string> wrongWith(const Container &container)
{
    if (container.state == Container::State::Waiting && container.health == Health::Failed) {
        if (const std::string_view words = waitWords(container.reason); !words.empty())
            return std::string(words);
        if (container.reason == "CrashLoopBackOff") {
            if (container.lastReason == "OOMKilled")
                return "runs out of memory";
            return container.exitCode == 0 ? "ends again and again" : "crashes with exit code " + std::to_string(container.exitCode);
        }
        return "waits: " + container.reason;
    }
    if (container.state == Container::State::Ended && container.health == Health::Failed) {
        if (container.reason == "OOMKilled")
            return "ran out of memory";
        if (const std::string_view words = waitWords(container.reason); !words.empty())
            return std::string(words);
        return "ended with exit code " + std::to_string(container.exitCode);
    }
    if (container.state == Container::State::Running && container.health == Health::Degraded)
        return container.lastReason == "OOMKilled" ? "is not ready, ran out of memory before" : "is not ready";
    return std::nullopt;
}

} // namespace

std::string portText(const kube::Json &port, std::string_view number)
{
    std::string line(port["name"].text());
    append(line, port[number].text(), " ");
    const std::string_view target = port["targetPort"].text();
    if (!target.empty() && target != port[number].text())
        line += " to " + std::string(target);
    if (port["nodePort"].type() != kube::Json::Type::Null)
        line += ", node port " + std::string(port["nodePort"].text());
    const std::string_view protocol = port["protocol"].text();
    if (!protocol.empty() && protocol != "TCP")
        line += "/" + std::string(protocol);
    return line;
}

std::string Container::words() const
{
    switch (state) {
    case State::Running:
        return health == Health::Degraded ? "Running, not ready" : health == Health::Progressing && role != Role::Init ? "Starting" : "Running";
    case State::Ended: {
        if (exitCode == 0)
            return reason.empty() ? "Completed" : reason;
        const std::string exit = "exit " + std::to_string(exitCode);
        return reason.empty() ? exit : reason + ", " + exit;
    }
    case State::Waiting: {
        if (reason == "CrashLoopBackOff" && endedBefore) {
            const std::string_view wait = backOff(message);
            std::string text = lastReason.empty() ? std::string() : lastReason + ", ";
            text += "exit " + std::to_string(exitCode) + "; ";
            return text + (wait.empty() ? "waits for the next try" : "next try within " + std::string(wait));
        }
        return reason.empty() ? "Waiting" : reason;
    }
    case State::Untold:
        break;
    }
    return "Unknown";
}

std::string Container::word() const
{
    switch (state) {
    case State::Running:
        return "Running";
    case State::Ended:
        return reason.empty() ? "Ended" : reason;
    case State::Waiting:
        return reason.empty() ? "Waiting" : reason;
    case State::Untold:
        break;
    }
    return "Not started";
}

std::string Container::ending() const
{
    if (state != State::Ended && !endedBefore)
        return {};
    std::string text = signal != 0 ? "signal " + std::to_string(signal) : "exit code " + std::to_string(exitCode);
    // Of one that has ended word() says why.
    if (state != State::Ended && !lastReason.empty() && lastReason != "Error" && lastReason != "Completed")
        text += ", " + lastReason;
    return text;
}

std::vector<Container> containersOf(const Facts &pod)
{
    std::vector<Container> all;
    readAll(pod.json("initContainerStatuses"), Container::Role::Init, all);
    readAll(pod.json("containerStatuses"), Container::Role::Main, all);
    return all;
}

std::vector<Container> containersOf(const kube::Json &pod)
{
    const kube::Json &spec = pod["spec"];
    const kube::Json &status = pod["status"];
    std::vector<Container> all;
    for (const kube::Json &each : spec["containers"].list())
        all.push_back(read(each, status["containerStatuses"], Container::Role::Main));
    for (const kube::Json &each : spec["initContainers"].list())
        all.push_back(read(each, status["initContainerStatuses"], Container::Role::Init));
    for (const kube::Json &each : spec["ephemeralContainers"].list())
        all.push_back(read(each, status["ephemeralContainerStatuses"], Container::Role::Ephemeral));
    return all;
}

std::optional<Trouble> troubleOf(const Facts &pod)
{
    const std::string reason = pod.text("reason");
    if (reason == "Evicted")
        return Trouble{{}, "was evicted", "were evicted"};
    std::optional<Trouble> lesser;
    for (const Container &each : containersOf(pod)) {
        auto words = wrongWith(each);
        if (!words)
            continue;
        Trouble found{each.name, std::move(*words), {}};
        found.ofSeveral = found.words;
        if (each.health == Health::Failed)
            return found;
        if (!lesser)
            lesser = std::move(found);
    }
    if (lesser)
        return lesser;
    const Condition scheduled = pod.condition("PodScheduled");
    if (scheduled.fails() && scheduled.reason == "SchedulingGated")
        return Trouble{{}, "is held back by a scheduling gate", "are held back by a scheduling gate"};
    if (scheduled.fails())
        return Trouble{{}, "fits on no node", "fit on no node"};
    if (pod.text("phase") == "Failed") {
        const std::string words = reason.empty() ? "failed" : "failed: " + reason;
        return Trouble{{}, words, words};
    }
    return std::nullopt;
}

bool isReady(const Facts &pod)
{
    return pod.condition("Ready").holds();
}

} // namespace fairlead::kinds
