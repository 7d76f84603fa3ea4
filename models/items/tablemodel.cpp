// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/tablemodel.h"

#include "items/celltips.h"
#include "items/plaintext.h"
#include "items/ranges.h"
#include "items/usagecells.h"
#include "kinds/kinds.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace fairlead::items {

using kube::ChangeSet;
using kube::ItemPtr;

TableModel::TableModel(Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , m_clock(clock)
    , m_kind(&kinds::kindOf({}, {}))
{
}

TableModel::~TableModel() = default;

void TableModel::show(std::shared_ptr<kube::Store> store, const kube::Resource &resource)
{
    m_subscription.end();
    m_facts.end();
    m_hasFacts = false;
    m_factsHere = false;
    m_tooMany = false;
    m_usageShown = false;
    m_usages.reset();
    m_workShown = false;
    m_workExact = false;
    dropPending();
    m_begun = false;
    m_whole = false;
    beginResetModel();
    m_resource = resource;
    m_kind = &kinds::kindOf(resource.id.group, resource.id.resource);
    m_usageKind = kinds::usageKindOf(resource.id.group, resource.id.resource);
    m_store = std::move(store);
    m_told = m_store->state();
    takeState();
    m_columns = {};
    clear();
    endResetModel();
    m_subscription = m_store->subscribe(
        kube::Detail::Meta, this,
        [this](const ChangeSet &set) {
            m_begun = true;
            m_pending.push_back({.slices = {.set = set, .snapshot = m_store->snapshot()}});
            if (m_next == 0)
                work();
        },
        [this](const kube::State &state) {
            m_told = state;
            takeState();
            considerFacts();
            Q_EMIT stateChanged();
        });
    Q_EMIT stateChanged();
    Q_EMIT countsChanged();
}

TableColumns TableModel::makeColumns(const std::vector<kube::Column> &columns) const
{
    const bool several = m_resource.namespaced && m_store->source().scope.namespaces.size() != 1;
    return {*m_kind, columns, several ? TableColumns::Namespaces::First : TableColumns::Namespaces::Hidden,
        {.usage = m_usageShown ? m_usageKind : nullptr, .work = m_workShown}};
}

// --- what objects use

void TableModel::setUsageColumns(bool shown)
{
    shown = shown && m_usageKind != nullptr;
    if (shown == m_usageShown)
        return;
    m_usageShown = shown;
    considerFacts();
    if (m_store && m_columns.size() > 0)
        resetWhole();
}

void TableModel::setUsages(metrics::UsagesPtr usages)
{
    if (usages == m_usages)
        return;
    std::vector<int> rows;
    Handles handles;
    const metrics::UsagesPtr before = std::exchange(m_usages, std::move(usages));
    considerFacts();
    if (!m_usageShown || columnCount() == 0)
        return;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        const kube::Item &item = *m_entries[m_rows[row]].item;
        const metrics::Usage *const was = before ? before->of(item.space(), item.name()) : nullptr;
        const metrics::Usage *const is = m_usages ? m_usages->of(item.space(), item.name()) : nullptr;
        if (was == nullptr ? is == nullptr : is != nullptr && was->nanoCores == is->nanoCores && was->bytes == is->bytes)
            continue;
        rows.push_back(int(row));
        handles.push_back(m_rows[row]);
    }
    if (rows.empty())
        return;
    forEachRange(rows, [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1)); });
    Q_EMIT rowsChanged(handles);
}

const metrics::Usage *TableModel::usageOf(const Entry &entry) const
{
    return m_usages ? m_usages->of(entry.item->space(), entry.item->name()) : nullptr;
}

bool TableModel::mayHaveBar(TableColumns::Own what) const
{
    return what == TableColumns::Own::Memory || (what == TableColumns::Own::Cpu && m_usageKind != nullptr && m_usageKind->cpuBar);
}

QVariant TableModel::usageBar(const Entry &entry, TableColumns::Own what) const
{
    if (!mayHaveBar(what))
        return {};
    const metrics::Usage *const usage = usageOf(entry);
    if (usage == nullptr || !m_kind->holdsFacts(entry.item->meta()))
        return {};
    if (!entry.most)
        entry.most = kinds::usageBoundsOf(*m_usageKind, kinds::Facts(m_kind->facts, entry.item->meta())).most;
    const double whole = what == TableColumns::Own::Cpu ? entry.most->cpu : entry.most->memory;
    const double used = what == TableColumns::Own::Cpu ? usage->amounts().cpu : usage->amounts().memory;
    return whole > 0 ? QVariant(used / whole) : QVariant();
}

