// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/treewords.h"

#include "kinds/containers.h"
#include "kinds/kinds.h"
#include "kinds/selector.h"
#include "kinds/treekinds.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fairlead::kinds {

namespace {

using Columns = std::vector<kube::Column>;

// None are held where the row has another number of them.
Facts factsOf(const OwnerNode &node)
{
    const kube::Row &row = node.item->meta();
    const bool held = node.kind->holdsFacts(row);
    return {held ? node.kind->facts : std::span<const Fact>(), row};
}

std::string_view annotation(const kube::Row &row, std::string_view key)
{
    for (std::size_t i = 0; i < row.annotationCount(); ++i) {
        const auto [name, value] = row.annotation(i);
        if (name == key)
            return value;
    }
    return {};
}

std::int64_t revision(const OwnerNode &node)
{
    const std::string_view text = annotation(node.item->meta(), "deployment.kubernetes.io/revision");
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string ratio(std::int64_t ready, std::int64_t wanted)
{
    return std::to_string(ready) + "/" + std::to_string(wanted);
}

int badness(Health health)
{
    constexpr std::array<int, healthCount> order = {4, 2, 1, 0, 5, 3};
    return order[static_cast<std::size_t>(health)];
}

bool isWorse(const OwnerNode &a, const OwnerNode &b)
{
    const int x = badness(a.health.value_or(Health::Idle));
    const int y = badness(b.health.value_or(Health::Idle));
    return x != y ? x < y : a.item->name() < b.item->name();
}

// The pod below that does worst. Facts are read of this one only.
const OwnerNode *worstPod(const OwnerNode &node)
{
    const OwnerNode *worst = nullptr;
    for (const OwnerNode *each : node.children) {
        const OwnerNode *found = isPod(*each->kind) ? each : worstPod(*each);
        if (found && (!worst || isWorse(*found, *worst)))
            worst = found;
    }
    return worst;
}

// "1 of 3 pods: api runs out of memory", "2 of 2 pods fit on no node", "api runs out of memory" where there is but one. While they roll out
// others are right: "1 cannot pull its image", "2 pods: app is not ready".
std::string sentenceOfPods(const OwnerNode &node, bool rolling)
{
    const OwnerNode *worst = worstPod(node);
    const std::uint32_t wrong = node.below.count(Health::Failed) + node.below.count(Health::Degraded);
    if (!worst || !worst->health || wrong == 0)
        return {};
    std::uint32_t all = 0;
    for (const std::uint32_t each : node.below.of)
        all += each;
    all -= node.below.count(Health::Idle);
    const auto trouble = troubleOf(factsOf(*worst));
    const std::string count = std::to_string(wrong);
    if (!trouble)
        return count + (rolling ? ": " : " of " + std::to_string(all) + (all == 1 ? " pod: " : " pods: ")) +
               std::string(worst->kind->word(*worst->health));
    const bool whole = trouble->container.empty();
    if (rolling && wrong > 1 && !whole)
        return count + " pods: " + trouble->container + " " + trouble->words;
    if (rolling)
        return count + " " + (wrong == 1 ? trouble->words : trouble->ofSeveral);
    if (all == 1)
        return (whole ? "Its pod" : trouble->container) + " " + trouble->words;
    const std::string some = count + " of " + std::to_string(all) + " pods";
    return whole ? some + " " + (wrong == 1 ? trouble->words : trouble->ofSeveral) : some + ": " + trouble->container + " " + trouble->words;
}

// --- who keeps pods running

std::string replicasReady(const OwnerNode &node, const Columns &columns)
{
    const Cells cells(columns, node.item->meta());
    if (const auto ready = cells.ratio("Ready"))
        return ratio(ready->first, ready->second);
    if (!cells.column("Desired"))
        return {};
    return ratio(cells.integer("Ready"), cells.integer("Desired"));
}

std::string workloadStatus(const OwnerNode &node, const Columns &)
{
    const Health health = node.health.value_or(Health::Unknown);
    if (health == Health::Idle)
        return std::string(node.kind->word(health));
    if (health == Health::Healthy)
        return "Healthy";
    const bool rolling = health == Health::Progressing;
    const std::string pods = sentenceOfPods(node, rolling);
    if (rolling)
        return pods.empty() ? std::string(node.kind->word(health)) : std::string(node.kind->word(health)) + "; " + pods;
    if (!pods.empty())
        return pods;
    const Condition failure = factsOf(node).condition("ReplicaFailure");
    if (failure.holds())
        return failure.message.empty() ? "Pods cannot be made" : "Pods cannot be made: " + failure.message;
    if (factsOf(node).condition("Progressing").reason == "ProgressDeadlineExceeded")
        return "The roll-out is stuck";
    if (factsOf(node).flag("paused"))
        return "Paused";
    const bool none = node.below == HealthCounts();
    return none ? "No pod" : std::string(node.kind->word(health));
}

// The deployment above says how its pods do; a replica set says which of its revisions it is while there are several.
std::string replicaSetStatus(const OwnerNode &node, const Columns &columns)
{
    if (!node.parent)
        return workloadStatus(node, columns);
    if (isSpent(node))
        return "Scaled to zero, kept for undo";
    if (node.parent->health != Health::Progressing && node.parent->health != Health::Degraded)
        return {};
    const auto working = [](const OwnerNode *each) { return each->kind->id.resource == "replicasets" && !isSpent(*each); };
    const auto &all = node.parent->children;
    if (std::count_if(all.begin(), all.end(), working) < 2)
        return {};
    const bool newest =
        std::none_of(all.begin(), all.end(), [&](const OwnerNode *each) { return working(each) && revision(*each) > revision(node); });
    return newest ? "New" : "Old, going away";
}

Aside replicaSetAside(const OwnerNode &node)
{
    const std::int64_t number = revision(node);
    return {number > 0 ? "revision " + std::to_string(number) : std::string(), std::nullopt};
}

// --- pods

std::string podReady(const OwnerNode &node, const Columns &columns)
{
    return std::string(Cells(columns, node.item->meta()).text("Ready"));
}

// --- jobs

std::string jobReady(const OwnerNode &node, const Columns &columns)
{
    return std::string(Cells(columns, node.item->meta()).text("Completions"));
}

std::optional<Moment> endOf(const Facts &facts, std::string_view type)
{
    const kube::Json conditions = facts.json("conditions");
    for (const kube::Json &each : conditions.list()) {
        if (each["type"].text() == type && each["status"].text() == "True")
            return parseTime(each["lastTransitionTime"].text());
    }
    return std::nullopt;
}

std::string lasting(std::string words, std::string_view before, const std::optional<Moment> &from, const std::optional<Moment> &to)
{
    if (!from || !to || *to < *from)
        return words;
    return words + std::string(before) + formatAge(*from, *to);
}

std::string_view whyJobsFail(std::string_view reason)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> words = {{
        {"BackoffLimitExceeded", "no attempt is left"},
        {"DeadlineExceeded", "it took longer than it may"},
        {"FailedIndexes", "some of its indexes failed"},
        {"MaxFailedIndexesExceeded", "too many of its indexes failed"},
    }};
    const auto *const found = std::find_if(words.begin(), words.end(), [reason](const auto &each) { return each.first == reason; });
    return found == words.end() ? reason : found->second;
}

std::string jobStatus(const OwnerNode &node, const Columns &columns)
{
    const Facts facts = factsOf(node);
    const auto started = parseTime(facts.text("startTime"));
    switch (node.health.value_or(Health::Unknown)) {
    case Health::Healthy: {
        const auto ended = parseTime(facts.text("completionTime"));
        return lasting("Complete", " in ", started, ended);
    }
    case Health::Failed: {
        const bool failed = facts.condition("Failed").holds();
        const Condition condition = facts.condition(failed ? "Failed" : "FailureTarget");
        std::string text = lasting("Failed", " after ", started, endOf(facts, failed ? "Failed" : "FailureTarget"));
        const std::string_view why = whyJobsFail(condition.reason);
        return why.empty() ? text : text + ": " + std::string(why);
    }
    case Health::Idle:
        return "Suspended";
    case Health::Progressing: {
        const std::string trouble = sentenceOfPods(node, false);
        const std::int64_t failed = facts.integer("failed");
        std::string text = "Running";
        if (failed > 0)
            text += ", " + std::to_string(failed) + (failed == 1 ? " attempt failed" : " attempts failed");
        return trouble.empty() ? text : text + "; " + trouble;
    }
    default:
        return std::string(Cells(columns, node.item->meta()).text("Status"));
    }
}

Aside jobAside(const OwnerNode &node)
{
    return {{}, parseTime(annotation(node.item->meta(), "batch.kubernetes.io/cronjob-scheduled-timestamp"))};
}

std::string cronJobStatus(const OwnerNode &node, const Columns &columns)
{
    if (node.health == Health::Idle)
        return "Suspended";
    const OwnerNode *newest = nullptr;
    for (const OwnerNode *each : node.children) {
        const auto key = [](const OwnerNode *job) { return std::pair(job->item->meta().created(), job->item->name()); };
        if (each->kind->id.resource == "jobs" && (!newest || key(each) > key(newest)))
            newest = each;
    }
    if (newest) {
        if (newest->health == Health::Progressing)
            return "Running now";
        std::string words = jobStatus(*newest, columns);
        if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z')
            words[0] = static_cast<char>(words[0] - 'A' + 'a');
        return words.empty() ? std::string() : "Last run " + words;
    }
    const Facts facts = factsOf(node);
    if (facts.raw("lastScheduleTime").empty())
        return "Has not run yet";
    return node.health == Health::Degraded ? "Last run failed" : "Last run complete";
}

Aside cronJobAside(const OwnerNode &node)
{
    const Facts facts = factsOf(node);
    const std::string zone = facts.text("timeZone");
    const std::string schedule = facts.text("schedule");
    return {zone.empty() || schedule.empty() ? schedule : schedule + " " + zone, std::nullopt};
}

// --- services

Aside serviceAside(const OwnerNode &node)
{
    const Facts facts = factsOf(node);
    const std::string address = facts.text("clusterIP");
    std::string ports;
    const kube::Json list = facts.json("ports");
    for (const kube::Json &each : list.list())
        ports += (ports.empty() ? "" : ",") + std::string(each["port"].text());
    if (facts.text("type") == "ExternalName")
        return {"external name", std::nullopt};
    if (address == "None")
        return {ports.empty() ? "headless" : "headless:" + ports, std::nullopt};
    return {ports.empty() || address.empty() ? address : address + ":" + ports, std::nullopt};
}

// --- what leads to them

Aside ingressAside(const OwnerNode &node)
{
    std::string hosts;
    const kube::Json rules = factsOf(node).json("rules");
    for (const kube::Json &each : rules.list()) {
        const std::string host(each["host"].text());
        if (hosts.find(host.empty() ? "*" : host) == std::string::npos)
            hosts += (hosts.empty() ? "" : ", ") + (host.empty() ? std::string("*") : host);
    }
    return {hosts, std::nullopt};
}

Aside sliceAside(const OwnerNode &node)
{
    std::string ports;
    const kube::Json list = factsOf(node).json("ports");
    for (const kube::Json &each : list.list())
        ports += (ports.empty() ? "" : ",") + std::string(each["port"].text());
    return {ports.empty() ? std::string() : ":" + ports, std::nullopt};
}

std::string noWords(const OwnerNode &, const Columns &)
{
    return {};
}

// --- all others

// A word of the server's where the row has one.
std::string commonStatus(const OwnerNode &node, const Columns &columns)
{
    const Cells cells(columns, node.item->meta());
    for (const std::string_view column : {"Status", "Phase", "State"}) {
        if (const std::string_view text = cells.text(column); !text.empty())
            return std::string(text);
    }
    return node.health ? std::string(node.kind->word(*node.health)) : std::string();
}

std::string commonReady(const OwnerNode &node, const Columns &columns)
{
    const Cells cells(columns, node.item->meta());
    const auto ready = cells.ratio("Ready");
    return ready ? ratio(ready->first, ready->second) : std::string();
}

Aside noAside(const OwnerNode &)
{
    return {};
}

struct Words {
    KindKey key;
    Aside (*aside)(const OwnerNode &) = noAside;
    std::string (*ready)(const OwnerNode &, const Columns &) = commonReady;
    std::string (*status)(const OwnerNode &, const Columns &) = commonStatus;
};

constexpr Words words[] = {
    {.key = {"", "pods"}, .ready = podReady},
    {.key = {"apps", "deployments"}, .ready = replicasReady, .status = workloadStatus},
    {.key = {"apps", "replicasets"}, .aside = replicaSetAside, .ready = replicasReady, .status = replicaSetStatus},
    {.key = {"apps", "statefulsets"}, .ready = replicasReady, .status = workloadStatus},
    {.key = {"apps", "daemonsets"}, .ready = replicasReady, .status = workloadStatus},
    {.key = {"", "replicationcontrollers"}, .ready = replicasReady, .status = workloadStatus},
    {.key = {"batch", "jobs"}, .aside = jobAside, .ready = jobReady, .status = jobStatus},
    {.key = {"batch", "cronjobs"}, .aside = cronJobAside, .status = cronJobStatus},
    {.key = {"", "services"}, .aside = serviceAside, .ready = noWords, .status = noWords},
    {.key = {"networking.k8s.io", "ingresses"}, .aside = ingressAside, .ready = noWords, .status = noWords},
    {.key = {"discovery.k8s.io", "endpointslices"}, .aside = sliceAside, .ready = noWords, .status = noWords},
};

const Words &wordsOf(const Kind &kind)
{
    static constexpr Words common;
    const auto *const found = std::find_if(std::begin(words), std::end(words), [&kind](const Words &each) { return each.key == kind.id.key(); });
    return found == std::end(words) ? common : *found;
}

} // namespace

