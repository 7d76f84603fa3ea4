// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/dispatcher.h"
#include "contexts/clusters.h"
#include "kube/session.h"
#include "playback/activityfeed.h"
#include "playback/player.h"
#include "recording/replaytransport.h"

#include <QThreadPool>

#include <memory>
#include <string>

namespace fairlead::app {

/// A recording that is open in a window: the transport that plays it, who moves it, and the sessions that are made of it, one after the other.
///
/// Thread: GUI. Sessions hold it; it goes with the last of them and of those who hold its player.
class Played : public std::enable_shared_from_this<Played> {
public:
    /// `open` reads the same recording once more, for what happened in it.
    Played(recording::Reader reader, playback::ActivityFeed::Open open, Moment at, std::string name);
    ~Played();
    Played(const Played &) = delete;
    Played &operator=(const Played &) = delete;

    [[nodiscard]] playback::Player &player() { return *m_player; }
    [[nodiscard]] std::shared_ptr<const contexts::OpenRecording> handle(std::string file, std::uint64_t bytes, std::size_t kinds);
    /// At the present moment. One at a time is moved with the recording: the last one.
    [[nodiscard]] std::shared_ptr<kube::Session> begin();

private:
    const std::string m_name;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    QThreadPool m_readers; ///< of all that happened: seconds of a large recording, which nobody else waits for
    SystemClock m_clock;
    std::unique_ptr<recording::ReplayTransport> m_transport;
    std::unique_ptr<playback::ActivityFeed> m_happened;
    std::unique_ptr<playback::Player> m_player;
};

} // namespace fairlead::app
