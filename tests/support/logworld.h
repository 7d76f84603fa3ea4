// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "base/settings.h"
#include "contexts/clusters.h"
#include "kube/session.h"
#include "support/scriptedtransport.h"

#include <QThreadPool>

#include <memory>
#include <string>
#include <vector>

namespace fairlead::test {

/// A pod "payments/payments-api-7d9f6c5b84-x2k4q" with three containers and a log, below the real engine, for what a window shows of it.
/// Nothing happens but in settle(). Thread: the test's own.
class LogWorld {
public:
    LogWorld();
    ~LogWorld();

    static const std::string space;
    static const std::string pod;

    /// One line as kubelet sends it; `second` counts from 14:38:11 UTC.
    [[nodiscard]] static std::string line(double second, const std::string &text);
    /// The lines of the design's picture: before and after a cut of the stream.
    [[nodiscard]] static std::string firstLines();
    [[nodiscard]] static std::string laterLines();

    enum class State { Running, BackingOff, Creating };
    /// The pod as the server lists it; `endedAgo`: seconds since the last run ended.
    void givePod(State state, int endedAgo = 119);
    /// What is asked of a log next.
    void giveLog(Answer answer);
    /// The pod changes.
    void change(State state);

    [[nodiscard]] contexts::OpenClusterPtr cluster() const { return m_cluster; }
    [[nodiscard]] Settings &settings() { return m_settings; }
    [[nodiscard]] ScriptedTransport &server() { return m_server; }
    [[nodiscard]] static std::string logPath();
    /// Delivers what is under way: bytes, pool tasks, posted events.
    void settle();

private:
    [[nodiscard]] std::string row(State state, int version) const;

    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    ScriptedTransport m_server;
    Settings m_settings{QString()};
    contexts::OpenClusterPtr m_cluster;
    int m_version = 10;
    int m_endedAgo = 119;
};

} // namespace fairlead::test
