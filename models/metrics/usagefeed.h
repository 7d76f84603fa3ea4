// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "kinds/usage.h"
#include "kube/client.h"
#include "kube/discovery.h"
#include "metrics/usages.h"

#include <QObject>

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::metrics {

/// What the objects of one kind use, asked of metrics.k8s.io again and again while somebody looks.
///
/// Promise: a server that does not offer metrics.k8s.io is never asked for it, and is Absent. While shown it is asked at its own pace: as
/// often as its windows are long, between `least` and `most`. Each request has `deadline`; after a failure the next waits longer, up to
/// `longest`. Nobody waits for it, and at most `atATime` requests are under way. What was known stays for `keeps` while nothing new comes, and
/// is then no longer known. Hidden: nothing is asked, and nothing is under way.
/// Thread: GUI, or the only thread of a command. Owner: who shows it. All that is handed in outlives it.
class UsageFeed : public QObject {
    Q_OBJECT

public:
    static constexpr Clock::Duration usual{15'000}; ///< where no window is told
    static constexpr Clock::Duration least{10'000};
    static constexpr Clock::Duration most{60'000};
    static constexpr Clock::Duration longest{300'000};
    static constexpr Clock::Duration deadline{10'000};
    static constexpr Clock::Duration keeps{120'000};
    static constexpr std::size_t atATime = 4;

    enum class Phase : std::uint8_t {
        Asking,  ///< nothing was answered yet
        Known,   ///< the last round was answered
        Absent,  ///< the server has no such API
        Failing, ///< it has, and the last round failed: why()
    };

    UsageFeed(kube::Client &client, kube::Discovery &discovery, Clock &clock, QObject *parent = nullptr);
    ~UsageFeed() override;

    /// Begins, or begins anew where it is about something else. `name`: of one object alone.
    void watch(const kinds::UsageKind &kind, const kube::Scope &scope, const std::string &name = {});
    /// About nothing.
    void stop();
    void setShown(bool shown);

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// Whether it is worth a column: the server says that it has such an API, working or not.
    [[nodiscard]] bool isOffered() const { return m_offered; }
    [[nodiscard]] const std::optional<Error> &why() const { return m_why; }
    /// Null: nothing is known.
    [[nodiscard]] const UsagesPtr &usages() const { return m_usages; }
    /// Of the next round, while one is planned; for tests.
    [[nodiscard]] Clock::Duration pause() const { return m_pause; }

Q_SIGNALS:
    void changed();

private:
    void readOffer();
    void plan();
    void begin();
    void askNext();
    void take(Result<Usages> answer);
    void finish();
    void drop();
    bool forget();

    kube::Client &m_client;
    kube::Discovery &m_discovery;
    Clock &m_clock;

    const kinds::UsageKind *m_kind = nullptr;
    kube::Scope m_scope;
    std::string m_name;
    bool m_shown = false;
    bool m_offered = false;
    bool m_knowsOffer = false;

    Phase m_phase = Phase::Asking;
    std::optional<Error> m_why;
    UsagesPtr m_usages;
    Clock::Duration m_lastKnown{0};

    // One round: a request for each namespace.
    bool m_inRound = false;
    std::deque<std::string> m_left;
    std::vector<Reply<Usages>> m_replies;
    std::size_t m_underWay = 0;
    Usages m_gathered;
    bool m_anyCame = false;
    std::optional<Error> m_failed;
    std::uint64_t m_generation = 0;

    int m_failures = 0; ///< in a row
    std::optional<Clock::Duration> m_lastRound;
    Clock::Duration m_pause{0};
    Clock::Timer m_timer = 0;
};

} // namespace fairlead::metrics
