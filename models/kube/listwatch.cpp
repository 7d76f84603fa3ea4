// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/listwatch.h"

#include "base/log.h"
#include "kube/client.h"
#include "kube/watchstream.h"

#include <algorithm>
#include <utility>

namespace fairlead::kube {
namespace {

using namespace std::chrono_literals;

constexpr Clock::Duration firstBackOff = 800ms;
constexpr Clock::Duration longestBackOff = 30s;
constexpr Clock::Duration listDeadline = 120s;
// What the server is told in words that will not change by asking again soon: no right, no such kind.
constexpr Clock::Duration refusedBackOff = 30s;

bool isRefusal(Code code)
{
    return code == Code::Unauthorized || code == Code::Forbidden || code == Code::NotFound || code == Code::Invalid || code == Code::Unsupported;
}

} // namespace

ListWatch::ListWatch(Client &client, Clock &clock, Request request, Listener listener, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_request(std::move(request))
    , m_listener(std::move(listener))
{
}

ListWatch::~ListWatch()
{
    m_clock.cancel(m_retryTimer);
    m_clock.cancel(m_silenceTimer);
}

void ListWatch::start()
{
    m_quietSince = m_request.quietSince;
    list(m_request.cause);
}

void ListWatch::retry()
{
    if (!m_waiting)
        return;
    m_clock.cancel(std::exchange(m_retryTimer, 0));
    m_nextTry.reset();
    const auto work = std::exchange(m_waiting, nullptr);
    work();
}

void ListWatch::list(Cause cause)
{
    m_stream.reset();
    m_cause = cause;
    m_firstPage = true;
    m_listing = true;
    if (hasRows())
        guardSilence();
    requestPage({});
}

void ListWatch::requestPage(const std::string &continueToken)
{
    net::Request request = rowRequest(net::Verb::List, m_request.path, m_request.detail, m_form, m_request.selector);
    request.deadline = listDeadline;
    // Someone waits for the first page; the rest may come behind what others wait for.
    request.traffic = m_firstPage ? net::Traffic::Interactive : net::Traffic::Bulk;
    if (!m_wholeList)
        request.query.emplace_back("limit", std::to_string(pageSize));
    if (!continueToken.empty())
        request.query.emplace_back("continue", continueToken);
    m_listRequests += continueToken.empty();
    m_page = m_client.ask<TablePage>(std::move(request), [detail = m_request.detail, projection = m_request.projection, going = m_client.going()](
                                                             Answer &&answer) { return decodeTable(answer.body, detail, projection, 0, going); });
    m_page.then(this, [this](Result<TablePage> page) { takePage(std::move(page)); });
}

void ListWatch::takePage(Result<TablePage> page)
{
    if (!page) {
        if (page.error().code == Code::Gone && !m_firstPage && !std::exchange(m_wholeList, true)) {
            // The pages' version is gone before the last was read: a big list on a busy server. Read it in one.
            list(m_cause);
            return;
        }
        if (isRefused(m_form, page.error())) {
            m_form = RowForm::Plain;
            list(m_cause);
            return;
        }
        m_starting = false;
        fail(std::move(page.error()));
        return;
    }
    word();
    const bool first = std::exchange(m_firstPage, false);
    const bool last = page->continueToken.empty() || m_request.detail == Detail::Cells;
    const std::string next = page->continueToken;
    if (last) {
        // Not before: until every page was read, only the version where the last watch stood has nothing missing.
        m_version = page->version;
        m_listing = false;
        m_complete = true;
        m_starting = false;
        m_wholeList = false;
        m_isPlain = page->isPlain;
    }
    QPointer alive(this); // a listener may end the whole thing
    m_listener.page(std::move(*page), m_cause, first, last);
    if (!alive)
        return;
    if (!last) {
        requestPage(next);
        if (!m_complete)
            setPhase(Phase::FirstPage);
        return;
    }
    if (m_request.detail == Detail::Cells) {
        setPhase(Phase::FirstPage);
        return;
    }
    // The watch starts one turn later: who only wanted the list has left by then, and the server is spared a request.
    later(this, [this] { watch(); });
    setPhase(Phase::Live);
}

void ListWatch::watch()
{
    net::Request request = rowRequest(net::Verb::Watch, m_request.path, m_request.detail, m_form, m_request.selector);
    request.deadline = Clock::Duration(0);
    request.traffic = net::Traffic::Watch;
    // Ends are spread, so that a thousand watches do not start again in the same second.
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(5min + m_clock.jitter(5min)).count();
    request.query.insert(request.query.end(),
        {{"watch", "1"}, {"resourceVersion", m_version}, {"allowWatchBookmarks", "true"}, {"timeoutSeconds", std::to_string(seconds)}});
    m_watchSince = m_clock.steady();
    m_opened = false;
    m_quietSince = m_watchSince; // a watch that is never accepted is silent too
    guardSilence();
    WatchStream::Listener listener;
    listener.opened = [this] {
        m_opened = true;
        word();
        setPhase(Phase::Live);
    };
    listener.alive = [this] {
        if (!m_opened) // the connection lives, but this watch was not accepted yet
            return;
        word();
        setPhase(Phase::Live);
    };
    listener.events = [this](std::vector<WatchEvent> events) { takeEvents(std::move(events)); };
    listener.ended = [this](Result<void> result) { takeEnd(std::move(result)); };
    m_stream = std::make_unique<WatchStream>(m_client, std::move(request), m_request.detail, m_request.projection, std::move(listener));
}

void ListWatch::takeEvents(std::vector<WatchEvent> events)
{
    word();
    std::optional<Error> error;
    const auto broken = std::find_if(events.begin(), events.end(), [](const WatchEvent &event) { return event.type == WatchEvent::Type::Error; });
    if (broken != events.end()) {
        error = std::move(broken->error);
        events.erase(broken, events.end());
    }
    // Rows of two sets of columns: the watch is as good as none.
    if (std::any_of(events.begin(), events.end(), [this](const WatchEvent &event) { return event.isPlain != m_isPlain; })) {
        m_stream.reset();
        fail({.code = Code::Unsupported,
            .message = std::string("the server ") +
                       (m_isPlain ? "lists plain objects, and its watch brings tables" : "lists a table, and its watch brings none"),
            .remedy = "The list is read again from time to time.",
            .server = m_client.server()});
        return;
    }
    if (!events.empty()) {
        m_failures = 0;
        if (!events.back().version.empty())
            m_version = events.back().version;
        QPointer alive(this);
        m_listener.events(std::move(events));
        if (!alive)
            return;
    }
    if (error) {
        m_stream.reset();
        fail(std::move(*error));
        return;
    }
    setPhase(Phase::Live);
}

void ListWatch::takeEnd(Result<void> result)
{
    m_stream.reset();
    const Clock::Duration lived = m_clock.steady() - m_watchSince;
    if (lived > 5s)
        m_failures = 0; // the last trouble is over
    if (!result) {
        fail(std::move(result.error()));
        return;
    }
    // A clean end is how a server says "start again where you were". One that ends at once would be asked without pause.
    waitThen(lived < 1s ? backOff() : Clock::Duration(0), [this] { watch(); });
}

void ListWatch::fail(Error error)
{
    qCDebug(logKube).noquote() << logged(m_request.path + ": " + error.text());
    const auto again = [this] { list(m_complete ? Cause::Relist : m_request.cause); };
    if (isRefused(m_form, error)) {
        m_form = RowForm::Plain;
        waitThen(Clock::Duration(0), again);
        return;
    }
    if (error.code == Code::Gone && m_complete) {
        // Expired versions are ordinary: no back-off for the first.
        waitThen(m_failures++ == 0 ? Clock::Duration(0) : backOff(), again);
        return;
    }
    const bool lostConnection = error.code == Code::Interrupted || error.code == Code::Unreachable || error.code == Code::Timeout;
    if (lostConnection && m_complete && !m_listing && m_failures == 0 && m_phase == Phase::Live) {
        // Nobody needs to see a connection that comes back at once.
        ++m_failures;
        waitThen(m_clock.jitter(200ms), [this] { watch(); });
        return;
    }
    Clock::Duration delay = backOff();
    if (isRefusal(error.code))
        delay = std::max(delay, refusedBackOff);
    if (error.retryAfter)
        delay = std::max(delay, *error.retryAfter);
    // The version is still good after a lost connection, unless a list was being read: what changed on its unread pages would
    // be lost. After any other failure only a new list is sure.
    if (lostConnection && m_complete && !m_listing)
        waitThen(delay, [this] { watch(); });
    else
        waitThen(delay, again);
    const bool vanished = error.code == Code::NotFound;
    setPhase(vanished ? Phase::Ended : m_complete || m_phase == Phase::FirstPage ? Phase::Stale : Phase::Loading, std::move(error));
}

Clock::Duration ListWatch::backOff()
{
    const int doublings = std::min(m_failures++, 6);
    const Clock::Duration full = std::min(longestBackOff, firstBackOff * (1 << doublings));
    return full / 2 + m_clock.jitter(full / 2);
}

void ListWatch::waitThen(Clock::Duration delay, std::function<void()> work)
{
    m_clock.cancel(m_retryTimer);
    m_waiting = std::move(work);
    m_nextTry = m_clock.now() + delay;
    m_retryTimer = m_clock.after(delay, this, [this] { retry(); });
}

void ListWatch::word()
{
    m_lastWord = m_clock.now();
    m_quietSince = m_clock.steady();
    guardSilence();
}

void ListWatch::guardSilence()
{
    if (m_silenceTimer != 0)
        return;
    const Clock::Duration left = m_quietSince + silenceBound - m_clock.steady();
    if (left > Clock::Duration(0)) {
        m_silenceTimer = m_clock.after(left, this, [this] {
            m_silenceTimer = 0;
            guardSilence();
        });
        return;
    }
    if (m_stream) {
        m_stream.reset();
        waitThen(m_failures == 0 ? Clock::Duration(0) : backOff(), [this] { watch(); });
        ++m_failures;
        setPhase(Phase::Stale, noWord());
    } else if (m_listing && hasRows() && m_phase != Phase::Stale) {
        setPhase(Phase::Stale, noWord()); // the list itself has until its deadline, and a wait its own end
    }
}

Error ListWatch::noWord() const
{
    return {
        .code = Code::Timeout, .message = "no word from " + m_client.server(), .remedy = "It is asked again by itself.", .server = m_client.server()};
}

void ListWatch::setPhase(Phase phase, std::optional<Error> why)
{
    const bool same = m_phase == phase && m_why.has_value() == why.has_value() && (!why || why->message == m_why->message);
    m_phase = phase;
    m_why = std::move(why);
    if (phase == Phase::Live)
        m_nextTry.reset();
    if (!same || phase != Phase::Live)
        m_listener.status();
}

} // namespace fairlead::kube
