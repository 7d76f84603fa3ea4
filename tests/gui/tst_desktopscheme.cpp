// SPDX-License-Identifier: GPL-3.0-or-later
// The desktop's preference for dark, by a portal that stands in for a real one on a bus of this test's own. Portal and program are one thread
// here: were there one call that waits, it would never be answered.
#include "support/offscreenmain.h"
#include "ui/desktop/desktopscheme.h"
#include "ui/widgets/appearance.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusVariant>
#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <memory>

namespace fairlead {

using namespace ui;

/// Answers as xdg-desktop-portal's first version does: a variant in a variant.
class PortalStandIn : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    uint preference = 0;
    int asked = 0;

    void change(uint to)
    {
        preference = to;
        Q_EMIT SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("color-scheme"), QDBusVariant(to));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &key)
    {
        ++asked;
        if (group != QLatin1String("org.freedesktop.appearance") || key != QLatin1String("color-scheme"))
            return QDBusVariant(QString());
        return QDBusVariant(QVariant::fromValue(QDBusVariant(preference)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &key, const QDBusVariant &value);
};

class TestDesktopScheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void thePortalsWordIsFollowed();
    void otherSettingsAreOthers();
    void whatAPersonChoseStays();
    void withoutAPortalNothingIsSaid();
    void withoutABusNothingIsSaid();
    void aBusThatNeverAnswersHoldsUpNobody();
    void noBusIsStartedForUs();

private:
    [[nodiscard]] bool offer();

    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_bus;
    PortalStandIn m_portal;
};

void TestDesktopScheme::initTestCase()
{
    const QString socket = QStringLiteral("unix:path=") + m_folder.filePath(QStringLiteral("bus"));
    m_daemon.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address"), QStringLiteral("--address=") + socket});
    QVERIFY2(m_daemon.waitForReadyRead(), qPrintable(m_daemon.errorString()));
    m_bus = QString::fromUtf8(m_daemon.readLine()).trimmed();
    QVERIFY(m_bus.startsWith(socket));
}

void TestDesktopScheme::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    m_daemon.terminate();
    QVERIFY(m_daemon.waitForFinished());
}

bool TestDesktopScheme::offer()
{
    QDBusConnection connection = QDBusConnection::connectToBus(m_bus, QStringLiteral("portal"));
    return connection.registerObject(
               QStringLiteral("/org/freedesktop/portal/desktop"), &m_portal, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
           connection.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
}

void TestDesktopScheme::withoutAPortalNothingIsSaid()
{
    QDBusConnection(QStringLiteral("portal")).unregisterService(QStringLiteral("org.freedesktop.portal.Desktop"));
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    DesktopScheme desktop(m_bus);
    QSignalSpy changed(&desktop, &DesktopScheme::changed);
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents(); // it is asked for
    QCOMPARE(changed.size(), 0);
    // A portal that comes later is heard of by its first signal.
    QVERIFY(offer());
    QTRY_VERIFY((m_portal.change(m_portal.preference == 1 ? 2 : 1), desktop.scheme().has_value()));
}

void TestDesktopScheme::thePortalsWordIsFollowed()
{
    m_portal.preference = 1;
    QVERIFY(offer());
    Theme theme(Scheme::Light);
    Appearance appearance(theme, *qApp, Appearance::Choice::System);
    QCOMPARE(theme.scheme(), Scheme::Light); // offscreen the palette is light
    DesktopScheme desktop(m_bus);
    connect(&desktop, &DesktopScheme::changed, &appearance, [&] { appearance.setDesktopScheme(desktop.scheme()); });
    QVERIFY(!desktop.scheme());
    QTRY_COMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens(Scheme::Dark).surface);
    QCOMPARE(m_portal.asked, 1);
    m_portal.change(2);
    QTRY_COMPARE(theme.scheme(), Scheme::Light);
    QCOMPARE(desktop.scheme(), std::optional(Scheme::Light));
    m_portal.change(1);
    QTRY_COMPARE(theme.scheme(), Scheme::Dark);
    m_portal.change(0); // no preference: the palette tells
    QTRY_COMPARE(theme.scheme(), Scheme::Light);
    QVERIFY(!desktop.scheme());
    QCOMPARE(m_portal.asked, 1);
}

