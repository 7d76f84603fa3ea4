// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/localcluster.h"

#include "base/platform/processgroup.h"

#include <QFileInfo>
#include <QStringList>

#include <utility>

namespace fairlead::contexts {

namespace {

constexpr qsizetype longestLine = 4'000; // bytes; a program that prints without line ends fills no memory

} // namespace

LocalCluster::LocalCluster(QString checkout, QString name, QObject *parent)
    : QObject(parent)
    , m_checkout(std::move(checkout))
    , m_name(std::move(name))
    , m_process(std::make_unique<QProcess>())
{
    m_process->setChildProcessModifier([] { platform::leadOwnGroup(); });
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyRead, this, [this] { read(); });
    connect(m_process.get(), &QProcess::finished, this,
        [this](int code, QProcess::ExitStatus status) { finished(status == QProcess::NormalExit && code == 0); });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) { // the others come with finished()
            m_lastWords = m_process->errorString().toUtf8();
            finished(false);
        }
    });
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { platform::endGroup(m_process->processId(), platform::Ending::Forced); });
}

LocalCluster::~LocalCluster()
{
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning)
        return;
    platform::endGroup(m_process->processId(), platform::Ending::Asked);
    // QProcess' own destructor would kill it at once, and what it clears up would be left behind. So the object outlives us: as long
    // as the program runs, until its process has ended.
    QProcess *left = m_process.release();
    connect(left, &QProcess::finished, left, &QObject::deleteLater);
}

bool LocalCluster::isPossible(const QString &checkout)
{
    return !checkout.isEmpty() && QFileInfo(checkout + QStringLiteral("/tests/cluster/up")).isExecutable();
}

void LocalCluster::start()
{
    if (isRunning())
        return;
    m_cancelled = false;
    m_wasUp = false;
    m_lastWords.clear();
    m_kubeconfig.clear();
    run(Step::Up);
}

void LocalCluster::run(Step step)
{
    m_step = step;
    m_rest.clear();
    QStringList arguments;
    switch (step) {
    case Step::Up:
        arguments = {QStringLiteral("up"), m_name};
        if (platform::isRoot())
            arguments << QStringLiteral("--real-node");
        break;
    case Step::Load:
        arguments = {QStringLiteral("load"), QStringLiteral("small"), m_name};
        break;
    case Step::Down:
        arguments = {QStringLiteral("down"), m_name};
        break;
    case Step::None:
        return;
    }
    Q_EMIT said(QStringLiteral("$ tests/cluster/%1").arg(arguments.join(QLatin1Char(' '))));
    const QString program = m_checkout + QStringLiteral("/tests/cluster/") + arguments.takeFirst();
    m_process->start(program, arguments);
}

void LocalCluster::cancel()
{
    if (!isRunning() || m_cancelled)
        return;
    m_cancelled = true;
    platform::endGroup(m_process->processId(), platform::Ending::Asked);
    m_patience.start();
}

void LocalCluster::read()
{
    m_rest += m_process->readAll();
    qsizetype start = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', start)) {
        say(m_rest.mid(start, end - start));
        start = end + 1;
    }
    m_rest.remove(0, start);
    if (m_rest.size() > longestLine)
        say(std::exchange(m_rest, {}));
}

void LocalCluster::say(const QByteArray &line)
{
    const QByteArray text = line.trimmed().left(longestLine);
    if (text.isEmpty())
        return;
    m_lastWords = text;
    if (m_step == Step::Up && text.endsWith("is up already"))
        m_wasUp = true;
    Q_EMIT said(QString::fromUtf8(text));
}

void LocalCluster::finished(bool well)
{
    m_patience.stop();
    read();
    say(std::exchange(m_rest, {}));
    const Step step = std::exchange(m_step, Step::None);
    if (m_cancelled) {
        // `up` clears up after itself; what it has brought to its end is taken down.
        if (step == Step::Load || (step == Step::Up && well)) {
            if (!m_wasUp) {
                run(Step::Down);
                return;
            }
        }
        Q_EMIT cancelled();
        return;
    }
    if (!well && step == Step::Load) {
        // A slow machine misses a deadline of the scenario; the cluster is there all the same, with most of its objects.
        Q_EMIT said(QStringLiteral("The scenario was not loaded whole; going on with what is there."));
    } else if (!well) {
        Q_EMIT failed({.code = Code::Internal,
            .message = m_lastWords.toStdString(),
            .remedy = "The lines above it say why. The same by hand: tests/cluster/up " + m_name.toStdString() + "."});
        return;
    }
    if (step == Step::Up) {
        // What is printed last is the path of the kubeconfig.
        m_kubeconfig = QString::fromUtf8(m_lastWords);
        run(Step::Load);
        return;
    }
    Q_EMIT started(m_kubeconfig);
}

} // namespace fairlead::contexts
