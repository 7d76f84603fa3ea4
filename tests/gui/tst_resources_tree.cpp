// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a tree by owner are what its page speaks of: counted, filtered and copied as they stand there.
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "ui/resources/ownertreeview.h"
#include "ui/widgets/searchfield.h"

#include <QClipboard>
#include <QMenu>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;
using test::ResourcesStage;
using test::stagePod;

namespace {

const std::string spaced = "/namespaces/payments/";

/// Cells that do not say more than the name are the test's; `below` stands behind the metadata. Texts hold no quotes.
ObjectWorld::Object object(
    const std::string &kind, const std::vector<std::string> &cells, const std::string &owner = {}, const std::string &below = {})
{
    const std::string &name = cells.front();
    const std::string above = kind == "Pod" ? "ReplicaSet" : "Deployment";
    std::string json = "{'kind':'" + kind + "','apiVersion':'" + (kind == "Pod" ? "v1" : "apps/v1") + "','metadata':{'name':'" + name +
                       "','namespace':'payments','uid':'u-" + name + "','resourceVersion':'5','generation':1," +
                       "'creationTimestamp':'2026-11-24T14:30:00Z'" +
                       (owner.empty() ? std::string()
                                      : ",'ownerReferences':[{'apiVersion':'apps/v1','kind':'" + above + "','name':'" + owner + "','uid':'u-" +
                                            owner + "','controller':true}]") +
                       "}" + below + "}";
    std::replace(json.begin(), json.end(), '\'', '"');
    return {.name = name, .cells = cells, .json = json};
}

std::string deploymentBelow(int ready, const std::string &progressing)
{
    const std::string number = std::to_string(ready);
    return ",'spec':{'replicas':2},'status':{'observedGeneration':1,'replicas':2,'updatedReplicas':2,'readyReplicas':" + number +
           ",'conditions':[{'type':'Progressing','status':'True','reason':'" + progressing + "'}]}";
}

std::string podBelow(bool ready)
{
    return ",'status':{'phase':'Running','conditions':[{'type':'Ready','status':'" + std::string(ready ? "True" : "False") +
           "'}],'containerStatuses':[{'name':'app','ready':" + (ready ? "true" : "false") + ",'state':{" +
           (ready ? "'running':{}" : "'waiting':{'reason':'CrashLoopBackOff'}") + "}}]}";
}

} // namespace

class TestResourcesTree : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { strike(); }
    void aChildsNameFiltersTheTree();
    void chipsCountWhatTheRowsShow();
    void chipsFilterThoughTheTextCannotBeRead();
    void selectedRowsAreCopied();

private:
    void deployments();
    [[nodiscard]] OwnerTreeView &tree() { return *m_page->findChild<OwnerTreeView *>(); }
    [[nodiscard]] QStringList tops();
    void filter(const char *text) { m_page->findChild<SearchField *>()->setText(QString::fromLatin1(text)); }
};

