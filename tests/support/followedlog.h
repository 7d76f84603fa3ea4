// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logfollower.h"
#include "logs/podwatch.h"
#include "support/enginebench.h"
#include "support/tabletext.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::test {

/// One line as kubelet sends it; `second` counts from 2027-01-15T08:00:00Z.
[[nodiscard]] std::string logLine(int second, std::string_view text);
/// A log that stays open behind these pieces.
[[nodiscard]] Answer logAnswer(std::vector<std::string> chunks);
/// A connection that was cut.
[[nodiscard]] Error lostConnection();

/// States of the container "api", as a pod's status has them. `id`: of a run.
[[nodiscard]] std::string running(const std::string &id, const std::string &more = {});
[[nodiscard]] std::string runningAfter(const std::string &lastId, const std::string &id, int restarts, int lastAt = 5);
[[nodiscard]] std::string backingOff(const std::string &lastId, int restarts = 14, int at = 5);
/// What a state or a last state is of a run that ended at that second.
[[nodiscard]] std::string terminated(const std::string &id, int code = 137, const std::string &reason = "OOMKilled", int at = 5);

/// A follower of the log of "api" in the pod "web" of "team-a", below it a server that answers as it is told. It is an hour after all that
/// logLine() and the states tell. Thread: the test's own.
class FollowedLog {
public:
    static const std::string pods; ///< path of the list
    static const std::string path; ///< of the log

    FollowedLog();
    ~FollowedLog();

    /// What is asked of a log next, in this order.
    void answers(std::vector<Answer> list, int times = 1);
    void start(const std::string &state, const logs::LogWish &wish = {.container = "api"});
    /// The status of the container changes.
    void change(const std::string &state);
    void deletePod(const std::string &state);
    /// The server ends the stream; so does a node when the container has ended.
    void end();
    /// The connection breaks.
    void cut();

    [[nodiscard]] std::vector<std::string> rows() const;
    [[nodiscard]] std::vector<net::Request> requests() const;
    [[nodiscard]] std::string asked(std::string_view key) const; ///< of the last request's query
    [[nodiscard]] logs::LogFollower &follower() { return *m_follower; }
    [[nodiscard]] logs::PodWatch &pod() { return *m_pod; }

    EngineBench bench;

private:
    std::shared_ptr<kube::Store> m_store;
    std::unique_ptr<logs::PodWatch> m_pod;
    std::unique_ptr<logs::LogFollower> m_follower;
    int m_version = 10;
};

} // namespace fairlead::test
