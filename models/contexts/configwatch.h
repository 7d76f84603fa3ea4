// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>

#include <string>
#include <vector>

namespace fairlead::contexts {

/// Says when a file may have changed: written to, replaced by a rename, removed, or come into being, also with its folder.
///
/// Promise: changed() comes `calm` after the last sign of a change, and at the latest `longest` after the first: a file that is
/// written in pieces is one change, and a folder where there is always something going on is no reason to wait for ever. It may come
/// where nothing has changed in these files (something else in the folder did): who reads them again compares.
/// Not promised: changes that the system does not report (some network file systems).
/// Thread: GUI. `clock` outlives it.
class ConfigWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds calm{200};
    static constexpr std::chrono::milliseconds longest{2'000};

    explicit ConfigWatch(Clock &clock, QObject *parent = nullptr);

    /// Absolute paths; those of before are forgotten. May be the same.
    void setFiles(const std::vector<std::string> &files);

Q_SIGNALS:
    void changed();

private:
    void noticed();
    void follow();

    Clock &m_clock;
    QFileSystemWatcher m_watcher;
    QStringList m_files;
    Clock::Timer m_timer = 0;
    Clock::Duration m_first{}; ///< of the signs that are waited upon
};

} // namespace fairlead::contexts
