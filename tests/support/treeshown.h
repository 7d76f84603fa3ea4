// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreemodel.h"
#include "support/enginebench.h"
#include "support/treeworld.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <initializer_list>
#include <string>
#include <vector>

namespace fairlead::test {

/// The standard offer, one for all.
[[nodiscard]] kube::OfferPtr treeOffer();

// Objects as they are when all is well; their uid is "uid-NAME".
[[nodiscard]] TreeObject treeObject(const std::string &kind, const std::string &name);
[[nodiscard]] TreeObject treePod(const std::string &name, const std::string &state = "Running");
[[nodiscard]] TreeObject treeReplicas(const std::string &kind, const std::string &name, int ready, int wanted);
/// A deployment with its current replica set, one pod that runs and one that does not, and one replica set of before; a service.
[[nodiscard]] TreeWorld shop();

/// One tree over one world, whole.
struct ShownTree {
    explicit ShownTree(const TreeWorld &world, const std::string &kind = "Pod", const std::vector<std::string> &refused = {},
        const kube::Scope &scope = kube::Scope::all(), std::size_t slice = items::OwnerTreeModel::usualSlice);

    EngineBench bench;
    items::OwnerTreeModel model;
};

[[nodiscard]] QStringList lines(std::initializer_list<const char *> texts);
/// Rows as lines, indented; of each what `columns` show. Ages are left out: they hang on when something was said.
[[nodiscard]] QStringList outline(const items::OwnerTreeModel &model, const QList<int> &columns = {items::OwnerTreeCells::Name});
/// All that a view could ask.
[[nodiscard]] QStringList everything(const items::OwnerTreeModel &model);
/// "web/web-1/app"
[[nodiscard]] QModelIndex rowNamed(const items::OwnerTreeModel &model, const std::string &path);

} // namespace fairlead::test
