// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/interference.h"

#include "jobs/cronplan.h"
#include "jobs/run.h"
#include "jobs/settingname.h"
#include "jobs/targetreader.h"
#include "kinds/naturalorder.h"
#include "kinds/workclass.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace fairlead::jobs {

using namespace std::chrono;
using kinds::Inventory;
using Entry = Inventory::Entry;
using What = kinds::Work::What;

namespace {

constexpr kinds::KindKey podsKey{"", "pods"};
constexpr kinds::KindKey jobsKey{"batch", "jobs"};
constexpr kinds::KindKey cronJobsKey{"batch", "cronjobs"};
constexpr kinds::KindKey readKinds[] = {podsKey, cronJobsKey, jobsKey, {"apps", "deployments"}, {"apps", "statefulsets"}, {"apps", "daemonsets"},
    {"apps", "replicasets"}, {"", "replicationcontrollers"}, {"", "services"}};

using Starts = std::array<bool, SharedTarget::hours>;

Workload ownerOf(const Inventory &inventory, const Entry &entry)
{
    const kinds::FoundObject top = inventory.topOwnerOf(entry);
    return {.kind = top.kind, .space = top.space, .name = top.name};
}

bool hasEnded(const Entry &pod)
{
    const std::string phase = pod.facts().text("phase");
    return phase == "Succeeded" || phase == "Failed";
}

std::vector<CrowdedNode> crowdedNodes(const Inventory &inventory)
{
    std::map<std::string, CrowdedNode> nodes;
    for (const Entry &pod : inventory.all(podsKey)) {
        const kinds::Facts facts = pod.facts();
        const auto work = kinds::takesResources(facts) ? kinds::workOf(*pod.kind, *pod.row) : std::nullopt;
        if (!work)
            continue;
        CrowdedNode &node = nodes[facts.text("nodeName")];
        if (work->what != What::Job) {
            ++node.servicePods;
            continue;
        }
        const kinds::MissingLimits missing = kinds::missingLimitsOf(facts);
        if (missing.any())
            node.pods.push_back(
                {.space = std::string(pod.row->space()), .name = std::string(pod.row->name()), .owner = ownerOf(inventory, pod), .missing = missing});
    }
    std::vector<CrowdedNode> crowded;
    for (auto &[name, node] : nodes) {
        if (node.servicePods == 0 || node.pods.empty())
            continue;
        node.node = name;
        std::sort(node.pods.begin(), node.pods.end(),
            [](const UnlimitedPod &a, const UnlimitedPod &b) { return std::tie(a.space, a.name) < std::tie(b.space, b.name); });
        crowded.push_back(std::move(node));
    }
    std::stable_sort(
        crowded.begin(), crowded.end(), [](const CrowdedNode &a, const CrowdedNode &b) { return kinds::naturalOrder(a.node, b.node) < 0; });
    return crowded;
}

/// Who uses what, gathered.
class Users {
public:
    void add(Workload workload, What what, const std::set<Target> &targets)
    {
        const Key key{workload.space, workload.name, workload.kind};
        Known &known = m_workloads.try_emplace(key, Known{std::move(workload), what}).first->second;
        // Of several objects that make one workload the one that is to go on says what it is.
        known.what = std::max(known.what, what);
        for (const Target &target : targets)
            m_uses[{target.kind, target.space, target.name}][target.key].insert(&known);
    }

