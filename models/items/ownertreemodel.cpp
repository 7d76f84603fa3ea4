// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreemodel.h"

#include "items/ownertreeparts.h"
#include "items/plaintext.h"
#include "kinds/treekinds.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fairlead::items {

OwnerTreeModel::OwnerTreeModel(Clock &clock, QObject *parent)
    : QAbstractItemModel(parent)
    , m_clock(clock)
    , m_sources(clock)
    , m_cells(clock, m_sources)
    , m_tree(m_sources, m_cells, *this)
{
    connect(&m_sources, &OwnerTreeSources::began, this, &OwnerTreeModel::buildAnew);
    connect(&m_sources, &OwnerTreeSources::ended, this, [this] {
        beginResetModel();
        m_tree.clear();
        endResetModel();
    });
    connect(&m_sources, &OwnerTreeSources::changed, this, [this](const kinds::OwnerChanges &changes) {
        const kinds::HealthCounts counts = m_tree.counts();
        const int size = m_tree.size();
        const int shown = m_tree.shownSize();
        m_tree.apply(changes);
        if (!(m_tree.counts() == counts) || m_tree.size() != size || m_tree.shownSize() != shown)
            Q_EMIT countsChanged();
    });
    connect(&m_sources, &OwnerTreeSources::stateChanged, this, &OwnerTreeModel::stateChanged);
}

OwnerTreeModel::~OwnerTreeModel() = default;

void OwnerTreeModel::setSlice(std::size_t steps)
{
    m_slice = steps;
    m_sources.setSlice(steps / 4); // a row is judged by what its object says: that costs more than a place
}

void OwnerTreeModel::show(StoreOf storeOf, kube::OfferPtr offer, const kube::Resource &resource, const kube::Scope &scope)
{
    m_clock.cancel(std::exchange(m_next, 0));
    beginResetModel();
    m_tree.clear();
    m_sources.show(std::move(storeOf), std::move(offer), resource, scope);
    endResetModel();
    Q_EMIT countsChanged();
}

void OwnerTreeModel::buildAnew()
{
    m_clock.cancel(std::exchange(m_next, 0));
    m_sources.hold();
    m_tree.begin();
    build();
}

// The rows come at once: what takes its time is to find out what they are. To put very many in order takes a turn of its own.
void OwnerTreeModel::build()
{
    m_next = 0;
    std::size_t left = m_slice;
    if (!m_tree.buildSome(left) || left < m_slice / 2) {
        m_next = m_clock.after(Clock::Duration(0), this, [this] { build(); });
        return;
    }
    beginResetModel();
    m_tree.list();
    endResetModel();
    Q_EMIT countsChanged();
    m_sources.release();
}

void OwnerTreeModel::setFilter(RowFilter filter)
{
    if (filter == m_tree.filter())
        return;
    beginResetModel();
    m_tree.setFilter(std::move(filter));
    endResetModel();
}

void OwnerTreeModel::setGrouping(OwnerTreeGrouping grouping)
{
    if (grouping == m_tree.grouping())
        return;
    m_cells.setGrouping(grouping);
    beginResetModel();
    m_tree.setGrouping(std::move(grouping));
    endResetModel();
    Q_EMIT countsChanged();
    if (m_sources.hasBegun())
        buildAnew();
}

bool OwnerTreeModel::hasNodes() const
{
    if (m_sources.size() == 0 || kinds::showsPods(*m_sources.source(0).kind))
        return false;
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (kinds::isPod(*m_sources.source(i).kind))
            return true;
    }
    return false;
}

std::vector<std::string> OwnerTreeModel::labelKeys() const
{
    std::map<std::string, int, std::less<>> counts;
    for (const kinds::OwnerNode *each : m_sources.graph().roots()) {
        const kube::Row &row = each->item->meta();
        for (std::size_t i = 0; i < row.labelCount(); ++i)
            ++counts.try_emplace(std::string(row.label(i).first)).first->second;
    }
    std::vector<std::pair<int, std::string>> order;
    for (const auto &[key, count] : counts)
        order.emplace_back(-count, key);
    std::sort(order.begin(), order.end());
    std::vector<std::string> keys;
    for (auto &[count, key] : order)
        keys.push_back(std::move(key));
    return keys;
}

void OwnerTreeModel::sort(int column, Qt::SortOrder order)
{
    if (column < OwnerTreeCells::Columns && (column != m_tree.sortColumn() || order != m_tree.sortOrder()))
        m_tree.sort(column, order);
}

// --- the tree's steps

void OwnerTreeModel::beginInsert(const Node &parent, int first, int last)
{
    beginInsertRows(indexOf(parent), first, last);
}

void OwnerTreeModel::endInsert()
{
    endInsertRows();
}

void OwnerTreeModel::beginRemove(const Node &parent, int first, int last)
{
    beginRemoveRows(indexOf(parent), first, last);
}

void OwnerTreeModel::endRemove()
{
    endRemoveRows();
}

