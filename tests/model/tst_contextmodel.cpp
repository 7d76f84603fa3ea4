// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/contextworld.h"

#include "contexts/contextlist.h"
#include "contexts/identity.h"
#include "contexts/readcontexts.h"
#include "items/contextmodel.h"
#include "items/plaintext.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace fairlead {

using contexts::ContextFacts;
using contexts::ContextList;
using contexts::Searched;
using contexts::Standing;
using items::ContextModel;

namespace {

/// All that a view could ask of the model.
QStringList everything(const ContextModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole), int(ContextModel::CurrentRole),
                     int(ContextModel::OpenedRole), int(ContextModel::IdentityRole), int(ContextModel::ProductionRole),
                     int(ContextModel::StandingRole), int(ContextModel::ImpliedRole), int(ContextModel::WhyRole), int(ContextModel::RemedyRole),
                     int(ContextModel::WherePlaceRole), int(ContextModel::SecondRole), int(ContextModel::StateRole), int(ContextModel::CheckingRole),
                     int(ContextModel::KindRole), int(ContextModel::EndingRole), int(ContextModel::SignInRole), int(ContextModel::PastRole),
                     int(ContextModel::ServerRole)})
                all << index.data(role).toString();
        }
    }
    return all;
}

/// A world of files and variables.
kube::Surroundings worldOf(std::map<std::string, std::string> files, std::map<std::string, std::string> variables)
{
    return {.environment = [variables](const std::string &name) -> std::optional<std::string> {
                const auto found = variables.find(name);
                return found == variables.end() ? std::nullopt : std::optional(found->second);
            },
        .home = "/home/mara",
        .workingFolder = "/work-folder",
        .readFile = [files](const std::string &path) -> Result<std::string> {
            const auto found = files.find(path);
            if (found == files.end())
                return failure({.code = Code::NotFound, .message = "there is no such file", .place = {.file = path}});
            return found->second;
        }};
}

const std::string good = "apiVersion: v1\n"
                         "kind: Config\n"
                         "current-context: prod-eu\n"
                         "clusters:\n"
                         "- name: one\n"
                         "  cluster:\n"
                         "    server: https://one.example.com:6443\n"
                         "users:\n"
                         "- name: mara\n"
                         "  user:\n"
                         "    token: abc\n"
                         "contexts:\n"
                         "- name: prod-eu\n"
                         "  context:\n"
                         "    cluster: one\n"
                         "    user: mara\n"
                         "    namespace: shop\n"
                         "- name: lost\n"
                         "  context:\n"
                         "    cluster: nowhere\n"
                         "    user: mara\n";

} // namespace

class TestContextModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells();
    void leastStep();
    void reaches();
    void endings();
    void recordings();
    void filters();
    void randomChanges();
    void selectionSurvives();
    void identities();
    void production_data();
    void production();
    void shortPaths();
    void plainTexts();
    void readsFiles();
    void readsNothing();
    void readsBrokenFiles();
};

