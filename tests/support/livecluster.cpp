// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/livecluster.h"

#include "support/paths.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

#include <csignal>

namespace fairlead::test {
namespace {

QString tool(const char *name)
{
    return QString::fromStdString(sourcePath("tests/cluster/") + name);
}

} // namespace

LiveCluster::LiveCluster(const QString &purpose, const QStringList &options)
    : m_name(purpose + QLatin1Char('-') + QString::number(QCoreApplication::applicationPid()))
{
    run(tool("up"), QStringList{m_name} + options, {}, &m_whyNot);
    if (!m_whyNot.isEmpty())
        return;
    const auto status = QJsonDocument::fromJson(run(tool("status"), {m_name, QStringLiteral("-o"), QStringLiteral("json")}, {}, &m_whyNot)).object();
    m_programs = status[QLatin1String("programs")].toString();
    for (const auto &each : status[QLatin1String("clusters")].toArray()) {
        if (each.toObject()[QLatin1String("name")].toString() == m_name)
            m_status = each.toObject();
    }
    if (m_status.isEmpty() && m_whyNot.isEmpty())
        m_whyNot = QStringLiteral("the status does not know ") + m_name;
}

LiveCluster::~LiveCluster()
{
    if (m_stopped)
        (void)continueApiServer();
    run(tool("down"), {m_name}, {}, nullptr);
}

QByteArray LiveCluster::run(const QString &program, const QStringList &arguments, const QByteArray &input, QString *error) const
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(600'000);
    if (ended && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return process.readAllStandardOutput();
    if (!ended)
        process.kill();
    if (error)
        *error = program + QLatin1Char(' ') + arguments.join(QLatin1Char(' ')) + QStringLiteral(": ") + process.errorString() + QLatin1Char('\n') +
                 QString::fromUtf8(process.readAllStandardError());
    return {};
}

net::Endpoint LiveCluster::endpoint(const QString &user) const
{
    net::Endpoint out;
    out.server = m_status[QLatin1String("server")].toString().toStdString();
    out.authority.file = file(QStringLiteral("pki/ca.crt"));
    if (user == QLatin1String("dev")) {
        out.tokenFile = file(QStringLiteral("pki/dev.token"));
        return out;
    }
    out.certificate.file = file(QStringLiteral("pki/%1.crt").arg(user));
    out.key.file = file(QStringLiteral("pki/%1.key").arg(user));
    return out;
}

std::string LiveCluster::file(const QString &name) const
{
    return (m_status[QLatin1String("folder")].toString() + QLatin1Char('/') + name).toStdString();
}

std::string LiveCluster::text(const QString &name) const
{
    QFile in(QString::fromStdString(file(name)));
    return in.open(QIODevice::ReadOnly) ? in.readAll().toStdString() : std::string();
}

QString LiveCluster::load(const QString &scenario)
{
    QString error;
    run(tool("load"), {scenario, m_name}, {}, &error);
    return error;
}

bool LiveCluster::ctl(const QString &command)
{
    QString error;
    run(tool("ctl"), {m_name, command}, {}, &error);
    return error.isEmpty();
}

bool LiveCluster::stopApiServer()
{
    m_stopped = true;
    return signalApiServer(SIGSTOP);
}

bool LiveCluster::continueApiServer()
{
    m_stopped = false;
    return signalApiServer(SIGCONT);
}

bool LiveCluster::signalApiServer(int signal)
{
    const auto status = QJsonDocument::fromJson(run(tool("status"), {m_name, QStringLiteral("-o"), QStringLiteral("json")}, {}, nullptr)).object();
    for (const auto &cluster : status[QLatin1String("clusters")].toArray()) {
        for (const auto &process : cluster.toObject()[QLatin1String("processes")].toArray()) {
            const auto which = process.toObject();
            if (which[QLatin1String("name")].toString() == QLatin1String("kube-apiserver") && which[QLatin1String("alive")].toBool())
                return ::kill(which[QLatin1String("pid")].toInt(), signal) == 0;
        }
    }
    return false;
}

QByteArray LiveCluster::kubectl(const QStringList &arguments, const QByteArray &input) const
{
    const QStringList where{QStringLiteral("--kubeconfig"), QString::fromStdString(file(QStringLiteral("admin.kubeconfig")))};
    return run(m_programs + QStringLiteral("/kubectl"), where + arguments, input, nullptr);
}

} // namespace fairlead::test