// One deployment is well; of another all pods crash, though it was just made and says that it rolls out.
void TestResourcesTree::init()
{
    set();
    for (const char *path : {"/api/v1/namespaces/payments/services", "/apis/apps/v1/namespaces/payments/statefulsets",
             "/apis/apps/v1/namespaces/payments/daemonsets", "/apis/batch/v1/namespaces/payments/jobs", "/apis/batch/v1/namespaces/payments/cronjobs",
             "/api/v1/namespaces/payments/replicationcontrollers", "/api/v1/namespaces/payments/configmaps",
             "/apis/discovery.k8s.io/v1/namespaces/payments/endpointslices", "/apis/networking.k8s.io/v1/namespaces/payments/ingresses"})
        m_world->addCollection(path, {"Name", "Age"});
    const std::string apps = "/apis/apps/v1" + spaced;
    m_world->addCollection(apps + "deployments", {"Name", "Ready", "Up-to-date", "Available", "Age"});
    m_world->addObject(apps + "deployments", object("Deployment", {"cart", "0/2", "2", "0", "10m"}, {}, deploymentBelow(0, "ReplicaSetUpdated")));
    m_world->addObject(
        apps + "deployments", object("Deployment", {"shop", "2/2", "2", "2", "10m"}, {}, deploymentBelow(2, "NewReplicaSetAvailable")));
    m_world->addCollection(apps + "replicasets", {"Name", "Desired", "Current", "Ready", "Age"});
    m_world->addObject(
        apps + "replicasets", object("ReplicaSet", {"cart-5f", "2", "2", "0", "10m"}, "cart", ",'spec':{'replicas':2},'status':{'readyReplicas':0}"));
    m_world->addObject(
        apps + "replicasets", object("ReplicaSet", {"shop-7d", "2", "2", "2", "10m"}, "shop", ",'spec':{'replicas':2},'status':{'readyReplicas':2}"));
    for (const char *name : {"cart-5f-aaaaa", "cart-5f-bbbbb"})
        m_world->addObject(test::podsPath, object("Pod", {name, "0/1", "CrashLoopBackOff", "5", "10m"}, "cart-5f", podBelow(false)));
    for (const char *name : {"shop-7d-ccccc", "shop-7d-ddddd"})
        m_world->addObject(test::podsPath, object("Pod", {name, "1/1", "Running", "0", "10m"}, "shop-7d", podBelow(true)));
}

void TestResourcesTree::deployments()
{
    page({.page = "resources", .kind = "deployments", .view = "tree"});
    QTRY_COMPARE((m_world->settle(), tops()), QStringList({QStringLiteral("cart"), QStringLiteral("shop")}));
}

QStringList TestResourcesTree::tops()
{
    QStringList names;
    for (int row = 0; row < tree().model()->rowCount(); ++row)
        names << tree().model()->index(row, 0).data().toString();
    return names;
}

// No deployment has it in its own row.
void TestResourcesTree::aChildsNameFiltersTheTree()
{
    deployments();
    filter("ccccc");
    m_world->settle();
    QCOMPARE(tops(), QStringList{QStringLiteral("shop")});
    QVERIFY(tree().isEnabled());
    QVERIFY2(said().contains(QStringLiteral("1 of 2")), qPrintable(said().join(u'|')));
    QVERIFY2(!said().join(u'|').contains(QLatin1String("hides")), qPrintable(said().join(u'|')));
    QVERIFY(m_page->isComplete());
    // What is deleted is not counted any more.
    m_world->remove(test::podsPath, "shop-7d-ccccc");
    QTRY_VERIFY2((m_world->settle(), said().contains(QStringLiteral("0 of 2"))), qPrintable(said().join(u'|')));
    QVERIFY2(said().join(u'|').contains(QLatin1String("hides all 2 deployments")), qPrintable(said().join(u'|')));
    filter("");
    QVERIFY(said().contains(QStringLiteral("2")));
    // The table is filtered as it was.
    filter("ddddd");
    press(QStringLiteral("Table"));
    QVERIFY2(said().contains(QStringLiteral("0 of 2")), qPrintable(said().join(u'|')));
}

void TestResourcesTree::chipsCountWhatTheRowsShow()
{
    deployments();
    QVERIFY(chip(QStringLiteral("Down")) != nullptr);
    QCOMPARE(chip(QStringLiteral("Down"))->accessibleName(), QStringLiteral("Down 1"));
    QCOMPARE(chip(QStringLiteral("Rolling out"))->accessibleName(), QStringLiteral("Rolling out 0"));
    QTest::mouseClick(chip(QStringLiteral("Down")), Qt::LeftButton);
    QCOMPARE(tops(), QStringList{QStringLiteral("cart")});
    QVERIFY(said().contains(QStringLiteral("1 of 2")));
    // The table has nothing below its rows.
    QTest::mouseClick(chip(QStringLiteral("Down")), Qt::LeftButton);
    press(QStringLiteral("Table"));
    QCOMPARE(chip(QStringLiteral("Rolling out"))->accessibleName(), QStringLiteral("Rolling out 1"));
}