void TestContextModel::cells()
{
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.preferredRow(), -1);
    model.setList(test::someContexts());
    QCOMPARE(model.rowCount(), 9);
    QCOMPARE(model.columnCount(), int(ContextModel::Columns));
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, ContextModel::Name), QStringLiteral("staging-eu"));
    QCOMPARE(cell(0, ContextModel::Cluster), QStringLiteral("staging-eu"));
    const auto below = [&model](int row, int column) { return model.index(row, column).data(ContextModel::SecondRole).toString(); };
    QCOMPARE(below(0, ContextModel::Cluster), QStringLiteral("https://api.staging-eu.example.com:6443"));
    QCOMPARE(cell(0, ContextModel::User), QStringLiteral("dev@staging"));
    QCOMPARE(cell(0, ContextModel::Namespace), QStringLiteral("payments"));
    QCOMPARE(below(0, ContextModel::Name), QStringLiteral("~/.kube/config:62"));
    QCOMPARE(model.index(0, ContextModel::Name).data(Qt::ToolTipRole).toString(), QStringLiteral("/home/mara/.kube/config:62"));
    QCOMPARE(model.index(0, ContextModel::Name).data(Qt::AccessibleTextRole).toString(), QStringLiteral("staging-eu, ~/.kube/config:62"));
    QCOMPARE(below(0, ContextModel::User), QStringLiteral("token in the file"));
    QCOMPARE(below(1, ContextModel::User), QStringLiteral("exec kubelogin (not yet)"));
    QCOMPARE(cell(1, ContextModel::Reachable), QStringLiteral("Not asked"));
    QCOMPARE(cell(6, ContextModel::Reachable), QStringLiteral("Not usable"));
    QCOMPARE(cell(0, ContextModel::Reachable), QStringLiteral("Not asked yet"));
    QCOMPARE(cell(0, ContextModel::Version), QString());
    QVERIFY(model.index(0, 0).data(ContextModel::CurrentRole).toBool());
    QVERIFY(!model.index(1, 0).data(ContextModel::CurrentRole).toBool());
    // What is not in the file is shown, and known as not being there.
    QCOMPARE(cell(3, ContextModel::Namespace), QStringLiteral("default"));
    QVERIFY(model.index(3, ContextModel::Namespace).data(ContextModel::ImpliedRole).toBool());
    QVERIFY(!model.index(0, ContextModel::Namespace).data(ContextModel::ImpliedRole).toBool());
    QCOMPARE(model.index(6, 0).data(ContextModel::StandingRole).toInt(), int(Standing::Broken));
    QVERIFY(model.index(6, 0).data(ContextModel::WhyRole).toString().contains(QStringLiteral("no file defines it")));
    QCOMPARE(model.index(6, 0).data(ContextModel::RemedyRole).toString(), QStringLiteral("There is: lab, kubernetes."));
    QCOMPARE(model.index(6, 0).data(ContextModel::WherePlaceRole).toString(), QStringLiteral("~/.kube/lab.yaml:25"));
    QCOMPARE(model.preferredRow(), 0);
    for (int column = 0; column < ContextModel::Columns; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    QVERIFY(!model.index(9, 0).isValid());
}

