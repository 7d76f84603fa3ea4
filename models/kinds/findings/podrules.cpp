// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/families.h"
#include "kinds/problem.h"

#include <algorithm>
#include <initializer_list>

namespace fairlead::kinds {

namespace {

using namespace std::chrono;
using kube::Json;
using Entry = Inventory::Entry;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// A container's status, as a sentence begins with it.
struct Status {
    std::string subject;
    Json json;
};

std::vector<Status> statusesOf(const Facts &pod)
{
    std::vector<Status> out;
    for (const auto &[fact, what] : {std::pair("initContainerStatuses", "Init container "), std::pair("containerStatuses", "Container ")}) {
        const Json list = pod.json(fact);
        for (const Json &each : list.list())
            out.push_back({what + std::string(each["name"].text()), each});
    }
    return out;
}

std::string_view waitsFor(const Json &status)
{
    return status["state"]["waiting"]["reason"].text();
}

// Going away, or done: whatever its containers say, nobody waits for them.
bool isOver(const Entry &pod)
{
    const std::string phase = pod.facts().text("phase");
    return !pod.row->deleted().empty() || phase == "Succeeded";
}

// A failed pod of a controller is its past: the controller has made another, or says itself that it gave up.
bool isPast(const Entry &pod)
{
    if (isOver(pod))
        return true;
    return pod.facts().text("phase") == "Failed" && pod.row->ownerCount() > 0;
}

Finding ofPod(std::string_view id, const Entry &pod, const Inventory &inventory, std::string reason)
{
    Finding finding{.id = id, .object = inventory.topOwnerOf(pod), .reason = std::move(reason)};
    return finding;
}

// Evidence of a pod that is not itself the object bears its name.
void prove(Finding &finding, const Entry &pod, const std::string &what)
{
    const bool own = finding.object.kind == "Pod" && finding.object.name == pod.row->name();
    finding.evidence.push_back((own ? "" : "pod " + std::string(pod.row->name()) + ": ") + what);
}

std::optional<Inventory::Event> eventOf(
    const Entry &pod, const Inventory &inventory, std::initializer_list<std::string_view> reasons, std::string_view part)
{
    for (Inventory::Event &each : inventory.eventsOf(pod)) {
        if (isOneOf(each.reason, reasons) && each.message.find(part) != std::string::npos)
            return std::move(each);
    }
    return std::nullopt;
}

bool crashes(const Json &status)
{
    if (waitsFor(status) == "CrashLoopBackOff")
        return true;
    // Between two waits: it has ended badly and is about to be started again, or has just been.
    const std::int64_t restarts = status["restartCount"].integer();
    const Json &ended = status["state"]["terminated"];
    return restarts > 0 && ended["exitCode"].integer() != 0;
}

// Kubelet's word that a liveness or startup probe made it kill the container. It does not repeat it for long, so one that crashes now is
// explained by any such word; one that runs only by a fresh one.
std::optional<Inventory::Event> killedByProbe(const Entry &pod, const Inventory &inventory, const Json &status)
{
    const std::string container = "Container " + std::string(status["name"].text()) + " failed ";
    for (Inventory::Event &each : inventory.eventsOf(pod)) {
        if (each.reason == "Killing" && each.message.starts_with(container) && each.message.find("probe") != std::string::npos &&
            (crashes(status) || !isOlder(each.last, inventory.now(), minutes(30))))
            return std::move(each);
    }
    return std::nullopt;
}

void crashLoop(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    if (isPast(pod))
        return;
    for (const Status &each : statusesOf(pod.facts())) {
        if (!crashes(each.json) || killedByProbe(pod, inventory, each.json))
            continue;
        const Json &now = each.json["state"]["terminated"];
        const Json &ended = now.type() == Json::Type::Map ? now : each.json["lastState"]["terminated"];
        Finding finding = ofPod("crash-loop", pod, inventory,
            ended.type() == Json::Type::Map ? endingInWords(each.subject, ended, each.json) + ", again and again"
                                            : each.subject + " ends again and again");
        finding.since = parseTime(conditionOf(pod.facts(), each.subject.starts_with('I') ? "Initialized" : "Ready")["lastTransitionTime"].text());
        prove(finding, pod,
            each.subject + ": exit code " + std::to_string(ended["exitCode"].integer()) + " (" + std::string(ended["reason"].text()) + "), " +
                counted(each.json["restartCount"].integer(), "restart", "restarts"));
        if (const std::string_view message = ended["message"].text(); !message.empty())
            prove(finding, pod, std::string(message));
        into.push_back(std::move(finding));
        return;
    }
}

void liveness(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    if (isPast(pod))
        return;
    for (const Status &each : statusesOf(pod.facts())) {
        const auto killed = each.json["restartCount"].integer() > 0 ? killedByProbe(pod, inventory, each.json) : std::nullopt;
        if (!killed)
            continue;
        const bool startup = killed->message.find("startup probe") != std::string::npos;
        Finding finding = ofPod("liveness", pod, inventory,
            each.subject + " is killed and started again because its " + (startup ? "startup" : "liveness") + " probe fails");
        finding.since = parseTime(conditionOf(pod.facts(), "Ready")["lastTransitionTime"].text());
        prove(finding, pod, said(killed->reason, killed->message) + ", " + counted(each.json["restartCount"].integer(), "restart", "restarts"));
        if (const auto probe = eventOf(pod, inventory, {"Unhealthy"}, startup ? "Startup probe" : "Liveness probe"))
            prove(finding, pod, said(probe->reason, probe->message));
        into.push_back(std::move(finding));
        return;
    }
}

void notReady(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = pod.facts();
    if (isPast(pod) || facts.text("phase") != "Running" || !facts.condition("Ready").fails())
        return;
    for (const Status &each : statusesOf(facts)) {
        const auto started = parseTime(each.json["state"]["running"]["startedAt"].text());
        const Json &startup = each.json["started"];
        if (!started || each.json["ready"].boolean() || (startup.type() == Json::Type::Boolean && !startup.boolean()))
            continue;
        const auto probe = eventOf(pod, inventory, {"Unhealthy"}, "Readiness probe");
        const auto since = parseTime(conditionOf(facts, "Ready")["lastTransitionTime"].text());
        // It may still be warming up; who fails a probe gets less time than who only is not ready yet.
        if (!isOlder(std::max(started, since), inventory.now(), probe ? seconds(30) : seconds(120)) || killedByProbe(pod, inventory, each.json))
            continue;
        Finding finding = ofPod("not-ready", pod, inventory,
            each.subject + (probe ? " runs, but its readiness probe fails: it gets no traffic" : " runs, but is not ready: it gets no traffic"));
        finding.since = since;
        prove(finding, pod, said(facts.condition("Ready").reason, facts.condition("Ready").message));
        if (probe)
            prove(finding, pod, said(probe->reason, probe->message));
        into.push_back(std::move(finding));
        return;
    }
}

void imagePull(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    if (isPast(pod))
        return;
    for (const Status &each : statusesOf(pod.facts())) {
        if (!isOneOf(waitsFor(each.json),
                {"ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName", "ImageInspectError", "RegistryUnavailable"}))
            continue;
        Finding finding = ofPod("image-pull", pod, inventory, waitingInWords(each.subject, waitsFor(each.json), each.json));
        finding.since = parseTime(conditionOf(pod.facts(), "Ready")["lastTransitionTime"].text());
        if (const std::string_view message = each.json["state"]["waiting"]["message"].text(); !message.empty())
            prove(finding, pod, std::string(message));
        into.push_back(std::move(finding));
        return;
    }
}

// "couldn't find key no-such-key in Secret team-a/web-credentials", "secret \"x\" not found": what is missing, in words.
std::string missingIn(std::string_view message)
{
    constexpr std::string_view key = "couldn't find key ";
    if (const std::size_t at = message.find(key); at != std::string_view::npos) {
        const std::string_view rest = message.substr(at + key.size());
        const std::size_t in = rest.find(" in ");
        const std::size_t slash = rest.find('/', in == std::string_view::npos ? 0 : in);
        if (in != std::string_view::npos && slash != std::string_view::npos) {
            const bool secret = rest.substr(in + 4).starts_with("Secret");
            const std::string_view tail = rest.substr(slash + 1);
            return "the " + std::string(secret ? "secret " : "config map ") + std::string(tail.substr(0, tail.find_first_of(" ,"))) + " has no key " +
                   std::string(rest.substr(0, in));
        }
    }
    constexpr std::string_view program = "exec: \"";
    if (const std::size_t at = message.find(program); at != std::string_view::npos) {
        const std::string_view rest = message.substr(at + program.size());
        if (rest.find("no such file") != std::string_view::npos || rest.find("executable file not found") != std::string_view::npos)
            return "there is no program " + std::string(rest.substr(0, rest.find('"')));
    }
    for (const auto &[kind, words] : {std::pair<std::string_view, std::string_view>("secret \"", "secret "), {"configmap \"", "config map "},
             {"references non-existent secret key: ", "key "}, {"references non-existent config key: ", "key "}}) {
        const std::size_t at = message.find(kind);
        if (at == std::string_view::npos)
            continue;
        const std::string_view rest = message.substr(at + kind.size());
        if (kind.ends_with('"') && rest.find("\" not found") == std::string_view::npos)
            continue;
        return "there is no " + std::string(words) + std::string(rest.substr(0, rest.find_first_of("\" ")));
    }
    return {};
}

void cannotStart(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    if (isPast(pod))
        return;
    const auto scheduled = parseTime(conditionOf(pod.facts(), "PodScheduled")["lastTransitionTime"].text());
    for (const Status &each : statusesOf(pod.facts())) {
        const std::string_view waiting = waitsFor(each.json);
        const Json &ended = each.json["state"]["terminated"];
        const bool refused = isOneOf(waiting,
            {"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError", "PreCreateHookError", "PostStartHookError"});
        const bool broke = isOneOf(ended["reason"].text(), {"StartError", "ContainerCannotRun"}) && each.json["restartCount"].integer() == 0;
        std::string message(refused ? each.json["state"]["waiting"]["message"].text() : ended["message"].text());
        if (!refused && !broke) {
            // A volume or a network that does not come is told by events alone, and it may come yet.
            if (!isOneOf(waiting, {"ContainerCreating", "PodInitializing"}) || !isOlder(scheduled, inventory.now(), seconds(60)))
                continue;
            const auto event = eventOf(pod, inventory, {"FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "FailedMapVolume"}, "");
            // With an init container at work the sandbox and the volumes are there.
            if (!event || conditionOf(pod.facts(), "PodReadyToStartContainers")["status"].text() == "True")
                continue;
            message = said(event->reason, event->message);
        }
        const std::string missing = missingIn(message);
        Finding finding = ofPod("cannot-start", pod, inventory, each.subject + " cannot start" + (missing.empty() ? "" : ": " + missing));
        finding.since = broke ? parseTime(ended["finishedAt"].text()) : scheduled;
        prove(finding, pod, refused || broke ? said(refused ? waiting : ended["reason"].text(), message) : message);
        into.push_back(std::move(finding));
        return;
    }
}

// "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}. no new claims …, preemption: …"
std::string whyNoNode(std::string_view message)
{
    if (const std::size_t colon = message.find(": "); message.find(" nodes are available") < colon && colon != std::string_view::npos)
        message.remove_prefix(colon + 2);
    // What was tried beyond that, and found of no help, is another sentence.
    message = message.substr(0, message.find(". "));
    while (message.ends_with('.') || message.ends_with(' ') || message.ends_with(','))
        message.remove_suffix(1);
    return std::string(message);
}

void unschedulable(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    const Json scheduled = conditionOf(pod.facts(), "PodScheduled");
    // Held back by a gate is what somebody wants.
    if (isPast(pod) || scheduled["status"].text() != "False" || scheduled["reason"].text() == "SchedulingGated")
        return;
    const auto since = parseTime(scheduled["lastTransitionTime"].text());
    if (!isOlder(since, inventory.now(), seconds(10)))
        return; // the node may be on its way
    const std::string why = whyNoNode(scheduled["message"].text());
    Finding finding = ofPod("unschedulable", pod, inventory, "No node can take the pod" + (why.empty() ? "" : ": " + why));
    finding.since = since;
    prove(finding, pod, said(scheduled["reason"].text(), scheduled["message"].text()));
    into.push_back(std::move(finding));
}

void podFailed(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = pod.facts();
    if (isPast(pod) || facts.text("phase") != "Failed")
        return;
    std::string reason = facts.text("reason");
    Finding finding = ofPod("pod-failed", pod, inventory, reason.empty() ? "The pod failed" : "The pod failed (" + reason + ")");
    for (const Status &each : statusesOf(facts)) {
        const Json &ended = each.json["state"]["terminated"];
        if (ended["exitCode"].integer() == 0)
            continue;
        if (isOneOf(ended["reason"].text(), {"StartError", "ContainerCannotRun"}))
            return; // that it never ran says more
        finding.reason = endingInWords(each.subject, ended, each.json);
        finding.since = parseTime(ended["finishedAt"].text());
        prove(finding, pod,
            each.subject + ": exit code " + std::to_string(ended["exitCode"].integer()) + " (" + std::string(ended["reason"].text()) + ")");
        break;
    }
    into.push_back(std::move(finding));
}

void podUnknown(const Entry &pod, const Inventory &inventory, std::vector<Finding> &into)
{
    if (isOver(pod) || pod.facts().text("phase") != "Unknown")
        return;
    Finding finding = ofPod("pod-unknown", pod, inventory, "Nobody knows how the pod is: its node does not tell");
    finding.severity = Finding::Severity::Unknown;
    finding.since = parseTime(conditionOf(pod.facts(), "Ready")["lastTransitionTime"].text());
    prove(finding, pod, "phase Unknown on node " + pod.facts().text("nodeName"));
    into.push_back(std::move(finding));
}

constexpr KindKey pods{"", "pods"};

constexpr FindingRule rules[] = {
    {"crash-loop", pods, {}, crashLoop},
    {"liveness", pods, {}, liveness},
    {"not-ready", pods, {}, notReady},
    {"image-pull", pods, {}, imagePull},
    {"cannot-start", pods, {}, cannotStart},
    {"unschedulable", pods, {}, unschedulable},
    {"pod-failed", pods, {}, podFailed},
    {"pod-unknown", pods, {}, podUnknown},
};

} // namespace

std::span<const FindingRule> podRules()
{
    return rules;
}

} // namespace fairlead::kinds
