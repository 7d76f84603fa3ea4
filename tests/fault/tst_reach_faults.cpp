// SPDX-License-Identifier: GPL-3.0-or-later
// Many contexts whose servers do wrong, asked as the window asks them: whoever is silent holds up nobody else, and every check ends.
#include "support/faultserver.h"

#include "app/engines.h"
#include "base/settings.h"
#include "contexts/contextbook.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fairlead {

using contexts::ContextBook;
using contexts::Reach;
using contexts::Reachability;
using test::FaultServer;

class TestReachFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void eachFailsInItsOwnWay_data();
    void eachFailsInItsOwnWay();
    void silentOnesHoldUpNobody();
    void aPageThatClosesWaitsForNobody();

private:
    /// A kubeconfig with a context for each listener; "mute-2" is the listener mute once more.
    [[nodiscard]] std::string write(const QStringList &names);

    FaultServer m_server;
    QTemporaryDir m_folder;
};

void TestReachFaults::initTestCase()
{
    QVERIFY2(m_server.whyNot().isEmpty(), qPrintable(m_server.whyNot()));
}

std::string TestReachFaults::write(const QStringList &names)
{
    QByteArray clusters = "apiVersion: v1\nkind: Config\nusers:\n- {name: u, user: {token: t}}\nclusters:\n";
    QByteArray contexts = "contexts:\n";
    for (const QString &name : names) {
        const net::Endpoint endpoint = m_server.endpoint(name.section(QLatin1Char('-'), 0, 0));
        const bool secure = QByteArray::fromStdString(endpoint.server).startsWith("https");
        clusters += "- {name: " + name.toUtf8() + ", cluster: {server: \"" + QByteArray::fromStdString(endpoint.server) + "\"" +
                    (secure ? ", certificate-authority: \"" + QByteArray::fromStdString(endpoint.authority.file) + "\"" : QByteArray()) + "}}\n";
        contexts += "- {name: " + name.toUtf8() + ", context: {cluster: " + name.toUtf8() + ", user: u}}\n";
    }
    QFile file(m_folder.filePath(QStringLiteral("config")));
    if (!file.open(QIODevice::WriteOnly) || file.write(clusters + contexts) < 0)
        qFatal("the kubeconfig cannot be written");
    return file.fileName().toStdString();
}

void TestReachFaults::eachFailsInItsOwnWay_data()
{
    QTest::addColumn<QString>("listener");
    QTest::addColumn<int>("code");
    QTest::newRow("expired") << QStringLiteral("expired") << int(Code::Untrusted);
    QTest::newRow("not valid yet") << QStringLiteral("notyet") << int(Code::Untrusted);
    QTest::newRow("another's name") << QStringLiteral("othername") << int(Code::Untrusted);
    QTest::newRow("nobody listens") << QStringLiteral("refused") << int(Code::Unreachable);
    QTest::newRow("no answer") << QStringLiteral("closing") << int(Code::Unreachable);
    QTest::newRow("asks for a certificate") << QStringLiteral("clientauth") << int(Code::Unauthorized);
}

void TestReachFaults::eachFailsInItsOwnWay()
{
    QFETCH(QString, listener);
    QFETCH(int, code);
    app::Engines engines(write({listener}), std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    ContextBook book(engines, clock, settings, ContextBook::Remembered::Left);
    Reachability &reachability = book.reachability();
    reachability.beginWatch();
    QTRY_VERIFY_WITH_TIMEOUT(book.isRead() && reachability.isSettled(), 30'000);
    const Reach reach = reachability.reach(listener.toStdString());
    QVERIFY(reach.error);
    QVERIFY2(int(reach.error->code) == code, reach.error->text().c_str());
    QVERIFY(!reach.error->message.empty());
    QVERIFY(!reach.error->remedy.empty());
    QCOMPARE(reach.state, code == int(Code::Unauthorized) ? Reach::State::Refused : Reach::State::Failed);
}

void TestReachFaults::silentOnesHoldUpNobody()
{
    // Five that never say a word, and eight that do: at six at once, one place is left for those.
    const QStringList names{QStringLiteral("mute-1"), QStringLiteral("mute-2"), QStringLiteral("mute-3"), QStringLiteral("mute-4"),
        QStringLiteral("mute-5"), QStringLiteral("good-1"), QStringLiteral("good-2"), QStringLiteral("refused-1"), QStringLiteral("good-3"),
        QStringLiteral("expired-1"), QStringLiteral("good-4"), QStringLiteral("good-5"), QStringLiteral("good-6")};
    app::Engines engines(write(names), std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    ContextBook book(engines, clock, settings, ContextBook::Remembered::Left);
    Reachability &reachability = book.reachability();
    const auto all = [&](const char *prefix, Reach::State state) {
        for (const QString &name : names) {
            if (name.startsWith(QLatin1String(prefix)) && reachability.reach(name.toStdString()).state != state)
                return false;
        }
        return true;
    };
    bool othersCameFirst = false;
    connect(&reachability, &Reachability::changed, this, [&] {
        othersCameFirst = othersCameFirst || (all("good", Reach::State::Reachable) && all("expired", Reach::State::Failed) &&
                                                 all("refused", Reach::State::Failed) && all("mute", Reach::State::NotAsked));
    });
    reachability.beginWatch();
    QTRY_VERIFY_WITH_TIMEOUT(book.isRead() && reachability.isSettled(), 60'000);
    QVERIFY(othersCameFirst);
    QVERIFY(all("mute", Reach::State::Failed));
    for (const QString &name : names) {
        if (name.startsWith(QLatin1String("mute")))
            QCOMPARE(reachability.reach(name.toStdString()).error->code, Code::Unreachable); // no connection was made within the deadline
    }
    QVERIFY(reachability.reach("good-1").roundTrip);
    QCOMPARE(reachability.reach("good-1").version, std::string("v1.34.4"));
}

void TestReachFaults::aPageThatClosesWaitsForNobody()
{
    app::Engines engines(write({QStringLiteral("mute-1"), QStringLiteral("mute-2")}), std::nullopt);
    SystemClock clock;
    Settings settings{QString()};
    auto book = std::make_unique<ContextBook>(engines, clock, settings, ContextBook::Remembered::Left);
    book->reachability().beginWatch();
    QSignalSpy changed(&book->reachability(), &Reachability::changed);
    QTRY_VERIFY_WITH_TIMEOUT(book->isRead() && changed.size() >= 2, 30'000);
    QCoreApplication::processEvents();
    const auto before = clock.steady();
    book.reset();
    // Their checks would last eight seconds.
    QVERIFY(clock.steady() - before < Reachability::deadline / 2);
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestReachFaults)
#include "tst_reach_faults.moc"