kinds::SortKey TableModel::sortKey(Handle handle, std::size_t column) const
{
    const Entry &entry = m_entries[handle];
    const TableColumns::Own what = m_columns.at(column).own;
    if (what == TableColumns::Own::None)
        return m_columns.sortKey(column, *entry.item);
    if (what == TableColumns::Own::Work) {
        return entry.work ? kinds::SortKey{.rank = kinds::SortKey::Rank::Value, .first = double(*entry.work), .second = 0, .text = {}}
                          : kinds::SortKey();
    }
    return usagecells::sortKey(usageOf(entry), what);
}

// --- what the store tells

void TableModel::dropPending()
{
    m_clock.cancel(std::exchange(m_next, 0));
    m_pending.clear();
    m_judging = false;
    ++m_generation;
}

// A store that is live has told of all rows: whoever counts them or takes a picture wants them here, too.
void TableModel::takeState()
{
    m_state = m_told;
    const bool complete = m_told.phase == kube::Phase::Live || m_told.phase == kube::Phase::Stale;
    m_whole = m_whole || (complete && m_begun && m_pending.empty());
    if (complete && !m_whole)
        m_state.phase = kube::Phase::FirstPage;
}

void TableModel::work()
{
    m_next = 0;
    const kinds::HealthCounts before = m_counts;
    const WorkCounts workBefore = m_workCounts;
    const std::uint64_t generation = m_generation;
    const bool judging = m_judging;
    for (std::size_t left = m_slice; left > 0 && !m_pending.empty();) {
        // Whoever is told may ask for other rows: nothing of these is held here by then.
        Pending pending = std::move(m_pending.front());
        m_pending.pop_front();
        const bool whole = take(pending, left);
        if (generation != m_generation)
            return;
        if (!whole)
            m_pending.push_front(std::move(pending));
    }
    if (!m_pending.empty())
        m_next = m_clock.after(Clock::Duration(0), this, [this] { work(); });
    const kube::Phase phase = m_state.phase;
    takeState();
    considerFacts();
    if (generation != m_generation)
        return;
    if (!(m_counts == before) || m_workCounts != workBefore)
        Q_EMIT countsChanged();
    // Last: who waits for all of it counts then.
    if (m_state.phase != phase || (judging && !m_judging))
        Q_EMIT stateChanged();
}

// What comes before its first row. True: that was all of it.
bool TableModel::begin(Pending &pending, std::size_t &most)
{
    pending.begun = true;
    ChangeSet &set = pending.slices.set;
    const kube::Snapshot &snapshot = pending.slices.snapshot;
    if (pending.judges)
        return false;
    if (set.columns || snapshot.columns() != m_columns.sent()) {
        const std::size_t rows = m_rows.empty() ? most : snapshot.size();
        set = {};
        set.added = reset(snapshot, rows);
        most -= std::min(most, m_rows.size());
        return set.added.empty();
    }
    if (set.cause == kube::Cause::Detail)
        renew(snapshot, set);
    return false;
}

// The next rows of a set. True: that was all of it. `most` becomes what is left of it.
bool TableModel::take(Pending &pending, std::size_t &most)
{
    const std::uint64_t generation = m_generation;
    if (!pending.begun && begin(pending, most))
        return true;
    if (generation != m_generation)
        return true;
    const ChangeSet part = pending.slices.next(most);
    change(part);
    if (generation == m_generation)
        remove(part);
    if (generation == m_generation)
        add(part);
    const bool whole = pending.slices.isWhole();
    if (whole && pending.judges && generation == m_generation)
        m_judging = false;
    return whole;
}

// Rows of the same version have more in them now, and the set does not name them.
void TableModel::renew(const kube::Snapshot &snapshot, ChangeSet &set) const
{
    set.changed.clear();
    snapshot.forEach([this, &set](const ItemPtr &item) {
        const auto handle = handleOf(item->id());
        if (handle && m_entries[*handle].item != item)
            set.changed.push_back(item);
    });
}

// Of very many rows they would be a second list as large as the first.
void TableModel::considerFacts()
{
    const bool forHealth = m_kind->needsFacts(m_columns.sent());
    const bool forBars = m_usageShown && m_usages;
    const bool forWork = m_workShown && m_workExact;
    const bool few = m_rows.size() < tooManyForFacts && !m_tooMany;
    const bool wanted = few && (forHealth || forBars || forWork);
    if (wanted && !m_hasFacts && m_state.phase == kube::Phase::Live) {
        m_hasFacts = true;
        // What changes from then on is told to the other subscription, with facts: the store holds what the most demanding one wants. Rows that
        // have more in them now are told to this one alone.
        m_facts = m_store->subscribe(
            kube::Detail::Facts, this,
            [this](const ChangeSet &) {
                if (!std::exchange(m_factsHere, true))
                    judgeAgain();
            },
            [](const kube::State &) {});
    } else if (!wanted && m_hasFacts) {
        m_tooMany = !few;
        m_facts.end();
        m_hasFacts = false;
        m_factsHere = false;
        if (m_tooMany)
            judgeAgain();
    }
}

