// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreegrouping.h"
#include "kube/resource.h"

#include <QMenu>

namespace fairlead::items {
class OwnerTreeModel;
}

namespace fairlead::ui {

/// By what the rows of a tree are grouped: nothing, namespace, node, app.kubernetes.io/part-of, any label that objects at its top bear.
/// Thread: GUI. Owner: the page.
class GroupsMenu : public QMenu {
    Q_OBJECT

public:
    using QMenu::QMenu;

    /// As the tree is now. `resource`: the tree's own.
    void fill(const items::OwnerTreeModel &tree, const kube::Resource &resource);

    /// "namespace", "part-of"; empty: by nothing.
    [[nodiscard]] static QString wordsOf(const items::OwnerTreeGrouping &grouping);
    /// Where the choice is remembered, for each kind.
    [[nodiscard]] static QString settingsKey(const kube::Resource &resource);

Q_SIGNALS:
    void chosen(const fairlead::items::OwnerTreeGrouping &grouping);
};

} // namespace fairlead::ui
