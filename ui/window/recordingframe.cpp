// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/recordingframe.h"

#include "contexts/localcluster.h"
#include "items/plaintext.h"
#include "playback/player.h"
#include "ui/clusters/clusterspage.h"
#include "ui/recording/barwords.h"
#include "ui/recording/playedbar.h"
#include "ui/recording/recordingnotice.h"
#include "ui/recording/timebar.h"
#include "ui/widgets/text.h"

#include <QVBoxLayout>

namespace fairlead::ui {

namespace {

QWidget *holder()
{
    auto *const made = new QWidget;
    auto *const column = new QVBoxLayout(made);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    made->hide();
    return made;
}

} // namespace

RecordingFrame::RecordingFrame(const Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_above(holder())
    , m_below(holder())
{
}

RecordingFrame::~RecordingFrame() = default;

void RecordingFrame::show(const contexts::OpenClusterPtr &cluster)
{
    const auto recording = cluster != nullptr ? cluster->recording : nullptr;
    const auto playerOf = [](const std::shared_ptr<const contexts::OpenRecording> &each) { return each ? each->player.get() : nullptr; };
    m_above->setVisible(recording != nullptr && !m_noticeClosed);
    m_below->setVisible(recording != nullptr);
    if (playerOf(recording) == playerOf(m_recording))
        return;
    delete m_notice;
    delete m_bar;
    if (m_recording) {
        m_recording->player->disconnect(this);
        m_recording->happened->disconnect(this);
    }
    m_recording = recording;
    if (!recording)
        return;
    playback::Player &player = *recording->player;
    m_notice = new RecordingNotice(m_theme, cluster->facts.identity);
    m_above->layout()->addWidget(m_notice);
    m_bar = new TimeBar(m_theme);
    m_below->layout()->addWidget(m_bar);
    m_notice->offerLocalCluster(cluster->facts.isDemo() && contexts::LocalCluster::isPossible(qEnvironmentVariable("FAIRLEAD_CHECKOUT")));
    connect(m_notice, &RecordingNotice::openWanted, this, [this] { Q_EMIT wanted({.page = "clusters"}); });
    connect(m_notice, &RecordingNotice::localClusterWanted, this, [this] { Q_EMIT wanted({.page = "clusters", .view = ClustersPage::startView}); });
    connect(m_notice, &RecordingNotice::closed, this, [this] {
        m_noticeClosed = true;
        m_above->hide();
    });
    connectBar(*m_bar, player, *recording->happened);
    connect(&player, &playback::Player::moved, this, &RecordingFrame::changed);
    connect(&player, &playback::Player::playingChanged, this, &RecordingFrame::changed);
    connect(recording->happened.get(), &playback::ActivityFeed::phaseChanged, this, [this] {
        Q_EMIT changed();
        if (isComplete())
            Q_EMIT completed();
    });
    connect(recording->happened.get(), &playback::ActivityFeed::changeFound, this, &RecordingFrame::completed);
    recording->happened->start();
}

bool RecordingFrame::isComplete() const
{
    using Phase = playback::ActivityFeed::Phase;
    return !m_recording || m_recording->happened->phase() == Phase::Failed || m_recording->happened->hasLooked();
}

RecordingWords recordingWords(const contexts::OpenRecording &recording)
{
    RecordingWords words;
    words.mark = RecordingFrame::tr("recording");
    const QString name = recording.file.empty() ? RecordingFrame::tr("the program's own") : items::plainText(recording.file);
    words.about << RecordingFrame::tr("%1, %2").arg(name, fileSizeText(recording.bytes));
    words.about << (recording.kinds == 1 ? RecordingFrame::tr("1 kind") : RecordingFrame::tr("%1 kinds").arg(recording.kinds));
    if (const auto activity = recording.happened->activity())
        words.about << (activity->changes() == 1 ? RecordingFrame::tr("1 change")
                                                 : RecordingFrame::tr("%1 changes").arg(grouped(qint64(activity->changes()))));
    words.right = RecordingFrame::tr("read-only: nothing is sent anywhere");
    return words;
}

} // namespace fairlead::ui
