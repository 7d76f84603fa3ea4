// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace fairlead::ui {

class RecordingNotice;
class TimeBar;

/// What a window has more where it shows a recording: a line that says so below the header, and the time bar above the status line.
///
/// Thread: GUI. Owner: the window, which lays out `above` and `below`; both are hidden where a server is shown.
class RecordingFrame : public QObject {
    Q_OBJECT

public:
    RecordingFrame(const Theme &theme, QObject *parent);
    ~RecordingFrame() override;

    [[nodiscard]] QWidget *above() const { return m_above; }
    [[nodiscard]] QWidget *below() const { return m_below; }
    /// Null: nothing is shown.
    void show(const contexts::OpenClusterPtr &cluster);
    /// What happened in it has been read, or cannot be.
    [[nodiscard]] bool isComplete() const;

Q_SIGNALS:
    void wanted(const fairlead::ui::Destination &destination);
    /// The moment, how it is played, or what is known of it, is another one.
    void changed();
    void completed();

private:
    const Theme &m_theme;
    QWidget *m_above;
    QWidget *m_below;
    QPointer<RecordingNotice> m_notice;
    QPointer<TimeBar> m_bar;
    bool m_noticeClosed = false; ///< for as long as the window lives
    std::shared_ptr<const contexts::OpenRecording> m_recording;
};

/// For the header's mark and the right end of the status line.
struct RecordingWords {
    QString mark;      ///< "recording"
    QStringList about; ///< "night.flrec, 2.6 MiB", "59 kinds", "41,806 changes" as soon as they are known
    QString right;     ///< "read-only: nothing is sent anywhere"
};
[[nodiscard]] RecordingWords recordingWords(const contexts::OpenRecording &recording);

} // namespace fairlead::ui
