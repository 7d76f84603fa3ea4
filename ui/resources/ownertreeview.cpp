// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/ownertreeview.h"

#include "items/ownertreemodel.h"
#include "ui/resources/ownertreedelegate.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using items::OwnerTreeCells;
using items::OwnerTreeModel;

namespace {

QString keyOf(const QModelIndex &index)
{
    return index.siblingAtColumn(0).data(OwnerTreeCells::KeyRole).toString();
}

} // namespace

OwnerTreeView::OwnerTreeView(const Theme &theme, QWidget *parent)
    : TreeView(theme, Look::Table, parent)
    , m_theme(theme)
    , m_delegate(new OwnerTreeDelegate(theme, this))
{
    setItemDelegate(m_delegate);
    setSelectionMode(ExtendedSelection);
    setAllColumnsShowFocus(false);       // Qt asks the style for a frame without saying for whom: the delegate shows the current row
    header()->setSectionsMovable(false); // the name's column carries the branches
    header()->setSectionsClickable(true);
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &index) {
        if (!m_bringing)
            m_open.insert(keyOf(index));
    });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &index) { m_open.remove(keyOf(index)); });
    connect(header(), &QHeaderView::sectionResized, this, [this] { m_widthsAreTheUsers = m_widthsAreTheUsers || !m_fitting; });
    auto *second = new QTimer(this);
    second->setInterval(1000);
    connect(second, &QTimer::timeout, this, &OwnerTreeView::growAges);
    second->start();
}

void OwnerTreeView::setTree(OwnerTreeModel &model)
{
    m_tree = &model;
    setModel(&model);
    // After the view's own slots: they were connected first.
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, &OwnerTreeView::keep);
    connect(&model, &QAbstractItemModel::modelReset, this, &OwnerTreeView::bringBack);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &OwnerTreeView::came);
    connect(&model, &QAbstractItemModel::rowsMoved, this, [this](const QModelIndex &from, int row, int, const QModelIndex &to, int at) {
        const int moved = from == to && at > row ? at - 1 : at;
        came(to, moved, moved);
    });
    setSortingEnabled(true);
    sortByColumn(OwnerTreeCells::Status, Qt::AscendingOrder); // worst first
    fitColumns();
}

void OwnerTreeView::setStale(bool stale)
{
    if (stale == m_delegate->isStale())
        return;
    m_delegate->setStale(stale);
    viewport()->update();
}

void OwnerTreeView::setTreeName(const QString &name, const QStringList &opened)
{
    m_name = name;
    m_open = QSet<QString>(opened.begin(), opened.end());
    m_currentKey.clear();
    m_selectedKeys.clear();
}

QStringList OwnerTreeView::opened() const
{
    QStringList keys(m_open.begin(), m_open.end());
    keys.sort();
    return keys.mid(0, mostRemembered);
}

// --- what survives a reset

void OwnerTreeView::keep()
{
    // Twice without a row between them (another tree is asked for, then it begins): what was kept stays kept.
    if (m_tree->rowCount() == 0)
        return;
    m_currentKey = keyOf(currentIndex());
    m_selectedKeys.clear();
    const QModelIndexList rows = selectionModel()->selectedRows();
    for (const QModelIndex &each : rows.mid(0, mostRemembered))
        m_selectedKeys << keyOf(each);
    const QModelIndex top = indexAt(QPoint(1, 1));
    m_topKey = verticalScrollBar()->value() > 0 ? keyOf(top) : QString();
}

void OwnerTreeView::bringBack()
{
    if (m_tree->rowCount() == 0)
        return;
    bringBackBelow({}, 0, m_tree->rowCount() - 1);
    QItemSelection selection;
    for (const QString &each : std::as_const(m_selectedKeys)) {
        if (const QModelIndex index = m_tree->indexOf(each); index.isValid())
            selection.select(index, index.siblingAtColumn(OwnerTreeCells::Columns - 1));
    }
    const QModelIndex current = m_tree->indexOf(m_currentKey);
    if (current.isValid())
        selectionModel()->setCurrentIndex(current, QItemSelectionModel::NoUpdate);
    if (!selection.isEmpty())
        selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (const QModelIndex top = m_tree->indexOf(m_topKey); top.isValid())
        scrollTo(top, PositionAtTop);
}

// What they stand beneath may have come before them, when there was nothing to open.
void OwnerTreeView::came(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid() && !isExpanded(parent) && m_open.contains(keyOf(parent)))
        setExpanded(parent, true);
    bringBackBelow(parent, first, last);
}

// Opens what was open; with a filter also what stands there for the sake of what is beneath it.
void OwnerTreeView::bringBackBelow(const QModelIndex &parent, int first, int last)
{
    const bool filtered = !m_tree->filter().isEmpty();
    if (m_open.isEmpty() && !filtered)
        return;
    const bool outermost = !m_bringing;
    if (outermost)
        m_left = mostOpened;
    m_bringing = true;
    for (int row = first; row <= last && m_left > 0; ++row) {
        const QModelIndex index = m_tree->index(row, 0, parent);
        const bool open = m_open.contains(keyOf(index)) || (filtered && !index.data(OwnerTreeCells::PassesRole).toBool());
        if (!open || !m_tree->hasChildren(index))
            continue;
        const int rows = m_tree->rowCount(index);
        m_left -= rows;
        setExpanded(index, true);
        bringBackBelow(index, 0, rows - 1);
    }
    if (outermost)
        m_bringing = false;
}

