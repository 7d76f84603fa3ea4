// SPDX-License-Identifier: GPL-3.0-or-later
// Two real clusters in one kubeconfig, asked as the window asks them: as several users, one with the wrong authority, one with a certificate
// that has ended, one whom nobody knows; and a server that is killed and started again meanwhile.
#include "support/livecluster.h"

#include "app/engines.h"
#include "base/settings.h"
#include "contexts/contextbook.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace fairlead {

using contexts::ContextBook;
using contexts::Reach;
using contexts::Reachability;
using test::LiveCluster;

class TestReachLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tellsEachItsOwn();
    void aKilledServerIsSaidAndComesBack();
    void whatIsCheckedOftenLeavesNothing();

private:
    QByteArray cluster(const char *name, const LiveCluster &of, const std::string &authority) const;
    QByteArray context(const char *name, const char *cluster, const char *user) const;

    std::unique_ptr<LiveCluster> m_one;
    std::unique_ptr<LiveCluster> m_two;
    QTemporaryDir m_folder;
    std::string m_config;
};

QByteArray TestReachLive::cluster(const char *name, const LiveCluster &of, const std::string &authority) const
{
    return QByteArray("- {name: ") + name + ", cluster: {server: \"" + QByteArray::fromStdString(of.endpoint().server) +
           "\", certificate-authority: \"" + QByteArray::fromStdString(authority) + "\"}}\n";
}

QByteArray TestReachLive::context(const char *name, const char *cluster, const char *user) const
{
    return QByteArray("- {name: ") + name + ", context: {cluster: " + cluster + ", user: " + user + "}}\n";
}

void TestReachLive::initTestCase()
{
    m_one = std::make_unique<LiveCluster>(QStringLiteral("t-reach-one"));
    QVERIFY2(m_one->whyNot().isEmpty(), qPrintable(m_one->whyNot()));
    m_two = std::make_unique<LiveCluster>(QStringLiteral("t-reach-two"));
    QVERIFY2(m_two->whyNot().isEmpty(), qPrintable(m_two->whyNot()));

    // The viewer's key with a certificate that ended yesterday.
    const QString request = m_folder.filePath(QStringLiteral("viewer.csr"));
    const QString ended = m_folder.filePath(QStringLiteral("ended.crt"));
    const auto file = [this](const char *name) { return QString::fromStdString(m_one->file(QLatin1String(name))); };
    const auto openssl = [](const QStringList &arguments) {
        QProcess process;
        process.start(QStringLiteral("openssl"), arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    };
    QVERIFY(openssl({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-key"), file("pki/viewer.key"), QStringLiteral("-subj"),
        QStringLiteral("/CN=viewer"), QStringLiteral("-out"), request}));
    QVERIFY(openssl({QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), request, QStringLiteral("-CA"), file("pki/ca.crt"),
        QStringLiteral("-CAkey"), file("pki/ca.key"), QStringLiteral("-set_serial"), QStringLiteral("77"), QStringLiteral("-days"),
        QStringLiteral("-1"), QStringLiteral("-out"), ended}));

    const net::Endpoint admin = m_one->endpoint();
    const net::Endpoint other = m_two->endpoint();
    const auto quoted = [](const std::string &text) { return '"' + QByteArray::fromStdString(text) + '"'; };
    const QByteArray text =
        "apiVersion: v1\nkind: Config\nclusters:\n" + cluster("one", *m_one, m_one->file(QStringLiteral("pki/ca.crt"))) +
        cluster("two", *m_two, m_two->file(QStringLiteral("pki/ca.crt"))) + cluster("mistaken", *m_one, m_two->file(QStringLiteral("pki/ca.crt"))) +
        "users:\n- {name: admin, user: {client-certificate: " + quoted(admin.certificate.file) + ", client-key: " + quoted(admin.key.file) +
        "}}\n- {name: admin-two, user: {client-certificate: " + quoted(other.certificate.file) + ", client-key: " + quoted(other.key.file) +
        "}}\n- {name: dev, user: {tokenFile: " + quoted(m_one->file(QStringLiteral("pki/dev.token"))) +
        "}}\n- {name: stranger, user: {token: nobody-knows-me}}\n" + "- {name: late, user: {client-certificate: " + quoted(ended.toStdString()) +
        ", client-key: " + quoted(m_one->file(QStringLiteral("pki/viewer.key"))) +
        "}}\n- {name: plugin, user: {exec: {apiVersion: v1, command: /bin/false}}}\n" + "contexts:\n" + context("admin", "one", "admin") +
        context("dev", "one", "dev") + context("two", "two", "admin-two") + context("mistaken", "mistaken", "admin") +
        context("stranger", "one", "stranger") + context("late", "one", "late") + context("plugin", "one", "plugin");
    QFile config(m_folder.filePath(QStringLiteral("config")));
    QVERIFY(config.open(QIODevice::WriteOnly));
    QCOMPARE(config.write(text), text.size());
    m_config = config.fileName().toStdString();
}

