// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/groupsmenu.h"

#include "items/ownertreemodel.h"
#include "items/plaintext.h"

#include <QActionGroup>

#include <algorithm>

namespace fairlead::ui {

using items::OwnerTreeGrouping;
using By = OwnerTreeGrouping::By;

void GroupsMenu::fill(const items::OwnerTreeModel &tree, const kube::Resource &resource)
{
    constexpr std::size_t mostLabels = 40; // more than fit on a screen
    const std::string partOf = "app.kubernetes.io/part-of";
    clear();
    auto *one = new QActionGroup(this);
    const auto add = [&](QMenu &into, const QString &words, const OwnerTreeGrouping &grouping) {
        QAction *const action = into.addAction(words);
        action->setCheckable(true);
        action->setChecked(tree.grouping() == grouping);
        one->addAction(action);
        connect(action, &QAction::triggered, this, [this, grouping] { Q_EMIT chosen(grouping); });
    };
    add(*this, tr("No groups"), {});
    if (resource.namespaced)
        add(*this, tr("Namespace"), {By::Namespace, {}});
    if (tree.hasNodes())
        add(*this, tr("Node"), {By::Node, {}});
    add(*this, tr("Part of"), {By::Label, partOf});
    addSeparator();
    auto keys = tree.labelKeys();
    std::erase(keys, partOf);
    QMenu *const labels = addMenu(tr("Label"));
    labels->setEnabled(!keys.empty());
    for (std::size_t i = 0; i < std::min(keys.size(), mostLabels); ++i)
        add(*labels, items::plainText(keys[i]).replace(QLatin1Char('&'), QStringLiteral("&&")), {By::Label, keys[i]});
}

QString GroupsMenu::wordsOf(const OwnerTreeGrouping &grouping)
{
    switch (grouping.by) {
    case By::Namespace:
        return tr("namespace");
    case By::Node:
        return tr("node");
    case By::Label: {
        // The name behind the last "/" says it; what stands before it is who made it up.
        const std::size_t slash = grouping.label.rfind('/');
        return items::plainText(grouping.label.substr(slash == std::string::npos ? 0 : slash + 1));
    }
    case By::Nothing:
        break;
    }
    return {};
}

QString GroupsMenu::settingsKey(const kube::Resource &resource)
{
    return QStringLiteral("groups/") + QString::fromStdString(resource.qualifiedName());
}

} // namespace fairlead::ui