void TestContextModel::leastStep()
{
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ContextList list = test::someContexts();
    model.setList(list);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    model.setList(list);
    QCOMPARE(changed.size() + inserted.size() + removed.size() + moved.size(), 0);

    list.contexts[4].nameSpace = "other";
    model.setList(list);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 4);
    QCOMPARE(inserted.size() + removed.size() + moved.size(), 0);

    list.contexts.erase(list.contexts.begin() + 2);
    model.setList(list);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed[0][1].toInt(), 2);
    QCOMPARE(changed.size() + inserted.size() + moved.size(), 1);

    std::rotate(list.contexts.begin(), list.contexts.begin() + 7, list.contexts.end());
    model.setList(list);
    QCOMPARE(moved.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void TestContextModel::reaches()
{
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setNow(test::contextsNow);
    model.setList(test::someContexts());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const auto told = test::someReaches();
    for (const auto &[name, reach] : told)
        model.setReach(name, reach);
    QCOMPARE(changed.size(), qsizetype(told.size()));
    for (const auto &[name, reach] : told)
        model.setReach(name, reach);
    QCOMPARE(changed.size(), qsizetype(told.size())); // the same again is nothing new
    model.setReach("nobody", told.at("lab-k3s"));
    QCOMPARE(changed.size(), qsizetype(told.size()));
    const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
    const auto below = [&model](int row, int column) { return model.index(row, column).data(ContextModel::SecondRole).toString(); };
    QCOMPARE(cell(0, ContextModel::Version), QStringLiteral("1.34.4"));
    QCOMPARE(cell(0, ContextModel::Reachable), QStringLiteral("12 ms"));
    QCOMPARE(below(0, ContextModel::Reachable), QStringLiteral("checked 14:02:07"));
    QCOMPARE(below(0, ContextModel::Version), QString());
    QCOMPARE(model.index(0, 0).data(ContextModel::PaceRole).toInt(), int(contexts::Pace::Usual));
    // Four times as slow as it was, twice: said, with what it is beside the usual.
    QCOMPARE(cell(2, ContextModel::Reachable), QStringLiteral("118 ms"));
    QCOMPARE(below(2, ContextModel::Reachable), QStringLiteral("slow: 4x the usual"));
    QCOMPARE(model.index(2, 0).data(ContextModel::PaceRole).toInt(), int(contexts::Pace::Slow));
    const QVariantList paces = model.index(2, 0).data(ContextModel::TripPacesRole).toList();
    QCOMPARE(paces.size(), 12);
    QCOMPARE(paces[9].toInt(), int(contexts::Pace::Usual));
    QCOMPARE(paces[10].toInt(), int(contexts::Pace::Slow));
    // One that was away twice has no times for that.
    const QVariantList trips = model.index(5, 0).data(ContextModel::TripsRole).toList();
    QCOMPARE(trips.size(), 12);
    QCOMPARE(trips[5].toInt(), 31);
    QCOMPARE(trips[6].toInt(), -1);
    QVERIFY(model.index(5, ContextModel::Reachable).data(Qt::ToolTipRole).toString().contains(QStringLiteral("31, –, –, 31")));
    QCOMPARE(cell(4, ContextModel::Reachable), QStringLiteral("No connection"));
    QCOMPARE(below(4, ContextModel::Reachable), QStringLiteral("since 12:34:00"));
    QCOMPARE(cell(4, ContextModel::Version), QStringLiteral("1.31.2"));
    QCOMPARE(below(4, ContextModel::Version), QStringLiteral("last seen"));
    QVERIFY(model.index(4, ContextModel::Version).data(ContextModel::PastRole).toBool());
    QVERIFY(model.index(4, 0).data(ContextModel::WhyRole).toString().contains(QStringLiteral("no route to host")));
    QCOMPARE(model.index(4, 0).data(ContextModel::WherePlaceRole).toString(), QStringLiteral("~/.kube/lab.yaml:6"));
    QCOMPARE(cell(7, ContextModel::Reachable), QStringLiteral("Checking…"));
    QVERIFY(model.index(7, 0).data(ContextModel::CheckingRole).toBool());
    QCOMPARE(cell(8, ContextModel::Reachable), QStringLiteral("Sign-in refused"));
    // Read again, what is known of a context stays; of one that has gone it does not.
    ContextList list = test::someContexts();
    model.setList(list);
    QCOMPARE(cell(0, ContextModel::Version), QStringLiteral("1.34.4"));
    const auto first = list.contexts.front();
    list.contexts.erase(list.contexts.begin());
    model.setList(list);
    list.contexts.insert(list.contexts.begin(), first);
    model.setList(list);
    QCOMPARE(cell(0, ContextModel::Version), QString());
}

void TestContextModel::endings()
{
    using Ending = ContextModel::Ending;
    ContextModel model;
    model.setNow(test::contextsNow);
    ContextList list = test::someContexts();
    list.contexts[3].signIn.ends = contexts::Reach::TimePoint::max(); // made to last for ever
    model.setList(list);
    const auto ending = [&model](int row) { return Ending(model.index(row, 0).data(ContextModel::EndingRole).toInt()); };
    const auto cell = [&model](int row) { return model.index(row, ContextModel::Expires).data().toString(); };
    const auto below = [&model](int row) { return model.index(row, ContextModel::Expires).data(ContextModel::SecondRole).toString(); };
    QCOMPARE(ending(0), Ending::Soon);
    QCOMPARE(cell(0), QStringLiteral("7h"));
    QCOMPARE(below(0), QStringLiteral("token"));
    QCOMPARE(ending(2), Ending::Later);
    QCOMPARE(cell(2), QStringLiteral("51d"));
    QCOMPARE(below(2), QStringLiteral("certificate"));
    QCOMPARE(ending(3), Ending::Later);
    QCOMPARE(cell(3), QString());
    QCOMPARE(ending(5), Ending::Soon);
    QCOMPARE(ending(6), Ending::None);
    QCOMPARE(cell(6), QString());
    QCOMPARE(ending(8), Ending::Over);
    QCOMPARE(cell(8), QStringLiteral("120m ago"));
    QCOMPARE(below(8), QStringLiteral("expired"));
    QCOMPARE(model.expiring(), 3);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(test::contextsNow + std::chrono::hours(8));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(ending(0), Ending::Over);
    QVERIFY(model.index(5, ContextModel::Expires).data(Qt::ToolTipRole).toString().contains(QStringLiteral("2026-12-0")));
}

void TestContextModel::filters()
{
    using Kind = ContextModel::Kind;
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setNow(test::contextsNow);
    model.setList(test::someContexts());
    for (const auto &[name, reach] : test::someReaches())
        model.setReach(name, reach);
    const auto names = [&model] {
        QStringList each;
        for (int row = 0; row < model.rowCount(); ++row)
            each << model.index(row, 0).data().toString();
        return each;
    };
    QCOMPARE(model.counts(), (std::array<int, 4>{2, 2, 1, 4}));
    const QPersistentModelIndex kept = model.index(2, 0);
    model.setFilter(QStringLiteral("PRODuction"));
    QCOMPARE(names(), (QStringList{QStringLiteral("production-eu"), QStringLiteral("production-us")}));
    QVERIFY(kept.isValid());
    QCOMPARE(model.all(), 9);
    QCOMPARE(model.counts(), (std::array<int, 4>{2, 2, 1, 4})); // whatever the filter says
    model.setFilter(QStringLiteral("  payments kubelogin "));
    QCOMPARE(names(), QStringList{QStringLiteral("production-eu")});
    model.setFilter(QStringLiteral("34.118.20.7"));
    QCOMPARE(names(), QStringList{QStringLiteral("production-us")});
    model.setFilter(QStringLiteral("lab.yaml:14"));
    QCOMPARE(names(), QStringList{QStringLiteral("lab-k3s")});
    model.setFilter({}, {Kind::Failing, Kind::SignIn});
    QCOMPARE(names(), (QStringList{QStringLiteral("production-eu"), QStringLiteral("lab-k3s"), QStringLiteral("edge-berlin"),
                          QStringLiteral("analytics-west-9x6t")}));
    // A row comes and goes with its server.
    auto reach = test::someReaches().at("lab-k3s");
    reach.state = contexts::Reach::State::Reachable;
    model.setReach("lab-k3s", reach);
    QVERIFY(!names().contains(QStringLiteral("lab-k3s")));
    model.setFilter({}, {}, ContextModel::Expiring::Only);
    QCOMPARE(names(), (QStringList{QStringLiteral("staging-eu"), QStringLiteral("kubeadm-lab"), QStringLiteral("analytics-west-9x6t")}));
    model.setFilter(QStringLiteral("nothing of it"));
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 9);
}

