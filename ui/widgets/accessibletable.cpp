// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessibletable.h"

#include "ui/widgets/accessiblecell.h"
#include "ui/widgets/accessibleheader.h"
#include "ui/widgets/treetablerole.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QScrollBar>
#include <QTableView>
#include <QTreeView>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

namespace {

/// Asked with each name of the object's classes, the most derived first.
QAccessibleInterface *make(const QString &className, QObject *object)
{
    if (className != QLatin1String("fairlead::ui::TableView") && className != QLatin1String("fairlead::ui::TreeView"))
        return nullptr;
    auto *view = qobject_cast<QAbstractItemView *>(object);
    return view != nullptr ? new AccessibleTable(view) : nullptr;
}

} // namespace

AccessibleTable::AccessibleTable(QAbstractItemView *view)
    : QAccessibleWidget(view, QAccessible::Table)
    , m_view(view)
{
}

AccessibleTable::~AccessibleTable()
{
    for (const QAccessible::Id id : std::as_const(m_ids))
        QAccessible::deleteAccessibleInterface(id); // they name this one
}

void AccessibleTable::install()
{
    QAccessible::installFactory(make); // passes over what it knows
}

QAccessible::Role AccessibleTable::role() const
{
    const auto *tree = qobject_cast<const QTreeView *>(m_view);
    if (tree == nullptr)
        return QAccessible::Table;
    return tree->isHeaderHidden() ? QAccessible::Tree : treeTableRole();
}

void *AccessibleTable::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

bool AccessibleTable::isTree() const
{
    return qobject_cast<QTreeView *>(m_view) != nullptr;
}

QHeaderView *AccessibleTable::header() const
{
    if (auto *table = qobject_cast<QTableView *>(m_view))
        return table->horizontalHeader();
    auto *tree = qobject_cast<QTreeView *>(m_view);
    return tree != nullptr ? tree->header() : nullptr;
}

int AccessibleTable::sectionAt(int column) const
{
    const QHeaderView *const header = this->header();
    if (header == nullptr)
        return -1;
    for (int visual = 0; visual < header->count(); ++visual) {
        const int section = header->logicalIndex(visual);
        if (!header->isSectionHidden(section) && column-- == 0)
            return section;
    }
    return -1;
}

int AccessibleTable::columnOf(int section) const
{
    const QHeaderView *const header = this->header();
    if (header == nullptr || section < 0 || section >= header->count() || header->isSectionHidden(section))
        return -1;
    int column = 0;
    for (int visual = 0; visual < header->visualIndex(section); ++visual)
        column += header->isSectionHidden(header->logicalIndex(visual)) ? 0 : 1;
    return column;
}

int AccessibleTable::columnCount() const
{
    const QHeaderView *const header = this->header();
    return header != nullptr ? header->count() - header->hiddenSectionCount() : 0;
}

int AccessibleTable::rowCount() const
{
    if (model() == nullptr)
        return 0;
    return isTree() ? treeRows() : model()->rowCount(m_view->rootIndex());
}

QModelIndex AccessibleTable::treeIndexAt(int row, int section) const
{
    // Rows are of one height, so a row's place is its number: Qt finds it without counting.
    const auto *const tree = static_cast<const QTreeView *>(m_view.data());
    const QModelIndex first = model()->index(0, 0, tree->rootIndex());
    const int height = first.isValid() ? tree->visualRect(first).height() : 0;
    if (height <= 0)
        return {};
    const int top = tree->verticalScrollMode() == QAbstractItemView::ScrollPerPixel ? tree->verticalScrollBar()->value()
                                                                                    : tree->verticalScrollBar()->value() * height;
    const QHeaderView *const header = tree->header();
    const int shown = header->isSectionHidden(section) ? sectionAt(0) : section;
    const QModelIndex found = tree->indexAt(QPoint(header->sectionViewportPosition(shown) + 1, row * height - top + height / 2));
    return found.isValid() ? found.sibling(found.row(), section) : QModelIndex();
}

int AccessibleTable::treeRows() const
{
    if (sectionAt(0) < 0)
        return 0;
    const auto isRow = [this](int row) { return treeIndexAt(row, sectionAt(0)).isValid(); };
    if (!isRow(0))
        return 0;
    int last = 1;
    while (isRow(last))
        last *= 2;
    int known = last / 2; // a row; `last` is none
    while (last - known > 1) {
        const int middle = known + (last - known) / 2;
        (isRow(middle) ? known : last) = middle;
    }
    return known + 1;
}