Aside asideOf(const OwnerNode &node)
{
    return wordsOf(*node.kind).aside(node);
}

std::string readyOf(const OwnerNode &node, const Columns &columns)
{
    return wordsOf(*node.kind).ready(node, columns);
}

std::string statusOf(const OwnerNode &node, const Columns &columns)
{
    return wordsOf(*node.kind).status(node, columns);
}

std::optional<std::int64_t> restartsOf(const OwnerNode &node, const Columns &columns)
{
    if (!isPod(*node.kind))
        return std::nullopt;
    const std::string_view cell = Cells(columns, node.item->meta()).text("Restarts");
    std::int64_t number = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), number);
    return number;
}

std::optional<Health> treeHealth(std::optional<Health> own, const HealthCounts &below)
{
    const auto worst = below.worst();
    if (!own || !worst)
        return own ? own : worst;
    HealthCounts failed;
    failed.of[std::size_t(Health::Failed)] = below.count(Health::Failed);
    if (*own == Health::Progressing && below == failed)
        return Health::Failed;
    const bool settled = *own == Health::Healthy || *own == Health::Progressing || *own == Health::Idle;
    return settled ? *own : worse(*own, *worst);
}

bool isSpent(const OwnerNode &node)
{
    return node.parent && node.children.empty() && node.health == Health::Idle && !node.kind->owns.empty();
}