void TestContextModel::randomChanges()
{
    const QByteArray given = qgetenv("FAIRLEAD_SEED");
    const quint32 seed = given.isEmpty() ? QRandomGenerator::global()->generate() : given.toUInt();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const int rounds = qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") > 0 ? qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") : 400;
    std::map<std::string, contexts::Reach> told;
    bool wasFiltered = false;
    for (int round = 0; round < rounds; ++round) {
        ContextList list;
        list.home = random.bounded(4) == 0 ? "/home/mara" : "";
        std::set<std::string> taken;
        const int count = random.bounded(13);
        for (int i = 0; i < count; ++i) {
            ContextFacts facts;
            facts.name = "c" + std::to_string(random.bounded(16));
            if (!taken.insert(facts.name).second)
                continue;
            facts.cluster = "k" + std::to_string(random.bounded(3));
            facts.nameSpace = random.bounded(2) == 0 ? "" : "n" + std::to_string(random.bounded(3));
            facts.current = random.bounded(5) == 0;
            facts.place = {"/home/mara/f" + std::to_string(random.bounded(2)), int(random.bounded(4)), 1};
            facts.standing = Standing(random.bounded(3));
            if (facts.standing != Standing::Usable)
                facts.problem = Error{.message = "m" + std::to_string(random.bounded(3)), .place = {"/home/mara/f", int(random.bounded(3)), 1}};
            list.contexts.push_back(facts);
        }
        list.tellApart("c" + std::to_string(random.bounded(16)));
        // Every row that lives on keeps its persistent index.
        std::map<QString, QPersistentModelIndex> before;
        for (int row = 0; row < model.rowCount(); ++row)
            before.emplace(model.index(row, 0).data().toString(), model.index(row, 0));
        model.setList(list);
        // Servers answer, and the filter changes, before and after the list does.
        for (int i = random.bounded(4); i > 0; --i) {
            const std::string name = "c" + std::to_string(random.bounded(16));
            contexts::Reach reach;
            reach.state = contexts::Reach::State(random.bounded(4));
            reach.checking = random.bounded(3) == 0;
            reach.version = "v1." + std::to_string(random.bounded(3));
            model.setReach(name, reach);
            if (taken.contains(name))
                told[name] = reach;
        }
        std::erase_if(told, [&taken](const auto &known) { return !taken.contains(known.first); });
        QString text = random.bounded(4) == 0 ? QStringLiteral("k%1").arg(random.bounded(3)) : QString();
        std::set<ContextModel::Kind> kinds;
        if (random.bounded(4) == 0)
            kinds = {ContextModel::Kind(random.bounded(4)), ContextModel::Kind(random.bounded(4))};
        model.setFilter(text, kinds);
        ContextModel fresh;
        fresh.setList(list);
        for (const auto &[name, reach] : told)
            fresh.setReach(name, reach);
        fresh.setFilter(text, kinds);
        QCOMPARE(everything(model), everything(fresh));
        QCOMPARE(model.preferredRow(), fresh.preferredRow());
        const bool filtered = std::exchange(wasFiltered, !text.isEmpty() || !kinds.empty());
        for (const auto &[name, index] : before) {
            if (!taken.contains(name.toStdString()))
                QVERIFY(!index.isValid());
            else if (text.isEmpty() && kinds.empty() && !filtered)
                QVERIFY(index.isValid());
            if (index.isValid())
                QCOMPARE(index.data().toString(), name);
        }
    }
}

