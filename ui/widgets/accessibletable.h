// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QAccessibleWidget>
#include <QHash>
#include <QList>
#include <QPointer>

class QHeaderView;

namespace fairlead::ui {

/// What a screen reader is told of our tables and trees. Qt's own interface keeps every cell that was ever visited, and pays for each of
/// them at each insert: 61 ms at 10,000 rows (measured). This one makes cells when they are asked for, keeps the last 4,096, and when
/// rows come, go or move they are all invalid at once, by a number: a change costs the same whatever was read before. Cells hold no
/// persistent indexes, which the model would have to move.
///
/// Promise: role Table for a table, Tree for a tree without captions, and treeTableRole() for one with, named as the view is; rows are those that can
/// be seen by scrolling (of a tree: whose ancestors are open), columns those shown, in their order on screen. A cell's name is its whole text, also
/// where it is cut. Child indexes count as Qt's do, so that the events that Qt sends meet the right child: a row of headers first, and in a table a
/// header before each row. Thread: GUI. Owner: Qt's registry. Installed by TableView and TreeView.
class AccessibleTable : public QAccessibleWidget, public QAccessibleTableInterface {
public:
    static constexpr int mostKept = 4096;

    explicit AccessibleTable(QAbstractItemView *view);
    ~AccessibleTable() override;

    /// From now on our views get this interface. Can be called again.
    static void install();

    [[nodiscard]] QAbstractItemView *view() const { return m_view; }
    [[nodiscard]] int kept() const { return int(m_order.size()); } ///< cells and headers, valid or not: for tests
    /// Another one after each change of rows or columns: indexes of before are worth nothing.
    [[nodiscard]] quint64 generation() const;

    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] void *interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;

    [[nodiscard]] QAccessibleInterface *caption() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *summary() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *cellAt(int row, int column) const override;
    [[nodiscard]] int selectedCellCount() const override;
    [[nodiscard]] QList<QAccessibleInterface *> selectedCells() const override;
    [[nodiscard]] QString columnDescription(int column) const override;
    [[nodiscard]] QString rowDescription(int row) const override;
    [[nodiscard]] int selectedColumnCount() const override { return 0; }
    [[nodiscard]] int selectedRowCount() const override;
    [[nodiscard]] int columnCount() const override;
    [[nodiscard]] int rowCount() const override;
    [[nodiscard]] QList<int> selectedColumns() const override { return {}; }
    [[nodiscard]] QList<int> selectedRows() const override;
    [[nodiscard]] bool isColumnSelected(int) const override { return false; }
    [[nodiscard]] bool isRowSelected(int row) const override;
    bool selectRow(int row) override;
    bool selectColumn(int) override { return false; }
    bool unselectRow(int row) override;
    bool unselectColumn(int) override { return false; }
    void modelChange(QAccessibleTableModelChangeEvent *event) override;

    // For its cells.
    [[nodiscard]] QAccessibleInterface *columnHeader(int section) const;
    [[nodiscard]] QAccessibleInterface *rowHeader(const QModelIndex &index) const;
    [[nodiscard]] int rowOf(const QModelIndex &index) const;           ///< -1: not to be seen
    [[nodiscard]] int columnOf(int section) const;                     ///< its place among those shown
    [[nodiscard]] QModelIndex firstOf(const QModelIndex &index) const; ///< of its row, the cell at the left

private:
    enum class Part : int { Cell, RowHeader, ColumnHeader };
    struct Key {
        QModelIndex index;
        int section = 0;
        Part part = Part::Cell;
        quint64 generation = 0;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) { return qHashMulti(seed, key.index, key.section, int(key.part), key.generation); }
    };

    /// The view's, watched from now on.
    [[nodiscard]] QAbstractItemModel *model() const;
    [[nodiscard]] bool isTree() const;
    [[nodiscard]] QHeaderView *header() const;
    [[nodiscard]] int sectionAt(int column) const;
    [[nodiscard]] QModelIndex indexAt(int row, int section) const;
    [[nodiscard]] QModelIndex treeIndexAt(int row, int section) const;
    [[nodiscard]] int treeRows() const;
    [[nodiscard]] QAccessibleInterface *keptOrMade(Key key) const;

    QPointer<QAbstractItemView> m_view;
    // Qt tells of changes only while a screen reader is there; cells may be older than that.
    mutable QObject m_watch;
    mutable QPointer<QAbstractItemModel> m_watched;
    mutable quint64 m_generation = 1;
    mutable QHash<Key, QAccessible::Id> m_ids;
    mutable QList<Key> m_order; ///< oldest first
};

} // namespace fairlead::ui
