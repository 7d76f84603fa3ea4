// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of our tables and trees, asked through QAccessible directly.
#include "support/offscreenmain.h"
#include "ui/widgets/accessibletable.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/treeview.h"

#include <QAbstractTableModel>
#include <QAccessible>
#include <QApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace fairlead {

using namespace ui;

namespace {

constexpr int columns = 5;

/// Rows by a number each, so that it can be told which row a cell is of.
class NumberedRows : public QAbstractTableModel {
public:
    explicit NumberedRows(int rows)
    {
        for (int row = 0; row < rows; ++row)
            m_rows.push_back(m_next++);
    }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : columns; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (role == Qt::DisplayRole)
            return QStringLiteral("row %1 column %2, and so long that it is cut on every screen that there is")
                .arg(m_rows[std::size_t(index.row())])
                .arg(index.column());
        return {};
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(QStringLiteral("Column %1").arg(section)) : QVariant();
    }
    void insert(int at)
    {
        beginInsertRows({}, at, at);
        m_rows.insert(m_rows.begin() + at, m_next++);
        endInsertRows();
    }
    void remove(int at)
    {
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    }
    void turnRound()
    {
        Q_EMIT layoutAboutToBeChanged();
        std::reverse(m_rows.begin(), m_rows.end());
        QModelIndexList to;
        const QModelIndexList from = persistentIndexList();
        for (const QModelIndex &index : from)
            to.append(this->index(rowCount() - 1 - index.row(), index.column()));
        changePersistentIndexList(from, to);
        Q_EMIT layoutChanged();
    }

private:
    std::vector<int> m_rows;
    int m_next = 0;
};

QString nameOf(QAccessibleInterface *interface)
{
    return interface != nullptr ? interface->text(QAccessible::Name) : QStringLiteral("(none)");
}

QString text(int row, int column)
{
    return QStringLiteral("row %1 column %2, and so long that it is cut on every screen that there is").arg(row).arg(column);
}

} // namespace

class TestAccessibleTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tableIsNamedAndCounted();
    void cellsAreWhole();
    void statesOfCells();
    void headers();
    void hiddenAndMovedColumns();
    void childIndexesAreQts();
    void cellsFollowTheModel();
    void selecting();
    void boundHolds();
    void changesEndAllCells();
    void treeShowsOpenRows();
    void aWidgetInARowIsItsCellsChild();
    void viewThatIsGone();

