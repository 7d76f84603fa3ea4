// SPDX-License-Identifier: GPL-3.0-or-later
// The tree by owner as a user drives it: opened by keys, and what is open and chosen while things change below it.
#include "support/lookasserts.h"
#include "support/offerfixture.h"
#include "support/offscreenmain.h"
#include "support/treeworld.h"

#include "items/ownertreemodel.h"
#include "ui/resources/ownertreeview.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemDelegate>
#include <QApplication>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using items::OwnerTreeCells;
using items::OwnerTreeModel;
using items::RowFilter;
using test::TreeObject;

namespace {

TreeObject object(const std::string &kind, const std::string &name)
{
    TreeObject made;
    made.kind = kind;
    made.name = name;
    made.uid = "uid-" + name;
    return made;
}

} // namespace

class TestOwnerTreeView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<test::EngineBench>();
        m_world = test::TreeWorld();
        for (const char *name : {"a", "b", "c"}) {
            const TreeObject deployment = m_world.add(object("Deployment", name));
            TreeObject set = object("ReplicaSet", std::string(name) + "-set");
            m_world.add(set.ownedBy(deployment));
            for (const char *tail : {"-1", "-2"}) {
                TreeObject pod = object("Pod", std::string(name) + tail);
                pod.labels = {{"app", name}};
                m_world.add(pod.ownedBy(set));
            }
        }
        m_world.serve(*m_bench);
        m_theme = std::make_unique<Theme>(Scheme::Light);
        m_theme->applyTo(*qApp);
        m_model = std::make_unique<OwnerTreeModel>(m_bench->clock);
        m_view = std::make_unique<OwnerTreeView>(*m_theme);
        m_view->setAccessibleName(QStringLiteral("pods"));
        m_view->setTree(*m_model);
        m_view->setTreeName(QStringLiteral("pods"), {});
        m_stores = test::storesOf(*m_bench);
        m_offer = std::make_shared<const kube::Offer>(test::standardOffer());
        m_model->show(m_stores, m_offer, test::resourceOfKind("Pod"), kube::Scope::all());
        m_bench->advance(100ms);
        m_view->resize(900, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
        m_view->setCurrentIndex(m_model->index(0, 0));
        QCOMPARE(lines(), names({"a", "b", "c"}));
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
        m_bench.reset();
    }

    void keysOpenAndClose()
    {
        press(Qt::Key_Right);
        QCOMPARE(lines(), names({"a", " a-set", "b", "c"}));
        press(Qt::Key_Right); // to the first child
        QCOMPARE(current(), QStringLiteral("a-set"));
        press(Qt::Key_Right);
        press(Qt::Key_Down);
        QCOMPARE(current(), QStringLiteral("a-1"));
        press(Qt::Key_Right);
        QCOMPARE(lines(), names({"a", " a-set", "  a-1", "   app", "  a-2", "b", "c"}));
        press(Qt::Key_Left);
        press(Qt::Key_Left); // to the parent
        QCOMPARE(current(), QStringLiteral("a-set"));
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        press(Qt::Key_Left);
        QCOMPARE(lines(), names({"a", "b", "c"}));
        press(Qt::Key_Asterisk);
        QCOMPARE(lines(), names({"a", " a-set", "  a-1", "   app", "  a-2", "   app", "b", "c"}));
    }

    void enterOpensTheObject()
    {
        QSignalSpy opened(m_view.get(), &OwnerTreeView::activatedRow);
        press(Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened[0][0].toModelIndex().data().toString(), QStringLiteral("a"));
        QCOMPARE(lines(), names({"a", "b", "c"})); // and does not open the row
        const QRect row = m_view->visualRect(m_model->index(1, OwnerTreeCells::Status));
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, row.center());
        QCOMPARE(opened.count(), 2);
        QCOMPARE(opened[1][0].toModelIndex().siblingAtColumn(0).data().toString(), QStringLiteral("b"));
    }

    // What the mouse reaches: the sign before the row.
    void aClickOnTheSignOpens()
    {
        const QRect row = m_view->visualRect(m_model->index(1, 0));
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(row.left() - 6, row.center().y()));
        QCOMPARE(lines(), names({"a", "b", " b-set", "c"}));
    }

    void whatIsOpenStaysOpen()
    {
        openAll(1);
        m_view->setCurrentIndex(m_model->indexOfObject("uid-b-2"));
        // It fails: its owner goes to the top, and everything comes along.
        change("uid-b-2", [](TreeObject &pod) { pod.state = "CrashLoopBackOff"; });
        change("uid-b", [](TreeObject &deployment) { deployment.ready = 0; });
        QCOMPARE(lines(), names({"b", " b-set", "  b-2", "   app", "  b-1", "   app", "a", "c"}));
        QCOMPARE(current(), QStringLiteral("b-2"));
        QVERIFY(m_view->selectionModel()->isSelected(m_model->indexOfObject("uid-b-2")));
        // A sibling goes, another comes.
        TreeObject gone = m_world.objects["uid-b-1"];
        gone.version = "5000";
        test::TreeWorld::tell(*m_bench, "DELETED", gone);
        TreeObject other = object("Pod", "b-3");
        test::TreeWorld::tell(*m_bench, "ADDED", other.ownedBy(m_world.objects["uid-b-set"]));
        m_bench->advance(100ms);
        QCOMPARE(lines(), names({"b", " b-set", "  b-2", "   app", "  b-3", "a", "c"}));
        QCOMPARE(current(), QStringLiteral("b-2"));
        // Another order.
        m_view->sortByColumn(OwnerTreeCells::Name, Qt::DescendingOrder);
        QCOMPARE(lines(), names({"c", "b", " b-set", "  b-3", "  b-2", "   app", "a"}));
        QCOMPARE(current(), QStringLiteral("b-2"));
    }

    // An object that is opened, taken away and brought back under the same uid is open again: as after a lost connection.
    void whatComesBackIsOpenAgain()
    {
        openAll(0);
        TreeObject set = m_world.objects["uid-a-set"];
        set.version = "5000";
        test::TreeWorld::tell(*m_bench, "DELETED", set);
        m_bench->advance(100ms);
        QCOMPARE(lines(), names({"a", "a-1", " app", "a-2", " app", "b", "c"}));
        set.version = "5001";
        test::TreeWorld::tell(*m_bench, "ADDED", set);
        m_bench->advance(100ms);
        QCOMPARE(lines(), names({"a", " a-set", "  a-1", "   app", "  a-2", "   app", "b", "c"}));
    }

    void aFilterOpensWhatItFindsAndLeavesTheRestAsItWas()
    {
        m_view->setExpanded(m_model->index(0, 0), true);
        m_view->setCurrentIndex(m_model->index(1, 0));
        m_model->setFilter(*RowFilter::parse("b-2"));
        QCOMPARE(lines(), names({"b", " b-set", "  b-2"}));
        QCOMPARE(current(), QStringLiteral("b"));
        m_model->setFilter({});
        QCOMPARE(lines(), names({"a", " a-set", "b", "c"}));
        QCOMPARE(current(), QStringLiteral("b"));
    }

    void eachTreeIsAsItWasLeft()
    {
        m_view->setExpanded(m_model->index(2, 0), true);
        const QStringList keys = m_view->opened();
        QCOMPARE(keys, names({"uid-c"}));
        showTree("Deployment", "deployments");
        QCOMPARE(lines(), names({"a", "b", "c"}));
        m_view->setExpanded(m_model->index(0, 0), true);
        QCOMPARE(m_view->opened(), names({"uid-a"}));
        showTree("Pod", "pods", keys);
        QCOMPARE(lines(), names({"a", "b", "c", " c-set"}));
        QCOMPARE(m_view->opened(), keys);
    }

    void staleRowsHaveNoColour()
    {
        change("uid-b-2", [](TreeObject &pod) { pod.state = "CrashLoopBackOff"; });
        const auto hues = [this] {
            const QImage image = test::picture(*m_view, {900, 300});
            int found = 0;
            for (int y = 30; y < image.height(); ++y) {
                for (int x = 4; x < image.width(); ++x) { // not the bar of the current row
                    const QColor is(image.pixel(x, y));
                    found += std::max({is.red(), is.green(), is.blue()}) - std::min({is.red(), is.green(), is.blue()}) > 90 ? 1 : 0;
                }
            }
            return found;
        };
        QVERIFY(hues() > 50);
        m_view->setStale(true);
        QCOMPARE(hues(), 0);
    }

    // A pod restarts, and then more often, and then time passes: each time there is room for what its cell grows into.
    void restartsAreNeverCut()
    {
        m_view->resize(1068, 300);
        openAll(1);
        const auto fits = [this](const char *uid) {
            const QModelIndex cell = m_model->indexOfObject(uid).siblingAtColumn(OwnerTreeCells::Restarts);
            const int wanted = m_view->itemDelegateForIndex(cell)->sizeHint({}, cell).width();
            return wanted <= m_view->columnWidth(OwnerTreeCells::Restarts) && m_view->header()->length() <= m_view->viewport()->width();
        };
        QVERIFY(fits("uid-b-2"));
        const auto pods = m_stores({test::resourceOfKind("Pod").id, kube::Scope::all(), {}});
        for (const int restarts : {3, 14, 1234}) {
            // Minutes without a word: the watch may be on its way to be opened anew.
            QTRY_COMPARE((m_bench->advance(1s), pods->state().phase), kube::Phase::Live);
            change("uid-b-2", [restarts](TreeObject &pod) {
                pod.restarts = restarts;
                pod.restartsText = std::to_string(restarts) + " (9s ago)";
            });
            const auto told = [this] { return m_model->indexOfObject("uid-b-2").siblingAtColumn(OwnerTreeCells::Restarts).data().toString(); };
            QTRY_VERIFY2((m_bench->advance(100ms), told().startsWith(QString::number(restarts) + QLatin1String(" ("))), qPrintable(told()));
            QTRY_VERIFY2(fits("uid-b-2"), qPrintable(QString::number(restarts)));
            const int width = m_view->columnWidth(OwnerTreeCells::Restarts);
            for (const auto passes : {10s, 120s}) {
                m_bench->advance(std::chrono::milliseconds(passes));
                QVERIFY(fits("uid-b-2"));
                QCOMPARE(m_view->columnWidth(OwnerTreeCells::Restarts), width); // and nothing moves while it does
            }
        }
        const QModelIndex cell = m_model->indexOfObject("uid-b-2").siblingAtColumn(OwnerTreeCells::Restarts);
        QVERIFY2(cell.data().toString().startsWith(QStringLiteral("1234 (2m")), qPrintable(cell.data().toString()));
        QCOMPARE(cell.data(items::TableModel::LongestRole).toString(), QStringLiteral("1234 (7h59m ago)"));
    }

    void whatOneKeyOpensIsBounded()
    {
        TreeObject set = object("ReplicaSet", "huge");
        test::TreeWorld::tell(*m_bench, "ADDED", set);
        for (int i = 0; i < OwnerTreeView::mostOpened + 500; ++i) {
            TreeObject pod = object("Pod", "huge-" + std::to_string(i));
            test::TreeWorld::tell(*m_bench, "ADDED", pod.ownedBy(set));
        }
        m_bench->advance(200ms);
        m_view->setCurrentIndex(m_model->indexOfObject("uid-huge"));
        press(Qt::Key_Asterisk);
        QVERIFY(m_view->isExpanded(m_model->indexOfObject("uid-huge")));
        QVERIFY(!m_view->isExpanded(m_model->indexOfObject("uid-huge-0")));
    }