void TestDesktopScheme::otherSettingsAreOthers()
{
    m_portal.preference = 2;
    DesktopScheme desktop(m_bus);
    QTRY_COMPARE(desktop.scheme(), std::optional(Scheme::Light));
    QSignalSpy changed(&desktop, &DesktopScheme::changed);
    Q_EMIT m_portal.SettingChanged(QStringLiteral("org.freedesktop.appearance"), QStringLiteral("contrast"), QDBusVariant(1U));
    Q_EMIT m_portal.SettingChanged(QStringLiteral("org.gnome.desktop.interface"), QStringLiteral("color-scheme"), QDBusVariant(1U));
    m_portal.change(2); // the same again
    m_portal.change(0);
    QTRY_VERIFY(!desktop.scheme());
    QCOMPARE(changed.size(), 1);
}

void TestDesktopScheme::whatAPersonChoseStays()
{
    m_portal.preference = 1;
    Theme theme(Scheme::Light);
    Appearance appearance(theme, *qApp, Appearance::Choice::Light);
    DesktopScheme desktop(m_bus);
    connect(&desktop, &DesktopScheme::changed, &appearance, [&] { appearance.setDesktopScheme(desktop.scheme()); });
    QTRY_COMPARE(desktop.scheme(), std::optional(Scheme::Dark));
    QCOMPARE(theme.scheme(), Scheme::Light);
    appearance.setChoice(Appearance::Choice::System);
    QCOMPARE(theme.scheme(), Scheme::Dark);
}

void TestDesktopScheme::withoutABusNothingIsSaid()
{
    QTemporaryDir empty;
    DesktopScheme desktop(QStringLiteral("unix:path=") + empty.filePath(QStringLiteral("nobody")));
    DesktopScheme none{QString()};
    QSignalSpy changed(&desktop, &DesktopScheme::changed);
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::sendPostedEvents();
    QCOMPARE(changed.size(), 0);
    QVERIFY(!desktop.scheme() && !none.scheme());
}

void TestDesktopScheme::aBusThatNeverAnswersHoldsUpNobody()
{
    QTemporaryDir folder;
    QLocalServer server;
    QVERIFY(server.listen(folder.filePath(QStringLiteral("bus"))));
    QElapsedTimer timer;
    timer.start();
    auto desktop = std::make_unique<DesktopScheme>(QStringLiteral("unix:path=") + folder.filePath(QStringLiteral("bus")));
    QTRY_VERIFY(server.hasPendingConnections()); // it has been spoken to, and says nothing
    const std::unique_ptr<QLocalSocket> connection(server.nextPendingConnection());
    QTRY_VERIFY(connection->bytesAvailable() > 0);
    QCOMPARE(QThreadPool::globalInstance()->activeThreadCount(), 1); // somebody waits, and not we
    desktop.reset();
    QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    connection->abort();
    QVERIFY(QThreadPool::globalInstance()->waitForDone(20'000));
    QCoreApplication::sendPostedEvents(); // its answer finds nobody
}

void TestDesktopScheme::noBusIsStartedForUs()
{
    const QByteArray named = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    const QByteArray folder = qgetenv("XDG_RUNTIME_DIR");
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/somewhere");
    QCOMPARE(DesktopScheme::usualBus(), QStringLiteral("unix:path=/somewhere"));
    qputenv("DBUS_SESSION_BUS_ADDRESS", "autolaunch:");
    QCOMPARE(DesktopScheme::usualBus(), QString());
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    QTemporaryDir empty;
    qputenv("XDG_RUNTIME_DIR", empty.path().toLocal8Bit());
    QCOMPARE(DesktopScheme::usualBus(), QString());
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toLocal8Bit());
    QCOMPARE(DesktopScheme::usualBus(), QStringLiteral("unix:path=") + m_folder.filePath(QStringLiteral("bus")));
    qputenv("DBUS_SESSION_BUS_ADDRESS", named);
    qputenv("XDG_RUNTIME_DIR", folder);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestDesktopScheme>(argc, argv);
}

#include "tst_desktopscheme.moc"
