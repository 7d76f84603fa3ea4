// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/store.h"

#include "kube/client.h"
#include "kube/oneobject.h"
#include "kube/pendingchanges.h"
#include "kube/reflector.h"
#include "kube/rowtable.h"
#include "kube/version.h"

#include <QPointer>

#include <algorithm>
#include <list>
#include <utility>

namespace fairlead::kube {
namespace {

struct Subscriber {
    Detail detail = Detail::Meta;
    QPointer<QObject> context;
    QMetaObject::Connection watchingContext;
    Store::OnChange onChange;
    Store::OnState onState;
    bool started = false; // has had its first change set
    bool ended = false;

    [[nodiscard]] bool wants() const { return !ended && context; }
};

struct Waiter {
    Promise<void> promise;
    std::string version;
    std::string space;
    Clock::Timer timer = 0;
};

constexpr Clock::Duration reachedBound{10'000};
// Between two times that all rows are read again for new columns: servers of one address may differ in them.
constexpr Clock::Duration rereadPause{5'000};

} // namespace

struct Store::Private {
    Private(Store *owner, Client &requests, Clock &time, Source what, Projection paths)
        : q(owner)
        , client(requests)
        , clock(time)
        , source(std::move(what))
        , projection(std::move(paths))
    {
    }

    Store *const q;
    Client &client;
    Clock &clock;
    const Source source;
    const Projection projection;

    std::unique_ptr<Reflector> reflector;
    std::vector<std::unique_ptr<Reflector>> retired;
    int reflectorNumber = 0;
    Detail running = Detail::Cells; // what the reflector asks for
    std::vector<Detail> held;       // by lane: what each of its rows holds at least
    int earlierLists = 0;           // of reflectors that are gone
    Clock::Timer loweringTimer = 0;

    RowTable rows;
    std::unordered_map<std::string, std::string> keyOfName; // "namespace/name" to the row's key: names are unique
    std::vector<std::uint64_t> marks;                       // by lane: the list being read, or read last
    std::uint64_t lastMark = 0;
    RowId lastId = 0;
    std::shared_ptr<const std::vector<Column>> columns;
    bool columnsChanged = false;
    bool columnsUntold = false;  // the first ones, which travel with the first rows; told by themselves where there are none
    std::vector<bool> replacing; // by lane: its rows still have the cells of the columns before
    std::optional<Clock::Duration> lastReread;
    Clock::Timer rereadTimer = 0;

    PendingChanges pending;
    Cause cause = Cause::List;
    Revision revision = 0;
    Snapshot published;
    State state;
    bool completesFirst = false;
    bool wasComplete = false; // the rows were complete once since someone listens
    std::list<std::shared_ptr<Subscriber>> subscribers;
    std::vector<Waiter> waiters;
    bool flushPosted = false;
    Clock::Timer flushTimer = 0;
    std::optional<Clock::Duration> lastFlush;

    // --- who listens
    [[nodiscard]] std::optional<Detail> highestWanted() const
    {
        std::optional<Detail> highest;
        for (const auto &subscriber : subscribers) {
            if (subscriber->wants() && (!highest || subscriber->detail > *highest))
                highest = subscriber->detail;
        }
        return highest;
    }

    // Rows that are all there are not thrown away for the first page alone.
    static Detail lowered(Detail wanted) { return std::max(wanted, Detail::Meta); }

    [[nodiscard]] PendingChanges::Keep keep() const
    {
        const auto highest = highestWanted();
        return highest && *highest >= Detail::Facts ? PendingChanges::Keep::Ends : PendingChanges::Keep::Latest;
    }

    void subscribersChanged()
    {
        subscribers.remove_if([](const auto &subscriber) { return !subscriber->wants(); });
        const auto wanted = highestWanted();
        if (!wanted) {
            stop();
            return;
        }
        if (!reflector) {
            held.assign(laneCount(), *wanted);
            run(*wanted, Cause::List);
        } else if (*wanted > running) {
            run(*wanted, Cause::Detail);
        }
        clock.cancel(std::exchange(loweringTimer, 0));
        if (lowered(*wanted) < running) {
            loweringTimer = clock.after(loweringDelay, q, [this] {
                loweringTimer = 0;
                const auto now = highestWanted();
                if (now && lowered(*now) < running) {
                    for (Detail &detail : held)
                        detail = std::min(detail, lowered(*now));
                    run(lowered(*now), Cause::Detail);
                }
            });
        }
    }

    void end(const std::shared_ptr<Subscriber> &subscriber)
    {
        if (std::exchange(subscriber->ended, true))
            return;
        QObject::disconnect(subscriber->watchingContext);
        // Functions may be the caller's own stack: they are let go later, with the list's entry.
        subscribersChanged();
    }

    // --- the reflector
    void run(Detail detail, Cause why)
    {
        if (reflector)
            earlierLists += reflector->listRequests();
        running = detail;
        clock.cancel(std::exchange(rereadTimer, 0));
        Reflector::Listener listener;
        // What a replaced reflector still says counts no more.
        const int number = ++reflectorNumber;
        listener.page = [this, number](Reflector::Lane lane, TablePage page, Cause of, bool first, bool last) {
            if (number == reflectorNumber)
                takePage(lane, std::move(page), of, first, last);
        };
        listener.events = [this, number](Reflector::Lane lane, std::vector<WatchEvent> events) {
            if (number == reflectorNumber)
                takeEvents(lane, std::move(events));
        };
        listener.state = [this, number] {
            if (number == reflectorNumber)
                stateChanged();
        };
        const Clock::Duration quietSince = reflector && wasComplete ? reflector->quietSince() : Clock::Duration(0);
        auto next = std::make_unique<Reflector>(client, clock, source, detail, projection, why, quietSince, std::move(listener));
        retire(std::exchange(reflector, std::move(next)));
        marks.assign(laneCount(), 0);
        reflector->start();
        stateChanged();
    }

    // New columns: all rows get new cells, also those that had some in between. False: not yet.
    bool reread()
    {
        const Clock::Duration wait = lastReread ? *lastReread + rereadPause - clock.steady() : Clock::Duration(0);
        if (wait > Clock::Duration(0)) {
            clock.cancel(rereadTimer);
            rereadTimer = clock.after(wait, q, [this] { (void)reread(); });
            return false;
        }
        lastReread = clock.steady();
        run(running, Cause::Relist);
        return true;
    }

    // A reflector may be on the stack when it is replaced. It goes with us at the latest: it uses the client and the clock.
    void retire(std::unique_ptr<Reflector> old)
    {
        if (!old)
            return;
        retired.push_back(std::move(old));
        later(q, [this] { retired.clear(); });
    }

    void stop()
    {
        if (reflector)
            earlierLists += reflector->listRequests();
        // Not later: what it has posted, a watch to start above all, must not happen.
        reflector.reset();
        rows.clear();
        keyOfName.clear();
        held.clear();
        (void)pending.take();
        columnsChanged = false;
        columnsUntold = false;
        replacing.clear();
        published = Snapshot(revision, 0, nullptr, columns);
        state = State();
        wasComplete = false;
        clock.cancel(std::exchange(flushTimer, 0));
        clock.cancel(std::exchange(loweringTimer, 0));
        clock.cancel(std::exchange(rereadTimer, 0));
        lastFlush.reset();
    }

    // --- rows
    [[nodiscard]] ItemPtr make(RowId id, Row row) const { return std::make_shared<const Item>(id, std::move(row), clock.now()); }

    static std::string nameKey(const Row &row)
    {
        std::string key(row.space());
        key += '/';
        key += row.name();
        return key;
    }

    [[nodiscard]] std::size_t laneCount() const { return source.scope.isAll() ? 1 : source.scope.namespaces.size(); }

    // Rows of old and new columns stand beside each other: nothing is published until all were read again.
    [[nodiscard]] bool isMixed() const { return std::find(replacing.begin(), replacing.end(), true) != replacing.end(); }

    // True: rows that were read before have the cells of other columns.
    bool takeColumns(std::vector<Column> newColumns)
    {
        if (newColumns.empty() || (columns && *columns == newColumns))
            return false;
        columnsUntold = columns == nullptr;
        if (columns) {
            columnsChanged = true;
            replacing.assign(laneCount(), true);
        }
        columns = std::make_shared<const std::vector<Column>>(std::move(newColumns));
        return !columnsUntold;
    }

    enum class Same { Keep, Replace, Tell }; // what to do with a row whose version did not change

    void upsert(Reflector::Lane lane, Row row, std::uint64_t mark, Same same)
    {
        const std::string key = RowTable::keyOf(row);
        if (RowTable::Entry *entry = rows.find(key)) {
            entry->mark = std::max(entry->mark, mark);
            rows.moveTo(*entry, static_cast<std::uint32_t>(lane));
            const bool hasVersion = !row.version().empty();
            if (hasVersion && row.version() == entry->item->version()) {
                if (same != Same::Keep)
                    rows.replace(*entry, make(entry->item->id(), std::move(row)));
                if (same == Same::Tell)
                    pending.change(entry->item);
                return;
            }
            if (hasVersion && isOlder(row.version(), entry->item->version()))
                return;
            rows.replace(*entry, make(entry->item->id(), std::move(row)));
            pending.change(entry->item);
            return;
        }
        const std::string name = nameKey(row);
        // The name's former bearer is gone, whether or not its end was seen.
        if (const auto former = keyOfName.find(name); former != keyOfName.end() && former->second != key)
            remove(std::string(former->second));
        const ItemPtr item = make(++lastId, std::move(row));
        rows.insert(key, item, static_cast<std::uint32_t>(lane), mark);
        keyOfName[name] = key;
        pending.add(item);
    }

    void remove(const std::string &key)
    {
        RowTable::Entry *entry = rows.find(key);
        if (!entry)
            return;
        const ItemPtr last = entry->item;
        const auto name = keyOfName.find(nameKey(last->meta()));
        if (name != keyOfName.end() && name->second == key)
            keyOfName.erase(name);
        rows.remove(key);
        pending.remove(last, keep());
    }

    // Someone was told of the lane's rows without the detail that he wants: its list had failed.
    [[nodiscard]] bool lacksWhatIsTold(Reflector::Lane lane) const
    {
        return std::any_of(subscribers.begin(), subscribers.end(),
            [this, lane](const auto &subscriber) { return subscriber->wants() && subscriber->started && subscriber->detail > held[lane]; });
    }

    // The rows have the detail, but for those of lanes that fail: they must not hold back the others'.
    [[nodiscard]] bool has(Detail detail) const
    {
        for (Reflector::Lane lane = 0; lane < held.size(); ++lane) {
            if (held[lane] < detail && !reflector->hasStarted(lane))
                return false;
        }
        return true;
    }

    void takePage(Reflector::Lane lane, TablePage page, Cause of, bool first, bool last)
    {
        if (first)
            marks[lane] = ++lastMark;
        if (takeColumns(std::move(page.columns)) && (laneCount() > 1 || !first) && reread())
            return; // what was read before this page has the old cells
        cause = of;
        const bool renewed = lane < replacing.size() && replacing[lane];
        const Same same = lacksWhatIsTold(lane) ? Same::Tell : of == Cause::Detail || renewed || held[lane] < running ? Same::Replace : Same::Keep;
        for (Row &row : page.rows)
            upsert(lane, std::move(row), marks[lane], same);
        if (last) {
            std::vector<std::string> gone;
            rows.forEachOf(static_cast<std::uint32_t>(lane), [&](const RowTable::Entry &entry) {
                if (entry.mark < marks[lane])
                    gone.push_back(*entry.key);
            });
            for (const std::string &key : gone)
                remove(key);
            held[lane] = running;
            if (renewed && rereadTimer == 0)
                replacing[lane] = false;
        }
        scheduleFlush(last ? When::Now : When::Tick);
    }

    void takeEvents(Reflector::Lane lane, std::vector<WatchEvent> events)
    {
        cause = Cause::Watch;
        for (WatchEvent &event : events) {
            if (columns && takeColumns(std::move(event.columns)) && reread())
                return; // rows with the old columns' cells would stand beside new ones
            for (Row &row : event.rows) {
                if (event.type == WatchEvent::Type::Deleted)
                    takeDeleted(std::move(row));
                else
                    upsert(lane, std::move(row), marks[lane], Same::Keep);
            }
        }
        scheduleFlush(When::Tick);
    }

    void takeDeleted(Row row)
    {
        const std::string key = RowTable::keyOf(row);
        RowTable::Entry *entry = rows.find(key);
        if (!entry)
            return;
        // The event carries the state at the end, which may be newer than the one held.
        if (isOlder(entry->item->version(), row.version())) {
            rows.replace(*entry, make(entry->item->id(), std::move(row)));
            pending.change(entry->item);
        }
        remove(key);
    }

    // --- telling
    enum class When { Now, Tick };

    void scheduleFlush(When when)
    {
        Clock::Duration delay{0};
        if (when == When::Tick && lastFlush)
            delay = std::max(Clock::Duration(0), *lastFlush + tick - clock.steady());
        if (delay == Clock::Duration(0)) {
            clock.cancel(std::exchange(flushTimer, 0));
            if (!std::exchange(flushPosted, true)) {
                later(q, [this] {
                    flushPosted = false;
                    flush();
                });
            }
        } else if (flushTimer == 0 && !flushPosted) {
            flushTimer = clock.after(delay, q, [this] {
                flushTimer = 0;
                flush();
            });
        }
    }

    void stateChanged() { scheduleFlush(When::Now); }

    void flush()
    {
        if (!reflector)
            return;
        updateState();
        const QPointer<Store> alive(q);

        const bool tickOver = !lastFlush || clock.steady() - *lastFlush >= tick || completesFirst;
        columnsChanged |= columnsUntold && pending.isEmpty() && completesFirst;
        const bool due = !isMixed() && (!pending.isEmpty() || columnsChanged);
        if (due && tickOver) {
            ChangeSet set = pending.take();
            set.from = revision;
            set.to = ++revision;
            set.columns = std::exchange(columnsChanged, false);
            columnsUntold = false;
            set.cause = cause;
            lastFlush = clock.steady();
            publish();
            deliver([&set](const Subscriber &subscriber) {
                if (subscriber.started)
                    subscriber.onChange(set);
            });
            if (!alive)
                return;
        } else if (due) {
            scheduleFlush(When::Tick);
        }
        startWaiting();
        if (!alive)
            return;
        const State told = state;
        deliver([&told](const Subscriber &subscriber) { subscriber.onState(told); });
        if (!alive)
            return;
        answerWaiters();
    }

    void publish() { published = Snapshot(revision, rows.size(), rows.share(), columns); }

    template<typename Tell>
    void deliver(Tell tell)
    {
        const QPointer<Store> alive(q);
        const auto listeners = subscribers; // callbacks may add and end
        for (const auto &subscriber : listeners) {
            if (subscriber->wants())
                tell(*subscriber);
            if (!alive)
                return;
        }
    }

    // First change sets, for those who had none and whose detail the rows have by now.
    void startWaiting()
    {
        const bool due = std::any_of(subscribers.begin(), subscribers.end(),
            [this](const auto &subscriber) { return subscriber->wants() && !subscriber->started && has(subscriber->detail); });
        if (!due)
            return;
        if (!pending.isEmpty() || isMixed())
            return; // the flush that is due publishes first
        publish();
        ChangeSet all;
        all.to = revision;
        all.cause = Cause::Snapshot;
        published.forEach([&all](const ItemPtr &item) { all.added.push_back(item); });
        deliver([this, &all](Subscriber &subscriber) {
            if (subscriber.started || !reflector || !has(subscriber.detail))
                return;
            subscriber.started = true;
            subscriber.onChange(all);
        });
    }

    void updateState()
    {
        State next = reflector->state();
        const bool isComplete = next.phase == Phase::Live;
        // The first list's end is not held back by the tick: who waits for all of it waits no longer than the server took.
        completesFirst = isComplete && !wasComplete;
        next.lastWord = std::max(next.lastWord, state.lastWord);
        wasComplete |= isComplete;
        // Rows that are read again, for more detail or new columns, are not loading: they are there.
        if (wasComplete && (next.phase == Phase::Loading || next.phase == Phase::FirstPage)) {
            next.phase = next.why ? Phase::Stale : state.phase;
            if (!next.why)
                next.why = state.why;
        }
        next.since = next.phase == state.phase && state.since != Clock::TimePoint() ? state.since : clock.now();
        state = std::move(next);
    }

    void answerWaiters()
    {
        if (waiters.empty() || !pending.isEmpty() || isMixed() || !reflector)
            return; // what is not published yet cannot be read
        const auto reachedNow = [this](const Waiter &waiter) {
            const std::string version = reflector->version(waiter.space);
            return !version.empty() && !isOlder(version, waiter.version);
        };
        for (Waiter &waiter : waiters) {
            if (reachedNow(waiter)) {
                clock.cancel(waiter.timer);
                waiter.promise.give({});
            }
        }
        std::erase_if(waiters, [&](const Waiter &waiter) { return reachedNow(waiter) || !waiter.promise.wanted(); });
    }
};

Store::Store(Client &client, Clock &clock, Source source, Projection projection, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, client, clock, std::move(source), std::move(projection)))
{
}

Store::~Store()
{
    d->clock.cancel(d->flushTimer);
    d->clock.cancel(d->loweringTimer);
    d->clock.cancel(d->rereadTimer);
    for (const Waiter &waiter : d->waiters) {
        d->clock.cancel(waiter.timer);
        waiter.promise.give(failure({.code = Code::Cancelled, .message = "the rows are no longer followed"}));
    }
}

Snapshot Store::snapshot() const
{
    return d->published;
}

const State &Store::state() const
{
    return d->state;
}

const Source &Store::source() const
{
    return d->source;
}

Subscription Store::subscribe(Detail detail, QObject *context, OnChange onChange, OnState onState)
{
    auto subscriber = std::make_shared<Subscriber>();
    subscriber->detail = detail;
    subscriber->context = context;
    subscriber->onChange = std::move(onChange);
    subscriber->onState = std::move(onState);
    const auto end = [self = QPointer<Store>(this), weak = std::weak_ptr(subscriber)] {
        const auto ending = weak.lock();
        if (self && ending)
            self->d->end(ending);
    };
    subscriber->watchingContext = connect(context, &QObject::destroyed, this, end);
    d->subscribers.push_back(std::move(subscriber));
    d->subscribersChanged();
    d->scheduleFlush(Private::When::Now);
    return Subscription(end);
}

Reply<std::string> Store::object(const ObjectRef &ref) const
{
    return getObject(d->client, ref);
}

Reply<void> Store::reached(std::string version, std::string space)
{
    Waiter waiter;
    waiter.version = std::move(version);
    waiter.space = std::move(space);
    auto reply = waiter.promise.reply();
    waiter.timer = d->clock.after(reachedBound, this, [this, promise = waiter.promise, version = waiter.version] {
        promise.give(failure({.code = Code::Timeout,
            .message = "the rows have not reached version " + version,
            .remedy = "What was changed is on the server; the view follows when the connection is back.",
            .server = d->client.server()}));
        std::erase_if(d->waiters, [](const Waiter &waiting) { return !waiting.promise.wanted(); });
    });
    d->waiters.push_back(std::move(waiter));
    d->scheduleFlush(Private::When::Now);
    return reply;
}

void Store::retry()
{
    if (d->reflector)
        d->reflector->retry();
}

int Store::listRequests() const
{
    return d->earlierLists + (d->reflector ? d->reflector->listRequests() : 0);
}

} // namespace fairlead::kube
