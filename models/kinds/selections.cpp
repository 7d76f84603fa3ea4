// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/selections.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fairlead::kinds {

namespace {

using Uids = std::set<std::string, std::less<>>;

struct Selector {
    std::string space;
    std::optional<Labels> labels;
    Uids members;
};

struct Member {
    kube::ItemPtr item;
    Uids selectors;
};

} // namespace

struct Selections::Private {
    std::map<std::string, Selector, std::less<>> selectors;
    std::map<std::string, Member, std::less<>> members;
    std::map<std::string, Uids, std::less<>> bySpace; // members
    std::map<std::string, Uids, std::less<>> byLabel; // selectors, by their namespace and first label: whoever lacks it need not be asked
    std::map<std::pair<std::string, std::string>, bool> changes;

    // "/" stands in no namespace, and "=" in no key.
    static std::string labelKey(std::string_view space, std::string_view key, std::string_view value)
    {
        return std::string(space) + "/" + std::string(key) + "=" + std::string(value);
    }

    void set(const std::string &selectorUid, Selector &selector, const std::string &memberUid, Member &member, bool selected)
    {
        if (selected == (selector.members.count(memberUid) != 0))
            return;
        if (selected) {
            selector.members.insert(memberUid);
            member.selectors.insert(selectorUid);
        } else {
            selector.members.erase(memberUid);
            member.selectors.erase(selectorUid);
        }
        // Back and forth is no change.
        const auto [note, isNew] = changes.try_emplace({selectorUid, memberUid}, selected);
        if (!isNew)
            changes.erase(note);
    }

    void index(const std::string &uid, const Selector &selector, bool add)
    {
        if (!selector.labels || selector.labels->empty())
            return;
        const std::string key = labelKey(selector.space, selector.labels->front().first, selector.labels->front().second);
        if (add) {
            byLabel[key].insert(uid);
            return;
        }
        const auto found = byLabel.find(key);
        if (found == byLabel.end())
            return;
        found->second.erase(uid);
        if (found->second.empty())
            byLabel.erase(found);
    }
};

Selections::Selections()
    : d(std::make_unique<Private>())
{
}

Selections::~Selections() = default;

void Selections::putSelector(std::string_view uid, std::string_view space, std::optional<Labels> labels)
{
    const auto [found, isNew] = d->selectors.try_emplace(std::string(uid));
    Selector &selector = found->second;
    if (!isNew && selector.labels == labels && selector.space == space)
        return;
    d->index(found->first, selector, false);
    selector.space = space;
    selector.labels = std::move(labels);
    d->index(found->first, selector, true);
    for (const std::string &each : Uids(selector.members)) {
        Member &member = d->members.find(each)->second;
        const bool here = member.item->space() == space && selector.labels;
        d->set(found->first, selector, each, member, here && selects(*selector.labels, member.item->meta()));
    }
    const auto inSpace = d->bySpace.find(space);
    if (!selector.labels || inSpace == d->bySpace.end())
        return;
    for (const std::string &each : inSpace->second) {
        Member &member = d->members.find(each)->second;
        if (selects(*selector.labels, member.item->meta()))
            d->set(found->first, selector, each, member, true);
    }
}

void Selections::putMember(const kube::ItemPtr &item)
{
    const auto [found, isNew] = d->members.try_emplace(std::string(item->uid()));
    Member &member = found->second;
    member.item = item;
    if (isNew)
        d->bySpace[std::string(item->space())].insert(found->first);
    const kube::Row &row = item->meta();
    for (const std::string &each : Uids(member.selectors)) {
        Selector &selector = d->selectors.find(each)->second;
        d->set(each, selector, found->first, member, selector.labels && selects(*selector.labels, row));
    }
    for (std::size_t i = 0; i < row.labelCount(); ++i) {
        const auto [key, value] = row.label(i);
        const auto asking = d->byLabel.find(Private::labelKey(item->space(), key, value));
        if (asking == d->byLabel.end())
            continue;
        for (const std::string &each : asking->second) {
            Selector &selector = d->selectors.find(each)->second;
            if (selects(*selector.labels, row))
                d->set(each, selector, found->first, member, true);
        }
    }
}

void Selections::remove(std::string_view uid)
{
    if (const auto found = d->selectors.find(uid); found != d->selectors.end()) {
        for (const std::string &each : Uids(found->second.members))
            d->set(found->first, found->second, each, d->members.find(each)->second, false);
        d->index(found->first, found->second, false);
        d->selectors.erase(found);
    }
    if (const auto found = d->members.find(uid); found != d->members.end()) {
        for (const std::string &each : Uids(found->second.selectors))
            d->set(each, d->selectors.find(each)->second, found->first, found->second, false);
        const auto inSpace = d->bySpace.find(found->second.item->space());
        inSpace->second.erase(found->first);
        if (inSpace->second.empty())
            d->bySpace.erase(inSpace);
        d->members.erase(found);
    }
}

std::vector<Selections::Change> Selections::takeChanges()
{
    std::vector<Change> all;
    for (const auto &[pair, selected] : d->changes)
        all.push_back({pair.first, pair.second, selected});
    d->changes.clear();
    return all;
}

std::vector<std::string> Selections::membersOf(std::string_view selector) const
{
    const auto found = d->selectors.find(selector);
    return found == d->selectors.end() ? std::vector<std::string>()
                                       : std::vector<std::string>(found->second.members.begin(), found->second.members.end());
}

std::vector<std::string> Selections::selectorsOf(std::string_view member) const
{
    const auto found = d->members.find(member);
    return found == d->members.end() ? std::vector<std::string>()
                                     : std::vector<std::string>(found->second.selectors.begin(), found->second.selectors.end());
}

} // namespace fairlead::kinds
