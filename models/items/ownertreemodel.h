// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "items/ownertree.h"
#include "items/ownertreecells.h"
#include "items/ownertreesources.h"

#include <QAbstractItemModel>

#include <string_view>

namespace fairlead::items {

/// The objects of one kind in a tree by owner, with who owns and who selects them and what they own: cron job, job, pod, container. A pod
/// stands beneath its owner and again beneath each service that selects it. Objects whose owners are gone stand at the top and say so;
/// of owners that go round in a circle one does.
///
/// Promise: empty until every kind has answered and the tree stands, which takes some turns of the event loop where there are many objects
/// (setSlice()); then changes by the least step. Rows come, go and move one by one, also from one owner to
/// another; many that change places within one owner are told by layoutChanged(). A reset comes with another show(), a new filter and new
/// columns: the view restores what it needs by keys. Rows beneath an owner are worst first or by a column, spent ones last. Containers are
/// looked at where somebody looks at their pod.
/// What a workload uses stands in one row behind what it owns. With a grouping the rows at the top are groups.
/// With a filter: what passes, and the owners above it; its health is asked of objects of the tree's own kind only, as their rows
/// show it.
/// Roles are TableModel's where they mean the same. Thread: GUI. Owner: the page. `clock` outlives it.
class OwnerTreeModel : public QAbstractItemModel, private OwnerTreeSteps {
    Q_OBJECT

public:
    using Column = OwnerTreeCells::Column;
    using StoreOf = OwnerTreeSources::StoreOf;

    using Role = OwnerTreeCells::Role;

    static constexpr std::size_t usualSlice = 2000; ///< a few milliseconds

    explicit OwnerTreeModel(Clock &clock, QObject *parent = nullptr);
    ~OwnerTreeModel() override;

    /// How many steps one turn of the event loop takes, of which a place in the tree needs three; at least 4. Before show().
    void setSlice(std::size_t steps);
    /// From now on the tree of this resource's objects. `storeOf` outlives the model.
    void show(StoreOf storeOf, kube::OfferPtr offer, const kube::Resource &resource, const kube::Scope &scope);

    /// Every kind has answered, and the tree stands.
    [[nodiscard]] bool isWhole() const { return m_sources.hasBegun() && !m_tree.isBuilding(); }
    [[nodiscard]] const OwnerTreeSources &sources() const { return m_sources; }
    [[nodiscard]] OwnerTreeSources &sources() { return m_sources; }
    /// Of all objects of the tree's own kind, each once and as its row shows it, whatever a filter shows.
    [[nodiscard]] const kinds::HealthCounts &counts() const { return m_tree.counts(); }
    [[nodiscard]] int size() const { return m_tree.size(); }           ///< how many objects of the tree's own kind there are
    [[nodiscard]] int shownSize() const { return m_tree.shownSize(); } ///< of them: those that have a row, by themselves or for what is beneath

    void setFilter(RowFilter filter);
    /// The tree is built anew, in pieces as after show().
    void setGrouping(OwnerTreeGrouping grouping);
    [[nodiscard]] const OwnerTreeGrouping &grouping() const { return m_tree.grouping(); }
    /// Whether there are pods of the tree's own kind, or made by it.
    [[nodiscard]] bool hasNodes() const;
    /// Keys of labels that objects at the top bear, those of most first.
    [[nodiscard]] std::vector<std::string> labelKeys() const;
    [[nodiscard]] const RowFilter &filter() const { return m_tree.filter(); }
    /// -1 and Status: worst first.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_tree.sortColumn(); }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_tree.sortOrder(); }

    /// Invalid: not here, or not shown. A container is found where its pod's rows have been asked for.
    [[nodiscard]] QModelIndex indexOf(const QString &key, int column = 0) const;
    /// Of an object's place beneath its owner, else of any of its places that is a row.
    [[nodiscard]] QModelIndex indexOfObject(std::string_view uid) const;
    /// What a row is about: its object, the pod of a container, what is used.
    struct Target {
        kube::Resource resource;
        std::string space;
        std::string name;
        kube::ItemPtr item; ///< null: it is used, and not read here
    };
    /// None: of a group, or of what the cluster does not offer.
    [[nodiscard]] std::optional<Target> targetOf(const QModelIndex &index) const;
    /// Empty: it is no container.
    [[nodiscard]] QString containerAt(const QModelIndex &index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void stateChanged();
    /// counts(), size() or shownSize(); at most once for each change set.
    void countsChanged();

private:
    using Node = OwnerTreeNode;

    void beginInsert(const Node &parent, int first, int last) override;
    void endInsert() override;
    void beginRemove(const Node &parent, int first, int last) override;
    void endRemove() override;
    void beginMove(const Node &from, int row, const Node &to, int at) override;
    void endMove() override;
    void beginLayout(const Node *parent) override;
    void endLayout() override;
    void changed(const Node &parent, int first, int last) override;

    void buildAnew();
    void build();
    [[nodiscard]] Node *nodeOf(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node &node, int column = 0) const;

    Clock &m_clock;
    std::size_t m_slice = usualSlice;
    Clock::Timer m_next = 0; ///< of a tree that is being built
    OwnerTreeSources m_sources;
    OwnerTreeCells m_cells;
    OwnerTree m_tree;
    QList<QPersistentModelIndex> m_layoutParents;
    QModelIndexList m_beforeLayout;
};

} // namespace fairlead::items