private:
    static QStringList names(std::initializer_list<const char *> texts)
    {
        QStringList all;
        for (const char *each : texts)
            all << QString::fromUtf8(each);
        return all;
    }

    void press(Qt::Key key) { QTest::keyClick(m_view.get(), key); }
    [[nodiscard]] QString current() const { return m_view->currentIndex().siblingAtColumn(0).data().toString(); }

    /// What can be seen, by the view's own way down.
    [[nodiscard]] QStringList lines() const
    {
        m_view->scrollToTop();
        QStringList all;
        for (QModelIndex index = m_model->index(0, 0); index.isValid(); index = m_view->indexBelow(index)) {
            int depth = 0;
            for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
                ++depth;
            all << QString(depth, u' ') + index.siblingAtColumn(0).data().toString();
        }
        return all;
    }

    void openAll(int row) { m_view->expandBelow(m_model->index(row, 0)); }

    template<typename Alter>
    void change(const std::string &uid, Alter alter)
    {
        TreeObject &object = m_world.objects[uid];
        alter(object);
        object.version = std::to_string(++m_version);
        test::TreeWorld::tell(*m_bench, "MODIFIED", object);
        m_bench->advance(100ms);
    }

    void showTree(const char *kind, const char *name, const QStringList &opened = {})
    {
        m_view->setTreeName(QString::fromLatin1(name), opened);
        m_model->show(m_stores, m_offer, test::resourceOfKind(kind), kube::Scope::all());
        m_bench->advance(100ms);
    }

    std::unique_ptr<test::EngineBench> m_bench;
    test::TreeWorld m_world;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<OwnerTreeModel> m_model;
    std::unique_ptr<OwnerTreeView> m_view;
    OwnerTreeModel::StoreOf m_stores;
    kube::OfferPtr m_offer;
    int m_version = 3000;
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestOwnerTreeView>(argc, argv);
}

#include "tst_ownertreeview.moc"
