// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resourcetable.h"

#include "ui/widgets/healthshape.h"
#include "ui/widgets/rowdelegate.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>

namespace fairlead::ui {

using items::TableModel;

namespace {

constexpr int ageTick = 1000; // milliseconds: the smallest unit of an age

RowRoles roles()
{
    RowRoles roles;
    roles.health = TableModel::HealthRole;
    roles.speaksOfHealth = TableModel::SpeaksOfHealthRole;
    roles.stem = TableModel::StemRole;
    roles.number = TableModel::NumberRole;
    roles.longest = TableModel::LongestRole;
    roles.bar = TableModel::BarRole;
    roles.shape = [](int health) { return shapeOf(kinds::Health(health)); };
    return roles;
}

/// How late it gives way where there is little room: what is wrong is seen last of all to go. Figures beside a bar mean nothing when they are cut.
int weightOf(const items::TableColumns::Column &column)
{
    if (column.speaksOfHealth)
        return 3;
    if (column.sortType == kinds::SortType::Restarts)
        return 2;
    return column.own == items::TableColumns::Own::Cpu || column.own == items::TableColumns::Own::Memory ? 1 : 0;
}

QString columnName(const QAbstractItemModel &model, int column)
{
    return model.headerData(column, Qt::Horizontal, TableModel::ColumnNameRole).toString();
}

} // namespace

ResourceTable::ResourceTable(const Theme &theme, items::RowOrderModel &rows, Settings &settings, QWidget *parent)
    : TableView(theme, parent)
    , m_rows(rows)
    , m_settings(settings)
    , m_delegate(new RowDelegate(theme, roles(), this))
{
    setAccessibleName(tr("rows")); // till it is known what they are
    setItemDelegate(m_delegate);
    setSelectionMode(ExtendedSelection);
    setModel(&m_rows);
    QHeaderView &header = *horizontalHeader();
    header.setSectionsClickable(true);
    header.setSectionsMovable(true);
    header.setSortIndicatorShown(true);
    header.setSortIndicator(-1, Qt::AscendingOrder);
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QHeaderView::sectionClicked, this, &ResourceTable::sortBy);
    connect(&header, &QHeaderView::sectionMoved, this, &ResourceTable::rememberColumns);
    connect(&header, &QHeaderView::sectionResized, this, [this] {
        if (widthsAreTheUsers())
            rememberColumns();
    });
    connect(&header, &QWidget::customContextMenuRequested, this, [this](const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnsMenu(*menu);
        menu->popup(horizontalHeader()->mapToGlobal(at));
    });
    connect(&m_rows, &QAbstractItemModel::modelAboutToBeReset, this, &ResourceTable::keep);
    connect(&m_rows, &QAbstractItemModel::modelReset, this, &ResourceTable::restoreRows);
    connect(&m_rows, &QAbstractItemModel::rowsInserted, this, &ResourceTable::showIfWaited);
    connect(this, &QAbstractItemView::doubleClicked, this, &ResourceTable::opened);
}

ResourceTable::~ResourceTable() = default;

void ResourceTable::setKind(const QString &kind, const QString &name)
{
    m_kind = kind;
    setAccessibleName(name);
    setWidthsAreTheUsers(false);
    takeColumns();
}

void ResourceTable::setStale(bool stale)
{
    if (m_delegate->isStale() == stale)
        return;
    m_delegate->setStale(stale);
    viewport()->update();
}

kube::ItemPtr ResourceTable::current() const
{
    return currentIndex().isValid() ? m_rows.itemAt(currentIndex().row()) : nullptr;
}

std::vector<kube::ItemPtr> ResourceTable::selected() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    std::vector<kube::ItemPtr> selected;
    for (const QModelIndex &row : rows)
        selected.push_back(m_rows.itemAt(row.row()));
    return selected;
}

QString ResourceTable::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    const std::vector<int> columns = shownColumns();
    const auto line = [&columns](const auto &cell) {
        QStringList cells;
        for (const int column : columns)
            cells.append(cell(column));
        return cells.join(QLatin1Char('\t')) + QLatin1Char('\n');
    };
    QString text = line([this](int column) { return m_rows.headerData(column, Qt::Horizontal).toString().toUpper(); });
    for (const QModelIndex &row : rows)
        text += line([&row](int column) { return row.siblingAtColumn(column).data().toString(); });
    return text;
}

void ResourceTable::selectNamed(const std::string &name)
{
    m_waited = name;
    showIfWaited();
}

void ResourceTable::selectFirst()
{
    if (!currentIndex().isValid() && m_rows.rowCount() > 0)
        selectionModel()->setCurrentIndex(m_rows.index(0, 0), QItemSelectionModel::NoUpdate); // the keyboard starts there; nothing is chosen
}

