// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QPointer>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

namespace fairlead {

namespace {

/// The file's own values with these laid over them; empty text: done.
QString store(const QString &file, const QJsonObject &changes)
{
    QJsonObject values;
    if (QFile old(file); old.open(QIODevice::ReadOnly))
        values = QJsonDocument::fromJson(old.readAll()).object();
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change.value().isNull())
            values.remove(change.key());
        else
            values.insert(change.key(), change.value());
    }
    if (!QDir().mkpath(QFileInfo(file).absolutePath()))
        return QStringLiteral("the folder %1 cannot be made").arg(QFileInfo(file).absolutePath());
    QSaveFile replacement(file);
    if (!replacement.open(QIODevice::WriteOnly))
        return QStringLiteral("%1: %2").arg(file, replacement.errorString());
    replacement.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    replacement.write(QJsonDocument(values).toJson());
    return replacement.commit() ? QString() : QStringLiteral("%1: %2").arg(file, replacement.errorString());
}

} // namespace

Settings::Settings(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, &Settings::write);
    read();
}

Settings::~Settings()
{
    flush();
}

QString Settings::usualFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return folder.isEmpty() ? QString() : folder + QStringLiteral("/fairlead/settings.json");
}

void Settings::read()
{
    QFile file(m_file);
    if (m_file.isEmpty() || !file.exists())
        return;
    QString why;
    if (file.open(QIODevice::ReadOnly)) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
        if (document.isObject()) {
            m_values = document.object();
            return;
        }
        why = error.error == QJsonParseError::NoError ? QStringLiteral("it holds no JSON object")
                                                      : QStringLiteral("%1 at byte %2").arg(error.errorString()).arg(error.offset);
    } else {
        why = file.errorString();
    }
    file.close();
    const QString aside = m_file + QStringLiteral(".damaged");
    QFile::remove(aside);
    m_readProblem = QFile::rename(m_file, aside)
                        ? QStringLiteral("The settings could not be read (%1). They are kept as %2; new ones are begun.").arg(why, aside)
                        : QStringLiteral("The settings in %1 could not be read: %2.").arg(m_file, why);
}

void Settings::set(const QString &key, const QJsonValue &value)
{
    if (m_values.value(key) == value)
        return;
    const bool gone = value.isUndefined() || value.isNull();
    if (gone)
        m_values.remove(key);
    else
        m_values.insert(key, value);
    if (m_file.isEmpty())
        return;
    m_unwritten.insert(key, gone ? QJsonValue(QJsonValue::Null) : value);
    if (!m_timer.isActive())
        m_timer.start();
}

void Settings::write()
{
    if (m_unwritten.isEmpty())
        return;
    m_writer.start([file = m_file, changes = std::exchange(m_unwritten, {}), self = QPointer(this)] {
        const QString why = store(file, changes);
        // The destructor waits for this thread: the object is there.
        QMetaObject::invokeMethod(self, [self, why] {
            if (!why.isEmpty() && !self->m_saidFailure)
                Q_EMIT self->writeFailed(why);
            self->m_saidFailure = !why.isEmpty();
        });
    });
}

void Settings::flush()
{
    m_timer.stop();
    write();
    m_writer.waitForDone();
}

} // namespace fairlead
