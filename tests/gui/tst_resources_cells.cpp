// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of a resources page tell beyond their texts, to the pointer and to who hears them; and which of them are cut last.
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "items/ownertreecells.h"
#include "ui/resources/ownertreeview.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QHeaderView>

#include <algorithm>
#include <ctime>
#include <vector>

namespace fairlead {

using namespace ui;
using items::OwnerTreeCells;
using items::TableModel;
using test::ObjectWorld;
using test::podsPath;
using test::ResourcesStage;
using test::stagePod;
using test::toolTipAt;

namespace {

/// The local zone, while it lives.
class Zone {
public:
    explicit Zone(const QByteArray &name)
        : m_before(qgetenv("TZ"))
    {
        set(name);
    }
    ~Zone() { set(m_before); }

private:
    static void set(const QByteArray &name)
    {
        qputenv("TZ", name);
        tzset();
    }

    QByteArray m_before;
};

QString description(QWidget &view, int row, int column)
{
    QAccessibleTableInterface *const cells = QAccessible::queryAccessibleInterface(&view)->tableInterface();
    QAccessibleInterface *const cell = cells->cellAt(row, column);
    return cell != nullptr ? cell->text(QAccessible::Description) : QStringLiteral("(none)");
}

} // namespace

class TestResourcesCells : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { set(); }
    void cleanup() { strike(); }
    void theStateIsSaidInAWord();
    void agesAreSaidExactly();
    void theTreeSaysTheSame();
    void whatIsWrongIsCutLast();

private:
    [[nodiscard]] QModelIndex cell(const QString &name, const char *column);
};

QModelIndex TestResourcesCells::cell(const QString &name, const char *column)
{
    const auto *const rows = static_cast<const items::RowOrderModel *>(table().model());
    const int row = int(ResourcesStage::column(QStringLiteral("Name")).indexOf(name));
    return rows->index(row, rows->source().columnNamed(column));
}

void TestResourcesCells::theStateIsSaidInAWord()
{
    page();
    const QModelIndex failing = cell(QStringLiteral("api-1"), "Name");
    QCOMPARE(toolTipAt(table(), failing), toolTipText(QStringLiteral("Failing")));
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("api-1"), "Status")), toolTipText(QStringLiteral("Failing")));
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("api-1"), "Ready")), toolTipText(QStringLiteral("Failing")));
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("wait-1"), "Name")), toolTipText(QStringLiteral("Waiting")));
    // What a cell says itself is not said again.
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("web-1"), "Status")), QString());
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("api-2"), "Restarts")), QString());
    // Who hears the row hears it with its name.
    QCOMPARE(description(table(), failing.row(), failing.column()), QStringLiteral("Failing"));
    // What is cut is said whole, and the word, too.
    table().setColumnWidth(cell(QStringLiteral("api-1"), "Status").column(), 60);
    QCOMPARE(toolTipAt(table(), cell(QStringLiteral("api-1"), "Status")), toolTipText(QStringLiteral("CrashLoopBackOff\nFailing")));
}

void TestResourcesCells::agesAreSaidExactly()
{
    page();
    const QModelIndex age = cell(QStringLiteral("web-1"), "Age");
    {
        const Zone berlin("Europe/Berlin");
        QCOMPARE(toolTipAt(table(), age), toolTipText(QStringLiteral("2026-11-24 11:28:00 CET, 10:28:00 UTC")));
        const std::vector<int> shown = table().shownColumns();
        const auto visible = std::find(shown.begin(), shown.end(), age.column()) - shown.begin();
        QCOMPARE(description(table(), age.row(), int(visible)), QStringLiteral("2026-11-24 11:28:00 CET, 10:28:00 UTC"));
    }
    const Zone utc("UTC");
    QCOMPARE(toolTipAt(table(), age), toolTipText(QStringLiteral("2026-11-24 10:28:00 UTC")));
    // Reckoned from "2m": no more than the server said.
    const QString restarts = cell(QStringLiteral("api-1"), "Restarts").data(Qt::ToolTipRole).toString();
    QVERIFY2(restarts.startsWith(QStringLiteral("about 20")), qPrintable(restarts));
}

