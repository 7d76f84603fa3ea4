// SPDX-License-Identifier: GPL-3.0-or-later
// What a session asks once, of a real API server: objects by their names, and the user's own rights.
#include "kube/access.h"
#include "kube/decode/json.h"
#include "kube/net/curltransport.h"
#include "kube/oneobject.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QTest>

#include <optional>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;

class SessionLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("session"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void cleanup()
    {
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void aWholeObject_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("space");
        QTest::addColumn<QString>("name");
        QTest::newRow("in a namespace") << QString() << QStringLiteral("configmaps") << QStringLiteral("team-a")
                                        << QStringLiteral("kube-root-ca.crt");
        QTest::newRow("without namespaces") << QString() << QStringLiteral("namespaces") << QString() << QStringLiteral("team-a");
        QTest::newRow("of a group, with a name that is escaped")
            << QStringLiteral("rbac.authorization.k8s.io") << QStringLiteral("clusterroles") << QString() << QStringLiteral("system:node");
    }
    void aWholeObject()
    {
        QFETCH(QString, group);
        QFETCH(QString, resource);
        QFETCH(QString, space);
        QFETCH(QString, name);
        open(QStringLiteral("admin"));
        const GroupVersionResource id{group.toStdString(), "v1", resource.toStdString()};
        const auto store = m_session->store({.resource = id, .scope = Scope::all(), .selector = {}});
        const ObjectRef ref{id, space.toStdString(), name.toStdString()};
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->kubectl(arguments(resource, space, name)).size() > 0, 30'000); // a controller makes it
        const auto body = wait(store->object(ref));
        QVERIFY2(body.has_value(), body ? "" : body.error().text().c_str());
        const auto object = Json::parse(*body);
        QCOMPARE((*object)["metadata"]["name"].text(), std::string_view(ref.name));
        QCOMPARE((*object)["metadata"]["namespace"].text(), std::string_view(ref.space));
        QVERIFY(!(*object)["metadata"]["managedFields"].list().empty()); // the one way to have them
        QCOMPARE(QByteArray::fromStdString(*body).trimmed(), m_cluster->kubectl(arguments(resource, space, name)).trimmed());
        const auto row = wait(getRow(m_session->client(), ref));
        QVERIFY(row.has_value());
        QVERIFY(!row->isPlain);
        QCOMPARE(row->rows.at(0).name(), std::string_view(ref.name));
    }

    void anObjectThatIsNotThere()
    {
        open(QStringLiteral("admin"));
        const auto body = wait(getObject(m_session->client(), {{"", "v1", "configmaps"}, "team-a", "nope"}));
        QCOMPARE(body.error().code, Code::NotFound);
        open(QStringLiteral("dev"));
        const auto forbidden = wait(getObject(m_session->client(), {{"", "v1", "namespaces"}, {}, "team-b"}));
        QCOMPARE(forbidden.error().code, Code::Forbidden);
    }

    void theRightsOfWhoMayWorkInOneNamespace()
    {
        open(QStringLiteral("dev"));
        Client &client = m_session->client();
        const auto right = [](const char *verb, const char *resource, const char *space, const char *part = "") {
            return Right{.verb = verb, .resource = {"", "v1", resource}, .space = space, .name = {}, .subresource = part};
        };
        QCOMPARE(wait(may(client, right("list", "pods", "team-a"))).value(), true);
        QCOMPARE(wait(may(client, right("get", "pods", "team-a", "log"))).value(), true);
        QCOMPARE(wait(may(client, right("list", "pods", "team-b"))).value(), false);
        QCOMPARE(wait(may(client, right("list", "pods", ""))).value(), false);
        QCOMPARE(wait(may(client, right("list", "namespaces", ""))).value(), false);
        QCOMPARE(wait(may(client, right("list", "nodes", ""))).value(), false);
        QCOMPARE(wait(spacesWith(client, right("list", "pods", ""), {"default", "kube-system", "nowhere", "team-a", "team-b"})).value(),
            std::set<std::string>{"team-a"});
        const auto here = wait(rightsIn(client, "team-a")).value();
        QVERIFY(here.allow(right("list", "pods", "")));
        QVERIFY(here.allow(right("get", "pods", "", "log")));
        QVERIFY(!here.allow(right("list", "nodes", "")));
        const auto there = wait(rightsIn(client, "team-b")).value();
        QVERIFY(!there.allow(right("list", "pods", "")));
    }

    void theRightsOfTheOthers()
    {
        open(QStringLiteral("admin"));
        const Right all{.verb = "delete", .resource = {"apps", "v1", "deployments"}, .space = {}, .name = {}, .subresource = {}};
        QCOMPARE(wait(may(m_session->client(), all)).value(), true);
        open(QStringLiteral("viewer"));
        QCOMPARE(wait(may(m_session->client(), all)).value(), false);
        const Right secrets{.verb = "list", .resource = {"", "v1", "secrets"}, .space = "team-a", .name = {}, .subresource = {}};
        QCOMPARE(wait(may(m_session->client(), secrets)).value(), false);
        QCOMPARE(wait(rightsIn(m_session->client(), "team-a")).value().allow(secrets), false);
    }

private:
    static QStringList arguments(const QString &resource, const QString &space, const QString &name)
    {
        // The server's own bytes: kubectl prints what it gets from a path as it is.
        const bool isRole = resource == QLatin1String("clusterroles");
        const QString path = (isRole ? QStringLiteral("/apis/rbac.authorization.k8s.io/v1/") : QStringLiteral("/api/v1/")) +
                             (space.isEmpty() ? QString() : QStringLiteral("namespaces/") + space + QLatin1Char('/')) + resource + QLatin1Char('/') +
                             name;
        return {QStringLiteral("get"), QStringLiteral("--raw"), path};
    }

    void open(const QString &user)
    {
        cleanup();
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint(user));
        m_session = std::make_unique<Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint().address(), Session::ProjectionOf());
    }

    template<typename T>
    Result<T> wait(Reply<T> reply)
    {
        std::optional<Result<T>> answer;
        reply.then(this, [&answer](Result<T> result) { answer.emplace(std::move(result)); });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 30'000))
            return failure({.code = Code::Timeout, .message = "no answer within 30 s"});
        return std::move(*answer);
    }

    std::unique_ptr<LiveCluster> m_cluster;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<Session> m_session;
};

QTEST_GUILESS_MAIN(SessionLiveTest)
#include "tst_session_live.moc"
