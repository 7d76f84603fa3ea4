// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/usagefeed.h"

#include <algorithm>
#include <utility>

namespace fairlead::metrics {

namespace {

constexpr std::string_view group = "metrics.k8s.io";
constexpr std::string_view version = "v1beta1";

Result<Usages> decode(kube::Answer &&answer)
{
    const auto entries = kube::decodeMetrics(answer.body);
    if (!entries)
        return failure(entries.error());
    return Usages(*entries);
}

bool offers(const kube::Offer &offer, std::string_view resource)
{
    const bool has = std::any_of(offer.resources.begin(), offer.resources.end(),
        [resource](const kube::Resource &each) { return each.id.group == group && each.id.version == version && each.id.resource == resource; });
    // An API whose own server is down is offered all the same: what it has is not told.
    const std::string broken = std::string(group) + "/" + std::string(version);
    return has || std::any_of(offer.broken.begin(), offer.broken.end(), [&broken](const Error &each) { return each.message.starts_with(broken); });
}

} // namespace

UsageFeed::UsageFeed(kube::Client &client, kube::Discovery &discovery, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_discovery(discovery)
    , m_clock(clock)
{
    connect(&m_discovery, &kube::Discovery::changed, this, &UsageFeed::readOffer);
}

UsageFeed::~UsageFeed()
{
    m_clock.cancel(m_timer);
}

void UsageFeed::watch(const kinds::UsageKind &kind, const kube::Scope &scope, const std::string &name)
{
    const kube::Scope wanted = kind.namespaced ? scope : kube::Scope::all();
    if (m_kind == &kind && m_scope == wanted && m_name == name)
        return;
    stop();
    m_kind = &kind;
    m_scope = wanted;
    m_name = name;
    if (!m_discovery.offer())
        m_discovery.load().then(this, [](const Result<kube::OfferPtr> &) {}); // `changed` comes with it
    readOffer();
}

void UsageFeed::stop()
{
    drop();
    m_kind = nullptr;
    m_offered = false;
    m_knowsOffer = false;
    m_phase = Phase::Asking;
    m_why.reset();
    m_usages.reset();
    m_failures = 0;
    m_lastRound.reset();
}

void UsageFeed::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (!m_shown) {
        drop();
        return;
    }
    if (forget())
        Q_EMIT changed();
    plan();
}

// What is too old to be shown as if it were so now.
bool UsageFeed::forget()
{
    if (!m_usages || m_clock.steady() - m_lastKnown < keeps)
        return false;
    m_usages.reset();
    return true;
}

void UsageFeed::drop()
{
    ++m_generation;
    m_clock.cancel(std::exchange(m_timer, 0));
    for (Reply<Usages> &reply : m_replies)
        reply.cancel();
    m_replies.clear();
    m_left.clear();
    m_underWay = 0;
    if (std::exchange(m_inRound, false))
        m_lastRound.reset(); // it was not answered
}

void UsageFeed::readOffer()
{
    const kube::OfferPtr offer = m_discovery.offer();
    if (m_kind == nullptr || !offer)
        return; // `changed` comes with the first offer
    const bool before = std::exchange(m_offered, offers(*offer, m_kind->resource));
    if (std::exchange(m_knowsOffer, true) && before == m_offered)
        return;
    if (!m_offered) {
        drop();
        m_usages.reset();
        m_why.reset();
        m_phase = Phase::Absent;
    } else {
        m_phase = Phase::Asking;
        m_failures = 0;
        m_lastRound.reset();
        plan();
    }
    Q_EMIT changed();
}

void UsageFeed::plan()
{
    if (!m_shown || !m_offered || m_inRound || m_timer != 0)
        return;
    Clock::Duration wait{0};
    if (m_lastRound) {
        m_pause = usual;
        if (m_failures > 0)
            m_pause = std::min(usual * (1 << std::min(m_failures - 1, 8)), longest);
        else if (m_usages && m_usages->window() > Clock::Duration(0))
            m_pause = std::clamp(m_usages->window(), least, most);
        if (m_why && m_why->retryAfter)
            m_pause = std::clamp(Clock::Duration(*m_why->retryAfter), m_pause, longest);
        wait = std::max(Clock::Duration(0), *m_lastRound + m_pause - m_clock.steady());
        if (m_failures > 0)
            wait += m_clock.jitter(m_pause / 8); // many who wait for one server do not come back at once
    }
    if (wait == Clock::Duration(0)) {
        begin();
        return;
    }
    m_timer = m_clock.after(wait, this, [this] {
        m_timer = 0;
        begin();
    });
}

void UsageFeed::begin()
{
    m_inRound = true;
    m_lastRound = m_clock.steady();
    m_gathered = {};
    m_anyCame = false;
    m_failed.reset();
    m_left.clear();
    if (m_scope.isAll())
        m_left.emplace_back();
    else
        m_left.assign(m_scope.namespaces.begin(), m_scope.namespaces.end());
    m_replies.clear();
    askNext();
}

void UsageFeed::askNext()
{
    while (!m_left.empty() && m_underWay < atATime) {
        const kube::GroupVersionResource resource{std::string(group), std::string(version), std::string(m_kind->resource)};
        net::Request request;
        request.verb = m_name.empty() ? net::Verb::List : net::Verb::Get;
        request.path = m_name.empty() ? kube::collectionPath(resource, m_left.front()) : kube::objectPath(resource, m_left.front(), m_name);
        request.deadline = deadline;
        m_left.pop_front();
        ++m_underWay;
        Reply<Usages> reply = m_client.ask<Usages>(std::move(request), decode);
        reply.then(this, [this, generation = m_generation](Result<Usages> answer) {
            if (generation == m_generation)
                take(std::move(answer));
        });
        m_replies.push_back(std::move(reply));
    }
}

void UsageFeed::take(Result<Usages> answer)
{
    --m_underWay;
    if (answer) {
        m_anyCame = true;
        m_gathered.add(std::move(*answer));
    } else if (!m_name.empty() && answer.error().code == Code::NotFound) {
        m_anyCame = true; // of this one object nothing is known: it has just begun, or ended
    } else if (!m_failed) {
        m_failed = std::move(answer.error());
    }
    askNext();
    if (m_underWay == 0 && m_left.empty())
        finish();
}

void UsageFeed::finish()
{
    m_inRound = false;
    m_replies.clear();
    m_why = m_failed;
    if (m_anyCame) {
        m_usages = std::make_shared<const Usages>(std::exchange(m_gathered, {}));
        m_lastKnown = m_clock.steady();
        m_phase = Phase::Known;
        m_failures = 0;
    } else {
        m_phase = m_failed && m_failed->code == Code::NotFound ? Phase::Absent : Phase::Failing;
        ++m_failures;
        forget();
    }
    plan();
    Q_EMIT changed();
}

} // namespace fairlead::metrics
