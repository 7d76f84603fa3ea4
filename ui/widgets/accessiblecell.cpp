// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessiblecell.h"

#include "ui/widgets/accessibletable.h"

#include <QItemSelectionModel>
#include <QTreeView>

namespace fairlead::ui {

AccessibleCell::AccessibleCell(const AccessibleTable &table, const QModelIndex &index, What what)
    : m_table(table)
    , m_generation(table.generation())
    , m_index(index)
    , m_what(what)
{
}

void *AccessibleCell::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TableCellInterface ? static_cast<QAccessibleTableCellInterface *>(this) : nullptr;
}

// Who keeps a cell over a change of rows and asks it then gets an error, and Qt prints "Accessible invalid" for it: it is true, and what
// Qt's own cells do ("Could not find accessible on path"). A reader asks the table again.
bool AccessibleCell::isValid() const
{
    return m_table.view() != nullptr && m_generation == m_table.generation() && m_index.isValid();
}

QAccessibleInterface *AccessibleCell::parent() const
{
    return const_cast<AccessibleTable *>(&m_table);
}

QWidget *AccessibleCell::widget() const
{
    return isValid() && m_what == What::Cell ? m_table.view()->indexWidget(m_index) : nullptr;
}

int AccessibleCell::childCount() const
{
    return widget() != nullptr ? 1 : 0;
}

QAccessibleInterface *AccessibleCell::child(int index) const
{
    return index == 0 && widget() != nullptr ? QAccessible::queryAccessibleInterface(widget()) : nullptr;
}

int AccessibleCell::indexOfChild(const QAccessibleInterface *child) const
{
    return child != nullptr && widget() != nullptr && child->object() == widget() ? 0 : -1;
}

QAccessibleInterface *AccessibleCell::childAt(int x, int y) const
{
    return widget() != nullptr && rect().contains(x, y) ? child(0) : nullptr;
}

QString AccessibleCell::text(QAccessible::Text text) const
{
    if (!isValid())
        return {};
    switch (text) {
    case QAccessible::Name: {
        const QModelIndex index = m_what == What::RowHeader ? m_table.firstOf(m_index) : m_index;
        const QString spoken = index.data(Qt::AccessibleTextRole).toString();
        return spoken.isEmpty() ? index.data().toString() : spoken;
    }
    case QAccessible::Description:
        return m_index.data(Qt::AccessibleDescriptionRole).toString();
    default:
        return {};
    }
}

QRect AccessibleCell::rect() const
{
    if (!isValid())
        return {};
    const QRect own = m_table.view()->visualRect(m_index);
    return own.isNull() ? QRect() : QRect(m_table.view()->viewport()->mapToGlobal(own.topLeft()), own.size());
}

QAccessible::Role AccessibleCell::role() const
{
    if (m_what == What::RowHeader)
        return QAccessible::RowHeader;
    return qobject_cast<const QTreeView *>(m_table.view()) != nullptr ? QAccessible::TreeItem : QAccessible::Cell;
}

void AccessibleCell::addTreeState(QAccessible::State &state) const
{
    const auto *tree = qobject_cast<const QTreeView *>(m_table.view());
    if (tree == nullptr || !m_table.view()->model()->hasChildren(m_index.sibling(m_index.row(), 0)))
        return;
    const bool open = tree->isExpanded(m_index.sibling(m_index.row(), 0));
    state.expandable = true;
    state.expanded = open;
    state.collapsed = !open;
}

QAccessible::State AccessibleCell::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const Qt::ItemFlags flags = m_index.flags();
    state.selectable = (flags & Qt::ItemIsSelectable) != 0;
    state.focusable = (flags & Qt::ItemIsEnabled) != 0;
    state.disabled = (flags & Qt::ItemIsEnabled) == 0 || !m_table.view()->isEnabled();
    state.selected = isSelected();
    state.focused = m_what == What::Cell && m_table.view()->hasFocus() && m_table.view()->currentIndex() == m_index;
    state.active = state.focused;
    state.invisible = !m_table.view()->isVisible();
    state.offscreen = !m_table.view()->viewport()->rect().intersects(m_table.view()->visualRect(m_index));
    if (m_table.view()->selectionMode() == QAbstractItemView::ExtendedSelection)
        state.extSelectable = true;
    if (m_table.view()->selectionMode() == QAbstractItemView::MultiSelection)
        state.multiSelectable = true;
    addTreeState(state);
    return state;
}

bool AccessibleCell::isSelected() const
{
    return isValid() && m_table.view()->selectionModel() != nullptr && m_table.view()->selectionModel()->isSelected(m_index);
}

QList<QAccessibleInterface *> AccessibleCell::columnHeaderCells() const
{
    QAccessibleInterface *const header = isValid() ? m_table.columnHeader(m_index.column()) : nullptr;
    return header != nullptr ? QList<QAccessibleInterface *>{header} : QList<QAccessibleInterface *>();
}

QList<QAccessibleInterface *> AccessibleCell::rowHeaderCells() const
{
    QAccessibleInterface *const header = isValid() ? m_table.rowHeader(m_index) : nullptr;
    return header != nullptr ? QList<QAccessibleInterface *>{header} : QList<QAccessibleInterface *>();
}

int AccessibleCell::columnIndex() const
{
    return isValid() ? m_table.columnOf(m_index.column()) : -1;
}

int AccessibleCell::rowIndex() const
{
    return isValid() ? m_table.rowOf(m_index) : -1;
}

} // namespace fairlead::ui
