// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/rowordermodel.h"

#include <algorithm>
#include <utility>

namespace fairlead::items {

RowOrderModel::RowOrderModel(TableModel &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
{
    connect(&source, &QAbstractItemModel::modelAboutToBeReset, this, [this] { beginResetModel(); });
    connect(&source, &QAbstractItemModel::modelReset, this, [this] { sourceReset(); });
    connect(&source, &TableModel::rowsChanged, this, &RowOrderModel::sourceChanged);
    connect(&source, &TableModel::rowsGoing, this, &RowOrderModel::sourceGoing);
    connect(&source, &TableModel::rowsCame, this, &RowOrderModel::sourceCame);
    rebuild();
}

// --- what passes, and in which order

bool RowOrderModel::passes(Handle handle)
{
    if (m_filter.isEmpty())
        return true;
    const kube::Item &item = *m_source.item(handle);
    std::string &text = m_known[handle].searchText;
    if (m_filter.needsText() && text.empty())
        text = m_source.columns().searchText(item);
    return m_filter.matches(text, item.meta(), m_source.health(handle), m_source.work(handle));
}

RowOrderModel::Key RowOrderModel::keyOf(Handle handle) const
{
    if (m_sortColumn < 0)
        return {};
    const auto &column = m_source.columns().at(std::size_t(m_sortColumn));
    Key key{.value = m_source.sortKey(handle, std::size_t(m_sortColumn))};
    const auto health = m_source.health(handle);
    if (!column.speaksOfHealth || !health)
        return key;
    if (m_worstFirst)
        key.worse = -kinds::severity(*health);
    if (column.sortType == kinds::SortType::Text) {
        // Words that say how the object does are compared by what they mean, then as text: what is wrong stands first.
        key.value.rank = kinds::SortKey::Rank::Value;
        key.value.first = -kinds::severity(*health);
    }
    return key;
}

bool RowOrderModel::isListedBefore(Handle a, Handle b) const
{
    return kube::isListedBefore(*m_source.item(a), *m_source.item(b));
}

std::strong_ordering RowOrderModel::compareKeys(Handle a, Handle b) const
{
    if (m_known[a].key.worse != m_known[b].key.worse)
        return m_known[a].key.worse <=> m_known[b].key.worse;
    const kinds::SortKey &left = m_known[a].key.value;
    const kinds::SortKey &right = m_known[b].key.value;
    if (m_sortOrder == Qt::AscendingOrder || left.rank != right.rank)
        return left <=> right;
    return right <=> left;
}

bool RowOrderModel::isBefore(Handle a, Handle b) const
{
    if (m_sortColumn >= 0) {
        const auto keys = compareKeys(a, b);
        if (keys != 0)
            return keys < 0;
    }
    return isListedBefore(a, b);
}

std::size_t RowOrderModel::placeOf(Handle handle) const
{
    const auto found = std::lower_bound(m_order.begin(), m_order.end(), handle, [this](Handle a, Handle b) { return isBefore(a, b); });
    return std::size_t(found - m_order.begin());
}

// m_order holds rows as the server lists them.
void RowOrderModel::sortOrdered()
{
    if (m_sortColumn >= 0)
        std::stable_sort(m_order.begin(), m_order.end(), [this](Handle a, Handle b) { return compareKeys(a, b) < 0; });
}

void RowOrderModel::rebuild()
{
    m_known.resize(m_source.handleBound());
    m_order.clear();
    for (const Handle handle : m_listed) {
        Known &known = m_known[handle];
        known.shown = passes(handle);
        if (known.shown)
            m_order.push_back(handle);
        if (!m_filter.needsText())
            known.searchText = {};
    }
    sortOrdered();
}

void RowOrderModel::setFilter(RowFilter filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = std::move(filter);
    rebuild();
    endResetModel();
}

template<typename Arrange>
void RowOrderModel::relayout(Arrange arrange, LayoutChangeHint hint)
{
    Q_EMIT layoutAboutToBeChanged({}, hint);
    const QModelIndexList before = persistentIndexList();
    Handles held;
    held.reserve(std::size_t(before.size()));
    for (const QModelIndex &each : before)
        held.push_back(m_order[std::size_t(each.row())]);
    arrange();
    if (!before.isEmpty()) {
        std::vector<int> rows(m_source.handleBound());
        for (std::size_t row = 0; row < m_order.size(); ++row)
            rows[m_order[row]] = int(row);
        QModelIndexList after;
        after.reserve(before.size());
        for (qsizetype i = 0; i < before.size(); ++i)
            after.push_back(createIndex(rows[held[std::size_t(i)]], before[i].column()));
        changePersistentIndexList(before, after);
    }
    Q_EMIT layoutChanged({}, hint);
}

void RowOrderModel::sort(int column, Qt::SortOrder order)
{
    sortBy(column, order, false);
}

void RowOrderModel::sortWorstFirst(int column)
{
    sortBy(column, Qt::AscendingOrder, column >= 0);
}

void RowOrderModel::sortBy(int column, Qt::SortOrder order, bool worstFirst)
{
    column = std::max(column, -1);
    if (column >= columnCount() || (column == m_sortColumn && order == m_sortOrder && worstFirst == m_worstFirst))
        return;
    relayout(
        [this, column, order, worstFirst] {
            const bool otherColumn = std::exchange(m_sortColumn, column) != column;
            const bool newKeys = std::exchange(m_worstFirst, worstFirst) != worstFirst || otherColumn;
            m_sortOrder = order;
            m_sortName = column < 0 ? std::string() : m_source.columns().at(std::size_t(column)).name;
            m_order.clear();
            for (const Handle handle : m_listed) {
                if (newKeys)
                    m_known[handle].key = keyOf(handle);
                if (m_known[handle].shown)
                    m_order.push_back(handle);
            }
            sortOrdered();
        },
        VerticalSortHint);
}

// --- what the source tells

void RowOrderModel::sourceReset()
{
    m_sortColumn = m_sortName.empty() ? -1 : m_source.columnNamed(m_sortName);
    if (m_sortColumn < 0) {
        m_sortName.clear();
        m_worstFirst = false;
    }
    m_known.clear();
    m_known.resize(m_source.handleBound());
    m_listed = m_source.handles();
    std::sort(m_listed.begin(), m_listed.end(), [this](Handle a, Handle b) { return isListedBefore(a, b); });
    for (const Handle handle : m_listed)
        m_known[handle].key = keyOf(handle);
    rebuild();
    endResetModel();
}

void RowOrderModel::sourceGoing(const Handles &handles)
{
    Handles shown;
    std::vector<bool> going(m_known.size());
    for (const Handle handle : handles) {
        going[handle] = true;
        if (m_known[handle].shown)
            shown.push_back(handle);
    }
    hide(shown);
    std::erase_if(m_listed, [&going](Handle handle) { return going[handle]; });
    for (const Handle handle : handles)
        m_known[handle] = {};
}

void RowOrderModel::sourceCame(const Handles &handles)
{
    m_known.resize(m_source.handleBound());
    Handles came = handles;
    const auto listed = [this](Handle a, Handle b) { return isListedBefore(a, b); };
    std::sort(came.begin(), came.end(), listed);
    Handles all;
    all.reserve(m_listed.size() + came.size());
    std::merge(m_listed.begin(), m_listed.end(), came.begin(), came.end(), std::back_inserter(all), listed);
    m_listed = std::move(all);
    Handles passing;
    for (const Handle handle : came) {
        m_known[handle].key = keyOf(handle);
        if (passes(handle))
            passing.push_back(handle);
    }
    show(std::move(passing));
}

void RowOrderModel::sourceChanged(const Handles &handles)
{
    Handles leaving;
    Handles coming;
    Handles staying;
    std::vector<Rekeyed> rekeyed;
    for (const Handle handle : handles) {
        Known &known = m_known[handle];
        known.searchText = {};
        const bool passing = passes(handle);
        Key key = keyOf(handle);
        if (known.shown && !passing)
            leaving.push_back(handle);
        if (!known.shown && passing)
            coming.push_back(handle);
        if (known.shown && passing) {
            staying.push_back(handle);
            if (!(key == known.key))
                rekeyed.push_back({handle, std::move(key)});
        } else if (!known.shown) {
            known.key = std::move(key);
        }
    }
    // While a row is shown it stands where its known key says: what leaves and moves is found by the old one.
    hide(leaving);
    for (const Handle handle : leaving)
        m_known[handle].key = keyOf(handle);
    moveRekeyed(rekeyed);
    show(std::move(coming));
    tellChanged(staying);
}

// --- telling it

void RowOrderModel::hide(const Handles &handles)
{
    if (handles.empty())
        return;
    std::vector<std::size_t> places;
    places.reserve(handles.size());
    for (const Handle handle : handles) {
        places.push_back(placeOf(handle));
        m_known[handle].shown = false;
    }
    std::sort(places.begin(), places.end());
    std::vector<std::pair<std::size_t, std::size_t>> ranges; // first, behind the last
    for (const std::size_t place : places) {
        if (!ranges.empty() && ranges.back().second == place)
            ++ranges.back().second;
        else
            ranges.emplace_back(place, place + 1);
    }
    if (ranges.size() > manyRanges) {
        relayout([this] { std::stable_partition(m_order.begin(), m_order.end(), [this](Handle handle) { return m_known[handle].shown; }); },
            NoLayoutChangeHint);
        ranges = {{m_order.size() - handles.size(), m_order.size()}};
    }
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range) {
        beginRemoveRows({}, int(range->first), int(range->second) - 1);
        m_order.erase(m_order.begin() + std::ptrdiff_t(range->first), m_order.begin() + std::ptrdiff_t(range->second));
        endRemoveRows();
    }
}

void RowOrderModel::show(Handles handles)
{
    if (handles.empty())
        return;
    const auto before = [this](Handle a, Handle b) { return isBefore(a, b); };
    std::sort(handles.begin(), handles.end(), before);
    struct Run {
        std::size_t place;
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Run> runs;
    for (std::size_t i = 0; i < handles.size(); ++i) {
        m_known[handles[i]].shown = true;
        const std::size_t place = placeOf(handles[i]);
        if (!runs.empty() && runs.back().place == place)
            runs.back().end = i + 1;
        else
            runs.push_back({place, i, i + 1});
    }
    if (runs.size() > manyRanges) {
        const std::size_t old = m_order.size();
        beginInsertRows({}, int(old), int(old + handles.size()) - 1);
        m_order.insert(m_order.end(), handles.begin(), handles.end());
        endInsertRows();
        relayout([this, old, before] { std::inplace_merge(m_order.begin(), m_order.begin() + std::ptrdiff_t(old), m_order.end(), before); },
            NoLayoutChangeHint);
        return;
    }
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        beginInsertRows({}, int(run->place), int(run->place + run->end - run->begin) - 1);
        m_order.insert(
            m_order.begin() + std::ptrdiff_t(run->place), handles.begin() + std::ptrdiff_t(run->begin), handles.begin() + std::ptrdiff_t(run->end));
        endInsertRows();
    }
}

void RowOrderModel::moveRekeyed(std::vector<Rekeyed> &rekeyed)
{
    if (rekeyed.size() < manyMoves) {
        for (Rekeyed &each : rekeyed)
            moveRow(each);
        return;
    }
    std::vector<bool> moving(m_known.size());
    for (Rekeyed &each : rekeyed) {
        moving[each.handle] = true;
        m_known[each.handle].key = std::move(each.key);
    }
    const auto before = [this](Handle a, Handle b) { return isBefore(a, b); };
    Handles next = m_order;
    const auto tail = std::stable_partition(next.begin(), next.end(), [&moving](Handle handle) { return !moving[handle]; });
    std::sort(tail, next.end(), before);
    std::inplace_merge(next.begin(), tail, next.end(), before);
    if (next != m_order) // another key need not be another place
        relayout([this, &next] { m_order = std::move(next); }, NoLayoutChangeHint);
}

void RowOrderModel::moveRow(Rekeyed &rekeyed)
{
    const auto place = std::ptrdiff_t(placeOf(rekeyed.handle));
    m_known[rekeyed.handle].key = std::move(rekeyed.key);
    const auto before = [this](Handle a, Handle b) { return isBefore(a, b); };
    const auto begin = m_order.begin();
    const auto lower = std::lower_bound(begin, begin + place, rekeyed.handle, before);
    const auto upper = std::lower_bound(begin + place + 1, m_order.end(), rekeyed.handle, before);
    if (lower != begin + place) {
        beginMoveRows({}, int(place), int(place), {}, int(lower - begin));
        std::rotate(lower, begin + place, begin + place + 1);
        endMoveRows();
    } else if (upper != begin + place + 1) {
        beginMoveRows({}, int(place), int(place), {}, int(upper - begin));
        std::rotate(begin + place, begin + place + 1, upper);
        endMoveRows();
    }
}

void RowOrderModel::tellChanged(const Handles &handles)
{
    if (columnCount() == 0)
        return;
    std::vector<std::size_t> places;
    places.reserve(handles.size());
    for (const Handle handle : handles)
        places.push_back(placeOf(handle));
    std::sort(places.begin(), places.end());
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin + 1;
        while (end < places.size() && places[end] == places[end - 1] + 1)
            ++end;
        Q_EMIT dataChanged(index(int(places[begin]), 0), index(int(places[end - 1]), columnCount() - 1));
        begin = end;
    }
}

// --- what a view asks

int RowOrderModel::rowOf(kube::RowId id) const
{
    const auto handle = m_source.handleOf(id);
    if (!handle || *handle >= m_known.size() || !m_known[*handle].shown)
        return -1;
    const std::size_t place = placeOf(*handle);
    if (place < m_order.size() && m_order[place] == *handle)
        return int(place);
    // Asked from a slot while many rows are put in order.
    const auto found = std::find(m_order.begin(), m_order.end(), *handle);
    return found == m_order.end() ? -1 : int(found - m_order.begin());
}

int RowOrderModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

int RowOrderModel::columnCount(const QModelIndex &parent) const
{
    return m_source.columnCount(parent);
}

QVariant RowOrderModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return m_source.handleData(m_order[std::size_t(index.row())], index.column(), role);
}

QVariant RowOrderModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_source.headerData(section, orientation, role);
}

} // namespace fairlead::items
