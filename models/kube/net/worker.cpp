// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/worker.h"

#include "base/platform/socket.h"
#include "kube/net/failures.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace fairlead::net {
namespace {

constexpr std::chrono::milliseconds longestSleep{60'000};
// What libcurl's own timers may miss a moment by.
constexpr std::chrono::milliseconds grace{20};
// libcurl 7.88 at times leaves an answer that came together with another stream's in its own buffers, and curl_multi_poll,
// which asks the socket only, then sleeps until the next byte: seconds, where nothing but quiet watches runs. One
// curl_multi_perform more delivers it, so for a moment after the socket had something the worker looks again by itself.
constexpr std::chrono::milliseconds lookAgainFor{300};
constexpr std::chrono::milliseconds lookAgainEvery{25};

int milliseconds(std::chrono::steady_clock::duration time)
{
    // Rounded up: waking a little early would spin until the moment has come.
    return static_cast<int>(std::clamp(std::chrono::ceil<std::chrono::milliseconds>(time), std::chrono::milliseconds(0), longestSleep).count());
}

bool isLasting(const Transfer &transfer)
{
    return transfer.traffic() == Traffic::Watch || transfer.traffic() == Traffic::Log;
}

} // namespace

Worker::Worker(const Endpoint &endpoint, const Limits &limits)
    : m_endpoint(endpoint)
    , m_limits(limits)
    , m_credentials(endpoint, limits)
    , m_waiting(limits)
    , m_multi(curl_multi_init())
{
    if (m_multi) {
        curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
        // One more than we ever have running, for the probe.
        curl_multi_setopt(m_multi, CURLMOPT_MAX_CONCURRENT_STREAMS, static_cast<long>(limits.streams) + 1);
    }
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

Worker::~Worker()
{
    m_thread.request_stop();
    curl_multi_wakeup(m_multi);
    m_thread.join();
    curl_multi_cleanup(m_multi);
}

void Worker::start(Ticket ticket, Request request, Sink sink)
{
    auto transfer = std::make_unique<Transfer>(ticket, std::move(request), std::move(sink), std::chrono::steady_clock::now());
    if (isLasting(*transfer))
        ++m_lasting;
    post({ticket, std::move(transfer)});
}

void Worker::cancel(Ticket ticket)
{
    post({ticket, nullptr});
}

void Worker::post(Command command)
{
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        first = m_commands.empty();
        m_commands.push_back(std::move(command));
    }
    // Where one was there already, its own wakeup has not been answered yet.
    if (first)
        curl_multi_wakeup(m_multi);
}

void Worker::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        takeCommands();
        expireWaiting();
        admit();
        perform();
        expireRunning();
        watchSilence();
        admit(); // what ended made room
        int stirred = 0;
        curl_multi_poll(m_multi, nullptr, 0, sleepTime(), &stirred);
        if (stirred > 0)
            m_lastStir = std::chrono::steady_clock::now();
    }
    endAll();
}

void Worker::takeCommands()
{
    std::vector<Command> commands;
    {
        const std::lock_guard lock(m_mutex);
        commands.swap(m_commands);
    }
    for (Command &command : commands) {
        if (command.transfer)
            m_waiting.add(std::move(command.transfer));
        else
            stopTransfer(command.ticket);
    }
}

void Worker::stopTransfer(Ticket ticket)
{
    if (auto waiting = m_waiting.take(ticket)) {
        end(std::move(waiting), failure(cancelledError()));
        return;
    }
    const auto found = m_running.find(ticket);
    if (found == m_running.end())
        return; // it has ended
    auto transfer = std::move(found->second);
    m_running.erase(found);
    curl_multi_remove_handle(m_multi, transfer->handle()); // RST_STREAM; the connection stays
    m_waiting.left(transfer->traffic());
    end(std::move(transfer), failure(cancelledError()));
}