private:
    [[nodiscard]] QAccessibleInterface *spoken() const { return QAccessible::queryAccessibleInterface(m_view.get()); }
    [[nodiscard]] QAccessibleTableInterface *table() const { return spoken()->tableInterface(); }
    /// As Qt's views tell while a screen reader is there; the offscreen platform never has one.
    void tell(QAccessibleTableModelChangeEvent::ModelChangeType type) const
    {
        QAccessibleTableModelChangeEvent event(m_view.get(), type);
        table()->modelChange(&event);
    }
    [[nodiscard]] int kept() const { return static_cast<AccessibleTable *>(spoken())->kept(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<NumberedRows> m_model;
    std::unique_ptr<TableView> m_view;
};

void TestAccessibleTable::init()
{
    m_theme = std::make_unique<Theme>(Scheme::Light);
    m_theme->applyTo(*qApp);
    m_model = std::make_unique<NumberedRows>(1000);
    m_view = std::make_unique<TableView>(*m_theme);
    m_view->setAccessibleName(QStringLiteral("pods"));
    m_view->setModel(m_model.get());
    m_view->setAttribute(Qt::WA_DontShowOnScreen);
    m_view->resize(600, 300);
    m_view->show();
    QApplication::setActiveWindow(m_view.get());
    m_view->setFocus();
}

void TestAccessibleTable::cleanup()
{
    m_view.reset();
    m_model.reset();
}

void TestAccessibleTable::tableIsNamedAndCounted()
{
    QVERIFY(spoken() != nullptr);
    QCOMPARE(spoken()->role(), QAccessible::Table);
    QCOMPARE(spoken()->text(QAccessible::Name), QStringLiteral("pods"));
    QVERIFY(table() != nullptr);
    QCOMPARE(table()->rowCount(), 1000);
    QCOMPARE(table()->columnCount(), columns);
    m_model->insert(0);
    QCOMPARE(table()->rowCount(), 1001);
    QVERIFY(table()->cellAt(1001, 0) == nullptr);
    QVERIFY(table()->cellAt(-1, 0) == nullptr);
    QVERIFY(table()->cellAt(0, columns) == nullptr);
    QVERIFY(table()->cellAt(0, -1) == nullptr);
}

void TestAccessibleTable::cellsAreWhole()
{
    m_view->setColumnWidth(2, 50); // cut on screen
    QAccessibleInterface *const cell = table()->cellAt(700, 2);
    QVERIFY(cell != nullptr);
    QCOMPARE(nameOf(cell), text(700, 2));
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(cell->parent(), spoken());
    QCOMPARE(cell->tableCellInterface()->rowIndex(), 700);
    QCOMPARE(cell->tableCellInterface()->columnIndex(), 2);
    QCOMPARE(cell->tableCellInterface()->rowExtent(), 1);
    QCOMPARE(cell->tableCellInterface()->table(), spoken());
    QCOMPARE(table()->cellAt(700, 2), cell); // asked again it is the same
}

void TestAccessibleTable::statesOfCells()
{
    m_view->setCurrentIndex(m_model->index(3, 1));
    const QAccessible::State current = table()->cellAt(3, 1)->state();
    QVERIFY(current.selected && current.focused && current.selectable && current.focusable && !current.offscreen && !current.invalid);
    const QAccessible::State beside = table()->cellAt(3, 2)->state(); // the row is selected, the focus stands in one cell
    QVERIFY(beside.selected && !beside.focused);
    const QAccessible::State far = table()->cellAt(900, 0)->state();
    QVERIFY(far.offscreen && !far.selected && !far.focused);
    m_view->scrollTo(m_model->index(900, 0));
    QVERIFY(!table()->cellAt(900, 0)->state().offscreen);
    QVERIFY(table()->cellAt(3, 1)->state().offscreen);
    QVERIFY(!table()->cellAt(900, 0)->rect().isEmpty());
    m_view->clearFocus();
    QVERIFY(!table()->cellAt(3, 1)->state().focused);
    m_view->setFocus();
    QCOMPARE(nameOf(spoken()->focusChild()), text(3, 1));
    m_view->setEnabled(false);
    QVERIFY(table()->cellAt(3, 1)->state().disabled);
}

void TestAccessibleTable::headers()
{
    const auto captions = table()->cellAt(4, 3)->tableCellInterface()->columnHeaderCells();
    QCOMPARE(captions.size(), 1);
    QCOMPARE(nameOf(captions.front()), QStringLiteral("Column 3"));
    QCOMPARE(captions.front()->role(), QAccessible::ColumnHeader);
    QCOMPARE(captions.front()->text(QAccessible::Description), QString());
    m_view->horizontalHeader()->setSortIndicatorShown(true);
    m_view->horizontalHeader()->setSortIndicator(3, Qt::DescendingOrder);
    QCOMPARE(captions.front()->text(QAccessible::Description), QStringLiteral("sorted, descending"));
    QCOMPARE(table()->columnDescription(3), QStringLiteral("Column 3"));
    const auto rows = table()->cellAt(4, 3)->tableCellInterface()->rowHeaderCells();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(nameOf(rows.front()), text(4, 0)); // a row is named by its first cell
    QCOMPARE(rows.front()->role(), QAccessible::RowHeader);
    QCOMPARE(table()->rowDescription(4), text(4, 0));
}

void TestAccessibleTable::hiddenAndMovedColumns()
{
    m_view->setColumnHidden(1, true);
    m_view->horizontalHeader()->moveSection(4, 0); // on screen: 4 0 2 3
    QCOMPARE(table()->columnCount(), 4);
    QCOMPARE(nameOf(table()->cellAt(0, 0)), text(0, 4));
    QCOMPARE(nameOf(table()->cellAt(0, 1)), text(0, 0));
    QCOMPARE(nameOf(table()->cellAt(0, 2)), text(0, 2));
    QCOMPARE(table()->cellAt(0, 2)->tableCellInterface()->columnIndex(), 2);
    QCOMPARE(table()->columnDescription(0), QStringLiteral("Column 4"));
    QVERIFY(table()->cellAt(0, 4) == nullptr);
}

void TestAccessibleTable::childIndexesAreQts()
{
    // The events that Qt sends for our views count a header before each row and a row of headers.
    const int width = columns + 1;
    QCOMPARE(spoken()->childCount(), 1001 * width);
    QCOMPARE(nameOf(spoken()->child(2)), QStringLiteral("Column 1"));
    QCOMPARE(nameOf(spoken()->child(8 * width + 3 + 1)), text(7, 3));
    QCOMPARE(spoken()->indexOfChild(table()->cellAt(7, 3)), 8 * width + 3 + 1);
    QCOMPARE(spoken()->child(8 * width)->role(), QAccessible::RowHeader);
    QCOMPARE(spoken()->indexOfChild(spoken()->child(8 * width)), 8 * width);
    QVERIFY(spoken()->child(-1) == nullptr);
    QVERIFY(spoken()->child(1001 * width) == nullptr);
    const QRect place = m_view->visualRect(m_model->index(2, 1));
    QAccessibleInterface *const under =
        spoken()->childAt(m_view->viewport()->mapToGlobal(place.center()).x(), m_view->viewport()->mapToGlobal(place.center()).y());
    QCOMPARE(nameOf(under), text(2, 1));
    for (int child = 0; child < 40; ++child)
        QVERIFY(spoken()->child(child) != nullptr);
}

void TestAccessibleTable::cellsFollowTheModel()
{
    QCOMPARE(nameOf(table()->cellAt(0, 0)), text(0, 0));
    m_model->insert(0);
    QCOMPARE(nameOf(table()->cellAt(0, 0)), text(1000, 0)); // the new one
    QCOMPARE(nameOf(table()->cellAt(1, 0)), text(0, 0));
    m_model->remove(0);
    QCOMPARE(nameOf(table()->cellAt(0, 0)), text(0, 0));
    m_model->turnRound();
    QCOMPARE(nameOf(table()->cellAt(0, 0)), text(999, 0));
    // Nobody has told it of all that.
    QCOMPARE(nameOf(table()->cellAt(5, 0)), text(994, 0));
    m_model->turnRound();
    m_model->insert(0);
    QCOMPARE(nameOf(table()->cellAt(5, 0)), text(4, 0));
    QCOMPARE(table()->cellAt(5, 0)->tableCellInterface()->rowIndex(), 5);
    // A model that is gone.
    m_view->setModel(nullptr);
    QCOMPARE(table()->rowCount(), 0);
    QVERIFY(table()->cellAt(0, 0) == nullptr);
    QCOMPARE(spoken()->childCount(), 0);
    QVERIFY(spoken()->child(0) == nullptr);
}

void TestAccessibleTable::selecting()
{
    QVERIFY(table()->selectRow(8));
    QVERIFY(table()->isRowSelected(8));
    QCOMPARE(table()->selectedRows(), QList<int>{8});
    QCOMPARE(m_view->currentIndex().row(), 8);
    QVERIFY(table()->selectRow(2));
    QCOMPARE(table()->selectedRows(), QList<int>{2});
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    QVERIFY(table()->selectRow(5));
    QVERIFY(table()->isRowSelected(5));
    QCOMPARE(table()->selectedRowCount() * columns, table()->selectedCellCount());
    QVERIFY(table()->unselectRow(5));
    QVERIFY(!table()->isRowSelected(5));
    QVERIFY(!table()->selectRow(100000));
}

void TestAccessibleTable::boundHolds()
{
    for (int row = 0; row < 1000; ++row) {
        for (int column = 0; column < columns; ++column)
            QCOMPARE(nameOf(table()->cellAt(row, column)), text(row, column));
    }
    QCOMPARE(kept(), AccessibleTable::mostKept);
    // The oldest are given up first.
    const QAccessible::Id last = QAccessible::uniqueId(table()->cellAt(999, 4));
    const QAccessible::Id early = QAccessible::uniqueId(table()->cellAt(999 - AccessibleTable::mostKept / columns + 40, 0));
    for (int row = 0; row < 100; ++row)
        (void)table()->cellAt(row, 0);
    QVERIFY(QAccessible::accessibleInterface(last) != nullptr);
    for (int row = 0; row < 100; ++row)
        (void)table()->cellAt(row, 1);
    QVERIFY(QAccessible::accessibleInterface(early) == nullptr);
    QCOMPARE(kept(), AccessibleTable::mostKept);
}

void TestAccessibleTable::changesEndAllCells()
{
    QAccessibleInterface *const cell = table()->cellAt(5, 2);
    QAccessibleTableCellInterface *const inTable = cell->tableCellInterface();
    QVERIFY(cell->isValid());
    tell(QAccessibleTableModelChangeEvent::DataChanged);
    QVERIFY(cell->isValid()); // other texts in the same cells
    m_model->insert(0);
    QVERIFY(!cell->isValid());
    QVERIFY(cell->state().invalid);
    QCOMPARE(nameOf(cell), QString());
    QCOMPARE(cell->rect(), QRect());
    QCOMPARE(inTable->rowIndex(), -1);
    QCOMPARE(inTable->columnIndex(), -1);
    QVERIFY(inTable->columnHeaderCells().isEmpty());
    QVERIFY(!inTable->isSelected());
    QCOMPARE(spoken()->indexOfChild(cell), -1);
    QAccessibleInterface *const again = table()->cellAt(6, 2);
    QVERIFY(again != cell && again->isValid());
    tell(QAccessibleTableModelChangeEvent::RowsInserted); // what Qt's view says later, while a screen reader is there
    QVERIFY(!again->isValid());
    // However often rows change between readings, no more is kept.
    for (int i = 0; i < 20; ++i) {
        for (int row = 0; row < 800; ++row)
            (void)table()->cellAt(row, i % columns);
        m_model->insert(0);
        m_model->remove(3);
    }
    QVERIFY(kept() <= AccessibleTable::mostKept);
}

void TestAccessibleTable::treeShowsOpenRows()
{
    QStandardItemModel model(0, 2);
    model.setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Status")});
    for (int top = 0; top < 30; ++top) {
        auto *item = new QStandardItem(QStringLiteral("top %1").arg(top));
        for (int below = 0; below < 3; ++below)
            item->appendRow({new QStandardItem(QStringLiteral("below %1.%2").arg(top).arg(below)), new QStandardItem(QStringLiteral("ok"))});
        model.appendRow({item, new QStandardItem(QStringLiteral("fine"))});
    }
    TreeView view(*m_theme, TreeView::Look::Table);
    view.setAccessibleName(QStringLiteral("deployments"));
    view.setModel(&model);
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.resize(400, 200);
    view.show();
    QAccessibleInterface *const spokenTree = QAccessible::queryAccessibleInterface(&view);
    QCOMPARE(spokenTree->role(), QAccessible::Tree);
    QCOMPARE(nameOf(spokenTree), QStringLiteral("deployments"));
    QAccessibleTableInterface *const rows = spokenTree->tableInterface();
    QVERIFY(rows != nullptr);
    QCOMPARE(rows->rowCount(), 30);
    QCOMPARE(rows->columnCount(), 2);
    QAccessibleInterface *const first = rows->cellAt(0, 0);
    QVERIFY(first->state().expandable && first->state().collapsed && !first->state().expanded);
    QCOMPARE(first->role(), QAccessible::TreeItem);
    view.expand(model.index(0, 0));
    view.expand(model.index(2, 0));
    QCOMPARE(rows->rowCount(), 36);
    QVERIFY(rows->cellAt(0, 0)->state().expanded);
    const QStringList expected{QStringLiteral("top 0"), QStringLiteral("below 0.0"), QStringLiteral("below 0.1"), QStringLiteral("below 0.2"),
        QStringLiteral("top 1"), QStringLiteral("top 2"), QStringLiteral("below 2.0")};
    for (int scroll : {0, 17, 200}) {
        view.verticalScrollBar()->setValue(scroll);
        for (int row = 0; row < expected.size(); ++row) {
            QCOMPARE(nameOf(rows->cellAt(row, 0)), expected[row]);
            QCOMPARE(rows->cellAt(row, 0)->tableCellInterface()->rowIndex(), row);
        }
    }
    QCOMPARE(nameOf(rows->cellAt(1, 1)), QStringLiteral("ok"));
    QVERIFY(!rows->cellAt(1, 0)->state().expandable);
    QCOMPARE(nameOf(rows->cellAt(35, 0)), QStringLiteral("top 29"));
    QVERIFY(rows->cellAt(36, 0) == nullptr);
    // As Qt counts: a row of captions, then the rows.
    QCOMPARE(spokenTree->childCount(), 37 * 2);
    QCOMPARE(nameOf(spokenTree->child(2 * 2)), QStringLiteral("below 0.0"));
    QCOMPARE(spokenTree->indexOfChild(rows->cellAt(1, 0)), 4);
    view.collapseAll();
    QCOMPARE(rows->rowCount(), 30);
    QCOMPARE(nameOf(rows->cellAt(1, 0)), QStringLiteral("top 1"));
    model.clear();
    QCOMPARE(rows->rowCount(), 0);
}

// Buttons in a row are reached through it; a cell that is painted has nothing below it.
void TestAccessibleTable::aWidgetInARowIsItsCellsChild()
{
    auto *button = new QPushButton(QStringLiteral("Log of a pod"));
    m_view->setIndexWidget(m_model->index(3, 1), button);
    QAccessibleInterface *const cell = table()->cellAt(3, 1);
    QCOMPARE(cell->childCount(), 1);
    QCOMPARE(nameOf(cell->child(0)), QStringLiteral("Log of a pod"));
    QCOMPARE(cell->indexOfChild(cell->child(0)), 0);
    QCOMPARE(cell->child(0)->object(), static_cast<QObject *>(button));
    const QPoint middle = cell->rect().center();
    QCOMPARE(cell->childAt(middle.x(), middle.y()), cell->child(0));
    QCOMPARE(cell->childAt(cell->rect().right() + 5, middle.y()), nullptr);
    QVERIFY(cell->child(1) == nullptr);
    QCOMPARE(table()->cellAt(3, 0)->childCount(), 0);
    QCOMPARE(table()->cellAt(4, 1)->childCount(), 0);
    QVERIFY(table()->cellAt(4, 1)->child(0) == nullptr);
    QCOMPARE(table()->cellAt(4, 1)->indexOfChild(cell->child(0)), -1);
}

void TestAccessibleTable::viewThatIsGone()
{
    QAccessibleInterface *const cell = table()->cellAt(0, 0);
    const QAccessible::Id id = QAccessible::uniqueId(cell);
    QVERIFY(QAccessible::accessibleInterface(id) != nullptr);
    m_view.reset();
    QVERIFY(QAccessible::accessibleInterface(id) == nullptr); // given up with its table
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestAccessibleTable>(argc, argv);
}

#include "tst_accessibletable.moc"