void ResourceTable::showIfWaited()
{
    if (m_waited.empty())
        return;
    for (int row = 0; row < m_rows.rowCount(); ++row) {
        if (m_rows.itemAt(row)->name() != m_waited)
            continue;
        m_waited.clear();
        setCurrentIndex(m_rows.index(row, 0));
        scrollTo(m_rows.index(row, 0));
        return;
    }
}

void ResourceTable::keep()
{
    m_keptSelection.clear();
    for (const kube::ItemPtr &item : selected())
        m_keptSelection.push_back(item->id());
    const kube::ItemPtr item = current();
    m_keptCurrent = item ? item->id() : 0;
    m_keptName = item ? m_rows.source().columns().at(std::size_t(currentIndex().column())).name : std::string();
    m_keptScroll = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    const int top = m_keptScroll.y() > 0 ? rowAt(0) : -1;
    m_keptTop = top >= 0 ? m_rows.itemAt(top)->id() : 0;
    m_keptIntoTop = top >= 0 ? -rowViewportPosition(top) : 0;
}

void ResourceTable::restoreRows()
{
    takeColumns();
    QItemSelection selection;
    for (const kube::RowId id : m_keptSelection) {
        const int row = m_rows.rowOf(id);
        if (row >= 0)
            selection.select(m_rows.index(row, 0), m_rows.index(row, m_rows.columnCount() - 1));
    }
    setAutoScroll(false); // the current row may be far away from what is read
    if (const int row = m_keptCurrent != 0 ? m_rows.rowOf(m_keptCurrent) : -1; row >= 0) {
        const int column = m_rows.source().columnNamed(m_keptName);
        selectionModel()->setCurrentIndex(m_rows.index(row, std::max(column, 0)), QItemSelectionModel::NoUpdate);
    }
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    setAutoScroll(true);
    updateGeometries(); // else the bars end where the rows and columns of before did
    horizontalScrollBar()->setValue(m_keptScroll.x());
    // A top row that has gone leaves its place to others.
    const int top = m_keptTop != 0 ? m_rows.rowOf(m_keptTop) : -1;
    verticalScrollBar()->setValue(top >= 0 ? verticalHeader()->sectionPosition(top) + m_keptIntoTop : m_keptScroll.y());
    showIfWaited();
    // The base has forgotten the current row without telling.
    Q_EMIT currentChosen();
}

bool ResourceTable::isShownAtFirst(int column) const
{
    return !m_rows.headerData(column, Qt::Horizontal, TableModel::WideRole).toBool();
}

void ResourceTable::takeColumns()
{
    const int count = m_rows.columnCount();
    if (m_kind.isEmpty() || count == 0)
        return;
    m_restoring = true;
    QHeaderView &header = *horizontalHeader();
    const QJsonObject left = m_settings.value(settingsKey()).toObject();
    QHash<QString, int> columns;
    QHash<int, int> weights;
    int name = 0;
    for (int column = 0; column < count; ++column) {
        columns.insert(columnName(m_rows, column), column);
        setColumnHidden(column, !isShownAtFirst(column));
        if (m_rows.source().columns().at(std::size_t(column)).isName)
            name = column;
        weights.insert(column, weightOf(m_rows.source().columns().at(std::size_t(column))));
    }
    setWeights(weights);
    m_delegate->setMarkedColumn(m_rows.source().kind().hasHealth() ? name : -1);
    setKeptColumn(name);
    int visual = 0;
    bool drawn = false;
    for (const QJsonValue value : left.value(QLatin1String("columns")).toArray()) {
        const QJsonObject one = value.toObject();
        const int column = columns.value(one.value(QLatin1String("name")).toString(), -1);
        if (column < 0)
            continue; // of another version of the kind, or of another namespace choice
        header.moveSection(header.visualIndex(column), visual++);
        setColumnHidden(column, !one.value(QLatin1String("shown")).toBool(true));
        if (const int width = one.value(QLatin1String("width")).toInt(); width > 0) {
            drawn = true;
            setColumnWidth(column, std::clamp(width, header.minimumSectionSize(), 4000));
        }
    }
    setWidthsAreTheUsers(drawn);
    const QJsonObject sort = left.value(QLatin1String("sort")).toObject();
    int by = columns.value(sort.value(QLatin1String("column")).toString(), -1);
    const Qt::SortOrder order = sort.value(QLatin1String("descending")).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder;
    if (sort.isEmpty()) {
        // Nobody chose: what is wrong stands first, by the column that says in words how the objects do, else by one that says it in figures.
        bool words = false;
        for (int column = count - 1; column >= 0; --column) {
            if (!m_rows.headerData(column, Qt::Horizontal, TableModel::SpeaksOfHealthRole).toBool())
                continue;
            const bool inWords = !m_rows.headerData(column, Qt::Horizontal, TableModel::NumberRole).toBool();
            if (inWords || !words)
                by = column;
            words = words || inWords;
        }
    }
    header.setSortIndicator(by, order);
    if (sort.isEmpty())
        m_rows.sortWorstFirst(by);
    else
        m_rows.sort(by, order);
    fitColumns();
    m_restoring = false;
    Q_EMIT columnsChosen();
}

