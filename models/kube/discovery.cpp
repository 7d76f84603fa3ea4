// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/discovery.h"

#include "base/log.h"
#include "kube/client.h"
#include "kube/discoveryround.h"
#include "kube/listwatch.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::kube {
namespace {

using namespace std::chrono_literals;

// The server's own discovery follows a new CRD after a moment that nobody promises: one look is not enough.
constexpr std::array<Clock::Duration, 4> looks{Discovery::debounce, 1s, 3s, 9s};
// Events that never pause do not put the first look off for longer.
constexpr Clock::Duration longestDebounce = 3s;
// A right that was missing may be given: the watch is tried again, but not with every poll.
constexpr int pollsBetweenTries = 10;

constexpr std::array<std::string_view, 2> announcers{
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
    "/apis/apiregistration.k8s.io/v1/apiservices",
};

bool same(const Offer &a, const Offer &b)
{
    const auto sameError = [](const Error &left, const Error &right) { return left.code == right.code && left.message == right.message; };
    return a.resources == b.resources && std::equal(a.broken.begin(), a.broken.end(), b.broken.begin(), b.broken.end(), sameError);
}

} // namespace

struct Discovery::Private {
    Private(Discovery &owner, Client &asked, Clock &time)
        : q(owner)
        , client(asked)
        , clock(time)
    {
    }
    ~Private()
    {
        clock.cancel(lookTimer);
        clock.cancel(pollTimer);
    }

    Discovery &q;
    Client &client;
    Clock &clock;
    OfferPtr offer;
    std::unique_ptr<DiscoveryRound> round;
    std::vector<Promise<OfferPtr>> waiting; // for the round under way
    std::vector<Promise<OfferPtr>> queued;  // for the one after it
    bool again = false;                     // a look was due while a round was under way

    bool following = false;
    std::array<std::unique_ptr<ListWatch>, announcers.size()> watches;
    std::vector<std::unique_ptr<ListWatch>> retired; // refused; they go with the next turn
    Clock::Timer lookTimer = 0;
    Clock::Timer pollTimer = 0;
    std::size_t look = 0;           // the next of looks
    Clock::Duration firstNotice{0}; // of those that wait for one look
    bool gathering = false;         // notices since then wait for it
    int polls = 0;

    void start()
    {
        round = std::make_unique<DiscoveryRound>(client, [this](Result<Offer> result) { finished(std::move(result)); });
        round->start();
    }

    void finished(Result<Offer> result)
    {
        round.release()->deleteLater(); // it stands above us on the stack
        const auto answered = std::exchange(waiting, {});
        if (std::exchange(again, false) || !queued.empty()) {
            waiting = std::exchange(queued, {});
            start();
        }
        if (!result) {
            qCDebug(logKube).noquote() << logged("discovery: " + result.error().text());
            for (const auto &promise : answered)
                promise.give(failure(result.error()));
            return;
        }
        const bool news = !offer || !same(*offer, *result);
        if (news)
            offer = std::make_shared<const Offer>(std::move(*result));
        for (const auto &promise : answered)
            promise.give(offer); // delivered from the event loop, after the signal
        if (news)
            Q_EMIT q.changed(OfferPtr(offer));
    }

    // Something may have appeared or vanished; `from` is the look to begin with.
    void notice(std::size_t from)
    {
        const auto now = clock.steady();
        if (!std::exchange(gathering, true))
            firstNotice = now;
        look = lookTimer ? std::min(look, from) : from;
        lookIn(std::min(debounce, std::max(Clock::Duration(0), firstNotice + longestDebounce - now)));
    }

    void lookIn(Clock::Duration delay)
    {
        clock.cancel(lookTimer);
        lookTimer = clock.after(delay, &q, [this] {
            lookTimer = 0;
            gathering = false;
            if (++look < looks.size())
                lookIn(looks[look]);
            lookNow();
        });
    }

    void lookNow()
    {
        qCDebug(logKube, "discovery: looks%s", round ? ", once the round under way is over" : "");
        if (round)
            again = true;
        else
            start();
    }

    void poll()
    {
        pollTimer = clock.after(pollInterval, &q, [this] { poll(); });
        const bool all = std::all_of(watches.begin(), watches.end(), [](const auto &watch) { return watch && watch->phase() == Phase::Live; });
        if (all)
            return;
        if (++polls % pollsBetweenTries == 0)
            startWatches();
        lookNow();
    }

    void startWatches()
    {
        for (std::size_t i = 0; i < announcers.size(); ++i) {
            if (watches[i])
                continue;
            ListWatch::Listener listener;
            // Also the first list: what changed between our first question and it is in no event. It is no fresh news,
            // so one look is enough.
            listener.page = [this](const TablePage &, Cause, bool, bool last) {
                if (last)
                    notice(looks.size() - 1);
            };
            listener.events = [this](const std::vector<WatchEvent> &events) {
                const auto tells = [](const WatchEvent &event) { return event.type != WatchEvent::Type::Bookmark; };
                if (std::any_of(events.begin(), events.end(), tells))
                    notice(0);
            };
            listener.status = [this, i] { judge(i); };
            ListWatch::Request request;
            request.path = announcers[i];
            request.detail = Detail::Meta;
            watches[i] = std::make_unique<ListWatch>(client, clock, std::move(request), std::move(listener));
            watches[i]->start();
        }
    }

    // A server that refuses is not asked again and again: polling takes the watch's place.
    void judge(std::size_t i)
    {
        const auto &watch = watches[i];
        if (!watch || !watch->why())
            return;
        const Code code = watch->why()->code;
        if (code != Code::Forbidden && code != Code::NotFound && code != Code::Invalid)
            return;
        retired.push_back(std::move(watches[i]));
        later(&q, [this] { retired.clear(); }); // it stands above us on the stack
    }
};

Discovery::Discovery(Client &client, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, client, clock))
{
}

Discovery::~Discovery() = default;

OfferPtr Discovery::offer() const
{
    return d->offer;
}

Reply<OfferPtr> Discovery::load()
{
    if (d->offer)
        return answered<OfferPtr>(d->offer);
    const Promise<OfferPtr> promise;
    d->waiting.push_back(promise);
    if (!d->round)
        d->start();
    return promise.reply();
}

Reply<OfferPtr> Discovery::reload()
{
    const Promise<OfferPtr> promise;
    if (d->round) {
        d->queued.push_back(promise);
    } else {
        d->waiting.push_back(promise);
        d->start();
    }
    return promise.reply();
}

void Discovery::follow()
{
    if (std::exchange(d->following, true))
        return;
    d->startWatches();
    d->pollTimer = d->clock.after(pollInterval, this, [this] { d->poll(); });
}

} // namespace fairlead::kube