void Worker::admit()
{
    while (auto transfer = m_waiting.next()) {
        const Time now = std::chrono::steady_clock::now();
        Result<void> ready;
        if (auto material = m_credentials.current(now); material)
            ready = transfer->prepare(m_endpoint, m_limits, *material, *this, now);
        else
            ready = failure(material.error());
        if (ready && (!m_multi || curl_multi_add_handle(m_multi, transfer->handle()) != CURLM_OK))
            ready = failure({.code = Code::Internal, .message = "out of memory"});
        if (!ready) {
            if (ready.error().server.empty())
                ready.error().server = m_endpoint.address();
            m_waiting.left(transfer->traffic());
            end(std::move(transfer), std::move(ready));
            continue;
        }
        const Ticket ticket = transfer->ticket();
        m_running.emplace(ticket, std::move(transfer));
    }
}

void Worker::expireWaiting()
{
    for (auto &transfer : m_waiting.expired(std::chrono::steady_clock::now())) {
        const auto deadline = transfer->wholeDeadline();
        end(std::move(transfer), failure(waitedTooLong(m_endpoint, deadline)));
    }
}

// libcurl looks at no deadline of those that wait for another's connection to stand (CURLOPT_PIPEWAIT).
void Worker::expireRunning()
{
    const Time now = std::chrono::steady_clock::now();
    std::vector<Ticket> late;
    for (const auto &[ticket, transfer] : m_running) {
        if (transfer->deadline() && *transfer->deadline() + grace <= now)
            late.push_back(ticket);
    }
    for (const Ticket ticket : late) {
        auto transfer = std::move(m_running.at(ticket));
        m_running.erase(ticket);
        curl_multi_remove_handle(m_multi, transfer->handle());
        m_waiting.left(transfer->traffic());
        auto outcome = transfer->outcome(CURLE_OPERATION_TIMEDOUT, m_endpoint, m_limits);
        end(std::move(transfer), std::move(outcome));
    }
}

void Worker::perform()
{
    int running = 0;
    curl_multi_perform(m_multi, &running);
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
        if (message->msg == CURLMSG_DONE)
            finished(message->easy_handle, message->data.result);
    }
}

void Worker::finished(CURL *handle, CURLcode result)
{
    if (m_probe && handle == m_probe->handle()) {
        probeEnded();
        return;
    }
    Transfer *which = nullptr;
    curl_easy_getinfo(handle, CURLINFO_PRIVATE, &which);
    const auto found = which ? m_running.find(which->ticket()) : m_running.end();
    curl_multi_remove_handle(m_multi, handle);
    if (found == m_running.end())
        return;
    auto transfer = std::move(found->second);
    m_running.erase(found);
    m_waiting.left(transfer->traffic());
    // A request timed out and its connection brought nothing at all in its time: do not let the next one ride it unasked.
    const Socket *socket = socketOf(*transfer);
    const bool suspicious = result == CURLE_OPERATION_TIMEDOUT && socket && socket->lastWord <= transfer->sentAt();
    auto outcome = transfer->outcome(result, m_endpoint, m_limits);
    // Unless it was its own deadline that passed: the others have theirs.
    const bool ownDeadline = result == CURLE_OPERATION_TIMEDOUT && std::chrono::steady_clock::now() - transfer->sentAt() < m_limits.connect - grace;
    std::optional<Error> noConnection;
    if (!outcome && !transfer->connected() && !ownDeadline)
        noConnection = outcome.error();
    end(std::move(transfer), std::move(outcome));
    if (noConnection)
        failUnconnected(*noConnection);
    if (suspicious && !m_probe)
        startProbe();
}

