// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interferencecommand.h"

#include "app/failurewords.h"
#include "app/interferenceprinter.h"
#include "base/platform/zonefile.h"
#include "support/jobsworld.h"
#include "support/objectworld.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <string>
#include <vector>

using namespace fairlead;

namespace {

// Those that it lists, under one namespace or all.
const std::vector<std::string> collections = {"/api/v1|pods", "/apis/batch/v1|cronjobs", "/apis/batch/v1|jobs", "/apis/apps/v1|deployments",
    "/apis/apps/v1|statefulsets", "/apis/apps/v1|daemonsets", "/apis/apps/v1|replicasets", "/api/v1|replicationcontrollers", "/api/v1|services"};

std::string pathOf(const std::string &collection, const std::string &space)
{
    const std::size_t bar = collection.find('|');
    return collection.substr(0, bar) + (space.empty() ? "" : "/namespaces/" + space) + "/" + collection.substr(bar + 1);
}

struct Ran {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

// A server at 2026-11-24T14:40:00Z that has nothing but what a test puts there.
class Bench {
public:
    test::ObjectWorld world;

    explicit Bench(std::string space = {})
        : m_space(std::move(space))
    {
    }

    void serve(const std::string &collection, const std::vector<std::string> &objects)
    {
        world.server().on(net::Verb::List, pathOf(collection, m_space), test::answer(test::tableText(objects)));
        world.server().on(net::Verb::Watch, pathOf(collection, m_space), test::held());
    }
    void refuse(const std::string &collection)
    {
        world.server().on(net::Verb::List, pathOf(collection, m_space), test::refusal(403, "Forbidden", "you may not list these"));
    }
    Ran run(std::vector<std::string> words)
    {
        for (const std::string &each : collections)
            serve(each, {}); // what a test has said before comes first
        QTemporaryFile output;
        QTemporaryFile messages;
        Ran ran;
        if (!output.open() || !messages.open())
            return ran;
        words.insert(words.begin(), {"jobs", "beside"});
        const auto arguments = app::parseArguments(std::move(words));
        if (!arguments)
            return ran;
        {
            app::Output out(output.handle());
            app::Output err(messages.handle());
            app::InterferenceCommand command(
                *arguments, arguments->space.empty() ? "team-a" : arguments->space, world.session(), platform::readZoneFile, out, err);
            QObject::connect(&command, &app::InterferenceCommand::finished, [&ran](int exitCode) { ran.exitCode = exitCode; });
            command.start();
            world.settle();
        }
        output.seek(0);
        messages.seek(0);
        ran.output = output.readAll();
        ran.messages = messages.readAll();
        return ran;
    }

private:
    const std::string m_space;
};

const std::string container = "{`name`:`a`,`env`:[{`name`:`A`,`valueFrom`:{`secretKeyRef`:{`name`:`orders-db`,`key`:`url`}}}]}";

std::string made(const std::string &kind, const std::string &name, const std::string &spec, const std::string &metadata = "`labels`:{}")
{
    return "{`kind`:`" + kind + "`,`apiVersion`:`v1`,`metadata`:{`name`:`" + name + "`,`namespace`:`team-a`,`uid`:`u-" + name + "`," + metadata +
           "},`spec`:" + spec + ",`status`:{`phase`:`Running`}}";
}

std::string cronJob()
{
    return made("CronJob", "nightly", "{`schedule`:`0 3 * * *`,`jobTemplate`:{`spec`:{`template`:{`spec`:{`containers`:[" + container + "]}}}}}");
}

std::string deployment(const std::string &name = "web")
{
    return made("Deployment", name, "{`template`:{`spec`:{`containers`:[" + container + "]}}}");
}

std::string pod(const std::string &name, const std::string &ownerKind)
{
    return made("Pod", name, "{`nodeName`:`node-1`,`restartPolicy`:`Always`,`containers`:[{`name`:`a`}]}",
        "`ownerReferences`:[{`apiVersion`:`v1`,`kind`:`" + ownerKind + "`,`name`:`nightly-1`,`uid`:`x`,`controller`:true}]");
}

jobs::Interference someInterference()
{
    jobs::Interference out;
    out.firstHour = std::chrono::floor<std::chrono::hours>(test::at("2026-01-01T00:30:00Z"));
    out.nodes.push_back({.node = "node-1",
        .servicePods = 3,
        .pods = {{.space = "team-a",
            .name = "n\x1b[31m",
            .owner = {.kind = "CronJob", .space = "team-a", .name = "nightly"},
            .missing = {.cpu = true, .memory = true}}}});
    jobs::SharedTarget target{.kind = "Service", .space = "data", .name = "orders-db"};
    target.database = true;
    for (const char *name : {"a", "b", "c", "d", "e"})
        target.jobs.push_back({.kind = "CronJob", .space = "team-a", .name = name});
    target.services.push_back({.kind = "Deployment", .space = "data", .name = "web", .mixed = true});
    target.startsPerHour[3] = 2;
    out.shared.push_back(target);
    return out;
}

} // namespace

// Against a server: live/tst_jobs_beside.
class InterferenceCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asTable()
    {
        QCOMPARE(QString::fromStdString(app::interferenceTable(someInterference())),
            QStringLiteral(
                "NODE     SERVICE PODS   NAMESPACE   JOB POD   OWNER             WITHOUT LIMIT\n"
                "node-1   3              team-a      n^[[31m   CronJob/nightly   cpu, memory\n"
                "\n"
                "NAMESPACE   SHARED              KEY      DATABASE   JOBS                                                              SERVICES                 "
                "MOST START\n"
                "data        Service/orders-db   <none>   yes        team-a/CronJob/a, team-a/CronJob/b, team-a/CronJob/c and 2 more   Deployment/web (mixed)   "
                "2 at 2026-01-01T03:00:00Z\n"));
        QCOMPARE(app::interferenceTable({}), std::string());
    }

