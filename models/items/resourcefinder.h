// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/discovery.h"
#include "kube/resource.h"

#include <QObject>

#include <cstdint>
#include <optional>
#include <string>

namespace fairlead::items {

/// Which of the server's resources a typed kind means. A server that does not answer is asked again; a kind that it does not know stays
/// unknown until somebody says again().
///
/// Thread: GUI. Owner: the page. `discovery` and `clock` outlive it.
class ResourceFinder : public QObject {
    Q_OBJECT

public:
    static constexpr Clock::Duration tryAgain{5000};

    ResourceFinder(kube::Discovery &discovery, Clock &clock, QObject *parent = nullptr);

    /// The answer comes as found() or failed(), never on this stack; a later call takes the place of an earlier one.
    void find(const std::string &typed);
    /// The same, asking the server anew.
    void again();

    [[nodiscard]] const std::string &typed() const { return m_typed; }
    /// Why it is not found; none: it is, or is still being looked for.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] Clock::TimePoint failedSince() const { return m_since; }

Q_SIGNALS:
    void found(const fairlead::kube::Resource &resource);
    void failed();

private:
    void judge(std::uint64_t generation, const Result<kube::OfferPtr> &offer);
    void fail(const Error &error);

    kube::Discovery &m_discovery;
    Clock &m_clock;
    std::string m_typed;
    std::optional<Error> m_error;
    Clock::TimePoint m_since;
    Clock::Timer m_timer = 0;
    std::uint64_t m_generation = 0;
};

} // namespace fairlead::items