bool TableModel::awaitsFacts() const
{
    return m_hasFacts && (!m_factsHere || m_judging) && (m_kind->needsFacts(m_columns.sent()) || (m_workShown && m_workExact));
}

// All of them, not those alone whose row is another now: somebody else may have had the store hold facts before.
void TableModel::judgeAgain()
{
    Pending all{.slices = {.set = {}, .snapshot = m_store->snapshot()}, .judges = true};
    all.slices.snapshot.forEach([&all](const ItemPtr &item) { all.slices.set.changed.push_back(item); });
    m_judging = true;
    m_pending.push_back(std::move(all));
    if (m_next == 0)
        work();
}

// --- whether they are jobs or services

void TableModel::setWorkColumn(bool shown)
{
    shown = shown && kinds::workColumnOf(*m_kind) != kinds::WorkColumn::None;
    if (shown == m_workShown)
        return;
    m_workShown = shown;
    considerFacts();
    if (m_store && m_columns.size() > 0)
        resetWhole();
    Q_EMIT countsChanged();
}

void TableModel::setWorkExact(bool wanted)
{
    if (wanted == m_workExact)
        return;
    m_workExact = wanted;
    considerFacts();
}

QString TableModel::workText(const Entry &entry) const
{
    const auto work = kinds::workOf(*m_kind, entry.item->meta());
    return work ? plainText(std::string(kinds::name(work->what)) + ": " + work->reason) : QStringLiteral("–");
}

void TableModel::resetWhole()
{
    dropPending();
    const kube::Snapshot snapshot = m_store->snapshot();
    (void)reset(snapshot, snapshot.size());
    takeState();
}

// Gives the rows beyond the first `most`.
std::vector<ItemPtr> TableModel::reset(const kube::Snapshot &snapshot, std::size_t most)
{
    std::vector<ItemPtr> rest;
    beginResetModel();
    m_columns = makeColumns(snapshot.columns());
    clear();
    snapshot.forEach([&](const ItemPtr &item) {
        if (m_rows.size() < most)
            insert(item);
        else
            rest.push_back(item);
    });
    endResetModel();
    return rest;
}

void TableModel::clear()
{
    m_entries.clear();
    m_free.clear();
    m_rows.clear();
    m_handles.clear();
    m_counts = {};
    m_workCounts = {};
}

void TableModel::change(const ChangeSet &set)
{
    Handles handles;
    std::vector<int> rows;
    for (const ItemPtr &item : set.changed) {
        const auto handle = handleOf(item->id());
        if (!handle)
            continue;
        Entry &entry = m_entries[*handle];
        count(entry, -1);
        entry.item = item;
        entry.most.reset();
        judge(entry);
        handles.push_back(*handle);
        rows.push_back(rowOfHandle(*handle));
    }
    if (handles.empty())
        return;
    std::sort(rows.begin(), rows.end());
    if (columnCount() > 0)
        forEachRange(rows, [this](int first, int last) { Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1)); });
    Q_EMIT rowsChanged(handles);
}

void TableModel::remove(const ChangeSet &set)
{
    Handles handles;
    std::vector<int> rows;
    for (const ChangeSet::Removed &removed : set.removed) {
        const auto handle = handleOf(removed.id);
        if (!handle)
            continue; // came and went within a tick
        handles.push_back(*handle);
        rows.push_back(rowOfHandle(*handle));
    }
    if (handles.empty())
        return;
    Q_EMIT rowsGoing(handles);
    // From the end: what goes does not move what is still to go.
    std::sort(rows.begin(), rows.end());
    std::vector<std::pair<int, int>> ranges;
    forEachRange(rows, [&ranges](int first, int last) { ranges.emplace_back(first, last); });
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
        const auto [first, last] = *range;
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row) {
            const Handle handle = handleAt(row);
            Entry &entry = m_entries[handle];
            count(entry, -1);
            m_handles.erase(entry.item->id());
            entry = {};
            m_free.push_back(handle);
        }
        m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
        endRemoveRows();
    }
}

void TableModel::add(const ChangeSet &set)
{
    if (set.added.empty())
        return;
    const int first = int(m_rows.size());
    beginInsertRows({}, first, first + int(set.added.size()) - 1);
    Handles handles;
    handles.reserve(set.added.size());
    for (const ItemPtr &item : set.added)
        handles.push_back(insert(item));
    endInsertRows();
    Q_EMIT rowsCame(handles);
}

TableModel::Handle TableModel::insert(const ItemPtr &item)
{
    Handle handle = Handle(m_entries.size());
    if (m_free.empty()) {
        m_entries.emplace_back();
    } else {
        handle = m_free.back();
        m_free.pop_back();
    }
    Entry &entry = m_entries[handle];
    entry.item = item;
    entry.number = ++m_lastNumber;
    judge(entry);
    m_handles.insert_or_assign(item->id(), handle);
    m_rows.push_back(handle);
    return handle;
}