    void asJson()
    {
        QCOMPARE(app::interferenceJson({}), std::string("{\n    \"unlimited\": [],\n    \"shared\": []\n}\n"));
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(app::interferenceJson(someInterference()))).object();
        const QJsonObject pod = json[QLatin1String("unlimited")].toArray().at(0)[QLatin1String("pods")].toArray().at(0).toObject();
        QCOMPARE(pod[QLatin1String("name")].toString(), QStringLiteral("n\x1b[31m"));
        QCOMPARE(pod[QLatin1String("owner")].toObject(),
            (QJsonObject{{QStringLiteral("kind"), QStringLiteral("CronJob")}, {QStringLiteral("namespace"), QStringLiteral("team-a")},
                {QStringLiteral("name"), QStringLiteral("nightly")}}));
        QCOMPARE(pod[QLatin1String("missing")].toArray(), (QJsonArray{QStringLiteral("cpu"), QStringLiteral("memory")}));
        const QJsonObject target = json[QLatin1String("shared")].toArray().at(0).toObject();
        QVERIFY(target[QLatin1String("key")].isNull());
        QVERIFY(target[QLatin1String("database")].toBool());
        QCOMPARE(target[QLatin1String("jobs")].toArray().size(), 5);
        QVERIFY(target[QLatin1String("services")].toArray().at(0)[QLatin1String("mixed")].toBool());
        const QJsonArray hours = target[QLatin1String("startsPerHour")].toArray();
        QCOMPARE(hours.size(), 24);
        QCOMPARE(hours[3].toObject(), (QJsonObject{{QStringLiteral("at"), QStringLiteral("2026-01-01T03:00:00Z")}, {QStringLiteral("count"), 2}}));
    }

    void found()
    {
        Bench bench;
        bench.serve("/apis/batch/v1|cronjobs", {cronJob()});
        bench.serve("/apis/apps/v1|deployments", {deployment()});
        bench.serve("/api/v1|pods", {pod("nightly-1-a", "Job"), pod("web-1", "ReplicaSet")});
        const Ran ran = bench.run({"-A", "-o", "json"});
        QVERIFY2(ran.exitCode == app::Done, ran.messages.constData());
        QCOMPARE(ran.messages, QByteArray());
        const QJsonArray nodes = ran.json()[QLatin1String("unlimited")].toArray();
        QCOMPARE(nodes.size(), 1);
        QCOMPARE(nodes[0][QLatin1String("servicePods")].toInt(), 1);
        QCOMPARE(nodes[0][QLatin1String("pods")].toArray().at(0)[QLatin1String("name")].toString(), QStringLiteral("nightly-1-a"));
        const QJsonArray shared = ran.json()[QLatin1String("shared")].toArray();
        QCOMPARE(shared.size(), 1);
        QCOMPARE(shared[0][QLatin1String("key")].toString(), QStringLiteral("url"));
        QCOMPARE(shared[0][QLatin1String("startsPerHour")].toArray().at(0).toObject()[QLatin1String("at")].toString(),
            QStringLiteral("2026-11-24T14:00:00Z"));
        QCOMPARE(shared[0][QLatin1String("startsPerHour")].toArray().at(13).toObject()[QLatin1String("count")].toInt(), 1);
    }

    void nothingFound()
    {
        const Ran all = Bench().run({"-A"});
        QCOMPARE(all.exitCode, int(app::Done));
        QCOMPARE(all.output, QByteArray());
        QCOMPARE(all.messages, QByteArray("No jobs beside services found\n"));
        QCOMPARE(Bench("team-a").run({}).messages, QByteArray("No jobs beside services found in team-a namespace.\n"));
        QCOMPARE(Bench().run({"-A", "-o", "json"}).output, QByteArray("{\n    \"unlimited\": [],\n    \"shared\": []\n}\n"));
    }

    void whatMayNotBeRead()
    {
        Bench bench;
        bench.refuse("/api/v1|pods");
        bench.serve("/apis/batch/v1|cronjobs", {cronJob()});
        bench.serve("/apis/apps/v1|deployments", {deployment()});
        const Ran ran = bench.run({"-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Forbidden));
        QVERIFY2(ran.messages.contains("you may not list these"), ran.messages.constData());
        QCOMPARE(ran.json()[QLatin1String("shared")].toArray().size(), 1);
        Bench none;
        for (const std::string &each : collections)
            none.refuse(each);
        const Ran refused = none.run({"-A"});
        QCOMPARE(refused.exitCode, int(app::Forbidden));
        QCOMPARE(refused.output, QByteArray());
        QVERIFY(!refused.messages.contains("No jobs beside services found"));
    }

    // A namespace alone is asked for where no other is named.
    void oneNamespace()
    {
        Bench bench("team-b");
        bench.serve("/apis/batch/v1|cronjobs", {cronJob()});
        bench.serve("/apis/apps/v1|deployments", {deployment()});
        const Ran ran = bench.run({"-n", "team-b", "-o", "json"});
        QVERIFY2(ran.exitCode == app::Done, ran.messages.constData());
        QCOMPARE(ran.json()[QLatin1String("shared")].toArray().size(), 1);
        for (const net::Request &each : bench.world.server().requests())
            QVERIFY2(each.path.find("/namespaces/team-b/") != std::string::npos || each.verb != net::Verb::List, each.path.c_str());
    }
};

QTEST_GUILESS_MAIN(InterferenceCommandTest)
#include "tst_interferencecommand.moc"
