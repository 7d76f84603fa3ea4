// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "playback/controls.h"
#include "ui/recording/barfacts.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>

namespace fairlead::ui {

class Button;
class DropButton;
class Mark;
class PlainLabel;
class TimeTrack;

/// The bar of a recording below the window: what is played, how fast, which moment is shown, what happened when. It shows what it is told and says
/// what a person wants; nothing moves by itself.
///
/// Promise: while what happened is still being read, or could not be, all that needs only the time works. Keyboard, wherever in the bar the focus is:
/// Home and End, Page Up and Page Down (failures), with Shift Left and Right (ten seconds); on the track also Left and Right (changes) and Space.
/// Thread: GUI. 92 px high, for the window's whole width.
class TimeBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int tall = 92; ///< px
    static constexpr std::chrono::milliseconds skip{10'000};

    explicit TimeBar(const Theme &theme, QWidget *parent = nullptr);

    void setSpan(Moment first, Moment last);
    void setNow(Moment now);
    void setPlaying(bool playing);
    void setSpeed(double speed);
    /// What happened is being read: so it begins.
    void setReading();
    void setFacts(const BarFacts &facts);
    /// It could not be read; `why` may be foreign text.
    void setFailed(const QString &why);
    /// The last change up to now; none: there is none. Nothing is said of it until this was called.
    void setChange(const std::optional<BarChange> &change);

    [[nodiscard]] TimeTrack &track() const { return *m_track; }
    /// The moment, in words: "14:35:06, 24 Nov 2026, UTC+1, 1h00m08s of 1h29m14s, change …".
    [[nodiscard]] QString words() const;

Q_SIGNALS:
    void playToggled();
    void beginWanted();
    void endWanted();
    void speedWanted(double speed);
    void jumpWanted(fairlead::Moment to);
    void skipWanted(std::chrono::milliseconds by);
    void changeWanted(fairlead::playback::Step step);
    void failureWanted(fairlead::playback::Step step);
    void retryWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    enum class Phase { Reading, Ready, Failed };
    void makeControls();
    void showMoment();
    void showChange();
    void showFailures();
    [[nodiscard]] QString changeLine(bool all) const;
    [[nodiscard]] QString missingLine() const;

    const Theme &m_theme;
    Phase m_phase = Phase::Reading;
    BarFacts m_facts; // without the track's
    QList<Moment> m_failures;
    std::optional<BarChange> m_change;
    bool m_isChangeKnown = false;
    QString m_why;
    bool m_playing = false;

    Button *m_begin;
    Button *m_play;
    Button *m_end;
    DropButton *m_speed;
    PlainLabel *m_moment;
    PlainLabel *m_day;
    QWidget *m_lines[2];
    PlainLabel *m_place;
    Mark *m_failed;
    Mark *m_missing; ///< not all that happened is known
    PlainLabel *m_changeLabel;
    PlainLabel *m_failureLabel;
    Button *m_previous;
    Button *m_next;
    Button *m_retry;
    TimeTrack *m_track;
};

} // namespace fairlead::ui