void TestContextModel::selectionSurvives()
{
    ContextModel model;
    ContextList list = test::someContexts();
    model.setList(list);
    const QPersistentModelIndex lab = model.index(4, 0);
    std::reverse(list.contexts.begin(), list.contexts.end());
    list.contexts.erase(list.contexts.begin());
    model.setList(list);
    QVERIFY(lab.isValid());
    QCOMPARE(lab.data().toString(), QStringLiteral("lab-k3s"));
    QCOMPARE(lab.row(), 3);
}

void TestContextModel::identities()
{
    std::vector<std::string> names;
    for (int i = 0; i < contexts::identities; ++i)
        names.push_back("context-" + std::to_string(i));
    const auto numbers = contexts::identityNumbers(names);
    QCOMPARE(std::set<int>(numbers.begin(), numbers.end()).size(), std::size_t(contexts::identities)); // no clash while there are free ones
    names.push_back("one-more");
    const auto more = contexts::identityNumbers(names);
    QVERIFY(std::equal(numbers.begin(), numbers.end(), more.begin()));
    QVERIFY(more.back() >= 0 && more.back() < contexts::identities);
    // By the name, not by the place; the same in every build.
    QCOMPARE(contexts::identityNumbers({"staging-eu"}), contexts::identityNumbers({"staging-eu"}));
    QVERIFY(contexts::identityNumbers({"a"}) != contexts::identityNumbers({"b"}));
    QVERIFY(contexts::identityNumbers({}).empty());
}

