// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/tablemodel.h"
#include "kinds/kinds.h"
#include "support/enginebench.h"
#include "support/podworld.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

using namespace fairlead;
using namespace fairlead::test;
using items::TableModel;
using kinds::Health;
using namespace std::chrono_literals;

namespace {

const std::string pods = "/api/v1/pods";
const std::string gadgets = "/apis/example.com/v1/gadgets";

PodText pod(const std::string &name, const std::string &uid, const std::string &version = "1")
{
    PodText text;
    text.name = name;
    text.uid = uid;
    text.version = version;
    return text;
}

/// "a,b" to "a", "b".
QStringList texts(const char *list)
{
    return QString::fromUtf8(list).split(u',');
}

// JSON by single quotes: moc loses its way in raw strings.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

/// A kind of somebody's own: its second column prints a condition, or nothing of the kind; the third of each three is stalled.
std::string gadgetRow(int number, const std::string &ready, int version, bool printed)
{
    const std::string name = "g" + std::to_string(number);
    const std::string stalled = number % 3 == 2 ? "{'type':'Stalled','status':'True'}," : "";
    return json("{'cells':['" + name + "','" + (printed ? ready : "blue") +
                "'],'object':{'kind':'Gadget','apiVersion':'example.com/v1','metadata':{'name':'" + name + "','namespace':'team-a','uid':'u-" + name +
                "','resourceVersion':'" + std::to_string(version) + "'},'status':{'conditions':[" + stalled + "{'type':'Ready','status':'" + ready +
                "'}]}}}");
}

std::string gadgetTable(const std::string &rows, bool printed)
{
    return json(
               "{'kind':'Table','apiVersion':'meta.k8s.io/v1','metadata':{'resourceVersion':'10'},'columnDefinitions':[{'name':'Name','type':'string',"
               "'format':'name'},{'name':'" +
               std::string(printed ? "Ready" : "Colour") + "','type':'string'}],'rows':[") +
           rows + "]}";
}

std::string gadgetEvent(const std::string &type, int number, const std::string &ready, int version)
{
    return json("{'type':'" + type + "','object':") + gadgetTable(gadgetRow(number, ready, version, false), false) + "}\n";
}

/// All that a view could ask, by row: rows in any order compare equal.
std::map<qulonglong, QString> everything(const TableModel &model)
{
    std::map<qulonglong, QString> all;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList parts;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            for (const int role : {int(Qt::DisplayRole), int(Qt::AccessibleTextRole), int(TableModel::HealthRole), int(TableModel::HealthWordRole),
                     int(TableModel::SpeaksOfHealthRole), int(TableModel::StemRole), int(TableModel::NumberRole), int(TableModel::SinceRole),
                     int(TableModel::SinceIsExactRole)})
                parts << index.data(role).toString();
        }
        all[model.index(row, 0).data(TableModel::RowIdRole).toULongLong()] = parts.join(u'|');
    }
    return all;
}

} // namespace

class TableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_model = std::make_unique<TableModel>(m_bench->clock);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_bench.reset();
    }

    void cellsAndColumnsAreTheServers()
    {
        PodText web = pod("web-7d9f6c5b84-x2k4q", "1");
        web.restarts = "14 (2m ago)";
        showPods({web});
        QCOMPARE(header(Qt::DisplayRole), texts("Namespace,Name,Ready,Status,Restarts,Age,IP,Node"));
        QCOMPARE(row(0), texts("team-a,web-7d9f6c5b84-x2k4q,1/1,Running,14 (2m ago),16m,10.0.0.7,node-1"));
        QCOMPARE(header(TableModel::WideRole),
            texts("false,false,false,false,false,false,false,false")); // IP and node are, by the server; here they are not
        QCOMPARE(header(TableModel::NumberRole), texts("false,false,true,false,true,true,false,false"));
        QCOMPARE(header(TableModel::SpeaksOfHealthRole), texts("false,false,true,true,false,false,false,false"));
        QCOMPARE(header(TableModel::GrowsRole), texts("false,false,false,false,true,true,false,false"));
        QCOMPARE(m_model->headerData(2, Qt::Horizontal, Qt::ToolTipRole).toString(), QStringLiteral("what Ready says"));
        QCOMPARE(cell(0, "Age").data(Qt::TextAlignmentRole).value<Qt::Alignment>(), Qt::AlignRight | Qt::AlignVCenter);
        QCOMPARE(cell(0, "Status").data(Qt::TextAlignmentRole).value<Qt::Alignment>(), Qt::AlignLeft | Qt::AlignVCenter);
    }

    void theNamespaceStandsWhereSeveralAreShown_data()
    {
        QTest::addColumn<QStringList>("scope");
        QTest::addColumn<bool>("namespaced");
        QTest::addColumn<bool>("shown");
        QTest::newRow("all") << QStringList{} << true << true;
        QTest::newRow("two") << texts("team-a,team-b") << true << true;
        QTest::newRow("one") << texts("team-a") << true << false;
        QTest::newRow("a kind without") << QStringList{} << false << false;
    }
    void theNamespaceStandsWhereSeveralAreShown()
    {
        QFETCH(const QStringList, scope);
        QFETCH(const bool, namespaced);
        QFETCH(const bool, shown);
        kube::Source source = podsSource();
        std::vector<std::string> paths{pods};
        for (const QString &space : scope)
            source.scope.namespaces.insert(space.toStdString());
        for (const std::string &space : source.scope.namespaces)
            paths.push_back("/api/v1/namespaces/" + space + "/pods");
        for (const std::string &path : paths) {
            m_bench->server.on(net::Verb::List, path, answer(podsTable({pod("web", "1")}, "10")));
            m_bench->server.on(net::Verb::Watch, path, held());
        }
        kube::Resource resource = podsResource();
        resource.namespaced = namespaced;
        m_model->show(share(m_bench->makeStore(source)), resource);
        m_bench->settle();
        QCOMPARE(header(Qt::DisplayRole).value(0), shown ? QStringLiteral("Namespace") : QStringLiteral("Name"));
    }

    void foreignTextIsMadeVisible()
    {
        PodText hostile = pod("web", "1");
        hostile.status = R"(\u001b[31m<b>x\ny)";
        showPods({hostile});
        QCOMPARE(text(0, "Status"), QStringLiteral("\\x1b[31m<b>x\\ny"));
    }

    void rowsSayHowTheyDo()
    {
        PodText sick = pod("sick", "1");
        sick.status = "CrashLoopBackOff";
        PodText done = pod("done", "2");
        done.status = "Completed";
        showPods({sick, done, pod("fine", "3")});
        QCOMPARE(m_model->counts().count(Health::Failed), 1U);
        QCOMPARE(m_model->counts().count(Health::Idle), 1U);
        QCOMPARE(m_model->counts().count(Health::Healthy), 1U);
        const int row = rowNamed("sick");
        QCOMPARE(m_model->index(row, 0).data(TableModel::HealthRole).toInt(), int(Health::Failed));
        QCOMPARE(m_model->index(row, 0).data(TableModel::HealthWordRole).toString(), QStringLiteral("Failing"));
    }

    void aKindWithoutHealthHasNone()
    {
        const std::string path = "/api/v1/configmaps";
        m_bench->server.on(net::Verb::List, path, answer(podsTable({pod("settings", "1")}, "10")));
        m_bench->server.on(net::Verb::Watch, path, held());
        m_model->show(share(m_bench->makeStore({.resource = {"", "v1", "configmaps"}, .scope = {}, .selector = {}})),
            {.id = {"", "v1", "configmaps"}, .kind = "ConfigMap", .namespaced = true});
        m_bench->settle();
        QVERIFY(!cell(0, "Status").data(TableModel::HealthRole).isValid());
        QCOMPARE(cell(0, "Status").data(TableModel::SpeaksOfHealthRole).toBool(), false);
        QVERIFY(!m_model->counts().worst());
    }

    // Of kinds that nobody has described: by printed conditions; else by facts, where the rows are few; else nothing is known.
    void customKindsAreJudged_data()
    {
        QTest::addColumn<bool>("printed");
        QTest::addColumn<int>("objects");
        QTest::addColumn<int>("lists");
        QTest::addColumn<QString>("healths"); // of the first three
        QTest::newRow("by a printed condition") << true << 3 << 1 << QStringLiteral("0,2,1");
        QTest::newRow("by facts") << false << 3 << 2 << QStringLiteral("0,2,3");
        QTest::newRow("just few enough") << false << int(TableModel::tooManyForFacts) - 1 << 2 << QStringLiteral("0,2,3");
        QTest::newRow("too many") << false << int(TableModel::tooManyForFacts) << 1 << QStringLiteral("5,5,5");
    }
    void customKindsAreJudged()
    {
        QFETCH(const bool, printed);
        QFETCH(const int, objects);
        QFETCH(const int, lists);
        QFETCH(const QString, healths);
        showGadgets(printed, objects);
        QVERIFY(!m_model->awaitsFacts());
        QCOMPARE(m_store->listRequests(), lists);
        QStringList found;
        for (const char *name : {"g0", "g1", "g2"})
            found << m_model->index(rowNamed(name), 0).data(TableModel::HealthRole).toString();
        QCOMPARE(found.join(u','), healths);
        int counted = 0;
        for (const std::uint32_t each : m_model->counts().of)
            counted += int(each);
        QCOMPARE(counted, objects);
    }

    // Facts are followed, and given up where the rows have become too many; what they said is not kept then, since it would grow old.
    void factsAreFollowedUntilRowsAreTooMany()
    {
        showGadgets(false, int(TableModel::tooManyForFacts) - 1);
        const auto healthOf = [this](const char *name) { return m_model->index(rowNamed(name), 0).data(TableModel::HealthRole).toInt(); };
        QCOMPARE(healthOf("g1"), int(Health::Degraded));
        m_bench->server.push(gadgetEvent("MODIFIED", 1, "True", 50), gadgets);
        m_bench->advance(100ms);
        QCOMPARE(healthOf("g1"), int(Health::Healthy));
        m_bench->server.push(gadgetEvent("ADDED", int(TableModel::tooManyForFacts), "True", 51), gadgets);
        m_bench->advance(100ms);
        QCOMPARE(m_model->rowCount(), int(TableModel::tooManyForFacts));
        QCOMPARE(healthOf("g1"), int(Health::Unknown));
        QCOMPARE(m_model->counts().count(Health::Unknown), std::uint32_t(TableModel::tooManyForFacts));
        // It does not come and go with each object.
        m_bench->server.push(gadgetEvent("DELETED", int(TableModel::tooManyForFacts), "True", 52), gadgets);
        m_bench->advance(100ms);
        QVERIFY(!m_model->awaitsFacts());
        QCOMPARE(m_store->listRequests(), 2);
        QCOMPARE(m_model->rowCount(), int(TableModel::tooManyForFacts) - 1);
        QCOMPARE(healthOf("g1"), int(Health::Unknown));
        // But who shows it anew asks anew.
        m_model->show(m_model->store(), m_model->resource());
        m_bench->advance(100ms);
        QCOMPARE(healthOf("g1"), int(Health::Degraded)); // as it is listed again
        QVERIFY(m_store->listRequests() > 2);
    }

    void whatWasMadeUpInANameIsTold()
    {
        PodText web = pod("web-7d9f6c5b84-x2k4q", "1");
        web.replicaSet = "web-7d9f6c5b84";
        web.labels["pod-template-hash"] = "7d9f6c5b84";
        showPods({web, pod("mara-2024", "2")});
        QCOMPARE(cell(rowNamed("web-7d9f6c5b84-x2k4q"), "Name").data(TableModel::StemRole).toInt(), 3);
        QVERIFY(!cell(rowNamed("mara-2024"), "Name").data(TableModel::StemRole).isValid());
        QVERIFY(!cell(rowNamed("web-7d9f6c5b84-x2k4q"), "Status").data(TableModel::StemRole).isValid());
    }

    void lengthsOfTimeGrowWithoutASignal()
    {
        PodText web = pod("web", "1");
        web.created = "2024-12-18T00:16:30Z"; // the clock's now is 00:16:40
        web.age = "9s";
        web.restarts = "14 (2m ago)";
        PodText odd = pod("odd", "2");
        odd.created.clear();
        odd.age = "<unknown>";
        odd.restarts = "3";
        showPods({web, odd});
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        QCOMPARE(text(rowNamed("web"), "Age"), QStringLiteral("10s"));
        QCOMPARE(text(rowNamed("web"), "Restarts"), QStringLiteral("14 (2m ago)"));
        m_bench->clock.advance(65s);
        QCOMPARE(text(rowNamed("web"), "Age"), QStringLiteral("75s"));
        QCOMPARE(text(rowNamed("web"), "Restarts"), QStringLiteral("14 (3m5s ago)"));
        QCOMPARE(text(rowNamed("odd"), "Age"), QStringLiteral("<unknown>"));
        QCOMPARE(text(rowNamed("odd"), "Restarts"), QStringLiteral("3"));
        QCOMPARE(changed.count(), 0);
        const QModelIndex age = cell(rowNamed("web"), "Age");
        QCOMPARE(age.data(TableModel::SinceRole).toDateTime(), QDateTime(QDate(2024, 12, 18), QTime(0, 16, 30), Qt::UTC));
        QCOMPARE(age.data(TableModel::SinceIsExactRole).toBool(), true);
        const QModelIndex restarts = cell(rowNamed("web"), "Restarts");
        QCOMPARE(restarts.data(TableModel::SinceRole).toDateTime(), QDateTime(QDate(2024, 12, 18), QTime(0, 14, 40), Qt::UTC));
        QCOMPARE(restarts.data(TableModel::SinceIsExactRole).toBool(), false);
        QVERIFY(!cell(rowNamed("odd"), "Restarts").data(TableModel::SinceRole).isValid());
        QVERIFY(!cell(rowNamed("web"), "Status").data(TableModel::SinceRole).isValid());
        // How wide they come to be.
        QCOMPARE(age.data(TableModel::LongestRole).toString(), QStringLiteral("7h59m"));
        QCOMPARE(restarts.data(TableModel::LongestRole).toString(), QStringLiteral("14 (7h59m ago)"));
        QVERIFY(!cell(rowNamed("odd"), "Age").data(TableModel::LongestRole).isValid());
        QVERIFY(!cell(rowNamed("odd"), "Restarts").data(TableModel::LongestRole).isValid());
        QVERIFY(!cell(rowNamed("web"), "Status").data(TableModel::LongestRole).isValid());
    }

    void aJobsDurationStandsStillOnceItHasEnded()
    {
        const kinds::Kind &jobs = kinds::kindOf("batch", "jobs");
        const std::vector<kube::Column> columns = {
            {.name = "Name", .type = "string", .format = "name"}, {.name = "Status", .type = "string"}, {.name = "Duration", .type = "string"}};
        const items::TableColumns table(jobs, columns, items::TableColumns::Namespaces::Hidden, {});
        const std::string json =
            R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name"},{"name":"Status"},)"
            R"({"name":"Duration"}],"rows":[{"cells":["a","Running","6m2s"],"object":{"metadata":{"name":"a"}}},)"
            R"({"cells":["b","Complete","6m2s"],"object":{"metadata":{"name":"b"}}}]})";
        auto page = kube::decodeTable(json, kube::Detail::Meta, {});
        QVERIFY(page.has_value());
        const kube::Item running(1, std::move(page->rows.front()), m_bench->clock.now());
        const kube::Item ended(2, std::move(page->rows.back()), m_bench->clock.now());
        const auto later = m_bench->clock.now() + 60s;
        QCOMPARE(table.text(2, running, later), std::string("7m2s"));
        QCOMPARE(table.text(2, ended, later), std::string("6m2s"));
        QVERIFY(table.since(2, running, Health::Progressing).has_value());
        QVERIFY(!table.since(2, ended, Health::Healthy).has_value());
    }

    void changesComeByTheLeastStep()
    {
        std::vector<PodText> all;
        for (int i = 0; i < 10; ++i)
            all.push_back(pod("p" + std::to_string(i), std::to_string(i)));
        showPods(all);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        QSignalSpy counts(m_model.get(), &TableModel::countsChanged);
        std::string lines;
        for (const int row : {2, 3, 7}) {
            PodText gone = at(row);
            gone.version = "20";
            lines += podEvent("DELETED", gone);
        }
        for (const int row : {4, 5, 8}) {
            PodText other = at(row);
            other.version = "21";
            other.status = "Error";
            lines += podEvent("MODIFIED", other);
        }
        lines += podEvent("ADDED", pod("new1", "11", "22")) + podEvent("ADDED", pod("new2", "12", "23"));
        m_bench->server.push(lines, pods);
        m_bench->advance(100ms);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(inserted[0][1].toInt(), 7);
        QCOMPARE(inserted[0][2].toInt(), 8);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(removed[0][1].toInt(), 7);
        QCOMPARE(removed[1][1].toInt(), 2);
        QCOMPARE(removed[1][2].toInt(), 3);
        QCOMPARE(changed.count(), 2); // 4 and 5 are one range
        QCOMPARE(changed[0][0].toModelIndex().row(), 4);
        QCOMPARE(changed[0][1].toModelIndex().row(), 5);
        QCOMPARE(reset.count(), 0);
        QCOMPARE(counts.count(), 1);
        QCOMPARE(m_model->counts().count(Health::Failed), 3U);
        QCOMPARE(m_model->counts().count(Health::Healthy), 6U);
    }

    void rowsAreFoundByTheirNumber()
    {
        showPods({pod("a", "1"), pod("b", "2"), pod("c", "3")});
        for (int row = 0; row < 3; ++row)
            QCOMPARE(m_model->rowOf(m_model->itemAt(row)->id()), row);
        const kube::RowId gone = m_model->itemAt(0)->id();
        PodText first = at(0);
        first.version = "20";
        m_bench->server.push(podEvent("DELETED", first), pods);
        m_bench->advance(100ms);
        QCOMPARE(m_model->rowOf(gone), -1);
        for (int row = 0; row < 2; ++row)
            QCOMPARE(m_model->rowOf(m_model->itemAt(row)->id()), row);
    }

    void anotherResourceIsAResetAndTheOldOneIsSilent()
    {
        showPods({pod("web", "1")});
        const std::string path = "/api/v1/nodes";
        m_bench->server.on(net::Verb::List, path, held());
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->show(share(m_bench->makeStore({.resource = {"", "v1", "nodes"}, .scope = {}, .selector = {}})),
            {.id = {"", "v1", "nodes"}, .kind = "Node", .namespaced = false});
        QCOMPARE(reset.count(), 1);
        QCOMPARE(m_model->rowCount(), 0);
        QVERIFY(!m_model->counts().worst());
        m_bench->settle();
        m_bench->advance(100ms);
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->state().phase, kube::Phase::Loading);
        QCOMPARE(m_bench->server.open(pods), 0); // nobody listens to it any more
    }

    void otherColumnsAreAReset()
    {
        m_bench->server.on(net::Verb::List, pods, answer(podsTable({pod("web", "1")}, "10")), 1);
        std::string other = podsTable({pod("web", "1", "30"), pod("api", "2", "31")}, "40");
        other.replace(other.find("Ready"), 5, "Bereit");
        m_bench->server.on(net::Verb::List, pods, answer(other));
        const std::string gone = R"({"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}})";
        m_bench->server.on(net::Verb::Watch, pods, held({gone + "\n"}), 1);
        m_bench->server.on(net::Verb::Watch, pods, held());
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->show(share(m_bench->makeStore(podsSource())), podsResource());
        m_bench->settle();
        m_bench->advance(3s);
        QCOMPARE(reset.count(), 3); // the resource, its columns, the other columns
        QVERIFY(m_model->columnNamed("Bereit") >= 0);
        QCOMPARE(m_model->columnNamed("Ready"), -1);
        QCOMPARE(m_model->rowCount(), 2);
    }

    void theStateIsTold()
    {
        m_bench->server.on(net::Verb::List, pods, refusal(403, "Forbidden", "pods is forbidden"));
        QSignalSpy told(m_model.get(), &TableModel::stateChanged);
        m_model->show(share(m_bench->makeStore(podsSource())), podsResource());
        m_bench->settle();
        QVERIFY(told.count() >= 2);
        QVERIFY(m_model->state().why.has_value());
        QCOMPARE(m_model->state().why->code, Code::Forbidden);
    }

    void moreDetailIsTakenOver()
    {
        showPods({pod("web", "1")});
        QCOMPARE(m_model->itemAt(0)->meta().factCount(), std::size_t(0));
        Told told;
        m_bench->server.forget();
        m_bench->server.on(net::Verb::List, pods, answer(podsTable({pod("web", "1"), pod("api", "2", "5")}, "20")));
        m_bench->server.on(net::Verb::Watch, pods, held());
        const auto facts = m_bench->listen(*m_store, told, kube::Detail::Facts);
        m_bench->advance(1s);
        QCOMPARE(m_model->rowCount(), 2);
        m_store->snapshot().forEach([this](const kube::ItemPtr &item) { QCOMPARE(m_model->itemAt(m_model->rowOf(item->id())), item); });
    }

    void randomChangesGiveTheModelMadeFromScratch_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 6; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void randomChangesGiveTheModelMadeFromScratch()
    {
        QFETCH(const unsigned, seed);
        PodWorld world(seed, 40);
        m_bench->server.on(
            net::Verb::List, pods, [](const net::Request &) { return true; }, [&world](const net::Request &) { return answer(world.table()); });
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_store = m_bench->makeStore(podsSource());
        m_model->show(share(m_store), podsResource());
        m_bench->settle();
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        for (int round = 0; round < 40; ++round) {
            world.goes = round % 10 < 5 ? 15 : 45;
            m_bench->server.push(world.step(1 + int(seed * unsigned(round)) % 30), pods);
            m_bench->advance(60ms);
            TableModel scratch(m_bench->clock);
            scratch.show(share(m_store), podsResource());
            m_bench->settle();
            QCOMPARE(std::size_t(m_model->rowCount()), world.pods().size());
            QCOMPARE(everything(*m_model), everything(scratch));
            QVERIFY(m_model->counts() == scratch.counts());
            for (int row = 0; row < m_model->rowCount(); ++row)
                QCOMPARE(m_model->rowOf(m_model->itemAt(row)->id()), row);
        }
        QCOMPARE(reset.count(), 0);
        QCOMPARE(m_store->listRequests(), 1);
    }

