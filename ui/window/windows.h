// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/mainwindow.h"

#include <QJsonArray>
#include <QObject>
#include <QTimer>

#include <map>
#include <vector>

namespace fairlead::ui {

/// All windows of the program, which share clusters, contexts, settings and look; and what brings them back at the next start.
///
/// Promise: what is open is in the settings soon after each change, so that it also comes back after a crash. A window that is closed while
/// others are open does not come back; the last one does, and all that are open when the program is quit. So do those that a start did not open,
/// because it was about one context. A recording is not what comes back in front: the context before it is.
/// Thread: GUI. Owner: run. All that is handed in outlives it.
class Windows : public QObject {
    Q_OBJECT

public:
    static constexpr const char *sessionKey = "session/windows"; ///< of the settings: a list of MainWindow::state()

    struct Shared {
        const Theme &theme;
        Settings &settings;
        contexts::Clusters &clusters;
        contexts::ContextBook &book;
        Appearance &appearance;
    };

    explicit Windows(const Shared &shared, QObject *parent = nullptr);
    ~Windows() override;

    /// One more, on that; not shown yet.
    MainWindow &make();
    /// As they were, in `context` where one is named; false: nothing is remembered.
    [[nodiscard]] bool restore(const std::string &context);
    /// From now on what is open is remembered.
    void remember();
    void quit();

    [[nodiscard]] const std::vector<MainWindow *> &all() const { return m_windows; }

private:
    void openAnother(MainWindow &beside, const Destination &destination);
    void forget(MainWindow *window);
    void write();
    [[nodiscard]] QJsonObject stateOf(const MainWindow &window);

    Shared m_shared;
    std::vector<MainWindow *> m_windows;               ///< owned; those that are open
    std::map<const MainWindow *, QJsonValue> m_fronts; ///< the context that was in front last and comes back; of those that are open
    QJsonArray m_unopened;                             ///< states that were remembered and not opened at this start
    QTimer m_timer;                                    ///< many changes in one go are one
    bool m_remembers = false;
    bool m_quitting = false;
};

} // namespace fairlead::ui