void OwnerTreeModel::beginMove(const Node &from, int row, const Node &to, int at)
{
    beginMoveRows(indexOf(from), row, row, indexOf(to), at);
}

void OwnerTreeModel::endMove()
{
    endMoveRows();
}

void OwnerTreeModel::beginLayout(const Node *parent)
{
    m_layoutParents = parent ? QList{QPersistentModelIndex(indexOf(*parent))} : QList<QPersistentModelIndex>();
    Q_EMIT layoutAboutToBeChanged(m_layoutParents, VerticalSortHint);
    m_beforeLayout = persistentIndexList();
}

void OwnerTreeModel::endLayout()
{
    QModelIndexList after;
    after.reserve(m_beforeLayout.size());
    for (const QModelIndex &index : std::as_const(m_beforeLayout))
        after.append(indexOf(*nodeOf(index), index.column()));
    changePersistentIndexList(m_beforeLayout, after);
    m_beforeLayout.clear();
    Q_EMIT layoutChanged(m_layoutParents, VerticalSortHint);
}

void OwnerTreeModel::changed(const Node &parent, int first, int last)
{
    const QModelIndex above = indexOf(parent);
    Q_EMIT dataChanged(index(first, 0, above), index(last, OwnerTreeCells::Columns - 1, above));
}

// --- what a view asks

OwnerTreeModel::Node *OwnerTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : &m_tree.root();
}

QModelIndex OwnerTreeModel::indexOf(const Node &node, int column) const
{
    return &node == &m_tree.root() ? QModelIndex() : createIndex(node.row, column, &node);
}

QModelIndex OwnerTreeModel::indexOf(const QString &key, int column) const
{
    const std::string utf8 = key.toStdString();
    const std::size_t hash = utf8.find('#');
    const Node *node = m_tree.find(std::string_view(utf8).substr(0, hash));
    if (!node || !m_tree.isLive(*node))
        return {};
    if (hash == std::string::npos)
        return indexOf(*node, column);
    for (const auto &each : node->made) {
        if (each->key == utf8)
            return indexOf(*each, column);
        for (const auto &below : each->made) {
            if (below->key == utf8)
                return indexOf(*below, column);
        }
    }
    return {};
}

QModelIndex OwnerTreeModel::indexOfObject(std::string_view uid) const
{
    const Node *node = m_tree.shown(uid);
    return node ? indexOf(*node) : QModelIndex();
}

std::optional<OwnerTreeModel::Target> OwnerTreeModel::targetOf(const QModelIndex &index) const
{
    const Node *node = index.isValid() ? nodeOf(index) : nullptr;
    if (!node || node->what == Node::What::Group)
        return std::nullopt;
    if (node->what == Node::What::Use) {
        const kinds::Reference &used = node->parent->parent->uses[std::size_t(node->part)].target;
        const auto resource = m_sources.offeredAs(used.group, used.resource);
        return resource ? std::optional(Target{*resource, used.space, used.name, nullptr}) : std::nullopt;
    }
    if (node->what != Node::What::Object)
        node = node->parent;
    if (!node->object)
        return std::nullopt;
    return Target{m_sources.source(node->object->source).resource, std::string(node->item->space()), std::string(node->item->name()), node->item};
}

QString OwnerTreeModel::containerAt(const QModelIndex &index) const
{
    const Node *node = nodeOf(index);
    return node->what == Node::What::Container ? plainText(node->parent->told[std::size_t(node->part)].name) : QString();
}

QModelIndex OwnerTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= columnCount() || row >= rowCount(parent))
        return {};
    return createIndex(row, column, nodeOf(parent)->rows[std::size_t(row)]);
}

QModelIndex OwnerTreeModel::parent(const QModelIndex &child) const
{
    return child.isValid() ? indexOf(*nodeOf(child)->parent) : QModelIndex();
}

int OwnerTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Node *node = nodeOf(parent);
    parts::make(*node);
    return int(node->rows.size());
}

bool OwnerTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    Node *node = nodeOf(parent);
    if (!node->rows.empty() || node->parts == Node::Parts::Made)
        return !node->rows.empty();
    node->hasParts = parts::areThere(*node);
    node->parts = Node::Parts::Said;
    return node->hasParts;
}

int OwnerTreeModel::columnCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(OwnerTreeCells::Columns);
}

QVariant OwnerTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return m_cells.data(*nodeOf(index), Column(index.column()), role);
}

QVariant OwnerTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (section == OwnerTreeCells::Restarts && role == TableModel::LongestRole) {
        // Of what stands at the top, which sums up all that is below: a pod's own is no longer but for when it was.
        std::int64_t most = 0;
        for (const Node *each : m_tree.root().rows)
            most = std::max(most, m_cells.restarts(*each).value_or(0));
        return most > 0 ? QVariant(QString::number(most) + QStringLiteral(" (7h59m ago)")) : QVariant();
    }
    return OwnerTreeCells::headerData(Column(section), role);
}

} // namespace fairlead::items
