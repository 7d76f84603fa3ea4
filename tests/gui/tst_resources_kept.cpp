// SPDX-License-Identifier: GPL-3.0-or-later
// What a person has left on a resources page stays so: where it is scrolled to, columns, what is open in the tree, where the keys go.
#include "support/notedpane.h"
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "items/ownertreecells.h"
#include "ui/resources/ownertreeview.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/searchfield.h"

#include <QAction>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

#include <algorithm>

namespace fairlead {

using namespace ui;
using test::NotedPane;
using test::ObjectWorld;
using test::podsPath;
using test::ResourcesStage;
using test::stagePod;

namespace {

const std::string manyPath = "/api/v1/namespaces/many/pods";
constexpr int many = 200;
const Destination inMany{.page = "resources", .kind = "pods", .scope = kube::Scope::of({"many"})};

QString numbered(int number)
{
    return QStringLiteral("pod-%1").arg(number, 3, 10, QLatin1Char('0'));
}

} // namespace

class TestResourcesKept : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { set(); }
    void cleanup() { strike(); }
    void theTopRowStaysOverAFilter();
    void thePlaceOfReadingSurvivesResets();
    void theChosenRowStaysInView();
    void aRowThatIsOnlyCurrentMovesNothing();
    void widthsAreRemembered();
    void absurdWidthsAreBounded();
    void columnsAsAtFirst();
    void openedTreeRowsAreRemembered();
    void openedTreeRowsStayWithAnotherChoiceOfNamespaces();
    void groupingIsRememberedForEachKind();
    void escapeGivesTheKeysBackToTheRows_data();
    void escapeGivesTheKeysBackToTheRows();

private:
    void addMany();
    void addTreeKinds();
    [[nodiscard]] QString topRow();
    [[nodiscard]] OwnerTreeView *tree() { return m_page->findChild<OwnerTreeView *>(); }
    [[nodiscard]] QModelIndex inTree(const QString &name);
    void trigger(const QString &column);
    const DetailPaneMaker m_makePane = [this](const PageContext &, QWidget *parent) { return m_pane = new NotedPane(parent); };
    NotedPane *m_pane = nullptr;
};

void TestResourcesKept::addMany()
{
    m_world->addCollection(manyPath, {"Name", "Ready", "Status", "Restarts", "Age"});
    for (int i = 0; i < many; ++i)
        m_world->addObject(manyPath, stagePod(numbered(i).toStdString(), "1/1", "Running", "0", i % 2 == 0 ? "even" : "odd"));
}

// A pod with its containers stands in it.
void TestResourcesKept::addTreeKinds()
{
    ResourcesStage::addTreeKinds();
    ObjectWorld::Object boxed = ObjectWorld::crashingPod("boxed");
    boxed.cells.resize(5);
    m_world->addObject(podsPath, boxed);
}

QString TestResourcesKept::topRow()
{
    return table().indexAt(QPoint(1, 1)).siblingAtColumn(0).data().toString();
}

QModelIndex TestResourcesKept::inTree(const QString &name)
{
    for (int row = 0; row < tree()->model()->rowCount(); ++row) {
        if (tree()->model()->index(row, 0).data().toString() == name)
            return tree()->model()->index(row, 0);
    }
    return {};
}

