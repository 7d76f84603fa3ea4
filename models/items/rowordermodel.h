// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/rowfilter.h"
#include "items/tablemodel.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <string>
#include <vector>

namespace fairlead::items {

/// The rows of a TableModel that pass a filter, in an order: by one column's sort keys, or as the server lists them; equal ones always as
/// the server lists them. Columns and roles are the source's.
///
/// A column of words that say how the objects do (STATUS) is sorted worst first, then by its words; one that says it in figures (READY) by
/// them, but by sortWorstFirst(), too.
/// The order is total: it depends on the rows alone, never on how they came. Turned round, values stand from high to low, but what has no
/// value stays behind them.
/// Promise: a change of the source is told by the least step: few rows come, go and move by their ranges; many are put together at the
/// end and told as one range, with layoutChanged() for the order, so that selection and current row survive without help. Sorting is
/// layoutChanged() with persistent indexes remapped. A new filter is a reset: the view restores selection, current and scroll by rowOf().
/// Thread: GUI. Owner: the page. The source outlives it.
class RowOrderModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// From here on, ranges and moves of one change set are told together.
    static constexpr std::size_t manyRanges = 32;
    static constexpr std::size_t manyMoves = 4;

    explicit RowOrderModel(TableModel &source, QObject *parent = nullptr);

    [[nodiscard]] TableModel &source() const { return m_source; }

    void setFilter(RowFilter filter);
    [[nodiscard]] const RowFilter &filter() const { return m_filter; }

    /// -1: as the server lists them. Other columns than the source's are ignored.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// What is wrong first, then by this column. For a table that nobody has sorted: its columns say in their own ways how the objects do.
    void sortWorstFirst(int column);
    [[nodiscard]] bool isWorstFirst() const { return m_worstFirst; } ///< stays so over a reset that keeps the column
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }    ///< after a reset by the source: the column of the same name, else -1
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] const kube::ItemPtr &itemAt(int row) const { return m_source.item(m_order[std::size_t(row)]); }
    /// -1: not here, or not shown.
    [[nodiscard]] int rowOf(kube::RowId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using Handle = TableModel::Handle;
    using Handles = TableModel::Handles;

    struct Key {
        int worse = 0; ///< the lower, the worse the object does; 0 where that is not asked
        kinds::SortKey value;

        [[nodiscard]] bool operator==(const Key &) const = default;
    };

    /// What is known of a row of the source.
    struct Known {
        Key key;                ///< of m_sortColumn, if there is one
        std::string searchText; ///< empty: not made yet
        bool shown = false;
    };

    void rebuild();
    void sourceReset();
    void sourceChanged(const Handles &handles);
    void sourceGoing(const Handles &handles);
    void sourceCame(const Handles &handles);

    [[nodiscard]] bool passes(Handle handle);
    [[nodiscard]] Key keyOf(Handle handle) const;
    void sortBy(int column, Qt::SortOrder order, bool worstFirst);
    [[nodiscard]] bool isListedBefore(Handle a, Handle b) const;
    [[nodiscard]] std::strong_ordering compareKeys(Handle a, Handle b) const;
    [[nodiscard]] bool isBefore(Handle a, Handle b) const;
    [[nodiscard]] std::size_t placeOf(Handle handle) const;

    void sortOrdered();
    void show(Handles handles);
    void hide(const Handles &handles);
    struct Rekeyed {
        Handle handle = 0;
        Key key;
    };
    void moveRekeyed(std::vector<Rekeyed> &rekeyed);
    void moveRow(Rekeyed &rekeyed);
    void tellChanged(const Handles &handles);
    template<typename Arrange>
    void relayout(Arrange arrange, QAbstractItemModel::LayoutChangeHint hint);

    TableModel &m_source;
    RowFilter m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_worstFirst = false;
    std::string m_sortName; ///< of m_sortColumn

    std::vector<Known> m_known; ///< by handle
    Handles m_listed;           ///< all rows, as the server lists them
    Handles m_order;            ///< those shown
};

} // namespace fairlead::items