void TestResourcesCells::theTreeSaysTheSame()
{
    addTreeKinds();
    ObjectWorld::Object boxed = ObjectWorld::crashingPod("boxed");
    boxed.cells.resize(5);
    m_world->addObject(podsPath, boxed);
    page({.page = "resources", .kind = "pods", .view = "tree"});
    auto *const tree = m_page->findChild<OwnerTreeView *>();
    QTRY_COMPARE((m_world->settle(), tree->model()->rowCount()), 7);
    const auto cell = [&](const QString &name, OwnerTreeCells::Column column) {
        for (int row = 0; row < tree->model()->rowCount(); ++row) {
            if (tree->model()->index(row, 0).data().toString() == name)
                return tree->model()->index(row, column);
        }
        return QModelIndex();
    };
    const QModelIndex failing = cell(QStringLiteral("boxed"), OwnerTreeCells::Name);
    QCOMPARE(toolTipAt(*tree, failing), toolTipText(QStringLiteral("Pod boxed · ReplicaSet payments-api-7d9f6c5b84 is gone · Failing")));
    QCOMPARE(
        description(*tree, failing.row(), OwnerTreeCells::Name), QStringLiteral("Pod boxed · ReplicaSet payments-api-7d9f6c5b84 is gone · Failing"));
    QCOMPARE(toolTipAt(*tree, cell(QStringLiteral("boxed"), OwnerTreeCells::Status)), toolTipText(QStringLiteral("Failing")));
    const Zone berlin("Europe/Berlin");
    QCOMPARE(
        toolTipAt(*tree, cell(QStringLiteral("web-1"), OwnerTreeCells::Age)), toolTipText(QStringLiteral("2026-11-24 11:28:00 CET, 10:28:00 UTC")));
}

// As the demo's pods at 1280: what stands at the right gives way before what is wrong.
void TestResourcesCells::whatIsWrongIsCutLast()
{
    const std::string path = "/api/v1/namespaces/shop/pods";
    m_world->addCollection(path, {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Gates"});
    for (const char *name : {"cart-7cf4456cf-5lb78", "payment-reconcile-29934432-57fss"}) {
        ObjectWorld::Object pod = stagePod(name, "0/1", "CrashLoopBackOff", "15 (2m30s ago)");
        for (const char *cell : {"10.244.142.133", "shop-demo-node1.example", "conditions that take room"})
            pod.cells.emplace_back(cell);
        m_world->addObject(path, pod);
    }
    m_world->offerMetrics(
        [](const net::Request &) { return ObjectWorld::podMetricsList({ObjectWorld::podMetrics("shop", "cart-7cf4456cf-5lb78", "12m", "34Mi")}); });
    page({.page = "resources", .kind = "pods", .scope = kube::Scope::of({"shop"})});
    QTRY_VERIFY((m_world->settle(), table().shows(items::TableColumns::Own::Memory)));
    const auto isCut = [&](const char *column) {
        const int at = cell(QStringLiteral("cart-7cf4456cf-5lb78"), column).column();
        return table().wantedWidth(at) > table().columnWidth(at);
    };
    QVERIFY(table().horizontalHeader()->length() <= table().viewport()->width());
    QVERIFY(isCut("Node") && isCut("Gates")); // else this says nothing
    for (const char *column : {"Name", "Ready", "Status", "Restarts", "CPU", "Memory", "Age"})
        QVERIFY2(!isCut(column), column);
    // Still narrower: figures go before the restarts, and those before the state.
    const auto width = [&](const char *column) { return table().columnWidth(cell(QStringLiteral("cart-7cf4456cf-5lb78"), column).column()); };
    bool between = false;
    for (int room = 1060; room >= 700; room -= 10) {
        (void)test::picture(*m_page, {room, 700});
        QVERIFY2(!isCut("Restarts") || width("Memory") <= 72, qPrintable(QString::number(room)));
        QVERIFY2(!isCut("Status") || width("Restarts") <= 72, qPrintable(QString::number(room)));
        between = between || (isCut("Restarts") && !isCut("Status"));
    }
    QVERIFY(between);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesCells>(argc, argv);
}

#include "tst_resources_cells.moc"