QModelIndex AccessibleTable::indexAt(int row, int section) const
{
    if (model() == nullptr || row < 0 || section < 0)
        return {};
    return isTree() ? treeIndexAt(row, section) : model()->index(row, section, m_view->rootIndex());
}

int AccessibleTable::rowOf(const QModelIndex &index) const
{
    if (!isTree())
        return index.row();
    const auto *const tree = static_cast<const QTreeView *>(m_view.data());
    const QRect place = tree->visualRect(index.sibling(index.row(), sectionAt(0)));
    if (place.height() <= 0)
        return -1;
    const int top = tree->verticalScrollMode() == QAbstractItemView::ScrollPerPixel ? tree->verticalScrollBar()->value()
                                                                                    : tree->verticalScrollBar()->value() * place.height();
    return (place.top() + top) / place.height();
}

QModelIndex AccessibleTable::firstOf(const QModelIndex &index) const
{
    const int section = sectionAt(0);
    return section >= 0 ? index.sibling(index.row(), section) : index;
}

QAbstractItemModel *AccessibleTable::model() const
{
    QAbstractItemModel *const now = m_view ? m_view->model() : nullptr;
    if (now == m_watched)
        return now;
    if (m_watched)
        m_watched->disconnect(&m_watch);
    m_watched = now;
    ++m_generation;
    if (now == nullptr)
        return now;
    const auto changed = [this] { ++m_generation; };
    using Model = QAbstractItemModel;
    QObject::connect(now, &Model::rowsInserted, &m_watch, changed);
    QObject::connect(now, &Model::rowsRemoved, &m_watch, changed);
    QObject::connect(now, &Model::rowsMoved, &m_watch, changed);
    QObject::connect(now, &Model::columnsInserted, &m_watch, changed);
    QObject::connect(now, &Model::columnsRemoved, &m_watch, changed);
    QObject::connect(now, &Model::columnsMoved, &m_watch, changed);
    QObject::connect(now, &Model::layoutChanged, &m_watch, changed);
    QObject::connect(now, &Model::modelReset, &m_watch, changed);
    return now;
}

quint64 AccessibleTable::generation() const
{
    (void)model();
    return m_generation;
}

QAccessibleInterface *AccessibleTable::keptOrMade(Key key) const
{
    key.generation = generation();
    if (const auto known = m_ids.constFind(key); known != m_ids.cend()) {
        if (QAccessibleInterface *const kept = QAccessible::accessibleInterface(*known))
            return kept;
    }
    while (m_order.size() >= mostKept)
        QAccessible::deleteAccessibleInterface(m_ids.take(m_order.takeFirst()));
    QAccessibleInterface *made = nullptr;
    if (key.part == Part::ColumnHeader)
        made = new AccessibleHeader(m_view, header(), key.section);
    else
        made = new AccessibleCell(*this, key.index, key.part == Part::Cell ? AccessibleCell::What::Cell : AccessibleCell::What::RowHeader);
    m_ids.insert(key, QAccessible::registerAccessibleInterface(made));
    m_order.append(key);
    return made;
}

QAccessibleInterface *AccessibleTable::columnHeader(int section) const
{
    const QHeaderView *const header = this->header();
    if (header == nullptr || section < 0 || section >= header->count())
        return nullptr;
    return keptOrMade({.section = section, .part = Part::ColumnHeader});
}

QAccessibleInterface *AccessibleTable::rowHeader(const QModelIndex &index) const
{
    return index.isValid() && !isTree() ? keptOrMade({.index = index.sibling(index.row(), 0), .part = Part::RowHeader}) : nullptr;
}

QAccessibleInterface *AccessibleTable::cellAt(int row, int column) const
{
    const QModelIndex index = column < 0 ? QModelIndex() : indexAt(row, sectionAt(column));
    return index.isValid() ? keptOrMade({.index = index}) : nullptr;
}

int AccessibleTable::childCount() const
{
    if (model() == nullptr)
        return 0;
    return (rowCount() + 1) * (model()->columnCount(m_view->rootIndex()) + (isTree() ? 0 : 1));
}

QAccessibleInterface *AccessibleTable::child(int index) const
{
    if (model() == nullptr || index < 0)
        return nullptr;
    const int before = isTree() ? 0 : 1;
    const int width = model()->columnCount(m_view->rootIndex()) + before;
    if (width <= 0)
        return nullptr;
    const int row = index / width - 1;
    const int section = index % width - before;
    if (row < 0)
        return columnHeader(std::max(section, 0)); // over the rows' headers stands nothing; the first caption says so twice
    if (section < 0)
        return rowHeader(indexAt(row, 0));
    const QModelIndex found = indexAt(row, section);
    return found.isValid() ? keptOrMade({.index = found}) : nullptr;
}

