// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/faultserver.h"

#include "support/paths.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace fairlead::test {

FaultServer::FaultServer()
{
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(QStringLiteral("python3"),
        {QStringLiteral("-W"), QStringLiteral("ignore"), QString::fromStdString(sourcePath("tests/support/faultserver.py")), m_folder.path()});
    while (m_process.state() != QProcess::NotRunning && !m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(30'000))
            break;
    }
    const auto ports = QJsonDocument::fromJson(m_process.readLine()).object();
    for (auto it = ports.begin(); it != ports.end(); ++it)
        m_ports.insert(it.key(), it.value().toInt());
    if (m_ports.isEmpty())
        m_whyNot = QStringLiteral("the fault server did not start: ") + m_process.errorString() + QString::fromUtf8(m_process.readAllStandardError());
}

FaultServer::~FaultServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(5'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

net::Endpoint FaultServer::endpoint(const QString &listener) const
{
    net::Endpoint out;
    const bool tls = listener != QLatin1String("plain");
    out.server = std::string(tls ? "https" : "http") + "://127.0.0.1:" + std::to_string(port(listener));
    if (tls)
        out.authority.file = file(QStringLiteral("ca.pem"));
    return out;
}

std::string FaultServer::file(const QString &name) const
{
    return m_folder.filePath(name).toStdString();
}

std::string FaultServer::text(const QString &name) const
{
    QFile in(m_folder.filePath(name));
    return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
}

void FaultServer::command(const char *word)
{
    m_process.write(QByteArray(word) + '\n');
    m_process.waitForBytesWritten();
    while (m_process.state() != QProcess::NotRunning && !m_process.canReadLine())
        m_process.waitForReadyRead(10'000);
    m_process.readLine();
}

} // namespace fairlead::test
