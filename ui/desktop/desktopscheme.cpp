// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop/desktopscheme.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>
#include <QPointer>
#include <QThreadPool>
#include <QUuid>

#include <functional>
#include <utility>

namespace fairlead::ui {

namespace {

const QString path = QStringLiteral("/org/freedesktop/portal/desktop");
const QString interfaceName = QStringLiteral("org.freedesktop.portal.Settings");
const QString group = QStringLiteral("org.freedesktop.appearance");
const QString key = QStringLiteral("color-scheme");

} // namespace

/// The side of it that knows D-Bus.
class DesktopScheme::Portal : public QObject {
    Q_OBJECT

public:
    Portal(const QString &bus, std::function<void(std::optional<Scheme>)> tell)
        : m_name(QStringLiteral("fairlead-desktop-") + QUuid::createUuid().toString(QUuid::Id128))
        , m_tell(std::move(tell))
    {
        // Connecting waits for the bus to greet us. The application outlives the pool's tasks; whether we are still here is asked on
        // our own thread.
        QThreadPool::globalInstance()->start([bus, name = m_name, self = QPointer(this)] {
            const QDBusConnection connection = QDBusConnection::connectToBus(bus, name);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [connection, name, self] {
                    if (self && connection.isConnected())
                        self->ask(connection);
                    else
                        QDBusConnection::disconnectFromBus(name);
                },
                Qt::QueuedConnection);
        });
    }

    ~Portal() override
    {
        // While a bus is being connected to, Qt holds its lock on all of them: whoever asks for anything waits.
        if (m_isConnected)
            QDBusConnection::disconnectFromBus(m_name);
    }

private Q_SLOTS:
    void settingChanged(const QString &ofGroup, const QString &ofKey, const QDBusVariant &value)
    {
        if (ofGroup == group && ofKey == key)
            tell(value.variant());
    }

private:
    void ask(QDBusConnection connection)
    {
        m_isConnected = true;
        // Qt looks for a slot's types by their names, and knows this one's only once a message has been printed or sent.
        qRegisterMetaType<QDBusVariant>();
        // By path and interface only: with the portal's name Qt would first ask the bus who has it, and wait.
        connection.connect({}, path, interfaceName, QStringLiteral("SettingChanged"), this, SLOT(settingChanged(QString, QString, QDBusVariant)));
        QDBusMessage question =
            QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.portal.Desktop"), path, interfaceName, QStringLiteral("Read"));
        question << group << key;
        auto *answer = new QDBusPendingCallWatcher(connection.asyncCall(question), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
            answer->deleteLater();
            // An error is a desktop without a portal, or a portal without this setting: no word.
            if (const QDBusPendingReply<QDBusVariant> reply = *answer; !reply.isError())
                tell(reply.value().variant());
        });
    }

    void tell(QVariant value)
    {
        // Version 1 wraps the answer twice.
        while (value.userType() == qMetaTypeId<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        bool isNumber = false;
        const uint preference = value.toUInt(&isNumber);
        if (isNumber && preference == 1)
            m_tell(Scheme::Dark);
        else if (isNumber && preference == 2)
            m_tell(Scheme::Light);
        else
            m_tell(std::nullopt); // no preference, or what a later version means
    }

    const QString m_name;
    bool m_isConnected = false;
    const std::function<void(std::optional<Scheme>)> m_tell;
};

DesktopScheme::DesktopScheme(const QString &bus, QObject *parent)
    : QObject(parent)
{
    if (!bus.isEmpty())
        m_portal = std::make_unique<Portal>(bus, [this](std::optional<Scheme> scheme) { take(scheme); });
}

DesktopScheme::~DesktopScheme() = default;

QString DesktopScheme::usualBus()
{
    const QString named = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    if (!named.isEmpty())
        return named.startsWith(QLatin1String("autolaunch:")) ? QString() : named;
    const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString socket = folder + QStringLiteral("/bus");
    return !folder.isEmpty() && QFile::exists(socket) ? QStringLiteral("unix:path=") + socket : QString();
}

void DesktopScheme::take(std::optional<Scheme> scheme)
{
    if (std::exchange(m_scheme, scheme) != scheme)
        Q_EMIT changed();
}

} // namespace fairlead::ui

#if __has_include("desktopscheme.moc") // not where the sources are only read: nothing is built there
#include "desktopscheme.moc"
#endif
