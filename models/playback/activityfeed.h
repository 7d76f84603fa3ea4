// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "base/reply.h"
#include "recording/activity.h"
#include "recording/changefinder.h"

#include <QObject>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

namespace fairlead::playback {

/// What happened in a recording: read whole on the pool when it is asked for, and then the change at any moment.
///
/// Thread: GUI. Owner: who shows the recording; dispatcher and pool outlive it. It opens the recording for itself, beside the transport. Reading
/// takes one of the pool's threads for so long (seconds for a large recording): app/ may hand it a pool of its own.
class ActivityFeed : public QObject {
    Q_OBJECT

public:
    enum class Phase { Idle, Reading, Ready, Failed };
    enum class Find { At, After, Before };
    using FoundChange = std::optional<recording::Change>;
    static constexpr std::size_t pieces = 4096; ///< more than a wide screen has bars; a bar adds up several

    using Open = std::function<Result<recording::Reader>()>;

    /// `open` is called on the pool.
    ActivityFeed(Open open, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent = nullptr);
    ActivityFeed(std::string path, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent = nullptr);
    ~ActivityFeed() override; ///< what is being read ends soon

    /// Also again, after it failed.
    void start();
    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// Null until it is ready.
    [[nodiscard]] const std::shared_ptr<const recording::Activity> &activity() const { return m_activity; }

    /// Error: Unavailable until it is ready.
    [[nodiscard]] Reply<FoundChange> find(Find what, Moment moment);
    /// Of moments that are asked for while one is looked for, the last one counts. The answer: changeFound().
    void lookAt(Moment moment);
    /// At the moment that was last looked at, as far as it is known.
    [[nodiscard]] const FoundChange &change() const { return m_change; }
    /// Whether anything has been looked up yet: until then change() is none because nobody knows.
    [[nodiscard]] bool hasLooked() const { return m_hasLooked; }

Q_SIGNALS:
    void phaseChanged();
    void changeFound();

private:
    struct Shared {
        std::mutex mutex;
        std::optional<recording::ChangeFinder> finder; // guarded
    };
    struct Read {
        std::shared_ptr<const recording::Activity> activity;
        std::shared_ptr<Shared> finder;
    };
    [[nodiscard]] static Result<Read> read(const Open &open, const std::stop_token &stop);
    void take(Result<Read> result);
    void look();

    const Open m_open;
    Dispatcher &m_dispatcher;
    QThreadPool &m_pool;
    Dispatcher::Number m_number = 0; // of what is being read
    std::stop_source m_stop;
    Phase m_phase = Phase::Idle;
    std::optional<Error> m_error;
    std::shared_ptr<const recording::Activity> m_activity;
    std::shared_ptr<Shared> m_finder;
    std::optional<Moment> m_wanted; // to be looked at
    bool m_looking = false;
    bool m_hasLooked = false;
    FoundChange m_change;
};

} // namespace fairlead::playback