// --- what is chosen

QModelIndexList OwnerTreeView::selectedRows() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    if (rows.isEmpty() && currentIndex().isValid())
        rows << currentIndex().siblingAtColumn(0);
    QHash<QModelIndex, QList<int>> paths;
    for (const QModelIndex &row : std::as_const(rows)) {
        QList<int> &path = paths[row];
        for (QModelIndex each = row; each.isValid(); each = each.parent())
            path.prepend(each.row());
    }
    std::sort(rows.begin(), rows.end(), [&paths](const QModelIndex &a, const QModelIndex &b) { return paths[a] < paths[b]; });
    return rows;
}

QString OwnerTreeView::selectedText() const
{
    const auto line = [this](const auto &cell) {
        QStringList cells;
        for (int at = 0; at < header()->count(); ++at) {
            if (const int column = header()->logicalIndex(at); !header()->isSectionHidden(column))
                cells.append(cell(column));
        }
        return cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    };
    QString text = line([this](int column) { return m_tree->headerData(column, Qt::Horizontal).toString().toUpper(); });
    const QModelIndexList rows = selectedRows();
    for (const QModelIndex &row : rows)
        text += line([&row](int column) { return row.siblingAtColumn(column).data().toString(); });
    return text;
}

// --- keys

void OwnerTreeView::expandBelow(const QModelIndex &index)
{
    // Level by level, so that the bound cuts the deepest.
    QModelIndexList level{index.siblingAtColumn(0)};
    int left = mostOpened;
    while (!level.isEmpty() && left > 0) {
        QModelIndexList next;
        for (const QModelIndex &each : std::as_const(level)) {
            if (left <= 0 || !m_tree->hasChildren(each))
                continue;
            const int rows = m_tree->rowCount(each);
            left -= rows;
            setExpanded(each, true);
            for (int row = 0; row < rows; ++row)
                next << m_tree->index(row, 0, each);
        }
        level = next;
    }
}

void OwnerTreeView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentIndex();
    if (index.isValid() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier) {
        Q_EMIT activatedRow(index);
        return;
    }
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyWanted();
        return;
    }
    if (index.isValid() && event->key() == Qt::Key_Asterisk) {
        expandBelow(index);
        return;
    }
    TreeView::keyPressEvent(event);
}

void OwnerTreeView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    // Two quick clicks on a chevron are two clicks.
    if (event->button() == Qt::LeftButton && index.isValid() && visualRect(index.siblingAtColumn(0)).left() <= event->pos().x()) {
        Q_EMIT activatedRow(index);
        return;
    }
    TreeView::mouseDoubleClickEvent(event);
}

// --- columns

void OwnerTreeView::fitColumns()
{
    if (m_tree == nullptr || m_widthsAreTheUsers)
        return;
    constexpr int ready = 80;
    constexpr int below = 132;
    constexpr int age = 72;
    const int restarts = restartsWidth();
    const int room = std::max(viewport()->width() - ready - below - restarts - age, 300);
    const int name = std::clamp(room * 49 / 100, 180, 560);
    m_fitting = true;
    setColumnWidth(OwnerTreeCells::Name, name);
    setColumnWidth(OwnerTreeCells::Ready, ready);
    setColumnWidth(OwnerTreeCells::Below, below);
    setColumnWidth(OwnerTreeCells::Status, room - name);
    setColumnWidth(OwnerTreeCells::Restarts, restarts);
    setColumnWidth(OwnerTreeCells::Age, age);
    m_fitting = false;
}

// Room for what the longest one grows into while nobody touches it.
int OwnerTreeView::restartsWidth() const
{
    constexpr int least = 112;
    const QString longest = m_tree->headerData(OwnerTreeCells::Restarts, Qt::Horizontal, items::TableModel::LongestRole).toString();
    return std::max(least, int(std::ceil(textWidth(longest, m_theme.font(FontRole::Body), Shaping::Exact))) + 2 * measure::between + 1);
}

void OwnerTreeView::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitColumns();
}

// Lengths of time grow without a word of the model; and where something has restarted more often than ever, its column grows with it.
void OwnerTreeView::growAges()
{
    if (!isVisible() || m_tree == nullptr)
        return;
    if (restartsWidth() > columnWidth(OwnerTreeCells::Restarts))
        fitColumns();
    for (const int column : {int(OwnerTreeCells::Restarts), int(OwnerTreeCells::Age)})
        viewport()->update(columnViewportPosition(column), 0, columnWidth(column), viewport()->height());
}

} // namespace fairlead::ui