int AccessibleTable::indexOfChild(const QAccessibleInterface *child) const
{
    if (model() == nullptr)
        return -1;
    const int before = isTree() ? 0 : 1;
    const int width = model()->columnCount(m_view->rootIndex()) + before;
    if (const auto *header = dynamic_cast<const AccessibleHeader *>(child))
        return header->section() + before;
    const auto *cell = dynamic_cast<const AccessibleCell *>(child);
    if (cell == nullptr || !cell->isValid())
        return -1;
    const int row = rowOf(cell->index());
    if (row < 0)
        return -1;
    return (row + 1) * width + (cell->what() == AccessibleCell::What::RowHeader ? 0 : cell->index().column() + before);
}

QAccessibleInterface *AccessibleTable::childAt(int x, int y) const
{
    if (!m_view)
        return nullptr;
    const QModelIndex index = m_view->indexAt(m_view->viewport()->mapFromGlobal(QPoint(x, y)));
    if (index.isValid())
        return keptOrMade({.index = index});
    if (const QHeaderView *const header = this->header(); header != nullptr && header->isVisible()) {
        const QPoint place = header->mapFromGlobal(QPoint(x, y));
        if (header->rect().contains(place))
            return columnHeader(header->logicalIndexAt(place));
    }
    return nullptr;
}

QAccessibleInterface *AccessibleTable::focusChild() const
{
    if (!m_view || !m_view->hasFocus())
        return nullptr;
    const QModelIndex current = m_view->currentIndex();
    return current.isValid() ? keptOrMade({.index = current}) : nullptr;
}

QString AccessibleTable::columnDescription(int column) const
{
    QAccessibleInterface *const header = columnHeader(sectionAt(column));
    return header != nullptr ? header->text(QAccessible::Name) : QString();
}

QString AccessibleTable::rowDescription(int row) const
{
    const QModelIndex index = indexAt(row, sectionAt(0));
    return index.isValid() ? index.data().toString() : QString();
}

int AccessibleTable::selectedCellCount() const
{
    return selectedRowCount() * columnCount();
}

QList<QAccessibleInterface *> AccessibleTable::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    for (const int row : selectedRows()) {
        for (int column = 0; column < columnCount() && cells.size() < mostKept / 2; ++column)
            cells.append(cellAt(row, column));
    }
    return cells;
}

int AccessibleTable::selectedRowCount() const
{
    return m_view && m_view->selectionModel() != nullptr ? int(m_view->selectionModel()->selectedRows().size()) : 0;
}

QList<int> AccessibleTable::selectedRows() const
{
    QList<int> rows;
    if (!m_view || m_view->selectionModel() == nullptr)
        return rows;
    const QModelIndexList selected = m_view->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows.append(rowOf(index));
    std::sort(rows.begin(), rows.end());
    return rows;
}

bool AccessibleTable::isRowSelected(int row) const
{
    const QModelIndex index = indexAt(row, sectionAt(0));
    return index.isValid() && m_view->selectionModel() != nullptr && m_view->selectionModel()->isSelected(index);
}

bool AccessibleTable::selectRow(int row)
{
    const QModelIndex index = indexAt(row, sectionAt(0));
    if (!index.isValid() || m_view->selectionModel() == nullptr || m_view->selectionMode() == QAbstractItemView::NoSelection)
        return false;
    m_view->setCurrentIndex(index);
    m_view->selectionModel()->select(index,
        QItemSelectionModel::Rows |
            (m_view->selectionMode() == QAbstractItemView::SingleSelection ? QItemSelectionModel::ClearAndSelect : QItemSelectionModel::Select));
    return true;
}

bool AccessibleTable::unselectRow(int row)
{
    const QModelIndex index = indexAt(row, sectionAt(0));
    if (!index.isValid() || m_view->selectionModel() == nullptr)
        return false;
    m_view->selectionModel()->select(index, QItemSelectionModel::Rows | QItemSelectionModel::Deselect);
    return true;
}

void AccessibleTable::modelChange(QAccessibleTableModelChangeEvent *event)
{
    // Other texts in the same cells: they are read when they are asked for.
    if (event->modelChangeType() != QAccessibleTableModelChangeEvent::DataChanged)
        ++m_generation;
}

} // namespace fairlead::ui
