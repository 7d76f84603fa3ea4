// SPDX-License-Identifier: GPL-3.0-or-later
// Stores of five kinds against a real API server, while kubectl changes them from outside in random order.
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;

namespace {

struct Kind {
    const char *resource;
    GroupVersionResource id;
    const char *manifest; // %1 is the name, %2 a number that changes
};

const std::array<Kind, 6> kinds = {{
    {"configmaps", {"", "v1", "configmaps"},
        R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%1","namespace":"team-a"},"data":{"n":"%2"}})"},
    {"secrets", {"", "v1", "secrets"},
        R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"%1","namespace":"team-a"},"stringData":{"n":"%2"}})"},
    {"services", {"", "v1", "services"},
        R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"%1","namespace":"team-a","labels":{"n":"%2"}},"spec":{"ports":[{"port":80}]}})"},
    {"deployments", {"apps", "v1", "deployments"},
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%1","namespace":"team-a","labels":{"n":"%2"}},"spec":{"replicas":1,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx:1.27"}]}}}})"},
    {"cronjobs", {"batch", "v1", "cronjobs"},
        R"({"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"%1","namespace":"team-a","labels":{"n":"%2"}},"spec":{"schedule":"0 0 1 1 *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"nginx:1.27"}]}}}}}})"},
    {"pods", {"", "v1", "pods"}, nullptr}, // made and removed by the deployments
}};

// Rows as a listener holds them, checked against the contract while they come.
struct Listener {
    std::shared_ptr<Store> store;
    Subscription subscription;
    std::map<RowId, ItemPtr> rows;
    State state;
    Revision revision = 0;
    QString fault;
    int sets = 0;

    void take(const ChangeSet &set)
    {
        if (sets++ > 0 && set.from != revision)
            fault = QStringLiteral("a gap in the change sets");
        revision = set.to;
        for (const ItemPtr &item : set.changed) {
            if (!rows.contains(item->id()))
                fault = QStringLiteral("changed, but never added");
            rows[item->id()] = item;
        }
        for (const auto &gone : set.removed)
            rows.erase(gone.id);
        for (const ItemPtr &item : set.added) {
            if (!rows.emplace(item->id(), item).second)
                fault = QStringLiteral("added twice");
        }
    }

    [[nodiscard]] std::set<QString> names() const
    {
        std::set<QString> names;
        for (const auto &[id, item] : rows)
            names.insert(QString::fromStdString(std::string(item->name()) + " " + std::string(item->uid()) + " " + std::string(item->version())));
        return names;
    }
};

} // namespace

class StoreLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("store"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        const int seed =
            qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? qEnvironmentVariableIntValue("FAIRLEAD_SEED") : int(std::random_device{}() & 0x7fffffff);
        qInfo("seed %d", seed);
        m_random.seed(static_cast<unsigned>(seed));
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void cleanup()
    {
        m_listeners.clear();
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void storesEndEqualToKubectlsList()
    {
        open();
        change(300, 60'000, {});
        equal();
        for (const Listener &listener : m_listeners)
            QCOMPARE(listener.store->listRequests(), 1); // the watch alone did it
    }

    void theServerKilledAndStartedInTheMiddle()
    {
        open();
        change(300, 60'000, [this] {
            QVERIFY(m_cluster->ctl(QStringLiteral("kill-apiserver")));
            QTRY_VERIFY_WITH_TIMEOUT(allAre(Phase::Stale), 30'000);
            for (const Listener &listener : m_listeners)
                QVERIFY(!listener.rows.empty() || listener.store->source().resource.resource == "pods"); // rows stay
            QVERIFY(m_cluster->ctl(QStringLiteral("start-apiserver")));
        });
        equal();
        // A new server may no longer know the version where a watch stood: one new list each, and no more.
        for (const Listener &listener : m_listeners)
            QVERIFY2(listener.store->listRequests() <= 2, qPrintable(QString::number(listener.store->listRequests())));
    }

    void versionsThatExpiredMeanwhile()
    {
        open();
        change(300, 60'000, [this] { QVERIFY(m_cluster->ctl(QStringLiteral("expire"))); });
        equal();
        int lists = 0;
        for (const Listener &listener : m_listeners) {
            QVERIFY(listener.store->listRequests() <= 2);
            lists += listener.store->listRequests();
        }
        QVERIFY2(lists > int(m_listeners.size()), "no watch was told 410: nothing was tested");
    }

private:
    void open()
    {
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint());
        m_session = std::make_unique<Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint().address(), Session::ProjectionOf());
        for (const Kind &kind : kinds) {
            Listener &listener = m_listeners.emplace_back();
            listener.store = m_session->store({.resource = kind.id, .scope = Scope::of({"team-a"}), .selector = {}});
            listener.subscription = listener.store->subscribe(
                Detail::Meta, this, [&listener](const ChangeSet &set) { listener.take(set); },
                [&listener](const State &state) { listener.state = state; });
        }
        QTRY_VERIFY_WITH_TIMEOUT(allAre(Phase::Live), 30'000);
    }

    bool allAre(Phase phase) const
    {
        return std::all_of(m_listeners.begin(), m_listeners.end(), [phase](const Listener &listener) { return listener.state.phase == phase; });
    }

    // Spreads the operations evenly over the time; `halfway` happens in the middle. kubectl runs beside us, never awaited
    // while the stores work.
    void change(int count, int milliseconds, const std::function<void()> &halfway)
    {
        QElapsedTimer timer;
        timer.start();
        std::vector<std::unique_ptr<QProcess>> running;
        for (int i = 0; i < count; ++i) {
            if (halfway && i == count / 2)
                halfway();
            QTRY_VERIFY_WITH_TIMEOUT(timer.elapsed() >= qint64(milliseconds) * i / count, 120'000);
            running.push_back(startOperation());
            std::erase_if(running, [](const auto &process) { return process->state() == QProcess::NotRunning; });
            QTRY_VERIFY_WITH_TIMEOUT(
                running.size() < 4 || std::erase_if(running, [](const auto &process) { return process->state() == QProcess::NotRunning; }) > 0,
                60'000);
        }
        for (const auto &process : running)
            QTRY_VERIFY_WITH_TIMEOUT(process->state() == QProcess::NotRunning, 60'000);
        QVERIFY(timer.elapsed() >= milliseconds * 9 / 10);
    }

    std::unique_ptr<QProcess> startOperation()
    {
        const Kind &kind = kinds[m_random() % (kinds.size() - 1)];
        const QString name = QStringLiteral("%1-%2").arg(QLatin1String(kind.resource)).arg(m_random() % 12);
        auto process = std::make_unique<QProcess>();
        process->setProgram(m_cluster->program(QStringLiteral("kubectl")));
        QStringList arguments{QStringLiteral("--kubeconfig"), QString::fromStdString(m_cluster->file(QStringLiteral("admin.kubeconfig")))};
        switch (m_random() % 4) {
        case 0:
            arguments << QStringLiteral("delete") << QLatin1String(kind.resource) << name << QStringLiteral("-n") << QStringLiteral("team-a")
                      << QStringLiteral("--wait=false");
            break;
        case 1:
            arguments << QStringLiteral("patch") << QLatin1String(kind.resource) << name << QStringLiteral("-n") << QStringLiteral("team-a")
                      << QStringLiteral("-p") << QStringLiteral(R"({"metadata":{"labels":{"p":"%1"}}})").arg(m_random() % 1000);
            break;
        default: // creates what is not there, changes what is
            arguments << QStringLiteral("apply") << QStringLiteral("--server-side") << QStringLiteral("-f") << QStringLiteral("-");
            break;
        }
        process->setArguments(arguments);
        process->start();
        process->write(QString::fromLatin1(kind.manifest).arg(name).arg(m_random() % 1000).toUtf8());
        process->closeWriteChannel();
        return process;
    }

    // Within a while the stores are what kubectl lists; controllers may still be at work, so both are asked again.
    void equal()
    {
        QTRY_VERIFY_WITH_TIMEOUT(allAre(Phase::Live), 60'000);
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            std::set<QString> expected;
            const auto same = [&] {
                expected = kubectlsList(QLatin1String(kinds[i].resource));
                return expected == m_listeners[i].names();
            };
            (void)QTest::qWaitFor(same, 60'000); // what differs is told below
            if (expected != m_listeners[i].names()) {
                for (const QString &row : expected) {
                    if (!m_listeners[i].names().contains(row))
                        qWarning("missing in the store: %s", qPrintable(row));
                }
                for (const QString &row : m_listeners[i].names()) {
                    if (!expected.contains(row))
                        qWarning("only in the store: %s", qPrintable(row));
                }
                QFAIL(qPrintable(QStringLiteral("%1 differ").arg(QLatin1String(kinds[i].resource))));
            }
            QVERIFY2(m_listeners[i].fault.isEmpty(), qPrintable(m_listeners[i].fault));
            QCOMPARE(m_listeners[i].store->snapshot().size(), expected.size());
        }
        QVERIFY(m_listeners[3].sets > 3); // deployments did change
    }

    std::set<QString> kubectlsList(const QString &resource) const
    {
        const auto answer = m_cluster->kubectl(
            {QStringLiteral("get"), resource, QStringLiteral("-n"), QStringLiteral("team-a"), QStringLiteral("-o"), QStringLiteral("json")});
        std::set<QString> rows;
        for (const auto &item : QJsonDocument::fromJson(answer).object()[QLatin1String("items")].toArray()) {
            const QJsonObject metadata = item.toObject()[QLatin1String("metadata")].toObject();
            rows.insert(metadata[QLatin1String("name")].toString() + QLatin1Char(' ') + metadata[QLatin1String("uid")].toString() + QLatin1Char(' ') +
                        metadata[QLatin1String("resourceVersion")].toString());
        }
        return rows;
    }

    std::unique_ptr<LiveCluster> m_cluster;
    std::mt19937 m_random;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<Session> m_session;
    std::deque<Listener> m_listeners; // addresses stay
};

QTEST_GUILESS_MAIN(StoreLiveTest)
#include "tst_store_live.moc"
