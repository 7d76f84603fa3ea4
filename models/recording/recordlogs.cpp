// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/recordlogs.h"

#include "recording/jsontext.h"
#include "recording/recordinbox.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairlead::recording {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longestLine = 1u << 20;

} // namespace

RecordLogs::RecordLogs(net::Transport &transport, Recorder &recorder, std::shared_ptr<RecordInbox> inbox,
    std::function<bool(const Result<void> &)> check, std::function<Moment()> now)
    : m_transport(transport)
    , m_recorder(recorder)
    , m_inbox(std::move(inbox))
    , m_check(std::move(check))
    , m_now(std::move(now))
{
}

void RecordLogs::see(std::string_view row)
{
    if (m_isRefused)
        return;
    const std::string_view inner = valueAt(row, {"object"});
    const std::string_view pod = inner.empty() ? row : inner;
    const std::string space = textAt(pod, {"metadata", "namespace"});
    const std::string name = textAt(pod, {"metadata", "name"});
    if (space.empty() || name.empty())
        return;
    for (const std::string_view list : {"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"}) {
        for (const std::string_view status : elementsOf(valueAt(pod, {"status", list}))) {
            const std::string container = textAt(status, {"name"});
            const std::string run = textAt(status, {"containerID"});
            if (container.empty() || run.empty())
                continue; // it has never run
            const std::string key = space + "/" + name + "/" + container;
            FollowPtr &known = m_follows[key];
            if (known && known->run == run)
                continue;
            if (known)
                known->isOver = true; // what is left of it still comes, and ends by itself
            const auto log = m_recorder.addLog(space, name, container, false, m_now());
            if (!log && log.error().code == Code::Unsupported) {
                m_isFull = true;
                m_follows.erase(key);
                continue;
            }
            if (!log) {
                (void)m_check(failure(log.error()));
                return;
            }
            known = std::make_shared<Follow>();
            known->key = key;
            known->run = run;
            known->path = "/api/v1/namespaces/" + space + "/pods/" + name;
            known->container = container;
            known->log = *log;
            begin(known);
        }
    }
}

void RecordLogs::forget(std::string_view row)
{
    const std::string_view inner = valueAt(row, {"object"});
    const std::string_view pod = inner.empty() ? row : inner;
    const std::string prefix = textAt(pod, {"metadata", "namespace"}) + "/" + textAt(pod, {"metadata", "name"}) + "/";
    for (auto known = m_follows.lower_bound(prefix); known != m_follows.end() && known->first.starts_with(prefix);) {
        known->second->isOver = true;
        // An open stream is kept until its end: stop() must find it.
        known = known->second->ticket == 0 ? m_follows.erase(known) : std::next(known);
    }
}

void RecordLogs::begin(const FollowPtr &follow)
{
    net::Request request{.path = follow->path, .subresource = "log", .accept = "*/*", .deadline = 0ms, .traffic = net::Traffic::Log};
    request.query = {{"container", follow->container}, {"follow", "true"}, {"timestamps", "true"}};
    if (follow->last.empty())
        request.query.emplace_back("tailLines", std::to_string(linesBefore));
    else
        request.query.emplace_back("sinceTime", follow->last);
    follow->isResumed = !follow->last.empty();
    follow->rest.clear();
    const auto status = std::make_shared<int>(0);
    net::Sink sink;
    sink.head = [status](const net::Head &head) { *status = head.status; };
    sink.data = [status, this, follow, inbox = m_inbox](std::string_view chunk) {
        if (*status != 200 || inbox->offer([this, follow, bytes = std::string(chunk)] { take(follow, bytes); }, chunk.size()))
            return;
        // It goes on behind the last line that was taken.
        *status = 0;
        inbox->post([this, follow] {
            if (follow->ticket != 0)
                m_transport.cancel(follow->ticket);
        });
    };
    sink.end = [status, this, follow, inbox = m_inbox](
                   Result<void> result) { inbox->post([this, follow, code = *status, result = std::move(result)] { end(follow, code, result); }); };
    follow->ticket = m_transport.start(std::move(request), std::move(sink));
}

void RecordLogs::take(const FollowPtr &follow, std::string_view bytes)
{
    follow->rest.append(bytes);
    const std::size_t whole = follow->rest.rfind('\n');
    if (whole != std::string::npos) {
        write(follow, std::string_view(follow->rest).substr(0, whole + 1));
        follow->rest.erase(0, whole + 1);
    } else if (follow->rest.size() > longestLine) {
        follow->rest += '\n'; // a line without end is cut
        write(follow, std::exchange(follow->rest, {}));
    }
}

// Whole lines. A resumed log begins with lines that are here already: sinceTime is exact to the second only.
void RecordLogs::write(const FollowPtr &follow, std::string_view lines)
{
    follow->delay = 0ms;
    std::string fresh;
    while (!lines.empty()) {
        const std::size_t size = std::min(lines.find('\n'), lines.size() - 1) + 1;
        const std::string_view line = lines.substr(0, size);
        lines.remove_prefix(size);
        const std::string_view time = line.substr(0, std::min(line.find(' '), line.size()));
        // Of one writer and one length: they compare as texts.
        if (follow->isResumed && time <= follow->last)
            continue;
        follow->isResumed = false;
        follow->last = time;
        fresh += line;
        ++m_lines;
    }
    if (!fresh.empty())
        (void)m_check(m_recorder.addLines(follow->log, fresh, m_now()));
}

void RecordLogs::end(const FollowPtr &follow, int status, const Result<void> &result)
{
    follow->ticket = 0;
    if (status == 200 && !follow->rest.empty() && result) {
        follow->rest += '\n';
        write(follow, std::exchange(follow->rest, {}));
    }
    if (status == 401 || status == 403) {
        m_isRefused = true;
        return;
    }
    const bool isLost = !result || status == 0 || status == 400 || status >= 500; // 400: its container is not there yet
    if (const auto known = m_follows.find(follow->key); follow->isOver && known != m_follows.end() && known->second == follow)
        m_follows.erase(known);
    if (!isLost || follow->isOver)
        return;
    follow->delay = std::clamp<std::chrono::milliseconds>(follow->delay * 2, 1s, 30s);
    m_inbox->postLater(follow->delay, [this, follow] {
        const auto current = m_follows.find(follow->key);
        if (current != m_follows.end() && current->second == follow && !m_isRefused)
            begin(follow);
    });
}

void RecordLogs::stop()
{
    for (const auto &[key, follow] : m_follows) {
        if (follow->ticket != 0)
            m_transport.cancel(follow->ticket);
    }
}

} // namespace fairlead::recording