void TestResourcesKept::trigger(const QString &column)
{
    QMenu menu;
    table().fillColumnsMenu(menu);
    for (QAction *action : menu.actions()) {
        if (action->text() == column) {
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(column));
}

void TestResourcesKept::theTopRowStaysOverAFilter()
{
    addMany();
    page(inMany);
    QCOMPARE(table().model()->rowCount(), many);
    auto *field = m_page->findChild<SearchField *>();
    // What stands at the beginning stays at the beginning.
    field->setText(QStringLiteral("app=odd"));
    QCOMPARE(topRow(), numbered(1));
    field->clear();
    QCOMPARE(topRow(), numbered(0));
    // What is read in the middle stays where it is read.
    table().verticalScrollBar()->setValue(100 * table().rowHeight(0));
    QCOMPARE(topRow(), numbered(100));
    field->setText(QStringLiteral("app=even"));
    QCOMPARE(table().model()->rowCount(), many / 2);
    QCOMPARE(topRow(), numbered(100));
    field->clear();
    QCOMPARE(topRow(), numbered(100));
}

void TestResourcesKept::thePlaceOfReadingSurvivesResets()
{
    addMany();
    page(inMany);
    table().setColumnWidth(0, 1200); // so that there is something beside what is seen
    QTRY_VERIFY(table().horizontalScrollBar()->maximum() > 0);
    auto *const rows = static_cast<items::RowOrderModel *>(table().model());
    const auto index = [&](const char *column, int row) { return rows->index(row, rows->source().columnNamed(column)); };
    // The keys are in a cell far away from what is read.
    table().setCurrentIndex(index("Age", 2));
    const int down = 100 * table().rowHeight(0) + 7;
    constexpr int aside = 90;
    table().verticalScrollBar()->setValue(down);
    table().horizontalScrollBar()->setValue(aside);
    QCOMPARE(table().horizontalScrollBar()->value(), aside);
    const auto isWhereItWas = [&](const char *step) {
        const bool same = table().verticalScrollBar()->value() == down && table().horizontalScrollBar()->value() == aside &&
                          table().currentIndex() == index("Age", 2);
        if (!same) {
            qWarning() << step << table().verticalScrollBar()->value() << down << table().horizontalScrollBar()->value() << aside
                       << table().currentIndex() << index("Age", 2);
        }
        return same;
    };
    rows->source().setWorkColumn(false); // each is a reset
    QVERIFY(isWhereItWas("without the work"));
    rows->source().setUsageColumns(true);
    QVERIFY(isWhereItWas("with what they use"));
    rows->source().setUsageColumns(false);
    QVERIFY(isWhereItWas("without it"));
    auto *field = m_page->findChild<SearchField *>();
    for (const char *text : {"p", "po", "pod", "pod-", "pod", ""}) {
        field->setText(QString::fromLatin1(text));
        QVERIFY(isWhereItWas(text));
    }
    // Half of the rows above go, and the one that is read stays where it is.
    field->setText(QStringLiteral("app=even"));
    QCOMPARE(table().verticalScrollBar()->value(), 50 * table().rowHeight(0) + 7);
    QCOMPARE(table().horizontalScrollBar()->value(), aside);
    field->clear();
    QVERIFY(isWhereItWas("all again"));
    // What stands at the beginning stays there, wherever the keys are.
    table().setCurrentIndex(index("Age", 150));
    table().verticalScrollBar()->setValue(0);
    table().horizontalScrollBar()->setValue(0);
    field->setText(QStringLiteral("pod"));
    QCOMPARE(table().verticalScrollBar()->value(), 0);
    QCOMPARE(table().horizontalScrollBar()->value(), 0);
    QCOMPARE(table().currentIndex(), index("Age", 150));
}

void TestResourcesKept::theChosenRowStaysInView()
{
    addMany();
    page(inMany, m_makePane);
    const QModelIndex last = table().indexAt(QPoint(1, table().viewport()->height() - table().rowHeight(0) - 2));
    QVERIFY(last.row() > 10);
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(last).center());
    QVERIFY(!m_pane->isHidden());
    (void)test::picture(*m_page, {1068, 700});
    QVERIFY(table().viewport()->height() < last.row() * table().rowHeight(0)); // it would lie behind the pane
    QVERIFY(table().viewport()->rect().contains(table().visualRect(last.siblingAtColumn(0))));
}

void TestResourcesKept::aRowThatIsOnlyCurrentMovesNothing()
{
    addMany();
    page(inMany);
    QCOMPARE(table().currentIndex().row(), 0);
    QVERIFY(!table().selectionModel()->hasSelection());
    table().verticalScrollBar()->setValue(100 * table().rowHeight(0));
    (void)test::picture(*m_page, {1068, 400});
    QCOMPARE(topRow(), numbered(100));
}