void TestContextModel::production_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("is");
    for (const char *name : {"prod", "eu-prod", "prod_1", "Production.eu", "gke_shop_live", "admin@PROD", "prod2"})
        QTest::newRow(name) << QString::fromLatin1(name) << true;
    for (const char *name : {"product", "delivery", "nonprod", "staging", "", "alive", "liveness", "reproduction"})
        QTest::newRow(*name == 0 ? "nothing" : name) << QString::fromLatin1(name) << false;
}

void TestContextModel::production()
{
    QFETCH(QString, name);
    QFETCH(bool, is);
    QCOMPARE(contexts::isProduction(name.toStdString()), is);
}

void TestContextModel::shortPaths()
{
    using contexts::shortPath;
    QCOMPARE(shortPath("/home/mara/.kube/config", "/home/mara"), std::string("~/.kube/config"));
    QCOMPARE(shortPath("/home/mara/.kube/config", "/home/mara/"), std::string("~/.kube/config"));
    QCOMPARE(shortPath("/home/marathon/config", "/home/mara"), std::string("/home/marathon/config"));
    QCOMPARE(shortPath("/etc/kube", "/"), std::string("/etc/kube"));
    QCOMPARE(shortPath("/etc/kube", ""), std::string("/etc/kube"));
    QCOMPARE(contexts::shortPlace({}, "/home/mara"), std::string());
}

void TestContextModel::plainTexts()
{
    using items::plainText;
    QCOMPARE(plainText("team-a"), QStringLiteral("team-a"));
    QCOMPARE(plainText("\xc3\xa4\xf0\x9f\x9a\x80"), QString::fromUtf8("\xc3\xa4\xf0\x9f\x9a\x80"));
    QCOMPARE(plainText("a\tb\r\n"), QStringLiteral("a\\tb\\r\\n"));
    QCOMPARE(plainText(std::string_view("\0\x1b[1m\x7f", 6)), QStringLiteral("\\x00\\x1b[1m\\x7f"));
    QCOMPARE(plainText("\xc2\x9b"
                       "31m"),
        QStringLiteral("\\x9b31m"));
    QCOMPARE(plainText("\xe2\x80\xae"
                       "abc\xe2\x81\xa6"),
        QStringLiteral("\\u202eabc\\u2066"));
    QCOMPARE(plainText("\xff"), QString(QChar(0xFFFD)));
}

void TestContextModel::readsFiles()
{
    const ContextList list = contexts::readContexts(worldOf({{"/a/config", good}}, {{"KUBECONFIG", "/a/config:/b/gone"}}));
    QCOMPARE(list.state(), ContextList::State::Content);
    QCOMPARE(list.contexts.size(), std::size_t(2));
    const ContextFacts &first = list.contexts[0];
    QCOMPARE(first.name, std::string("prod-eu"));
    QCOMPARE(first.cluster, std::string("one"));
    QCOMPARE(first.server, std::string("https://one.example.com:6443"));
    QCOMPARE(first.user, std::string("mara"));
    QCOMPARE(first.nameSpace, std::string("shop"));
    QVERIFY(first.current && first.opened && first.production);
    QCOMPARE(first.place.file, std::string("/a/config"));
    QCOMPARE(first.place.line, 13);
    QCOMPARE(first.standing, Standing::Usable);
    QCOMPARE(list.contexts[1].standing, Standing::Broken);
    QVERIFY(list.contexts[1].problem && list.contexts[1].problem->message.find("nowhere") != std::string::npos);
    QCOMPARE(list.currentContext, std::string("prod-eu"));
    QCOMPARE(list.searched.size(), std::size_t(3));
    QCOMPARE(list.searched[1].found, Searched::Found::Read);
    QCOMPARE(list.searched[1].contexts, 2);
    QCOMPARE(list.searched[2].found, Searched::Found::Missing);
    QCOMPARE(list.files(), 1);
    // A chosen context is the opened one; one that is not there is said.
    QCOMPARE(contexts::readContexts(worldOf({{"/a/config", good}}, {}), "/a/config", "lost").opened()->name, std::string("lost"));
    const ContextList other = contexts::readContexts(worldOf({{"/a/config", good}}, {}), "/a/config", "absent");
    QCOMPARE(other.opened(), nullptr);
    QCOMPARE(other.problems.size(), std::size_t(1));
    QVERIFY(other.problems[0].message.find("absent") != std::string::npos);
}