std::string selectedStatus(const Selected &selected)
{
    if (!selected.asks)
        return "Selects no pods";
    if (selected.all == 0)
        return "No pod has its labels";
    if (selected.ready == 0)
        return selected.all == 1 ? "Its pod takes no traffic" : "None of " + std::to_string(selected.all) + " pods takes traffic";
    if (selected.ready == selected.all)
        return "Healthy";
    return std::to_string(selected.ready) + " of " + std::to_string(selected.all) + " pods take traffic";
}

Health selectedHealth(const Selected &selected)
{
    if (!selected.asks)
        return Health::Idle;
    if (selected.ready == selected.all && selected.all > 0)
        return Health::Healthy;
    return selected.all > 0 && selected.ready == 0 ? Health::Failed : Health::Degraded;
}

Selected otherEndpoints(const OwnerNode &node)
{
    Selected others;
    if (node.kind->id.resource != "endpointslices")
        return others;
    const kube::Json endpoints = factsOf(node).json("endpoints");
    for (const kube::Json &each : endpoints.list()) {
        if (each["targetRef"]["kind"].text() == "Pod")
            continue;
        const kube::Json &ready = each["conditions"]["ready"];
        ++others.all;
        others.ready += ready.type() == kube::Json::Type::Null || ready.boolean() ? 1 : 0; // not said means yes
    }
    return others;
}