void TestReachLive::tellsEachItsOwn()
{
    app::Engines engines(m_config, std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    ContextBook book(engines, clock, settings, ContextBook::Remembered::Left);
    Reachability &reachability = book.reachability();
    reachability.beginWatch();
    QTRY_VERIFY_WITH_TIMEOUT(book.isRead() && reachability.isSettled(), 60'000);

    // The version is kubectl's.
    const QByteArray version = m_one->kubectl({QStringLiteral("version"), QStringLiteral("-o"), QStringLiteral("json")});
    for (const char *name : {"admin", "dev", "two"}) {
        const Reach reach = reachability.reach(name);
        QVERIFY2(reach.state == Reach::State::Reachable, reach.error ? reach.error->text().c_str() : name);
        QVERIFY(version.contains("\"gitVersion\": \"" + QByteArray::fromStdString(reach.version) + '"'));
        QVERIFY(reach.roundTrip && reach.roundTrip->count() < 5'000);
    }
    QCOMPARE(reachability.reach("mistaken").state, Reach::State::Failed);
    QCOMPARE(reachability.reach("mistaken").error->code, Code::Untrusted);
    QCOMPARE(reachability.reach("stranger").state, Reach::State::Refused);
    QCOMPARE(reachability.reach("stranger").error->http, 401);
    QCOMPARE(reachability.reach("late").state, Reach::State::Refused);
    QCOMPARE(reachability.reach("late").error->code, Code::Unauthorized);
    QCOMPARE(reachability.reach("plugin").state, Reach::State::NotAsked); // and nothing was run
    for (const contexts::ContextFacts &facts : book.list().contexts) {
        if (facts.name == "late")
            QVERIFY(facts.signIn.ends && *facts.signIn.ends < clock.now());
        if (facts.name == "admin")
            QVERIFY(facts.signIn.ends && *facts.signIn.ends > clock.now());
        QCOMPARE(facts.standing, facts.name == "plugin" ? contexts::Standing::NotYet : contexts::Standing::Usable);
    }
}

void TestReachLive::aKilledServerIsSaidAndComesBack()
{
    app::Engines engines(m_config, std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    ContextBook book(engines, clock, settings, ContextBook::Remembered::Left);
    Reachability &reachability = book.reachability();
    reachability.beginWatch();
    QTRY_VERIFY_WITH_TIMEOUT(book.isRead() && reachability.isSettled(), 60'000);
    const std::string version = reachability.reach("two").version;
    QVERIFY(!version.empty());
    QVERIFY(m_two->ctl(QStringLiteral("kill-apiserver")));
    reachability.checkAll();
    QTRY_VERIFY_WITH_TIMEOUT(reachability.isSettled(), 60'000);
    QCOMPARE(reachability.reach("two").state, Reach::State::Failed);
    QCOMPARE(reachability.reach("two").error->code, Code::Unreachable);
    QCOMPARE(reachability.reach("two").version, version); // last seen
    QCOMPARE(reachability.reach("admin").state, Reach::State::Reachable);
    QVERIFY(m_two->ctl(QStringLiteral("start-apiserver")));
    reachability.check("two");
    QTRY_VERIFY_WITH_TIMEOUT(reachability.isSettled(), 60'000);
    QCOMPARE(reachability.reach("two").state, Reach::State::Reachable);
}

void TestReachLive::whatIsCheckedOftenLeavesNothing()
{
    app::Engines engines(m_config, std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    ContextBook book(engines, clock, settings, ContextBook::Remembered::Left);
    Reachability &reachability = book.reachability();
    reachability.beginWatch();
    QTRY_VERIFY_WITH_TIMEOUT(book.isRead() && reachability.isSettled(), 60'000);
    const auto descriptors = [] {
        return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
    };
    const auto before = descriptors();
    for (int round = 0; round < 10; ++round) {
        reachability.checkAll();
        QTRY_VERIFY_WITH_TIMEOUT(reachability.isSettled(), 60'000);
    }
    // Each check closes what it opened: nothing is held by what nobody has open.
    QTRY_VERIFY(descriptors() <= before + 2);
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestReachLive)
#include "tst_reach_live.moc"