    [[nodiscard]] std::vector<SharedTarget> shared() const
    {
        std::vector<SharedTarget> out;
        for (const auto &[object, keys] : m_uses) {
            const auto ofWhole = keys.find(std::string());
            const std::set<const Known *> whole = ofWhole == keys.end() ? std::set<const Known *>() : ofWhole->second;
            const bool told = isShared(whole);
            for (const auto &[key, users] : keys) {
                std::set<const Known *> all = users;
                all.insert(whole.begin(), whole.end());
                if (!isShared(all) || (told && !key.empty() && all.size() == whole.size()))
                    continue;
                const auto &[kind, space, name] = object;
                out.push_back(sharedBy({.kind = kind, .space = space, .name = name, .key = key}, all));
            }
        }
        return out;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string>;
    struct Known {
        Workload workload;
        What what;
    };

    static bool isShared(const std::set<const Known *> &users)
    {
        const auto isJob = [](const Known *each) { return each->what == What::Job; };
        return std::any_of(users.begin(), users.end(), isJob) && !std::all_of(users.begin(), users.end(), isJob);
    }

    static SharedTarget sharedBy(const Target &target, const std::set<const Known *> &users)
    {
        SharedTarget shared{.kind = target.kind, .space = target.space, .name = target.name, .key = target.key};
        shared.database = saysDatabase(target.name) || saysDatabase(target.key);
        for (const Known *each : users) {
            Workload workload = each->workload;
            workload.mixed = each->what == What::Mixed;
            (each->what == What::Job ? shared.jobs : shared.services).push_back(std::move(workload));
        }
        for (std::vector<Workload> *const list : {&shared.jobs, &shared.services})
            std::sort(list->begin(), list->end(),
                [](const Workload &a, const Workload &b) { return std::tie(a.space, a.name, a.kind) < std::tie(b.space, b.name, b.kind); });
        return shared;
    }

    std::map<Key, Known> m_workloads;                                     // users point into it
    std::map<Key, std::map<std::string, std::set<const Known *>>> m_uses; // by kind, namespace, name; then by key
};

// What a controller has left behind, or has long ended, uses nothing.
bool isUser(const Inventory &inventory, kinds::KindKey key, const Entry &entry, const Workload &owner)
{
    if (inventory.controllerOf(entry))
        return false; // that one is asked
    if (key == podsKey)
        return !hasEnded(entry);
    if (key == jobsKey && runOf(entry.facts()).hasEnded()) {
        const bool ofUnreadCronJob = owner.kind == "CronJob" && !inventory.has(cronJobsKey);
        return ofUnreadCronJob;
    }
    const bool isOwned = owner.name != entry.row->name() || owner.kind != entry.kind->id.kind;
    return !isOwned || entry.facts().integer("replicas", 1) != 0;
}

Users usersIn(const Inventory &inventory, const kube::Scope &scope)
{
    Users users;
    const TargetReader reader(inventory, scope);
    for (const kinds::KindKey key : readKinds) {
        for (const Entry &entry : inventory.all(key)) {
            const auto work = kinds::workOf(*entry.kind, *entry.row);
            if (!work)
                continue;
            Workload owner = ownerOf(inventory, entry);
            if (isUser(inventory, key, entry, owner))
                users.add(std::move(owner), work->what, reader.targetsOf(entry));
        }
    }
    return users;
}

// By namespace and name of the cron job. An hour's first second is its own.
std::map<std::pair<std::string, std::string>, Starts> startsOf(
    const Inventory &inventory, sys_seconds firstHour, const kinds::cron::ReadZoneFile &zones)
{
    std::map<std::pair<std::string, std::string>, Starts> all;
    for (const Entry &entry : inventory.all(cronJobsKey)) {
        const CronPlan plan = cronPlanOf(entry.facts(), zones);
        Starts &starts = all[{plan.space, plan.name}];
        for (std::size_t i = 0; i < starts.size() && plan.runs(); ++i) {
            const Moment begin = firstHour + hours(i);
            starts[i] = !plan.due(begin - 1s, begin + 1h - 1s, 1).empty();
        }
    }
    return all;
}

} // namespace

std::optional<std::size_t> SharedTarget::peak() const
{
    const auto most = std::max_element(startsPerHour.begin(), startsPerHour.end());
    return *most == 0 ? std::nullopt : std::optional(static_cast<std::size_t>(most - startsPerHour.begin()));
}

std::span<const kinds::KindKey> interferenceKinds()
{
    return readKinds;
}

Interference interferenceOf(const kinds::Material &material, const kinds::cron::ReadZoneFile &zones)
{
    Interference out;
    out.firstHour = floor<hours>(material.now);
    for (const kinds::Material::Part &part : material.parts)
        out.errors.insert(out.errors.end(), part.errors.begin(), part.errors.end());

    const kinds::JudgedRows judged(material, zones);
    const Inventory &inventory = judged.inventory();
    out.nodes = crowdedNodes(inventory);
    out.shared = usersIn(inventory, material.scope).shared();
    const auto starts = startsOf(inventory, out.firstHour, zones);
    for (SharedTarget &target : out.shared) {
        for (const Workload &job : target.jobs) {
            const auto found = job.kind == "CronJob" ? starts.find({job.space, job.name}) : starts.end();
            for (std::size_t i = 0; found != starts.end() && i < SharedTarget::hours; ++i)
                target.startsPerHour[i] += found->second[i] ? 1 : 0;
        }
    }
    std::stable_sort(out.shared.begin(), out.shared.end(), [](const SharedTarget &a, const SharedTarget &b) {
        return std::tuple(!a.database, -std::int64_t(a.users())) < std::tuple(!b.database, -std::int64_t(b.users()));
    });
    return out;
}

} // namespace fairlead::jobs