std::string groupStatus(const HealthCounts &counts)
{
    std::uint32_t all = 0;
    for (const std::uint32_t each : counts.of)
        all += each;
    const auto worst = counts.worst();
    if (!worst || *worst == Health::Healthy)
        return worst ? "Healthy" : std::string();
    if (*worst == Health::Idle)
        return "Idle";
    constexpr std::array<std::pair<Health, std::string_view>, 4> said = {
        {{Health::Failed, "failed"}, {Health::Degraded, "degraded"}, {Health::Progressing, "progressing"}, {Health::Unknown, "unknown"}}};
    std::string text;
    for (const auto &[health, word] : said) {
        if (const std::uint32_t count = counts.count(health); count > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + (text.empty() ? " of " + std::to_string(all) : std::string()) + " " +
                    std::string(word);
    }
    return text;
}

std::optional<Labels> selectorOf(const OwnerNode &node, const Columns &columns)
{
    const Facts facts = factsOf(node);
    if (facts.raw("type").empty())
        return parseSelector(Cells(columns, node.item->meta()).text("Selector"));
    Labels labels;
    const kube::Json selector = facts.json("selector");
    for (const auto &[key, value] : selector.map())
        labels.emplace_back(key, value.text());
    return labels.empty() ? std::nullopt : std::optional(std::move(labels));
}

bool takesTraffic(const OwnerNode &pod)
{
    // Who is healthy is ready, and who goes away gets no traffic, ready or not: conditions are read of the others only.
    if (pod.health == Health::Healthy)
        return true;
    if (!pod.item->meta().deleted().empty())
        return false;
    const Facts facts = factsOf(pod);
    return !facts.raw("conditions").empty() && isReady(facts);
}

} // namespace fairlead::kinds
