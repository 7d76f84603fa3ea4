// SPDX-License-Identifier: GPL-3.0-or-later
// The side bar's rows: every kind once and at its place, changes by the least step.
#include "support/contextworld.h"
#include "support/offerfixture.h"

#include "items/sidebarmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <set>

namespace fairlead {

using items::SideBarModel;

namespace {

kube::OfferPtr standard()
{
    static const auto offer = std::make_shared<const kube::Offer>(test::standardOffer());
    return offer;
}

QStringList words(std::initializer_list<const char *> all)
{
    QStringList list;
    for (const char *word : all)
        list << QString::fromLatin1(word);
    return list;
}

kube::Resource custom(const std::string &plural, const std::string &kind, const std::string &group = "shop.example.com")
{
    kube::Resource resource;
    resource.id = {group, "v1", plural};
    resource.kind = kind;
    resource.verbs = {"list", "get", "watch"};
    resource.namespaced = true;
    resource.preferred = true;
    return resource;
}

/// All rows, as "depth type key text group", from the top.
QStringList everything(const SideBarModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        all << QStringLiteral("%1 %2 %3 %4 %5")
                   .arg(depth)
                   .arg(index.data(SideBarModel::TypeRole).toInt())
                   .arg(index.data(SideBarModel::KeyRole).toString(), index.data().toString(), index.data(SideBarModel::GroupRole).toString());
        all << everything(model, index, depth + 1);
    }
    return all;
}

std::multiset<std::string> kindsIn(const SideBarModel &model, const QModelIndex &parent = {})
{
    std::multiset<std::string> keys;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data(SideBarModel::TypeRole).toInt() == int(SideBarModel::Type::Kind))
            keys.insert(index.data(SideBarModel::KeyRole).toString().toStdString());
        keys.merge(kindsIn(model, index));
    }
    return keys;
}

std::multiset<std::string> listable(const kube::Offer &offer)
{
    std::multiset<std::string> names;
    for (const kube::Resource &resource : offer.resources) {
        if (resource.preferred && resource.can("list"))
            names.insert(resource.qualifiedName());
    }
    return names;
}

} // namespace

class TestSideBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyListableKindIsThereOnce();
    void commonKindsStandInTheirGroup();
    void sameTitlesAreToldApart();
    void contextsSayHowTheyStand();
    void noContextIsSaid();
    void countsStayWithTheirKind();
    void aKindComesAndGoes();
    void foreignNamesAreShownLiterally();
    void randomChangesEndAsMadeAnew();
};

