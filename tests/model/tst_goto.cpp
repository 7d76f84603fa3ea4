// SPDX-License-Identifier: GPL-3.0-or-later
// Where a name leads to, in which order; and the choice of namespaces.
#include "support/contextworld.h"
#include "support/offerfixture.h"

#include "items/gotomodel.h"
#include "items/namespacechoice.h"

#include <QAbstractItemModelTester>
#include <QPoint>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using items::GoToModel;
using items::NamespaceChoice;

namespace {

kube::OfferPtr standard()
{
    static const auto offer = std::make_shared<const kube::Offer>(test::standardOffer());
    return offer;
}

kube::Resource resourceOf(const std::string &qualifiedName)
{
    for (const kube::Resource &resource : standard()->resources) {
        if (resource.preferred && resource.qualifiedName() == qualifiedName)
            return resource;
    }
    return {};
}

GoToModel::Object object(const std::string &kind, const std::string &space, const std::string &name)
{
    return {.resource = resourceOf(kind), .space = space, .name = name, .health = std::nullopt, .note = {}, .stem = {}, .context = {}};
}

QStringList words(std::initializer_list<const char *> all)
{
    QStringList list;
    for (const char *word : all)
        list << QString::fromLatin1(word);
    return list;
}

QStringList texts(const QAbstractItemModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row)
        all << model.index(row, 0).data().toString();
    return all;
}

} // namespace

class TestGoTo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutTextTheCommonKinds();
    void theLikeliestFirst();
    void shortNamesLeadToTheirKind();
    void theMatchIsSaid();
    void narrowedToOneSort();
    void targetsAreExact();
    void manyObjectsAreBounded();
    void madeUpTailsAreTold();
    void otherContextsStandBehind();

    void oneSeveralAll();
    void whatIsTypedCanBeChosen();
    void namesComeAndGo();
    void chosenAndRecentStandAbove();
};

void TestGoTo::withoutTextTheCommonKinds()
{
    GoToModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setOffer(standard());
    QCOMPARE(texts(model).mid(0, 3), words({"Pods", "Deployments", "Stateful sets"}));
    QVERIFY(model.rowCount() < 25);
}

void TestGoTo::theLikeliestFirst()
{
    GoToModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setOffer(standard());
    model.setContexts(test::someContexts().contexts);
    model.setNamespaces({"web", "cobweb", "my-web"});
    model.setObjects(resourceOf("pods"), {object("pods", "web", "web"), object("pods", "web", "web-7d9f"), object("pods", "a", "spiderwebs")});
    model.setText(QStringLiteral("WEB"));
    // The name itself, then beginnings, then words in it, then the rest.
    QCOMPARE(texts(model).mid(0, 3), words({"web", "web", "web-7d9f"}));
    QVERIFY(texts(model).indexOf(QStringLiteral("my-web")) < texts(model).indexOf(QStringLiteral("cobweb")));
    QCOMPARE(model.index(0, 0).data(GoToModel::TypeRole).toInt(), int(GoToModel::Type::Namespace));
    QCOMPARE(model.index(1, 0).data(GoToModel::TypeRole).toInt(), int(GoToModel::Type::Object));
    QVERIFY(texts(model).contains(QStringLiteral("spiderwebs")));
    model.setText(QStringLiteral("nothing is called so"));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.count(std::nullopt), 0);
}

void TestGoTo::shortNamesLeadToTheirKind()
{
    GoToModel model;
    model.setOffer(standard());
    model.setObjects(resourceOf("pods"), {object("pods", "a", "ds-reader")});
    const auto first = [&](const char *text) {
        model.setText(QString::fromLatin1(text));
        return model.index(0, 0).data().toString();
    };
    QCOMPARE(first("po"), QStringLiteral("Pods"));
    QCOMPARE(first("ds"), QStringLiteral("Daemon sets"));
    QCOMPARE(first("cj"), QStringLiteral("Cron jobs"));
    QCOMPARE(first("deployments.apps"), QStringLiteral("Deployments"));
    QCOMPARE(first("persistentvolumeclaim"), QStringLiteral("Volume claims"));
}

