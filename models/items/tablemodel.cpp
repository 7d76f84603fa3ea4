// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/tablemodel.h"

#include "items/plaintext.h"
#include "items/ranges.h"
#include "kinds/kinds.h"

#include <QDateTime>
#include <QTimeZone>

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
    m_bars.end();
    m_hasBars = false;
    m_usageShown = false;
    m_usages.reset();
    m_judged = Judged::ByCells;
    m_tooMany = false;
    beginResetModel();
    m_resource = resource;
    m_kind = &kinds::kindOf(resource.id.group, resource.id.resource);
    m_usageKind = kinds::usageKindOf(resource.id.group, resource.id.resource);
    m_store = std::move(store);
    m_state = m_store->state();
    m_columns = {};
    clear();
    endResetModel();
    m_subscription = m_store->subscribe(
        kube::Detail::Meta, this, [this](const ChangeSet &set) { apply(set); },
        [this](const kube::State &state) {
            m_state = state;
            considerFacts();
            considerBars();
            Q_EMIT stateChanged();
        });
    Q_EMIT stateChanged();
    Q_EMIT countsChanged();
}

TableColumns TableModel::makeColumns(const std::vector<kube::Column> &columns) const
{
    const bool several = m_resource.namespaced && m_store->source().scope.namespaces.size() != 1;
    return {*m_kind, columns, several ? TableColumns::Namespaces::First : TableColumns::Namespaces::Hidden, m_usageShown ? m_usageKind : nullptr};
}

// --- what objects use

void TableModel::setUsageColumns(bool shown)
{
    shown = shown && m_usageKind != nullptr;
    if (shown == m_usageShown)
        return;
    m_usageShown = shown;
    considerBars();
    if (m_store && m_columns.size() > 0)
        reset(m_store->snapshot());
}