void TestSideBar::everyListableKindIsThereOnce()
{
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setOffer(standard());
    QVERIFY(kindsIn(model).size() > 50);
    QCOMPARE(kindsIn(model), listable(*standard()));
    model.setOffer(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestSideBar::commonKindsStandInTheirGroup()
{
    SideBarModel model;
    model.setOffer(standard());
    QStringList sections;
    for (int row = 0; row < model.rowCount(); ++row)
        sections << model.index(row, 0).data().toString();
    QCOMPARE(sections, words({"Workloads", "Network", "Config and storage", "Access", "Cluster"}));
    const QModelIndex workloads = model.index(0, 0);
    QStringList first;
    for (int row = 0; row < model.rowCount(workloads); ++row)
        first << model.index(row, 0, workloads).data().toString();
    QCOMPARE(first.mid(0, 6), words({"Pods", "Deployments", "Stateful sets", "Daemon sets", "Jobs", "Cron jobs"}));
    const QModelIndex more = model.index(6, 0, workloads);
    QCOMPARE(more.data(SideBarModel::TypeRole).toInt(), int(SideBarModel::Type::More));
    QCOMPARE(model.kindIndex("replicasets.apps").parent(), more);
}

void TestSideBar::sameTitlesAreToldApart()
{
    SideBarModel model;
    model.setOffer(standard());
    // Two groups offer events: one of them is the one that people mean.
    QCOMPARE(model.kindIndex("events").data(SideBarModel::GroupRole).toString(), QString());
    QCOMPARE(model.kindIndex("events.events.k8s.io").data(SideBarModel::GroupRole).toString(), QStringLiteral("events.k8s.io"));
}

void TestSideBar::noContextIsSaid()
{
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.rowCount(), 0); // not looked for yet
    model.setContexts({});
    QCOMPARE(everything(model), words({"0 0 contexts Clusters ", "1 4 none none found "}));
    QVERIFY(!(model.index(0, 0, model.index(0, 0)).flags() & Qt::ItemIsSelectable));
    model.setContexts(test::someContexts().contexts);
    QVERIFY(!everything(model).join(u'|').contains(QStringLiteral("none found")));
    model.setContexts({});
    QCOMPARE(model.rowCount(model.index(0, 0)), 1);
}

void TestSideBar::contextsSayHowTheyStand()
{
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto list = test::someContexts();
    model.setContexts(list.contexts);
    model.setOpenedContext("staging-eu");
    contexts::Reach reach;
    reach.state = contexts::Reach::State::Reachable;
    reach.roundTrip = std::chrono::milliseconds(12);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setReach("staging-eu", reach);
    QCOMPARE(changed.size(), 1);
    const QModelIndex index = model.contextIndex("staging-eu");
    QVERIFY(index.data(SideBarModel::OpenedRole).toBool());
    QCOMPARE(index.data(SideBarModel::ReachRole).toInt(), int(contexts::Reach::State::Reachable));
    QCOMPARE(index.data(Qt::AccessibleTextRole).toString(), QStringLiteral("staging-eu, reachable, 12 ms"));
    QVERIFY(model.contextIndex("production-us").data(SideBarModel::ProductionRole).toBool());
    QVERIFY(model.contextIndex("edge-berlin").data(Qt::ToolTipRole).toString().contains(QStringLiteral("no file defines it")));
    // The same files read again: nothing is told, and what was asked stays.
    changed.clear();
    model.setContexts(list.contexts);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(model.contextIndex("staging-eu").data(SideBarModel::ReachRole).toInt(), int(contexts::Reach::State::Reachable));
}

void TestSideBar::countsStayWithTheirKind()
{
    SideBarModel model;
    model.setOffer(standard());
    model.setCount("pods", 1204);
    model.setProblems("pods", SideBarModel::Problems{kinds::Health::Failed, 7});
    model.setCount("no-such-kind", 3);
    const QModelIndex pods = model.kindIndex("pods");
    QCOMPARE(pods.data(SideBarModel::CountRole).toLongLong(), 1204);
    QCOMPARE(pods.data(SideBarModel::ProblemsRole).toLongLong(), 7);
    QCOMPARE(pods.data(Qt::AccessibleTextRole).toString(), QStringLiteral("Pods, 1204, 7 failing"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setCount("pods", 1204);
    QCOMPARE(changed.size(), 0);
    model.setProblems("pods", SideBarModel::Problems{kinds::Health::Failed, 0});
    QVERIFY(!pods.data(SideBarModel::HealthRole).isValid());
    model.setCount("pods", std::nullopt);
    QVERIFY(!pods.data(SideBarModel::CountRole).isValid());
}

void TestSideBar::aKindComesAndGoes()
{
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setOffer(standard());
    model.setCount("pods", 3);
    const QPersistentModelIndex pods = model.kindIndex("pods");
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    auto with = std::make_shared<kube::Offer>(*standard());
    with->resources.push_back(custom("gadgets", "Gadget"));
    model.setOffer(with);
    QCOMPARE(inserted.size(), 2); // the group, and the kind in it
    QVERIFY(model.kindIndex("gadgets.shop.example.com").isValid());
    QCOMPARE(model.kindIndex("gadgets.shop.example.com").parent().data().toString(), QStringLiteral("Custom"));
    model.setOffer(standard());
    QCOMPARE(removed.size(), 1);
    QVERIFY(!model.kindIndex("gadgets.shop.example.com").isValid());
    QCOMPARE(reset.size(), 0);
    QVERIFY(pods.isValid());
    QCOMPARE(pods.data(SideBarModel::CountRole).toLongLong(), 3);
}

void TestSideBar::foreignNamesAreShownLiterally()
{
    SideBarModel model;
    contexts::ContextFacts facts;
    facts.name = "a\n<img src=x>\x1b[31m";
    model.setContexts({facts});
    const QModelIndex index = model.contextIndex(facts.name);
    QCOMPARE(index.data().toString(), QStringLiteral("a\\n<img src=x>\\x1b[31m"));
    QCOMPARE(index.data(SideBarModel::KeyRole).toString().toStdString(), facts.name);
}

void TestSideBar::randomChangesEndAsMadeAnew()
{
    QRandomGenerator random(7);
    const auto all = test::someContexts().contexts;
    SideBarModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    for (int round = 0; round < 200; ++round) {
        auto offer = std::make_shared<kube::Offer>();
        for (const kube::Resource &resource : standard()->resources) {
            if (random.bounded(4) != 0)
                offer->resources.push_back(resource);
        }
        for (int i = 0; i < 12; ++i) {
            if (random.bounded(2) == 0)
                offer->resources.push_back(
                    custom("kind" + std::to_string(i) + "s", "Kind" + std::to_string(i), i % 2 == 0 ? "a.example" : "b.example"));
        }
        std::vector<contexts::ContextFacts> contexts;
        for (const auto &facts : all) {
            if (random.bounded(3) != 0)
                contexts.insert(contexts.begin() + random.bounded(int(contexts.size()) + 1), facts);
        }
        model.setContexts(contexts);
        model.setOffer(offer);
        SideBarModel anew;
        anew.setContexts(contexts);
        anew.setOffer(offer);
        QCOMPARE(everything(model), everything(anew));
        QCOMPARE(kindsIn(model), listable(*offer));
    }
    QCOMPARE(reset.size(), 0);
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestSideBar)
#include "tst_sidebar.moc"
