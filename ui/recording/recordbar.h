// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QString>
#include <QWidget>

#include <chrono>

namespace fairlead::playback {
class ClusterRecorder;
}

namespace fairlead::ui {

class Button;
class Mark;
class PlainLabel;

/// What a RecordBar is told; texts are foreign.
struct RecordFacts {
    enum class Phase { Beginning, Running, Ending, Done, Failed };
    Phase phase = Phase::Beginning;
    QString context;
    QString space; ///< empty: all namespaces
    QString file;
    quint64 listed = 0; ///< kinds
    quint64 kinds = 0;
    quint64 refused = 0; ///< of them
    quint64 rows = 0;
    quint64 changes = 0;
    quint64 lines = 0; ///< of logs
    quint64 bytes = 0;
    quint64 unreadable = 0; ///< credentials
    std::chrono::seconds length{0};
    QString why;          ///< it failed
    bool canOpen = false; ///< the file holds something
};

/// One line below the window's header while a cluster is recorded, and what came of it. 33 px high. Thread: GUI.
class RecordBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int tall = 33; ///< px

    explicit RecordBar(const Theme &theme, QWidget *parent = nullptr);

    void say(const RecordFacts &facts);
    [[nodiscard]] QString words() const; ///< all of them, as a screen reader gets them

Q_SIGNALS:
    void stopWanted();
    void openWanted();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Mark *m_under;
    Mark *m_done;
    Mark *m_failed;
    PlainLabel *m_sentence;
    PlainLabel *m_rest;
    Button *m_stop;
    Button *m_open;
    Button *m_close;
};

/// "38 of 59 kinds, 1,204 rows, 310 changes in 1m05s, 1.2 MiB; 14 secrets made unreadable".
[[nodiscard]] QString recordText(const RecordFacts &facts);
[[nodiscard]] RecordFacts recordFacts(const playback::ClusterRecorder &recorder);

} // namespace fairlead::ui
