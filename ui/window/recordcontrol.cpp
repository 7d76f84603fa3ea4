// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recordcontrol.h"

#include "ui/recording/recordbar.h"
#include "ui/widgets/dropbutton.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QStandardPaths>

#include <utility>

namespace fairlead::ui {

RecordControl::RecordControl(const Theme &theme, DropButton &button, QObject *parent)
    : QObject(parent)
    , m_button(button)
    , m_bar(new RecordBar(theme))
{
    m_bar->hide();
    m_button.hide();
    m_button.setMenu(new QMenu);
    connect(&m_button, &DropButton::opening, this, &RecordControl::fillMenu);
    connect(&m_recorder, &playback::ClusterRecorder::changed, this, &RecordControl::showBar);
    connect(m_bar, &RecordBar::stopWanted, &m_recorder, &playback::ClusterRecorder::stop);
    connect(m_bar, &RecordBar::closed, &m_recorder, &playback::ClusterRecorder::dismiss);
    connect(m_bar, &RecordBar::openWanted, this, [this] { Q_EMIT openWanted(QString::fromStdString(m_recorder.order().file)); });
    fillMenu();
}

void RecordControl::setCluster(contexts::OpenClusterPtr cluster, const kube::Scope &scope)
{
    m_cluster = cluster != nullptr && cluster->recording == nullptr ? std::move(cluster) : nullptr;
    m_space = scope.namespaces.size() == 1 ? *scope.namespaces.begin() : std::string();
    m_button.setVisible(m_cluster != nullptr);
}

void RecordControl::fillMenu()
{
    QMenu *const menu = m_button.menu();
    menu->clear();
    if (m_recorder.isUnderWay()) {
        connect(menu->addAction(tr("Stop recording")), &QAction::triggered, &m_recorder, &playback::ClusterRecorder::stop);
        return;
    }
    const bool all = m_space.empty();
    connect(
        menu->addAction(all ? tr("Record this cluster…") : tr("Record this namespace…")), &QAction::triggered, this, [this] { chooseFile(false); });
    connect(menu->addAction(tr("Record it with the logs of its pods…")), &QAction::triggered, this, [this] { chooseFile(true); });
}

QString RecordControl::proposedName(const std::string &context, const QDateTime &now)
{
    QString name;
    for (const QChar letter : QString::fromStdString(context))
        name += letter.isLetterOrNumber() || letter == QLatin1Char('.') || letter == QLatin1Char('_') ? letter : QLatin1Char('-');
    constexpr int longest = 100; // a file's name has 255 bytes
    while (name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    return (name.isEmpty() ? QStringLiteral("cluster") : name.left(longest)) + QLatin1Char('-') +
           QLocale::c().toString(now, QStringLiteral("yyyy-MM-dd-HHmm")) + contexts::recordingEnding;
}

void RecordControl::chooseFile(bool logs)
{
    if (m_dialog) {
        m_dialog->raise();
        return;
    }
    if (m_cluster == nullptr)
        return;
    m_dialog = new QFileDialog(m_button.window(), tr("Record %1 into").arg(QString::fromStdString(m_cluster->facts.name)));
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    m_dialog->setAcceptMode(QFileDialog::AcceptSave);
    m_dialog->setOption(QFileDialog::DontConfirmOverwrite); // nothing is ever overwritten: it is refused
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_dialog->setDirectory(QDir(documents).exists() ? documents : QDir::homePath());
    m_dialog->selectFile(proposedName(m_cluster->facts.name, QDateTime::currentDateTime()));
    connect(m_dialog, &QFileDialog::fileSelected, this, [this, logs](const QString &file) { start(file, logs); });
    m_dialog->open();
}

void RecordControl::start(const QString &file, bool logs)
{
    if (m_cluster == nullptr)
        return;
    const QString whole = file.endsWith(contexts::recordingEnding) ? file : file + contexts::recordingEnding;
    m_recorder.start(m_cluster->session, {.file = whole.toStdString(),
                                             .context = m_cluster->facts.name,
                                             .contextSpace = m_cluster->space,
                                             .wish = {.space = m_space, .resources = {}, .logs = logs}});
}

void RecordControl::showBar()
{
    m_bar->setVisible(m_recorder.phase() != playback::ClusterRecorder::Phase::None);
    m_bar->say(recordFacts(m_recorder));
}

} // namespace fairlead::ui