void TestResourcesKept::widthsAreRemembered()
{
    page();
    const int fitted = table().columnWidth(1);
    table().setColumnWidth(1, fitted + 37);
    page();
    QCOMPARE(table().columnWidth(1), fitted + 37);
    (void)test::picture(*m_page, {900, 700}); // what a person has drawn is not fitted any more
    QCOMPARE(table().columnWidth(1), fitted + 37);
    // Another kind's columns are its own.
    m_world->addCollection("/api/v1/namespaces/payments/configmaps", {"Name", "Data", "Age"});
    m_page->goTo({.page = "resources", .kind = "configmaps"});
    m_world->settle();
    QVERIFY(!table().widthsAreTheUsers());
    m_page->goTo({.page = "resources", .kind = "pods"});
    m_world->settle();
    QCOMPARE(table().columnWidth(1), fitted + 37);
}

void TestResourcesKept::absurdWidthsAreBounded()
{
    const auto width = [](const char *name, int pixels) {
        return QJsonObject{{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("shown"), true}, {QStringLiteral("width"), pixels}};
    };
    m_settings->set(QStringLiteral("tables/pods"), QJsonObject{{QStringLiteral("columns"), QJsonArray{width("Name", 1'000'000), width("Ready", 1)}}});
    page();
    QCOMPARE(table().columnWidth(0), 4000);
    QCOMPARE(table().columnWidth(1), table().horizontalHeader()->minimumSectionSize());
}

void TestResourcesKept::columnsAsAtFirst()
{
    page();
    QList<int> first; // 0: it is not shown
    for (int column = 0; column < table().model()->columnCount(); ++column)
        first.append(table().columnWidth(column));
    QCOMPARE(first.count(0), 1); // our own Work, which a table of pods shows only where somebody asks for it
    const QStringList names = column(QStringLiteral("Name"));
    trigger(QStringLiteral("Restarts"));
    table().horizontalHeader()->moveSection(4, 0);
    table().setColumnWidth(1, 200);
    Q_EMIT table().horizontalHeader()->sectionClicked(0);
    QVERIFY(column(QStringLiteral("Name")) != names);
    const auto isAsAtFirst = [&] {
        for (int column = 0; column < int(first.size()); ++column) {
            if (table().isColumnHidden(column) != (first[column] == 0) || table().horizontalHeader()->visualIndex(column) != column ||
                table().columnWidth(column) != first[column])
                return false;
        }
        return column(QStringLiteral("Name")) == names && !table().widthsAreTheUsers();
    };
    QVERIFY(!isAsAtFirst());
    trigger(QStringLiteral("Columns as at first"));
    QVERIFY(isAsAtFirst());
    page();
    QVERIFY(isAsAtFirst());
}

void TestResourcesKept::openedTreeRowsAreRemembered()
{
    addTreeKinds();
    page();
    press(QStringLiteral("Tree"));
    QTRY_COMPARE((m_world->settle(), tree()->model()->rowCount()), 7);
    tree()->expand(inTree(QStringLiteral("boxed")));
    QCOMPARE(tree()->model()->rowCount(inTree(QStringLiteral("boxed"))), 4); // its containers, and what it uses
    press(QStringLiteral("Table"));
    press(QStringLiteral("Tree"));
    QTRY_COMPARE((m_world->settle(), tree()->model()->rowCount()), 7);
    QVERIFY(tree()->isExpanded(inTree(QStringLiteral("boxed"))));
    QVERIFY(!tree()->isExpanded(inTree(QStringLiteral("web-1"))));
    // As the page is closed and opened again, though it was sent to another kind before.
    m_page->goTo({.page = "resources", .kind = "configmaps"});
    m_world->settle();
    page({.page = "resources", .kind = "pods", .view = "tree"});
    QTRY_COMPARE((m_world->settle(), tree()->model()->rowCount()), 7);
    QVERIFY(tree()->isExpanded(inTree(QStringLiteral("boxed"))));
}