// libcurl lets all who wait for a connection try it one after the other: forty watches on a server whose packets are swallowed
// would end after forty times the limit. Who waited for the same connection shares its fate.
void Worker::failUnconnected(const Error &why)
{
    if (std::any_of(m_running.begin(), m_running.end(), [](const auto &entry) { return entry.second->connected(); }))
        return;
    auto together = m_waiting.takeAll();
    for (auto &[ticket, transfer] : std::exchange(m_running, {})) {
        curl_multi_remove_handle(m_multi, transfer->handle());
        m_waiting.left(transfer->traffic());
        together.push_back(std::move(transfer));
    }
    for (auto &transfer : together)
        end(std::move(transfer), failure(why));
}

void Worker::bytesCame(int localPort, Time when)
{
    if (Socket *socket = socketAt(localPort))
        socket->lastWord = when;
}

void Worker::socketOpened(int socket)
{
    m_sockets.push_back({.number = socket, .openedAt = std::chrono::steady_clock::now()});
    ++m_connections;
}

bool Worker::socketClosed(int socket)
{
    std::erase_if(m_sockets, [socket](const Socket &known) { return known.number == socket; });
    return platform::closeSocket(socket);
}

Worker::Time Worker::Socket::silentSince() const
{
    // Where nothing ran on it, nothing could be expected.
    return std::max({openedAt, lastWord, since.value_or(Time())});
}

Worker::Socket *Worker::socketAt(int port)
{
    for (Socket &socket : m_sockets) {
        if (socket.port == 0)
            socket.port = platform::localPort(socket.number);
        if (port != 0 && socket.port == port)
            return &socket;
    }
    return nullptr;
}

/// Null while it has none: it has the bound of connecting.
Worker::Socket *Worker::socketOf(const Transfer &transfer)
{
    return transfer.connected() ? socketAt(transfer.localPort()) : nullptr;
}

void Worker::seatStreams()
{
    for (Socket &socket : m_sockets)
        socket.since.reset();
    for (const auto &[ticket, transfer] : m_running) {
        if (Socket *socket = socketOf(*transfer))
            socket->since = std::min(socket->since.value_or(Time::max()), transfer->sentAt());
    }
}

void Worker::watchSilence()
{
    seatStreams();
    if (std::exchange(m_unanswered, false))
        hangUp();
    const Time now = std::chrono::steady_clock::now();
    tellAlive(now);
    bool ask = false;
    for (Socket &socket : m_sockets) {
        if (m_probe || !socket.since || std::max(socket.silentSince(), socket.askedAt) + m_limits.silence > now)
            continue;
        socket.askedAt = now;
        ask = true;
    }
    if (ask)
        startProbe();
    m_nextLook = nextLook();
}

// A word on another connection says nothing of a stream's own. Without HTTP/2 the two halves are told apart: the server answers, on
// whichever connection; and the own one's other end acknowledges, which the kernel asks it for by itself.
void Worker::tellAlive(Time now)
{
    const bool answered = std::exchange(m_answered, false);
    for (const auto &[ticket, transfer] : m_running) {
        const Socket *socket = socketOf(*transfer);
        if (!socket)
            continue;
        const bool isQuiet = transfer->quietSince() + m_limits.silence <= now;
        const bool wasAsked = answered && transfer->answered() && transfer->quietSince() + m_limits.silence <= m_probeStarted;
        if ((isQuiet && socket->lastWord > transfer->quietSince()) || (wasAsked && isAcknowledged(*socket)))
            transfer->alive(now);
    }
}

bool Worker::isAcknowledged(const Socket &socket) const
{
    const auto since = platform::sinceAcknowledged(socket.number);
    return since && *since <= m_limits.keepAlive.idle + m_limits.keepAlive.interval;
}

Worker::Time Worker::nextLook()
{
    Time next = Time::max();
    for (const Socket &socket : m_sockets) {
        if (socket.since && !m_probe)
            next = std::min(next, std::max(socket.silentSince(), socket.askedAt) + m_limits.silence);
    }
    for (const auto &[ticket, transfer] : m_running) {
        const Socket *socket = socketOf(*transfer);
        if (socket && socket->lastWord > transfer->quietSince())
            next = std::min(next, transfer->quietSince() + m_limits.silence);
    }
    return next;
}

