// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreegrouping.h"

#include "kinds/facts.h"
#include "kinds/treekinds.h"

#include <algorithm>

namespace fairlead::items {

namespace {

constexpr std::string_view labelPrefix = "label:";

std::optional<std::string> some(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

std::optional<std::string> labelOf(const kinds::OwnerNode &object, std::string_view key)
{
    const kube::Row &row = object.item->meta();
    for (std::size_t i = 0; i < row.labelCount(); ++i) {
        if (const auto [name, value] = row.label(i); name == key)
            return std::string(value);
    }
    if (!object.kind->holdsFacts(row))
        return std::nullopt;
    const kube::Json made = kinds::Facts(object.kind->facts, row).json("templateLabels");
    for (const auto &[name, value] : made.map()) {
        if (name == key)
            return std::string(value.text());
    }
    return std::nullopt;
}

} // namespace

OwnerTreeGrouping OwnerTreeGrouping::named(std::string_view name)
{
    if (name == "namespace")
        return {By::Namespace, {}};
    if (name == "node")
        return {By::Node, {}};
    if (name.starts_with(labelPrefix) && name.size() > labelPrefix.size())
        return {By::Label, std::string(name.substr(labelPrefix.size()))};
    return {};
}

std::string OwnerTreeGrouping::name() const
{
    switch (by) {
    case By::Namespace:
        return "namespace";
    case By::Node:
        return "node";
    case By::Label:
        return std::string(labelPrefix) + label;
    case By::Nothing:
        break;
    }
    return {};
}

std::optional<std::string> OwnerTreeGrouping::groupOf(const kinds::OwnerNode &object) const
{
    const kube::Row &row = object.item->meta();
    switch (by) {
    case By::Namespace:
        return some(row.space());
    case By::Node:
        return object.kind->holdsFacts(row) ? some(kinds::Facts(object.kind->facts, row).text("nodeName")) : std::nullopt;
    case By::Label:
        return labelOf(object, label);
    case By::Nothing:
        break;
    }
    return std::nullopt;
}

bool OwnerTreeGrouping::takes(const kinds::OwnerNode &object) const
{
    if (by == By::Node)
        return kinds::isPod(*object.kind);
    return isOn() && !object.parent;
}

} // namespace fairlead::items
