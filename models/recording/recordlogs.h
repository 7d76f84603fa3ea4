// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/transport.h"
#include "recording/recorder.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace fairlead::recording {

class RecordInbox;

/// Follows the log of every container of the pods that it is shown, and feeds a recorder with its lines: of each run the last `linesBefore` that were
/// there before, then all that comes, to the run's end.
///
/// Thread: that of the inbox's worker. Owner: a RecordRun, which outlives all that the inbox still holds of it. A stream that is lost goes on
/// behind its last line. Who may not read logs is told once: isRefused(). A file that holds no more logs goes on without new ones: isFull().
/// Decided: the runs of a container follow each other in one log.
class RecordLogs {
public:
    static constexpr int linesBefore = 1000;

    /// `check` takes each error of the recorder, and says whether all is well; `now` is the server's time.
    RecordLogs(net::Transport &transport, Recorder &recorder, std::shared_ptr<RecordInbox> inbox, std::function<bool(const Result<void> &)> check,
        std::function<Moment()> now);

    /// A pod: an object, or a row that holds one.
    void see(std::string_view row);
    /// The same of a pod that is gone: what is left of its logs still comes.
    void forget(std::string_view row);
    /// Ends all requests.
    void stop();
    [[nodiscard]] bool isRefused() const { return m_isRefused; }
    [[nodiscard]] bool isFull() const { return m_isFull; }
    [[nodiscard]] std::size_t followed() const { return m_follows.size(); } ///< containers
    [[nodiscard]] std::uint64_t lines() const { return m_lines; }

private:
    struct Follow {
        std::string key; // of the container
        std::string run; // its id
        std::string path;
        std::string container;
        std::uint32_t log = 0;
        std::string rest; // of a line
        std::string last; // time of the last whole line, as the server wrote it
        std::chrono::milliseconds delay{0};
        net::Ticket ticket = 0;
        bool isResumed = false;
        bool isOver = false; // another run has begun, or its pod is gone
    };
    using FollowPtr = std::shared_ptr<Follow>;

    void begin(const FollowPtr &follow);
    void take(const FollowPtr &follow, std::string_view bytes);
    void end(const FollowPtr &follow, int status, const Result<void> &result);
    void write(const FollowPtr &follow, std::string_view lines);

    net::Transport &m_transport;
    Recorder &m_recorder;
    std::shared_ptr<RecordInbox> m_inbox;
    std::function<bool(const Result<void> &)> m_check;
    std::function<Moment()> m_now;
    std::map<std::string, FollowPtr> m_follows; // by container, its last run
    std::uint64_t m_lines = 0;
    bool m_isRefused = false;
    bool m_isFull = false;
};

} // namespace fairlead::recording