void TestContextModel::readsNothing()
{
    const ContextList none = contexts::readContexts(worldOf({}, {}));
    QCOMPARE(none.state(), ContextList::State::Empty);
    QCOMPARE(none.searched.size(), std::size_t(2));
    QCOMPARE(none.searched[0].found, Searched::Found::NotSet);
    QCOMPARE(none.searched[1].text, std::string("/home/mara/.kube/config"));
    QCOMPARE(none.searched[1].found, Searched::Found::Missing);
    // Without a home folder there is still a place that was meant.
    kube::Surroundings bare = worldOf({}, {});
    bare.home.clear();
    const ContextList homeless = contexts::readContexts(bare);
    QCOMPARE(homeless.state(), ContextList::State::Empty);
    QCOMPARE(homeless.searched.size(), std::size_t(2));
    // A file that was named must be there.
    const ContextList named = contexts::readContexts(worldOf({}, {}), "/a/config");
    QCOMPARE(named.state(), ContextList::State::Failed);
    QCOMPARE(named.failure->place.file, std::string("/a/config"));
    // No context in a readable file is no failure.
    const ContextList hollow = contexts::readContexts(worldOf({{"/a/config", "apiVersion: v1\nkind: Config\n"}}, {}), "/a/config");
    QCOMPARE(hollow.state(), ContextList::State::Empty);
    QCOMPARE(hollow.files(), 1);
}

void TestContextModel::readsBrokenFiles()
{
    const ContextList broken = contexts::readContexts(worldOf({{"/a/config", "contexts:\n- name: x\n context: {}\n"}}, {}), "/a/config");
    QVERIFY(broken.failure || !broken.problems.empty());
    const Error &error = broken.failure ? *broken.failure : broken.problems.front();
    QCOMPARE(error.place.file, std::string("/a/config"));
    QVERIFY(error.place.line > 0);
    QVERIFY(!error.message.empty());
    // Beside a good file the good one is listed.
    const ContextList mixed = contexts::readContexts(worldOf({{"/a", good}, {"/b", "{"}}, {{"KUBECONFIG", "/a:/b"}}));
    QCOMPARE(mixed.state(), ContextList::State::Content);
    QCOMPARE(mixed.problems.size(), std::size_t(1));
    QCOMPARE(mixed.searched[2].found, Searched::Found::Unreadable);
}

void TestContextModel::recordings()
{
    ContextModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ContextList list;
    list.contexts.resize(1);
    list.contexts[0].name = "night.flrec";
    list.contexts[0].recording = "/x/night.flrec";
    list.contexts[0].place.file = "/x/night.flrec";
    model.setList(list);
    contexts::Reach reach;
    reach.state = contexts::Reach::State::Reachable;
    reach.version = "v1.34.4";
    reach.trips = {std::chrono::milliseconds(3)};
    model.setReach("night.flrec", reach);
    const auto cell = [&model](int column, int role = Qt::DisplayRole) { return model.index(0, column).data(role); };
    QCOMPARE(cell(ContextModel::Cluster).toString(), QStringLiteral("recording"));
    QCOMPARE(cell(ContextModel::User, ContextModel::SecondRole).toString(), QString()); // nobody signs in
    QCOMPARE(cell(ContextModel::Reachable).toString(), QStringLiteral("Recording"));
    QCOMPARE(cell(ContextModel::Version).toString(), QStringLiteral("1.34.4"));
    // No server answers, however the file was read.
    QCOMPARE(cell(0, ContextModel::StateRole).toInt(), int(contexts::Reach::State::NotAsked));
    QVERIFY(cell(0, ContextModel::TripsRole).toList().isEmpty());
}

} // namespace fairlead

QTEST_APPLESS_MAIN(fairlead::TestContextModel)
#include "tst_contextmodel.moc"