void TableModel::judge(Entry &entry)
{
    // Others may hold facts of the same rows; how many of these there are is nothing to depend on.
    if (m_factsHere || !m_kind->needsFacts(m_columns.sent()))
        entry.health = m_kind->health(m_columns.sent(), entry.item->meta());
    else
        entry.health = m_kind->healthOfCells ? m_kind->healthOfCells(kinds::Cells(m_columns.sent(), entry.item->meta())) : std::nullopt;
    const auto work = m_workShown ? kinds::workOf(*m_kind, entry.item->meta()) : std::nullopt;
    entry.work = work ? std::optional(work->what) : std::nullopt;
    count(entry, 1);
}

void TableModel::count(const Entry &entry, int by)
{
    if (entry.health)
        m_counts.of[static_cast<std::size_t>(*entry.health)] += static_cast<std::uint32_t>(by);
    if (entry.work)
        m_workCounts[static_cast<std::size_t>(*entry.work)] += static_cast<std::uint32_t>(by);
}

int TableModel::columnNamed(std::string_view name) const
{
    for (std::size_t column = 0; column < m_columns.size(); ++column) {
        if (m_columns.at(column).name == name)
            return int(column);
    }
    return -1;
}

std::optional<TableModel::Handle> TableModel::handleOf(kube::RowId id) const
{
    const auto found = m_handles.find(id);
    return found == m_handles.end() ? std::nullopt : std::optional(found->second);
}

int TableModel::rowOf(kube::RowId id) const
{
    const auto handle = handleOf(id);
    return handle ? rowOfHandle(*handle) : -1;
}

// Numbers rise along the rows, so that nothing needs to be renumbered where rows go.
int TableModel::rowOfHandle(Handle handle) const
{
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), m_entries[handle].number,
        [this](Handle each, std::uint64_t number) { return m_entries[each].number < number; });
    return int(found - m_rows.begin());
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return handleData(handleAt(index.row()), index.column(), role);
}

QVariant TableModel::handleData(Handle handle, int column, int role) const
{
    const Entry &entry = m_entries[handle];
    const auto at = std::size_t(column);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (m_columns.at(at).own == TableColumns::Own::Work)
            return workText(entry);
        if (m_columns.at(at).own != TableColumns::Own::None)
            return usagecells::text(usageOf(entry), m_columns.at(at).own);
        return plainText(m_columns.text(at, *entry.item, m_clock.now()));
    case BarRole:
        return usageBar(entry, m_columns.at(at).own);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((m_columns.at(at).isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case RowIdRole:
        return QVariant::fromValue(qulonglong(entry.item->id()));
    case HealthRole:
        return entry.health ? QVariant(int(*entry.health)) : QVariant();
    case HealthWordRole:
        return entry.health ? plainText(m_kind->word(*entry.health)) : QString();
    case SpeaksOfHealthRole:
        return m_columns.at(at).speaksOfHealth;
    case NumberRole:
        return m_columns.at(at).isNumber;
    case StemRole: {
        const auto stem = m_columns.stem(at, *entry.item);
        return stem ? QVariant(int(plainText(entry.item->name().substr(0, *stem)).size())) : QVariant();
    }
    case LongestRole: {
        // Columns get their room before anything is known.
        if (m_columns.at(at).own != TableColumns::Own::None)
            return usagecells::longest(m_columns.at(at).own);
        const auto longest = m_columns.longest(at, *entry.item);
        return longest ? QVariant(plainText(*longest)) : QVariant();
    }
    case SinceRole:
    case SinceIsExactRole: {
        const auto since = m_columns.since(at, *entry.item, entry.health);
        if (role == SinceIsExactRole)
            return since && since->exact;
        return since ? QDateTime::fromMSecsSinceEpoch(since->moment.time_since_epoch().count(), Qt::UTC) : QVariant();
    }
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
        return celltips::tip(m_columns.at(at).isName ? celltips::Name : celltips::Other, [&](int of) { return handleData(handle, column, of); });
    default:
        return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const TableColumns::Column &column = m_columns.at(std::size_t(section));
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case ColumnNameRole:
        return plainText(column.name);
    case Qt::ToolTipRole:
        return plainText(column.description);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((column.isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case SpeaksOfHealthRole:
        return column.speaksOfHealth;
    case NumberRole:
        return column.isNumber;
    case WideRole:
        return column.wide;
    case BarRole:
        return mayHaveBar(column.own);
    case GrowsRole:
        return column.duration && column.duration->grows != kinds::DurationColumn::Grows::Never;
    default:
        return {};
    }
}

} // namespace fairlead::items
