// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/activityfeed.h"

#include <utility>

namespace fairlead::playback {

using recording::Activity;
using recording::ChangeFinder;
using recording::Reader;

ActivityFeed::ActivityFeed(std::string path, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent)
    : ActivityFeed([path = std::move(path)] { return Reader::open(path); }, dispatcher, pool, parent)
{
}

ActivityFeed::ActivityFeed(Open open, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_open(std::move(open))
    , m_dispatcher(dispatcher)
    , m_pool(pool)
{
}

ActivityFeed::~ActivityFeed()
{
    m_stop.request_stop();
    m_dispatcher.close(m_number);
}

void ActivityFeed::start()
{
    if (m_phase == Phase::Reading || m_phase == Phase::Ready)
        return;
    m_phase = Phase::Reading;
    m_error.reset();
    m_stop = std::stop_source();
    m_number = m_dispatcher.open();
    m_pool.start([this, open = m_open, stop = m_stop.get_token(), number = m_number, &dispatcher = m_dispatcher] {
        auto box = std::make_shared<Result<Read>>(read(open, stop));
        dispatcher.post(number, [this, box] { take(std::move(*box)); });
    });
    Q_EMIT phaseChanged();
}

Result<ActivityFeed::Read> ActivityFeed::read(const Open &open, const std::stop_token &stop)
{
    auto reader = open();
    if (!reader)
        return failure(std::move(reader.error()));
    auto activity = Activity::of(*reader, pieces, stop);
    if (!activity)
        return failure(std::move(activity.error()));
    Read read;
    read.activity = std::make_shared<const Activity>(std::move(*activity));
    read.finder = std::make_shared<Shared>();
    read.finder->finder.emplace(std::move(*reader), read.activity);
    return read;
}

void ActivityFeed::take(Result<Read> result)
{
    m_dispatcher.close(std::exchange(m_number, 0));
    if (result) {
        m_activity = std::move(result->activity);
        m_finder = std::move(result->finder);
        m_phase = Phase::Ready;
    } else {
        m_error = std::move(result.error());
        m_phase = Phase::Failed;
    }
    Q_EMIT phaseChanged();
    look();
}

Reply<ActivityFeed::FoundChange> ActivityFeed::find(Find what, Moment moment)
{
    if (!m_finder)
        return answered<FoundChange>(failure({.code = Code::Unavailable, .message = "the recording has not been read yet"}));
    const Promise<FoundChange> promise;
    auto reply = promise.reply();
    const auto number = m_dispatcher.open();
    promise.onCancel([&dispatcher = m_dispatcher, number] { dispatcher.close(number); });
    m_pool.start([shared = m_finder, what, moment, promise, number, &dispatcher = m_dispatcher] {
        auto box = [&] {
            const std::lock_guard lock(shared->mutex);
            ChangeFinder &finder = *shared->finder;
            return std::make_shared<Result<FoundChange>>(what == Find::At      ? finder.at(moment)
                                                         : what == Find::After ? finder.after(moment)
                                                                               : finder.before(moment));
        }();
        dispatcher.post(number, [promise, box, number, &dispatcher] {
            dispatcher.close(number);
            promise.give(std::move(*box));
        });
    });
    return reply;
}

void ActivityFeed::lookAt(Moment moment)
{
    m_wanted = moment;
    look();
}

void ActivityFeed::look()
{
    if (m_looking || !m_wanted || !m_finder)
        return;
    m_looking = true;
    find(Find::At, *std::exchange(m_wanted, std::nullopt)).then(this, [this](Result<FoundChange> found) {
        m_looking = false;
        FoundChange change = found ? std::move(*found) : std::nullopt; // a block that cannot be read has no changes
        if (!std::exchange(m_hasLooked, true) || change != m_change) {
            m_change = std::move(change);
            Q_EMIT changeFound();
        }
        look();
    });
}

} // namespace fairlead::playback
