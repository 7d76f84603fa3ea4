// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/treeshown.h"

#include "support/offerfixture.h"

#include <chrono>
#include <memory>

namespace fairlead::test {

using items::OwnerTreeCells;
using items::OwnerTreeModel;
using items::TableModel;

namespace {

void write(const OwnerTreeModel &model, const QModelIndex &parent, int depth, const QList<int> &columns, QStringList &into)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        QStringList parts;
        for (const int column : columns)
            parts << index.siblingAtColumn(column).data().toString();
        into << QString(depth * 2, u' ') + parts.join(u'|');
        write(model, index, depth + 1, columns, into);
    }
}

void writeAll(const OwnerTreeModel &model, const QModelIndex &parent, int depth, QStringList &into)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex first = model.index(row, 0, parent);
        QStringList parts{first.data(OwnerTreeCells::KeyRole).toString()};
        for (int column = 0; column < OwnerTreeCells::Age; ++column) {
            const QModelIndex index = first.siblingAtColumn(column);
            for (const int role : {int(Qt::DisplayRole), int(TableModel::HealthRole), int(TableModel::HealthWordRole), int(TableModel::StemRole),
                     int(OwnerTreeCells::IconNameRole), int(OwnerTreeCells::AsideRole), int(OwnerTreeCells::QuietRole), int(OwnerTreeCells::OddRole),
                     int(OwnerTreeCells::PassesRole)})
                parts << index.data(role).toString();
            for (const QVariant &each : index.data(OwnerTreeCells::BelowRole).toList())
                parts << each.toString();
        }
        into << QString(depth * 2, u' ') + parts.join(u'|');
        writeAll(model, first, depth + 1, into);
    }
}

} // namespace

kube::OfferPtr treeOffer()
{
    static const auto one = std::make_shared<const kube::Offer>(standardOffer());
    return one;
}

TreeObject treeObject(const std::string &kind, const std::string &name)
{
    TreeObject made;
    made.kind = kind;
    made.name = name;
    made.uid = "uid-" + name;
    return made;
}

TreeObject treePod(const std::string &name, const std::string &state)
{
    TreeObject made = treeObject("Pod", name);
    made.state = state;
    return made;
}

TreeObject treeReplicas(const std::string &kind, const std::string &name, int ready, int wanted)
{
    TreeObject made = treeObject(kind, name);
    made.ready = ready;
    made.wanted = wanted;
    return made;
}

TreeWorld shop()
{
    TreeWorld world;
    const TreeObject web = world.add(treeReplicas("Deployment", "web", 1, 2));
    TreeObject now = treeReplicas("ReplicaSet", "web-7d9f6c5b84", 1, 2);
    now.annotations = {{"deployment.kubernetes.io/revision", "41"}};
    world.add(now.ownedBy(web));
    TreeObject old = treeReplicas("ReplicaSet", "web-6c4d8b9f75", 0, 0);
    old.annotations = {{"deployment.kubernetes.io/revision", "40"}};
    world.add(old.ownedBy(web));
    TreeObject good = treePod("web-7d9f6c5b84-8sjwl");
    good.labels = {{"app", "web"}};
    good.restarts = 3;
    world.add(good.ownedBy(now));
    TreeObject bad = treePod("web-7d9f6c5b84-x2k4q", "CrashLoopBackOff");
    bad.labels = {{"app", "web"}};
    bad.restarts = 14;
    world.add(bad.ownedBy(now));
    TreeObject service = treeObject("Service", "front");
    service.selector = {{"app", "web"}};
    world.add(service);
    return world;
}

ShownTree::ShownTree(
    const TreeWorld &world, const std::string &kind, const std::vector<std::string> &refused, const kube::Scope &scope, std::size_t slice)
    : model(bench.clock)
{
    model.setSlice(slice);
    world.serve(bench, refused);
    model.show(storesOf(bench), treeOffer(), resourceOfKind(kind), scope);
    bench.advance(std::chrono::milliseconds(100)); // also those who are met: a script does not tell twice what nobody has listened to
}

QStringList lines(std::initializer_list<const char *> texts)
{
    QStringList all;
    for (const char *each : texts)
        all << QString::fromUtf8(each);
    return all;
}

QStringList outline(const OwnerTreeModel &model, const QList<int> &columns)
{
    QStringList all;
    write(model, {}, 0, columns, all);
    return all;
}

QStringList everything(const OwnerTreeModel &model)
{
    QStringList all;
    writeAll(model, {}, 0, all);
    return all;
}

QModelIndex rowNamed(const OwnerTreeModel &model, const std::string &path)
{
    QModelIndex here;
    const QStringList names = QString::fromStdString(path).split(u'/');
    for (const QString &name : names) {
        QModelIndex next;
        for (int row = 0; row < model.rowCount(here) && !next.isValid(); ++row) {
            const QModelIndex index = model.index(row, 0, here);
            if (index.data().toString() == name)
                next = index;
        }
        if (!next.isValid())
            return {};
        here = next;
    }
    return here;
}

} // namespace fairlead::test