private:
    static std::shared_ptr<kube::Store> share(kube::Store *store)
    {
        return {store, [](kube::Store *) {}}; // the bench's context owns it
    }

    void showPods(const std::vector<PodText> &all)
    {
        m_pods = all;
        m_bench->server.on(net::Verb::List, pods, answer(podsTable(all, "10")));
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_store = m_bench->makeStore(podsSource());
        m_model->show(share(m_store), podsResource());
        m_bench->settle();
        QCOMPARE(std::size_t(m_model->rowCount()), all.size());
    }

    void showGadgets(bool printed, int count)
    {
        std::string rows;
        constexpr std::array states = {"True", "False", "Unknown"};
        for (int i = 0; i < count; ++i)
            rows += (i == 0 ? "" : ",") + gadgetRow(i, states[std::size_t(i) % states.size()], 1, printed);
        m_bench->server.on(net::Verb::List, gadgets, answer(gadgetTable(rows, printed)));
        m_bench->server.on(net::Verb::Watch, gadgets, held());
        const kube::GroupVersionResource id{"example.com", "v1", "gadgets"};
        m_store = m_bench->makeStore({.resource = id, .scope = {}, .selector = {}}, kinds::kindOf("example.com", "gadgets").projection());
        m_model->show(share(m_store), {.id = id, .kind = "Gadget", .namespaced = true});
        m_bench->advance(100ms);
        QCOMPARE(m_model->rowCount(), count);
    }

    // The pod of a row.
    [[nodiscard]] PodText at(int row) const
    {
        const auto name = std::string(m_model->itemAt(row)->name());
        return *std::find_if(m_pods.begin(), m_pods.end(), [&name](const PodText &each) { return each.name == name; });
    }

    [[nodiscard]] int rowNamed(const std::string &name) const
    {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->itemAt(row)->name() == name)
                return row;
        }
        return -1;
    }

    [[nodiscard]] QModelIndex cell(int row, const char *column) const { return m_model->index(row, m_model->columnNamed(column)); }
    [[nodiscard]] QString text(int row, const char *column) const { return cell(row, column).data().toString(); }

    [[nodiscard]] QStringList row(int row) const
    {
        QStringList cells;
        for (int column = 0; column < m_model->columnCount(); ++column)
            cells << m_model->index(row, column).data().toString();
        return cells;
    }

    [[nodiscard]] QStringList header(int role) const
    {
        QStringList answers;
        for (int column = 0; column < m_model->columnCount(); ++column)
            answers << m_model->headerData(column, Qt::Horizontal, role).toString();
        return answers;
    }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<TableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::vector<PodText> m_pods;
    kube::Store *m_store = nullptr;
};

QTEST_GUILESS_MAIN(TableModelTest)
#include "tst_tablemodel.moc"
