// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "items/changeslices.h"
#include "items/tablecolumns.h"
#include "kinds/ownergraph.h"
#include "kinds/workclass.h"
#include "kube/resource.h"
#include "kube/store.h"
#include "metrics/usages.h"

#include <QAbstractTableModel>

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::items {

/// The rows of one store as a table: cells and columns as the server has them, with what they mean as roles.
///
/// Promise: changes by the least step. New rows come at the end, in one range; rows go in contiguous ranges; what changed is told in
/// contiguous ranges. A reset comes only with another resource, or other columns. What many rows bring is taken in pieces, at most setSlice() in
/// a turn of the event loop, in the order in which it came; a reset of rows that are shown is one piece, so that a view can give back what was
/// selected of them. Until the first of it is all taken, the phase is not Live. DisplayRole is the whole text of the cell, made visible
/// by plainText(); lengths of time grow by the session's clock without a signal: the view repaints columns of GrowsRole.
/// Health is judged by cells. Facts are asked for, too, once the rows are all there and are fewer than `tooManyForFacts`, where somebody has a use
/// for them: for the health of kinds whose columns say nothing of it; for the bars of what objects use; for whether they are jobs or services. Of
/// more, and until then, it is what cells, owners and kind can tell. What objects use is none of the store's: setUsages() brings it, and a change of
/// it is a change of those rows. Thread: GUI. Owner: the page. Not promised: an order of rows; RowOrderModel gives one.
class TableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        RowIdRole = Qt::UserRole, ///< qulonglong(kube::RowId), of the row
        HealthRole,               ///< int(kinds::Health), of the row; none where nothing can be told
        HealthWordRole,           ///< QString, of the row: the kind's word for it
        SpeaksOfHealthRole,       ///< bool, of the cell and the header: its text says how the object does
        StemRole,                 ///< int, of a name's cell: how much of the text a person has written; none: all of it
        NumberRole,               ///< bool, of the cell and the header: to be aligned at the right
        SinceRole,                ///< QDateTime in UTC, of the cell: the moment that its length of time counts from; else none
        SinceIsExactRole,         ///< bool, of the cell: else SinceRole is reckoned from a text
        LongestRole,              ///< QString, of the cell: the widest that its text comes to be while only time passes; none: it stays as it is
        WideRole,                 ///< bool, of the header: not shown unless asked for
        GrowsRole,                ///< bool, of the header: texts change with time alone
        ColumnNameRole,           ///< QString, of the header: what settings remember it by
        BarRole, ///< double, of the cell: the share of what it may use at most; none: not known. Of the header bool: there may be one
    };

    /// Stands for a row for as long as it is there, wherever it moves to; given to another row afterwards.
    using Handle = std::uint32_t;
    using Handles = std::vector<Handle>;

    static constexpr std::size_t tooManyForFacts = 1000;
    static constexpr std::size_t usualSlice = 2000; ///< rows: some ten milliseconds with what shows them

    explicit TableModel(Clock &clock, QObject *parent = nullptr);
    ~TableModel() override;

    /// Rows, at least 1.
    void setSlice(std::size_t rows) { m_slice = rows; }
    /// From now on the rows of this store, which is the resource's. Empty until it tells of them.
    void show(std::shared_ptr<kube::Store> store, const kube::Resource &resource);

    /// Whether CPU and Memory stand among the columns, of kinds that have metrics; not, after show(). A reset where it differs.
    void setUsageColumns(bool shown);
    /// What stands in them; null: nothing is known.
    void setUsages(metrics::UsagesPtr usages);

    /// Whether work() is told, and Work stands among the columns, of kinds that run something; not, after show(). A reset where it differs.
    void setWorkColumn(bool shown);
    /// Somebody looks at it: it is worth facts. Else what kind and owners say will do.
    void setWorkExact(bool wanted);
    using WorkCounts = std::array<std::uint32_t, kinds::Work::count>; ///< by Work::What
    /// Of all rows, as counts().
    [[nodiscard]] const WorkCounts &workCounts() const { return m_workCounts; }
    /// Nothing better is to come; else what is called a service may be mixed.
    [[nodiscard]] bool isWorkExact() const { return m_factsHere; }

    [[nodiscard]] const kinds::Kind &kind() const { return *m_kind; }
    [[nodiscard]] const kube::Resource &resource() const { return m_resource; }
    [[nodiscard]] const std::shared_ptr<kube::Store> &store() const { return m_store; }
    [[nodiscard]] const TableColumns &columns() const { return m_columns; }
    /// -1: there is no such column now.
    [[nodiscard]] int columnNamed(std::string_view name) const;
    /// The store's; FirstPage while rows of a store that is live are still to be taken for the first time.
    [[nodiscard]] const kube::State &state() const { return m_state; }
    /// Facts that rows are to be judged by are on their way.
    [[nodiscard]] bool awaitsFacts() const;
    /// Of all rows, whatever a filter shows; rows of which nothing can be told are not among them.
    [[nodiscard]] const kinds::HealthCounts &counts() const { return m_counts; }

    [[nodiscard]] const kube::ItemPtr &itemAt(int row) const { return m_entries[m_rows[std::size_t(row)]].item; }
    /// -1: not here.
    [[nodiscard]] int rowOf(kube::RowId id) const;
    [[nodiscard]] Handle handleAt(int row) const { return m_rows[std::size_t(row)]; }
    /// None: not here.
    [[nodiscard]] std::optional<Handle> handleOf(kube::RowId id) const;

    /// Of handles that stand for a row. All handles are below handleBound().
    [[nodiscard]] Handle handleBound() const { return Handle(m_entries.size()); }
    [[nodiscard]] const Handles &handles() const { return m_rows; } ///< of all rows, in the model's order
    [[nodiscard]] const kube::ItemPtr &item(Handle handle) const { return m_entries[handle].item; }
    [[nodiscard]] std::optional<kinds::Health> health(Handle handle) const { return m_entries[handle].health; }
    /// None: it is not told, or cannot be.
    [[nodiscard]] std::optional<kinds::Work::What> work(Handle handle) const { return m_entries[handle].work; }
    [[nodiscard]] QVariant handleData(Handle handle, int column, int role) const;
    [[nodiscard]] kinds::SortKey sortKey(Handle handle, std::size_t column) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    /// Phase, reason, refusals, last word, awaitsFacts(); also where none of them differs from before.
    void stateChanged();
    /// At most once for each change set, or piece of one.
    void countsChanged();

    /// A change set, or a piece of one, at one go, for who orders the rows: after the rows have changed, before they go, after they have come. Each
    /// at most once for each of them, in this order. Not told of resets.
    void rowsChanged(const fairlead::items::TableModel::Handles &handles);
    void rowsGoing(const fairlead::items::TableModel::Handles &handles);
    void rowsCame(const fairlead::items::TableModel::Handles &handles);

