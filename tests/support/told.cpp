// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/told.h"

#include <algorithm>

namespace fairlead::test {

static std::string fullName(const kube::Item &item)
{
    return std::string(item.space()) + "/" + std::string(item.name());
}

void Told::take(const kube::ChangeSet &set)
{
    if (!sets.empty() && set.from != sets.back().to)
        faults.push_back("a gap between " + std::to_string(sets.back().to) + " and " + std::to_string(set.from));
    if (sets.empty() && set.cause != kube::Cause::Snapshot)
        faults.push_back("the first set is no snapshot");
    for (const auto &item : set.changed) {
        const auto it = model.find(item->id());
        if (it == model.end()) {
            faults.push_back("changed, but never added: " + std::string(item->name()));
            continue;
        }
        if (it->second->uid() != item->uid())
            faults.push_back("one id, two uids: " + std::string(item->name()));
        if (std::stoull(std::string(it->second->version())) > std::stoull(std::string(item->version())))
            faults.push_back("backwards: " + std::string(item->name()));
        it->second = item;
    }
    for (const auto &gone : set.removed) {
        if (model.erase(gone.id) > 0)
            names.erase(fullName(*gone.last));
    }
    for (const auto &item : set.added) {
        if (!names.insert(fullName(*item)).second)
            faults.push_back("two rows of one name: " + std::string(item->name()));
        if (!model.emplace(item->id(), item).second)
            faults.push_back("added twice: " + std::string(item->name()));
    }
    sets.push_back(set);
}

std::vector<std::string> Told::added() const
{
    std::vector<std::string> list;
    for (const auto &set : sets) {
        for (const auto &item : set.added)
            list.emplace_back(item->name());
    }
    return list;
}

std::vector<std::string> Told::changed() const
{
    std::vector<std::string> list;
    for (const auto &set : sets) {
        for (const auto &item : set.changed)
            list.emplace_back(item->name());
    }
    return list;
}

std::vector<std::string> Told::removed() const
{
    std::vector<std::string> list;
    for (const auto &set : sets) {
        for (const auto &gone : set.removed)
            list.emplace_back(gone.last->name());
    }
    return list;
}

std::vector<std::string> Told::rows() const
{
    std::vector<std::string> rows;
    for (const auto &[id, item] : model)
        rows.push_back(fullName(*item) + "@" + std::string(item->version()));
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace fairlead::test