void Worker::startProbe()
{
    m_probeStarted = std::chrono::steady_clock::now();
    Request request;
    request.path = "/version";
    request.deadline = m_limits.probe;
    m_probe = std::make_unique<Transfer>(0, std::move(request), Sink{}, m_probeStarted);
    const auto material = m_credentials.current(m_probeStarted);
    if (!material || !m_probe->prepare(m_endpoint, m_limits, *material, *this, m_probeStarted) ||
        curl_multi_add_handle(m_multi, m_probe->handle()) != CURLM_OK) {
        m_probe.reset(); // asked again after the next silence
    }
}

void Worker::probeEnded()
{
    const auto probe = std::move(m_probe);
    const int port = probe->localPort();
    curl_multi_remove_handle(m_multi, probe->handle());
    // Any status is an answer: who may not read /version is still answered. Its bytes were a word on the connection it rode.
    m_answered = probe->answered();
    if (m_answered)
        return;          // watchSilence tells whom it concerns
    m_unanswered = true; // for watchSilence: libcurl is in the middle of its round here
    m_unansweredPort = port;
}

// The timed-out probe itself leaves the dead connection in libcurl's pool, and the next request would ride it: the socket
// must end, not the request.
void Worker::hangUp()
{
    std::vector<int> dead;
    for (const Socket &socket : m_sockets) {
        // A word came all the same, on a stream: the answer to /version was merely slow.
        if (socket.openedAt > m_probeStarted || socket.lastWord > m_probeStarted)
            continue;
        // Not asked itself, and not silent for long enough to be taken for dead with the one that was.
        const bool asked = m_unansweredPort != 0 && socket.port == m_unansweredPort;
        if (!asked && socket.silentSince() + m_limits.silence > m_probeStarted)
            continue;
        dead.push_back(socket.number);
    }
    if (dead.empty())
        return;
    for (const auto &[ticket, transfer] : m_running) {
        const Socket *socket = socketOf(*transfer);
        transfer->silent(socket && std::find(dead.begin(), dead.end(), socket->number) != dead.end());
    }
    for (const int socket : dead)
        platform::hangUp(socket);
    perform(); // all its streams end here, before another is admitted to it
    for (const auto &[ticket, transfer] : m_running)
        transfer->silent(false); // on another connection
    seatStreams();
}

int Worker::sleepTime() const
{
    const Time now = std::chrono::steady_clock::now();
    int time = static_cast<int>(longestSleep.count());
    if (m_nextLook != Time::max())
        time = std::min(time, milliseconds(m_nextLook - now));
    if (now - m_lastStir < lookAgainFor)
        time = std::min(time, milliseconds(lookAgainEvery));
    for (const auto &[ticket, transfer] : m_running) {
        if (transfer->deadline())
            time = std::min(time, milliseconds(*transfer->deadline() + grace - now));
    }
    if (const auto deadline = m_waiting.nextDeadline())
        time = std::min(time, milliseconds(*deadline - now));
    return time;
}

void Worker::end(std::unique_ptr<Transfer> transfer, Result<void> result)
{
    if (isLasting(*transfer))
        --m_lasting;
    transfer->end(std::move(result));
}

void Worker::endAll()
{
    if (m_probe) {
        curl_multi_remove_handle(m_multi, m_probe->handle());
        m_probe.reset();
    }
    // A sink may start another in its end; that one is ended too.
    for (bool any = true; any;) {
        takeCommands();
        auto waiting = m_waiting.takeAll();
        auto running = std::exchange(m_running, {});
        any = !waiting.empty() || !running.empty();
        for (auto &[ticket, transfer] : running) {
            curl_multi_remove_handle(m_multi, transfer->handle());
            end(std::move(transfer), failure(cancelledError()));
        }
        for (auto &transfer : waiting)
            end(std::move(transfer), failure(cancelledError()));
    }
}

} // namespace fairlead::net