private:
    struct Entry {
        kube::ItemPtr item;
        std::optional<kinds::Health> health;
        std::optional<kinds::Work::What> work;
        std::uint64_t number = 0;                   ///< rises along the rows
        mutable std::optional<kinds::Amounts> most; ///< that it may use; none: not worked out yet
    };

    struct Pending {
        ChangeSlices slices;
        bool begun = false;
        bool judges = false; ///< it is judgeAgain()'s
    };

    void work();
    [[nodiscard]] bool take(Pending &pending, std::size_t &most);
    [[nodiscard]] bool begin(Pending &pending, std::size_t &most);
    void dropPending();
    void takeState();
    void considerFacts();
    void judgeAgain();
    [[nodiscard]] QString workText(const Entry &entry) const;
    [[nodiscard]] const metrics::Usage *usageOf(const Entry &entry) const;
    [[nodiscard]] QVariant usageBar(const Entry &entry, TableColumns::Own what) const;
    [[nodiscard]] bool mayHaveBar(TableColumns::Own what) const;
    void renew(const kube::Snapshot &snapshot, kube::ChangeSet &set) const;
    void resetWhole();
    [[nodiscard]] std::vector<kube::ItemPtr> reset(const kube::Snapshot &snapshot, std::size_t most);
    void change(const kube::ChangeSet &set);
    void remove(const kube::ChangeSet &set);
    void add(const kube::ChangeSet &set);
    void clear();
    Handle insert(const kube::ItemPtr &item);
    void judge(Entry &entry);
    void count(const Entry &entry, int by);
    [[nodiscard]] int rowOfHandle(Handle handle) const;
    [[nodiscard]] TableColumns makeColumns(const std::vector<kube::Column> &columns) const;

    Clock &m_clock;
    const kinds::Kind *m_kind;
    kube::Resource m_resource;
    TableColumns m_columns;
    kube::State m_told;  ///< by the store
    kube::State m_state; ///< of what is shown
    kinds::HealthCounts m_counts;
    WorkCounts m_workCounts = {};
    bool m_hasFacts = false;  ///< they were asked for
    bool m_factsHere = false; ///< and have come
    bool m_tooMany = false;   ///< there were, since show(): it is not tried again

    const kinds::UsageKind *m_usageKind = nullptr; ///< of kinds that have metrics
    bool m_usageShown = false;
    metrics::UsagesPtr m_usages;

    bool m_workShown = false;
    bool m_workExact = false;

    std::vector<Entry> m_entries; ///< by handle
    Handles m_free;
    Handles m_rows;
    std::unordered_map<kube::RowId, Handle> m_handles;
    std::uint64_t m_lastNumber = 0;

    std::size_t m_slice = usualSlice;
    std::deque<Pending> m_pending; ///< as they came
    Clock::Timer m_next = 0;       ///< when more of them is taken
    std::uint64_t m_generation = 0;
    bool m_begun = false;   ///< there was a change set since show()
    bool m_whole = false;   ///< all rows were there once since show()
    bool m_judging = false; ///< judgeAgain()'s is pending

    std::shared_ptr<kube::Store> m_store;
    kube::Subscription m_facts;        ///< while somebody has a use for them
    kube::Subscription m_subscription; // last: it ends first
};

} // namespace fairlead::items
