// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/configwatch.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace fairlead::contexts {

ConfigWatch::ConfigWatch(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ConfigWatch::noticed);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ConfigWatch::noticed);
}

void ConfigWatch::setFiles(const std::vector<std::string> &files)
{
    m_files.clear();
    for (const std::string &file : files) {
        if (!file.empty())
            m_files << QDir::cleanPath(QString::fromStdString(file));
    }
    follow();
}

void ConfigWatch::follow()
{
    QStringList wanted;
    for (const QString &file : m_files) {
        if (QFileInfo::exists(file))
            wanted << file;
        // A rename onto the file is seen in its folder only; where that is missing, in the nearest that is there.
        QString folder = QFileInfo(file).path();
        while (!QFileInfo(folder).isDir() && !QDir(folder).isRoot())
            folder = QFileInfo(folder).path();
        wanted << folder;
    }
    wanted.removeDuplicates();
    // The watcher forgets a file that was removed or replaced; adding what it still knows does nothing.
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    QStringList stale;
    std::copy_if(watched.begin(), watched.end(), std::back_inserter(stale), [&wanted](const QString &path) { return !wanted.contains(path); });
    if (!stale.isEmpty())
        m_watcher.removePaths(stale);
    QStringList fresh;
    std::copy_if(wanted.begin(), wanted.end(), std::back_inserter(fresh), [&watched](const QString &path) { return !watched.contains(path); });
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh);
}

void ConfigWatch::noticed()
{
    const Clock::Duration now = m_clock.steady();
    if (m_timer == 0)
        m_first = now;
    else
        m_clock.cancel(m_timer);
    const auto left = std::max(Clock::Duration(0), m_first + longest - now);
    m_timer = m_clock.after(std::min<Clock::Duration>(calm, left), this, [this] {
        m_timer = 0;
        follow();
        Q_EMIT changed();
    });
}

} // namespace fairlead::contexts