// By the menu, as a person chooses it; the next page of the kind has it, another kind has its own.
void TestResourcesKept::groupingIsRememberedForEachKind()
{
    addTreeKinds();
    const auto choose = [this](const QString &words) {
        DropButton &button = m_page->findChild<ResourcesBar *>()->groups();
        Q_EMIT button.opening();
        for (QAction *action : button.menu()->actions()) {
            if (action->text() == words) {
                action->trigger();
                return true;
            }
        }
        return false;
    };
    const auto tops = [this] {
        QStringList names;
        m_world->settle();
        for (int row = 0; row < tree()->model()->rowCount(); ++row)
            names << tree()->model()->index(row, 0).data().toString();
        return names;
    };
    page({.page = "resources", .kind = "pods", .view = "tree"});
    QTRY_COMPARE(tops().size(), 7);
    QVERIFY(m_page->findChild<ResourcesBar *>()->groups().isVisibleTo(m_page.get()));
    QVERIFY(choose(QStringLiteral("Namespace")));
    QTRY_COMPARE(tops(), QStringList{QStringLiteral("payments")});
    QCOMPARE(m_page->title(), QStringLiteral("Pods by namespace"));
    m_page->goTo({.page = "resources", .kind = "configmaps"});
    m_world->settle();
    page({.page = "resources", .kind = "pods", .view = "tree"});
    QTRY_COMPARE(tops(), QStringList{QStringLiteral("payments")});
    QVERIFY(choose(QStringLiteral("Node")));
    QTRY_COMPARE(m_page->title(), QStringLiteral("Pods by node"));
    QVERIFY(choose(QStringLiteral("No groups")));
    QTRY_COMPARE(tops().size(), 7);
    QCOMPARE(m_page->title(), QStringLiteral("Pods by owner"));
    press(QStringLiteral("Table"));
    QVERIFY(!m_page->findChild<ResourcesBar *>()->groups().isVisibleTo(m_page.get()));
}

void TestResourcesKept::openedTreeRowsStayWithAnotherChoiceOfNamespaces()
{
    addTreeKinds();
    page({.page = "resources", .kind = "pods", .view = "tree"});
    QTRY_COMPARE((m_world->settle(), tree()->model()->rowCount()), 7);
    tree()->expand(inTree(QStringLiteral("boxed")));
    m_page->setScope(kube::Scope::of({"elsewhere"}));
    m_world->settle();
    m_page->setScope(kube::Scope::of({"payments"}));
    QTRY_COMPARE((m_world->settle(), tree()->model()->rowCount()), 7);
    QVERIFY(tree()->isExpanded(inTree(QStringLiteral("boxed"))));
}

void TestResourcesKept::escapeGivesTheKeysBackToTheRows_data()
{
    QTest::addColumn<bool>("asTree");
    QTest::newRow("table") << false;
    QTest::newRow("tree") << true;
}

void TestResourcesKept::escapeGivesTheKeysBackToTheRows()
{
    QFETCH(const bool, asTree);
    addTreeKinds();
    page({.page = "resources", .kind = "pods", .select = "web-2", .view = asTree ? "tree" : "table"}, m_makePane);
    QAbstractItemView *const rows = asTree ? static_cast<QAbstractItemView *>(tree()) : &table();
    QTRY_COMPARE((m_world->settle(), rows->model()->rowCount()), 7);
    m_pane->setFocusPolicy(Qt::StrongFocus);
    QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(rows->model()->index(1, 0)).center());
    QVERIFY(!m_pane->isHidden());
    m_pane->setFocus();
    QCOMPARE(m_page->focusWidget(), m_pane);
    QTest::keyClick(m_pane, Qt::Key_Escape);
    QVERIFY(m_pane->isHidden());
    QCOMPARE(m_page->focusWidget(), rows);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesKept>(argc, argv);
}

#include "tst_resources_kept.moc"
