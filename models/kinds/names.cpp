// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/names.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

// What k8s.io/apimachinery/pkg/util/rand writes: no vowels, so that no words come out, and nothing that looks like something else.
constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
constexpr std::size_t randomLength = 5;
// A prefix longer than this is cut before the random part is put behind it (k8s.io/apiserver/pkg/storage/names).
constexpr std::size_t longestPrefix = 63 - randomLength;

bool consistsOf(std::string_view text, std::string_view letters)
{
    return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}

bool isRandom(std::string_view text)
{
    return text.size() == randomLength && consistsOf(text, alphabet);
}

NameParts cut(std::string_view name, std::size_t tail)
{
    return {name.substr(0, name.size() - tail), name.substr(name.size() - tail)};
}

// The "-<minute>" that a cron job puts behind its jobs' names: minutes since 1970, eight digits since 1989.
std::size_t minuteTail(std::string_view name)
{
    const std::size_t dash = name.rfind('-');
    if (dash == std::string_view::npos)
        return 0;
    const std::string_view digits = name.substr(dash + 1);
    return digits.size() >= 8 && digits.size() <= 11 && consistsOf(digits, "0123456789") ? digits.size() + 1 : 0;
}

// "-<value>" at the end of `name`, of a label whose value made it into the name.
std::size_t labelTail(std::string_view name, std::string_view value)
{
    return !value.empty() && name.size() > value.size() + 1 && name.ends_with(value) && name[name.size() - value.size() - 1] == '-' ? value.size() + 1
                                                                                                                                    : 0;
}

} // namespace

NameParts splitName(const kube::Row &row)
{
    const std::string_view name = row.name();
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        if (!owner.controller && owner.kind != "Service")
            continue;
        if (owner.kind == "StatefulSet" && row.labelValue("controller.kubernetes.io/hash").empty())
            return cut(name, 0);
        if (owner.kind == "CronJob" && name.starts_with(owner.name))
            return cut(name, minuteTail(name) == name.size() - owner.name.size() ? minuteTail(name) : 0);
        if (owner.kind == "Deployment")
            return cut(name, labelTail(name, row.labelValue("pod-template-hash")));
        // A controller revision: "cache-696b9c5bf5".
        if (const std::size_t hash = labelTail(name, row.labelValue("controller.kubernetes.io/hash")))
            return cut(name, hash);
        // Most others: the owner's name, perhaps cut short, perhaps with an index behind it, a dash and five letters.
        const std::size_t kept = std::min(owner.name.size(), longestPrefix);
        const bool dashed =
            name.size() > randomLength && (name[name.size() - randomLength - 1] == '-' || name.size() == longestPrefix + randomLength);
        if (!dashed || !name.starts_with(owner.name.substr(0, kept)) || !isRandom(name.substr(name.size() - randomLength)))
            return cut(name, 0);
        const std::size_t dash = name[name.size() - randomLength - 1] == '-' ? 1 : 0;
        std::string_view base = name.substr(0, name.size() - randomLength - dash);
        if (base == owner.name && owner.kind == "ReplicaSet")
            base = cut(base, labelTail(base, row.labelValue("pod-template-hash"))).stem;
        if (base == owner.name && owner.kind == "Job")
            base = cut(base, minuteTail(base)).stem;
        return cut(name, name.size() - base.size());
    }
    return cut(name, 0);
}

NameParts splitEventName(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0)
        return cut(name, 0);
    const std::string_view hex = name.substr(dot + 1);
    return cut(name, hex.size() >= 12 && hex.size() <= 16 && consistsOf(hex, "0123456789abcdef") ? hex.size() + 1 : 0);
}

} // namespace fairlead::kinds
