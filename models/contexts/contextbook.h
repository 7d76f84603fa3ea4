// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "contexts/clusters.h"
#include "contexts/configwatch.h"
#include "contexts/reachability.h"

#include <QObject>

#include <optional>
#include <string>

namespace fairlead::contexts {

/// The contexts as they are known now, for all who show them: read when it is made, again when a file of theirs changes, and
/// what their servers told when they were asked.
///
/// Promise: list() is always one whole reading, never a mixture of two. Files that were opened in the window are remembered
/// in the settings (`clusters/files`) and read again at the next start.
/// Thread: GUI. Owner: the window's start; what is handed in outlives it.
class ContextBook : public QObject {
    Q_OBJECT

public:
    static constexpr const char *filesKey = "clusters/files"; ///< of the settings: a list of paths

    /// Whether the files of earlier starts are read too. Not where --kubeconfig says what this start is about.
    enum class Remembered { Taken, Left };

    ContextBook(Clusters &clusters, Clock &clock, Settings &settings, Remembered remembered = Remembered::Taken, QObject *parent = nullptr);

    [[nodiscard]] const ContextList &list() const { return m_list; }
    [[nodiscard]] bool isRead() const { return m_isRead; } ///< false: list() is empty because the files are still being read
    [[nodiscard]] Reachability &reachability() { return m_reachability; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

    /// Reads the files again, and asks every server again.
    void reload();

    /// Takes a further kubeconfig among those that are read, and remembers it. The answer is what that file alone holds.
    /// Errors, and then nothing has changed: NotFound, BadInput (with line), where it holds no context at all.
    [[nodiscard]] Reply<ContextList> add(const std::string &file);
    /// Takes a recording among the contexts, and reads them again; nothing of it is remembered. The answer is the name by which it is opened; without
    /// a file it is the program's own. Empty: none can be opened.
    [[nodiscard]] std::string addRecording(const std::string &file);
    [[nodiscard]] bool hasDemo() const { return m_clusters.hasDemo(); }
    /// Takes a file off the list again that add() put there.
    void forget(const std::string &file);

Q_SIGNALS:
    /// list() has been read, for the first time or anew; it may be equal to the one before.
    void listRead();

private:
    void read();

    Clusters &m_clusters;
    Clock &m_clock;
    Settings &m_settings;
    Reachability m_reachability;
    ConfigWatch m_watch;
    ContextList m_list;
    Reply<ContextList> m_reading;
    std::vector<std::string> m_files; ///< that were added
    bool m_isRead = false;
    bool m_checkAll = false; ///< after the reading that is under way
};

} // namespace fairlead::contexts