void TableModel::setUsages(metrics::UsagesPtr usages)
{
    if (usages == m_usages)
        return;
    std::vector<int> rows;
    Handles handles;
    const metrics::UsagesPtr before = std::exchange(m_usages, std::move(usages));
    considerBars();
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

// A bar sets what is used against what the object's own words allow: facts. Of very many rows that would be a second list as large as the first.
void TableModel::considerBars()
{
    const bool wanted = m_usageShown && m_usages && m_state.phase == kube::Phase::Live && m_rows.size() < tooManyForFacts;
    if (!wanted) {
        m_bars.end();
        m_hasBars = false;
    } else if (!m_hasBars) {
        m_hasBars = true;
        m_bars = m_store->subscribe(
            kube::Detail::Facts, this,
            [this](const ChangeSet &) {
                // Rows that have more in them now are told to this subscription alone.
                ChangeSet more;
                renew(m_store->snapshot(), more);
                change(more);
            },
            [](const kube::State &) {});
    }
}

const metrics::Usage *TableModel::usageOf(const Entry &entry) const
{
    return m_usages ? m_usages->of(entry.item->space(), entry.item->name()) : nullptr;
}

QString TableModel::usageText(const Entry &entry, TableColumns::Usage what) const
{
    const metrics::Usage *const usage = usageOf(entry);
    if (usage == nullptr)
        return QStringLiteral("–");
    return QString::fromStdString(what == TableColumns::Usage::Cpu ? metrics::cpuText(usage->nanoCores) : metrics::memoryText(usage->bytes));
}

bool TableModel::mayHaveBar(TableColumns::Usage what) const
{
    return what == TableColumns::Usage::Memory || (what == TableColumns::Usage::Cpu && m_usageKind != nullptr && m_usageKind->cpuBar);
}

QVariant TableModel::usageBar(const Entry &entry, TableColumns::Usage what) const
{
    const metrics::Usage *const usage = usageOf(entry);
    if (usage == nullptr || !mayHaveBar(what) || !m_kind->holdsFacts(entry.item->meta()))
        return {};
    if (!entry.most)
        entry.most = kinds::usageBoundsOf(*m_usageKind, kinds::Facts(m_kind->facts, entry.item->meta())).most;
    const double whole = what == TableColumns::Usage::Cpu ? entry.most->cpu : entry.most->memory;
    const double used = what == TableColumns::Usage::Cpu ? usage->amounts().cpu : usage->amounts().memory;
    return whole > 0 ? QVariant(used / whole) : QVariant();
}

kinds::SortKey TableModel::sortKey(Handle handle, std::size_t column) const
{
    const Entry &entry = m_entries[handle];
    const TableColumns::Usage what = m_columns.at(column).usage;
    if (what == TableColumns::Usage::None)
        return m_columns.sortKey(column, *entry.item);
    const metrics::Usage *const usage = usageOf(entry);
    if (usage == nullptr)
        return {};
    return {.rank = kinds::SortKey::Rank::Value,
        .first = what == TableColumns::Usage::Cpu ? double(usage->nanoCores) : double(usage->bytes),
        .second = 0,
        .text = {}};
}

void TableModel::apply(const ChangeSet &set)
{
    const kinds::HealthCounts before = m_counts;
    const kube::Snapshot snapshot = m_store->snapshot();
    if (set.columns || snapshot.columns() != m_columns.sent()) {
        reset(snapshot);
    } else if (set.cause == kube::Cause::Detail) {
        ChangeSet whole = set;
        renew(snapshot, whole);
        change(whole);
        remove(whole);
        add(whole);
    } else {
        change(set);
        remove(set);
        add(set);
    }
    considerFacts();
    considerBars();
    if (!(m_counts == before))
        Q_EMIT countsChanged();
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

void TableModel::considerFacts()
{
    if (m_judged == Judged::ByCells && !m_tooMany && m_state.phase == kube::Phase::Live && m_kind->needsFacts(m_columns.sent()) &&
        m_rows.size() < tooManyForFacts) {
        m_judged = Judged::ByFactsSoon;
        // What changes from then on is told to the other subscription, with facts: the store holds what the most demanding one wants.
        m_facts = m_store->subscribe(
            kube::Detail::Facts, this,
            [this](const ChangeSet &) {
                if (m_judged == Judged::ByFactsSoon)
                    takeFacts();
            },
            [](const kube::State &) {});
    } else if (m_judged != Judged::ByCells && m_rows.size() >= tooManyForFacts) {
        m_tooMany = true;
        m_facts.end();
        m_judged = Judged::ByCells;
        ChangeSet all;
        for (const Handle handle : m_rows)
            all.changed.push_back(m_entries[handle].item);
        change(all);
    }
}

void TableModel::takeFacts()
{
    m_judged = Judged::ByFacts;
    const kinds::HealthCounts before = m_counts;
    // All of them, not those alone whose row is another now: somebody else may have had the store hold facts before.
    ChangeSet set;
    m_store->snapshot().forEach([&set](const ItemPtr &item) { set.changed.push_back(item); });
    change(set);
    if (!(m_counts == before))
        Q_EMIT countsChanged();
    Q_EMIT stateChanged();
}

void TableModel::reset(const kube::Snapshot &snapshot)
{
    beginResetModel();
    m_columns = makeColumns(snapshot.columns());
    clear();
    snapshot.forEach([this](const ItemPtr &item) { insert(item); });
    endResetModel();
}

void TableModel::clear()
{
    m_entries.clear();
    m_free.clear();
    m_rows.clear();
    m_handles.clear();
    m_counts = {};
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
        count(entry.health, -1);
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
            count(entry.health, -1);
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
    if (m_judged == Judged::ByFacts || !m_kind->needsFacts(m_columns.sent()))
        entry.health = m_kind->health(m_columns.sent(), entry.item->meta());
    else
        entry.health = m_kind->healthOfCells ? m_kind->healthOfCells(kinds::Cells(m_columns.sent(), entry.item->meta())) : std::nullopt;
    count(entry.health, 1);
}

void TableModel::count(std::optional<kinds::Health> health, int by)
{
    if (health)
        m_counts.of[static_cast<std::size_t>(*health)] += static_cast<std::uint32_t>(by);
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
        if (m_columns.at(at).usage != TableColumns::Usage::None)
            return usageText(entry, m_columns.at(at).usage);
        return plainText(m_columns.text(at, *entry.item, m_clock.now()));
    case BarRole:
        return m_columns.at(at).usage == TableColumns::Usage::None ? QVariant() : usageBar(entry, m_columns.at(at).usage);
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
        if (m_columns.at(at).usage != TableColumns::Usage::None)
            return m_columns.at(at).usage == TableColumns::Usage::Cpu ? QStringLiteral("8888m") : QStringLiteral("8888Mi");
        const auto longest = m_columns.longest(at, *entry.item);
        return longest ? QVariant(plainText(*longest)) : QVariant();
    }
    case SinceRole: {
        const auto since = m_columns.since(at, *entry.item, entry.health);
        return since ? QDateTime::fromMSecsSinceEpoch(since->moment.time_since_epoch().count(), QTimeZone::utc()) : QVariant();
    }
    case SinceIsExactRole: {
        const auto since = m_columns.since(at, *entry.item, entry.health);
        return since && since->exact;
    }
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
        return mayHaveBar(column.usage);
    case GrowsRole:
        return column.duration && column.duration->grows != kinds::DurationColumn::Grows::Never;
    default:
        return {};
    }
}

} // namespace fairlead::items
