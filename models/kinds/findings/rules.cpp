// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/rules.h"

#include "kinds/findings/families.h"
#include "kinds/kinds.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace fairlead::kinds {

kube::Json conditionOf(const Facts &facts, std::string_view type)
{
    const kube::Json conditions = facts.json("conditions");
    for (const kube::Json &each : conditions.list()) {
        if (each["type"].text() == type)
            return each;
    }
    return {};
}

bool isOlder(const std::optional<Moment> &moment, Moment now, std::chrono::seconds than)
{
    return moment && now - *moment >= than;
}

std::string said(std::string_view reason, std::string_view message)
{
    std::string out(reason);
    if (!reason.empty() && !message.empty())
        out += ": ";
    return out.append(message);
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

const std::vector<FindingRule> &findingRules()
{
    static const std::vector<FindingRule> all = [] {
        std::vector<FindingRule> rules;
        for (const std::span<const FindingRule> part : {podRules(), networkRules(), jobRules(), clusterRules()})
            rules.insert(rules.end(), part.begin(), part.end());
        return rules;
    }();
    return all;
}

std::vector<KindKey> diagnosedKinds()
{
    std::vector<KindKey> out;
    const auto take = [&out](KindKey kind) {
        if (std::find(out.begin(), out.end(), kind) == out.end())
            out.push_back(kind);
    };
    for (const FindingRule &rule : findingRules()) {
        take(rule.about);
        std::for_each(rule.reads.begin(), rule.reads.end(), take);
    }
    // Of use where they may be listed: who owns whom, what was said, what a claim names.
    for (const KindKey kind : {KindKey{"apps", "replicasets"}, KindKey{"apps", "daemonsets"}, KindKey{"", "replicationcontrollers"},
             KindKey{"", "events"}, KindKey{"storage.k8s.io", "storageclasses"}})
        take(kind);
    return out;
}

std::vector<Finding> diagnose(const Inventory &inventory)
{
    std::vector<Finding> found;
    std::vector<KindKey> about; // of each, whose fault it is in the first place
    for (const FindingRule &rule : findingRules()) {
        if (!std::all_of(rule.reads.begin(), rule.reads.end(), [&](KindKey kind) { return inventory.has(kind); }))
            continue;
        for (const Inventory::Entry &entry : inventory.all(rule.about)) {
            const std::size_t before = found.size();
            rule.judge(entry, inventory, found);
            for (std::size_t i = before; i < found.size(); ++i)
                found[i].seenAt = Inventory::nameOf(entry);
        }
        about.resize(found.size(), rule.about);
    }

    // Several pods of one owner are one thing to mend: the first one's words, the earliest time, the evidence of all.
    std::map<std::pair<std::string_view, FoundObject>, std::size_t> places;
    std::vector<Finding> folded;
    struct Count {
        int repeats = 1;
        KindKey of;
    };
    std::vector<Count> counts;
    for (std::size_t i = 0; i < found.size(); ++i) {
        Finding &each = found[i];
        const auto [place, isNew] = places.try_emplace({each.id, each.object}, folded.size());
        if (isNew) {
            folded.push_back(std::move(each));
            counts.push_back({1, about[i]});
            continue;
        }
        Finding &first = folded[place->second];
        ++counts[place->second].repeats;
        first.severity = std::min(first.severity, each.severity);
        if (each.since && (!first.since || *each.since < *first.since))
            first.since = each.since;
        for (std::string &line : each.evidence) {
            if (std::find(first.evidence.begin(), first.evidence.end(), line) == first.evidence.end())
                first.evidence.push_back(std::move(line));
        }
    }
    for (std::size_t i = 0; i < folded.size(); ++i) {
        const Kind &kind = kindOf(counts[i].of.group, counts[i].of.resource);
        if (counts[i].repeats > 1 && kind.id.kind != folded[i].object.kind)
            folded[i].reason += " (" + std::to_string(counts[i].repeats) + " " + std::string(kind.id.resource) + ")";
    }
    const auto order = [](const Finding &finding) {
        return std::tuple(finding.severity, finding.since.value_or(Moment::max()), finding.object, finding.id);
    };
    std::sort(folded.begin(), folded.end(), [&](const Finding &a, const Finding &b) { return order(a) < order(b); });
    return folded;
}

} // namespace fairlead::kinds