void TestGoTo::theMatchIsSaid()
{
    GoToModel model;
    model.setNamespaces({"team-payments"});
    model.setText(QStringLiteral("pay"));
    QCOMPARE(model.index(0, 0).data(GoToModel::MatchRole).toPoint(), QPoint(5, 3));
}

void TestGoTo::narrowedToOneSort()
{
    GoToModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setOffer(standard());
    model.setNamespaces({"jobs"});
    model.setText(QStringLiteral("jobs"));
    const int all = model.rowCount();
    QCOMPARE(model.count(std::nullopt), all);
    model.setOnly(GoToModel::Type::Namespace);
    QCOMPARE(texts(model), words({"jobs"}));
    QCOMPARE(model.count(std::nullopt), all);
    QCOMPARE(model.count(GoToModel::Type::Kind), all - 1);
}

void TestGoTo::targetsAreExact()
{
    GoToModel model;
    model.setOffer(standard());
    model.setObjects(resourceOf("secrets"), {object("secrets", "team-a", "x\u202ey")});
    model.setText(QStringLiteral("x"));
    model.setOnly(GoToModel::Type::Object);
    const auto target = model.target(model.index(0, 0));
    QVERIFY(target.has_value());
    QCOMPARE(target->name, std::string("x\u202ey"));
    QCOMPARE(target->space, std::string("team-a"));
    QCOMPARE(target->resource.qualifiedName(), std::string("secrets"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("x\\u202ey"));
    QVERIFY(!model.target({}).has_value());
}

void TestGoTo::manyObjectsAreBounded()
{
    GoToModel model;
    std::vector<GoToModel::Object> many;
    for (int i = 0; i < 20'000; ++i)
        many.push_back(object("pods", "a", "pod-" + std::to_string(i)));
    model.setObjects(resourceOf("pods"), std::move(many));
    model.setText(QStringLiteral("pod-1999"));
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("pod-1999"));
    model.setText(QStringLiteral("pod"));
    QCOMPARE(model.rowCount(), GoToModel::mostRows);
    QCOMPARE(model.count(GoToModel::Type::Object), 20'000);
}

void TestGoTo::madeUpTailsAreTold()
{
    GoToModel model;
    GoToModel::Object made = object("pods", "a", "web\u202e-7d9f-x2k4q");
    made.stem = 6; // bytes of the name
    model.setObjects(resourceOf("pods"), {made, object("pods", "a", "web-own")});
    model.setText(QStringLiteral("web"));
    QCOMPARE(texts(model), words({"web-own", "web\\u202e-7d9f-x2k4q"}));
    QVERIFY(!model.index(0, 0).data(GoToModel::StemRole).isValid());
    QCOMPARE(model.index(1, 0).data(GoToModel::StemRole).toInt(), 9); // letters of the text
}

void TestGoTo::otherContextsStandBehind()
{
    GoToModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const auto contexts = test::someContexts().contexts;
    const contexts::ContextFacts &other = contexts.at(1);
    model.setContexts(contexts);
    model.setElsewhere(other.name, {object("pods", "shop", "web"), object("nodes", "", "web-node")});
    model.setObjects(resourceOf("pods"), {object("pods", "a", "cobweb")});
    model.setText(QStringLiteral("web"));
    QCOMPARE(texts(model), words({"cobweb", "web", "web-node"})); // even where the name fits better
    const QString name = QString::fromStdString(other.name);
    QCOMPARE(model.index(0, 0).data(GoToModel::PlaceRole).toString(), QStringLiteral("a"));
    QVERIFY(!model.index(0, 0).data(GoToModel::IdentityRole).isValid());
    QCOMPARE(model.index(1, 0).data(GoToModel::PlaceRole).toString(), QStringLiteral("shop in ") + name);
    QCOMPARE(model.index(1, 0).data(GoToModel::IdentityRole).toInt(), other.identity);
    QCOMPARE(model.index(2, 0).data(GoToModel::PlaceRole).toString(), QStringLiteral("in ") + name);
    QCOMPARE(model.target(model.index(0, 0))->context, std::string());
    QCOMPARE(model.target(model.index(1, 0))->context, other.name);
    QCOMPARE(model.count(GoToModel::Type::Object), 3);
    model.clearObjects();
    QCOMPARE(model.rowCount(), 0);
}

void TestGoTo::oneSeveralAll()
{
    NamespaceChoice choice;
    const QAbstractItemModelTester tester(&choice, QAbstractItemModelTester::FailureReportingMode::Fatal);
    choice.setNames({"a", "b", "c"});
    QCOMPARE(texts(choice), words({"all namespaces", "a", "b", "c"}));
    QSignalSpy changed(&choice, &NamespaceChoice::scopeChanged);
    choice.chooseOnly(choice.index(2));
    QCOMPARE(choice.scope(), kube::Scope::of({"b"}));
    choice.toggle(choice.index(3));
    QCOMPARE(choice.scope(), kube::Scope::of({"b", "c"}));
    QVERIFY(choice.setData(choice.index(2), Qt::Unchecked, Qt::CheckStateRole));
    QCOMPARE(choice.scope(), kube::Scope::of({"c"}));
    choice.toggle(choice.index(3));
    QVERIFY(choice.scope().isAll());
    QCOMPARE(changed.size(), 4);
    QVERIFY(!(choice.index(0).flags() & Qt::ItemIsUserCheckable));
    QVERIFY(!choice.index(0).data(Qt::CheckStateRole).isValid());
}

void TestGoTo::whatIsTypedCanBeChosen()
{
    NamespaceChoice choice;
    const QAbstractItemModelTester tester(&choice, QAbstractItemModelTester::FailureReportingMode::Fatal);
    choice.setNames({"team-a", "team-b"});
    choice.setFilter(QStringLiteral("team"));
    QCOMPARE(texts(choice), words({"team-a", "team-b", "team"}));
    QCOMPARE(choice.bestRow(), 2); // exactly what was typed
    choice.setFilter(QStringLiteral("team-a"));
    QCOMPARE(texts(choice), words({"team-a"}));
    choice.setFilter(QStringLiteral("elsewhere"));
    choice.chooseOnly(choice.index(choice.bestRow()));
    QCOMPARE(choice.scope(), kube::Scope::of({"elsewhere"}));
    choice.setFilter(QStringLiteral("Not a name!"));
    QCOMPARE(choice.rowCount(), 0);
    QCOMPARE(choice.bestRow(), -1);
    QVERIFY(NamespaceChoice::canBeName(QStringLiteral("a")));
    QVERIFY(!NamespaceChoice::canBeName(QString(64, QLatin1Char('a'))));
    QVERIFY(!NamespaceChoice::canBeName(QStringLiteral("-a")));
}

void TestGoTo::namesComeAndGo()
{
    QRandomGenerator random(11);
    NamespaceChoice choice;
    const QAbstractItemModelTester tester(&choice, QAbstractItemModelTester::FailureReportingMode::Fatal);
    choice.setScope(kube::Scope::of({"n3", "n5"}));
    choice.setRecent({"n9", "n1"});
    QSignalSpy reset(&choice, &QAbstractItemModel::modelReset);
    for (int round = 0; round < 200; ++round) {
        std::set<std::string> names;
        for (int i = 0; i < 12; ++i) {
            if (random.bounded(2) == 0)
                names.insert("n" + std::to_string(i));
        }
        choice.setNames(names);
        NamespaceChoice anew;
        anew.setNames(names);
        anew.setScope(kube::Scope::of({"n3", "n5"}));
        anew.setRecent({"n9", "n1"});
        QCOMPARE(texts(choice), texts(anew));
    }
    QCOMPARE(reset.size(), 0);
}

void TestGoTo::chosenAndRecentStandAbove()
{
    NamespaceChoice choice;
    choice.setNames({"a", "b", "c", "d"});
    choice.setScope(kube::Scope::of({"d"}));
    choice.setRecent({"c", "d"});
    QCOMPARE(texts(choice), words({"all namespaces", "d", "c", "a", "b"}));
    QVERIFY(choice.index(2).data(NamespaceChoice::RecentRole).toBool());
    // Choosing moves no row under the pointer.
    choice.toggle(choice.index(4));
    QCOMPARE(texts(choice), words({"all namespaces", "d", "c", "a", "b"}));
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestGoTo)
#include "tst_goto.moc"