void TestResourcesTree::chipsFilterThoughTheTextCannotBeRead()
{
    page();
    filter("web");
    QCOMPARE(column(QStringLiteral("Name")).size(), 2);
    filter("web \"");
    QVERIFY(!m_page->findChild<SearchField *>()->accessibleDescription().isEmpty());
    QCOMPARE(column(QStringLiteral("Name")).size(), 2); // the last one that could be read
    QTest::mouseClick(chip(QStringLiteral("Failing")), Qt::LeftButton);
    QCOMPARE(table().model()->rowCount(), 0);
    QTest::mouseClick(chip(QStringLiteral("Failing")), Qt::LeftButton);
    QTest::mouseClick(chip(QStringLiteral("Running")), Qt::LeftButton);
    QCOMPARE(column(QStringLiteral("Name")), QStringList({QStringLiteral("web-1"), QStringLiteral("web-2")}));
}

// Of several kinds, one of them by a row that is no object.
void TestResourcesTree::selectedRowsAreCopied()
{
    deployments();
    tree().expandBelow(tree().model()->index(0, 0));
    const QModelIndex cart = tree().model()->index(0, 0);
    const QModelIndex set = tree().model()->index(0, 0, cart);
    QCOMPARE(tree().model()->rowCount(set), 2);
    const auto add = [this](const QModelIndex &index) {
        tree().selectionModel()->select(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    };
    tree().setCurrentIndex(cart);
    for (const QModelIndex &each : {tree().model()->index(1, 0), tree().model()->index(1, 0, set), tree().model()->index(0, 0, set)})
        add(each);
    QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
    const QStringList text = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(text.size(), 6); // a line for the captions, the last is empty
    QVERIFY2(text[0].startsWith(QLatin1String("NAME\tREADY\tHEALTH BELOW\tSTATUS\t")), qPrintable(text[0]));
    QVERIFY2(text[1].startsWith(QLatin1String("cart\t0/2\t2 failed\t")), qPrintable(text[1]));
    QVERIFY2(text[2].startsWith(QLatin1String("cart-5f-aaaaa\t0/1\t\tCrashLoopBackOff\t")), qPrintable(text[2]));
    QVERIFY(text[3].startsWith(QLatin1String("cart-5f-bbbbb\t")));
    QVERIFY(text[4].startsWith(QLatin1String("shop\t")));
    // By the menu, too.
    Q_EMIT tree().customContextMenuRequested(tree().visualRect(cart).center());
    const auto choose = [this](const QString &name) {
        for (QMenu *menu : m_page->findChildren<QMenu *>()) {
            for (QAction *action : menu->actions()) {
                if (action->text() == name) {
                    action->trigger();
                    return QApplication::clipboard()->text();
                }
            }
        }
        return QStringLiteral("no such action");
    };
    QCOMPARE(choose(QStringLiteral("Names")), QStringLiteral("cart\nshop\ncart-5f-aaaaa\ncart-5f-bbbbb"));
    const QStringList commands = choose(QStringLiteral("kubectl command")).split(u'\n');
    QCOMPARE(commands.size(), 2);
    QVERIFY2(commands[0].endsWith(QLatin1String(" --namespace payments get deployments.apps cart shop")), qPrintable(commands[0]));
    QVERIFY2(commands[1].endsWith(QLatin1String(" --namespace payments get pods cart-5f-aaaaa cart-5f-bbbbb")), qPrintable(commands[1]));
    // Nothing is selected: the current row.
    tree().clearSelection();
    tree().selectionModel()->setCurrentIndex(set, QItemSelectionModel::NoUpdate);
    QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().section(u'\n', 1).startsWith(QLatin1String("cart-5f\t0/2\t")));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesTree>(argc, argv);
}

#include "tst_resources_tree.moc"