void ResourceTable::rememberColumns()
{
    if (m_restoring || m_kind.isEmpty() || m_rows.columnCount() == 0)
        return;
    const QHeaderView &header = *horizontalHeader();
    QJsonArray columns;
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        QJsonObject one{{QStringLiteral("name"), columnName(m_rows, column)}, {QStringLiteral("shown"), !isColumnHidden(column)}};
        if (widthsAreTheUsers() && !isColumnHidden(column))
            one.insert(QStringLiteral("width"), columnWidth(column));
        columns.append(one);
    }
    QJsonObject left{{QStringLiteral("columns"), columns}};
    if (!m_rows.isWorstFirst()) // nobody chose
        left.insert(QStringLiteral("sort"), QJsonObject{{QStringLiteral("column"), columnName(m_rows, m_rows.sortColumn())},
                                                {QStringLiteral("descending"), m_rows.sortOrder() == Qt::DescendingOrder}});
    m_settings.set(settingsKey(), left);
}

void ResourceTable::sortBy(int column)
{
    const bool again = m_rows.sortColumn() == column;
    const Qt::SortOrder order = again && m_rows.sortOrder() == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
    horizontalHeader()->setSortIndicator(column, order);
    m_rows.sort(column, order);
    rememberColumns();
}

void ResourceTable::hideOrShow(int column, bool shown)
{
    setColumnHidden(column, !shown);
    fitColumns();
    rememberColumns();
    Q_EMIT columnsChosen();
}

bool ResourceTable::shows(items::TableColumns::Own what) const
{
    const auto &columns = m_rows.source().columns();
    for (std::size_t column = 0; column < columns.size(); ++column) {
        if (columns.at(column).own == what && !isColumnHidden(int(column)))
            return true;
    }
    return false;
}

void ResourceTable::fillColumnsMenu(QMenu &menu)
{
    menu.clear();
    const QHeaderView &header = *horizontalHeader();
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        QString caption = m_rows.headerData(column, Qt::Horizontal).toString();
        QAction *const box = menu.addAction(caption.replace(QLatin1Char('&'), QStringLiteral("&&")));
        box->setCheckable(true);
        box->setChecked(!isColumnHidden(column));
        // The name is what tells rows apart.
        box->setEnabled(!m_rows.source().columns().at(std::size_t(column)).isName);
        connect(box, &QAction::toggled, this, [this, column](bool on) { hideOrShow(column, on); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Columns as at first")), &QAction::triggered, this, [this] {
        m_settings.set(settingsKey(), QJsonValue::Undefined);
        QHeaderView &sections = *horizontalHeader();
        m_restoring = true;
        for (int column = 0; column < sections.count(); ++column)
            sections.moveSection(sections.visualIndex(column), column);
        m_restoring = false;
        takeColumns();
    });
}

void ResourceTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyWanted();
        return;
    }
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (current())
            Q_EMIT opened();
        return;
    }
    TableView::keyPressEvent(event);
}

void ResourceTable::contextMenuEvent(QContextMenuEvent *event)
{
    if (current())
        Q_EMIT menuWanted(
            event->reason() == QContextMenuEvent::Keyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void ResourceTable::currentChanged(const QModelIndex &now, const QModelIndex &previous)
{
    TableView::currentChanged(now, previous);
    if (now.row() != previous.row() || now.isValid() != previous.isValid())
        Q_EMIT currentChosen();
}

void ResourceTable::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_ageTimer) {
        TableView::timerEvent(event);
        return;
    }
    // Ages are made when they are painted: no signal of the model, no row is touched.
    for (int column = 0; column < m_rows.columnCount(); ++column) {
        if (!isColumnHidden(column) && m_rows.headerData(column, Qt::Horizontal, TableModel::GrowsRole).toBool())
            viewport()->update(columnViewportPosition(column), 0, columnWidth(column), viewport()->height());
    }
}

void ResourceTable::resizeEvent(QResizeEvent *event)
{
    TableView::resizeEvent(event);
    // A pane that opens below does not hide the row that it is about.
    if (event->size().height() < event->oldSize().height() && currentIndex().isValid() && selectionModel()->hasSelection())
        scrollTo(currentIndex());
}

void ResourceTable::showEvent(QShowEvent *event)
{
    TableView::showEvent(event);
    if (m_ageTimer == 0)
        m_ageTimer = startTimer(ageTick);
}

void ResourceTable::hideEvent(QHideEvent *event)
{
    if (m_ageTimer != 0)
        killTimer(std::exchange(m_ageTimer, 0));
    TableView::hideEvent(event);
}

} // namespace fairlead::ui
