// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedtransport.h"

#include <algorithm>
#include <utility>

namespace fairlead::test {
namespace {

std::string fullPath(const net::Request &request)
{
    return request.subresource.empty() ? request.path : request.path + "/" + request.subresource;
}

std::string whole(const Answer &answer)
{
    std::string body;
    for (const std::string &chunk : answer.chunks)
        body += chunk;
    return body;
}

} // namespace

Answer Answer::splitAt(std::initializer_list<std::size_t> offsets) const
{
    const std::string body = whole(*this);
    Answer out = *this;
    out.chunks.clear();
    std::size_t from = 0;
    for (const std::size_t offset : offsets) {
        if (offset <= from || offset >= body.size())
            continue;
        out.chunks.push_back(body.substr(from, offset - from));
        from = offset;
    }
    out.chunks.push_back(body.substr(from));
    return out;
}

Answer Answer::splitEvery(std::size_t size) const
{
    const std::string body = whole(*this);
    Answer out = *this;
    out.chunks.clear();
    for (std::size_t from = 0; from < body.size(); from += size)
        out.chunks.push_back(body.substr(from, size));
    return out;
}

Answer Answer::thenHold() const
{
    Answer out = *this;
    out.finish = Finish::Hold;
    return out;
}

Answer Answer::thenFail(Error why) const
{
    Answer out = *this;
    out.finish = Finish::Fail;
    out.error = std::move(why);
    return out;
}

Answer answer(std::string body, int status, std::string contentType)
{
    Answer out;
    out.head = {.status = status, .contentType = std::move(contentType)};
    if (!body.empty())
        out.chunks.push_back(std::move(body));
    return out;
}

Answer refusal(int status, std::string_view reason, std::string_view message)
{
    std::string body = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":")";
    body.append(message).append(R"(","reason":")").append(reason).append(R"(","code":)").append(std::to_string(status)).append("}");
    return answer(std::move(body), status);
}

Answer noAnswer(Error error)
{
    Answer out;
    out.sendsHead = false;
    out.finish = Answer::Finish::Fail;
    out.error = std::move(error);
    return out;
}

Answer held(std::vector<std::string> chunks)
{
    Answer out;
    out.chunks = std::move(chunks);
    out.finish = Answer::Finish::Hold;
    return out;
}

ScriptedTransport::ScriptedTransport(Mode mode)
    : m_mode(mode)
{
    if (m_mode == Mode::Threaded)
        m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

ScriptedTransport::~ScriptedTransport()
{
    if (m_thread.joinable()) {
        m_thread.request_stop();
        m_thread.join();
    }
    std::vector<net::Ticket> open;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[ticket, stream] : m_streams)
            open.push_back(ticket);
    }
    for (const net::Ticket ticket : open)
        cancel(ticket);
    while (deliverOne()) {
    }
}

void ScriptedTransport::on(net::Verb verb, std::string path, Answer what, int times)
{
    add({verb, std::move(path), {}, [what = std::move(what)](const net::Request &) { return what; }, times, true});
}

void ScriptedTransport::on(net::Verb verb, std::string path, Predicate when, Answers answers, int times)
{
    add({verb, std::move(path), std::move(when), std::move(answers), times, false});
}

void ScriptedTransport::add(Rule rule)
{
    const std::lock_guard lock(m_mutex);
    m_rules.push_back(std::move(rule));
}

void ScriptedTransport::forget()
{
    const std::lock_guard lock(m_mutex);
    m_rules.clear();
}

int ScriptedTransport::push(std::string_view chunk, std::string_view path)
{
    return feed(path, [chunk](net::Ticket ticket) { return Step{.ticket = ticket, .kind = Step::Kind::Data, .data = std::string(chunk)}; });
}

int ScriptedTransport::alive(std::string_view path)
{
    return feed(path, [](net::Ticket ticket) { return Step{.ticket = ticket, .kind = Step::Kind::Alive}; });
}

int ScriptedTransport::endWatch(std::string_view path)
{
    return feed(path, [](net::Ticket ticket) { return Step{.ticket = ticket, .kind = Step::Kind::End}; });
}

int ScriptedTransport::breakWatch(Error error, std::string_view path)
{
    return feed(path, [&error](net::Ticket ticket) { return Step{.ticket = ticket, .kind = Step::Kind::End, .result = failure(error)}; });
}

int ScriptedTransport::feed(std::string_view path, const std::function<Step(net::Ticket)> &make)
{
    int fed = 0;
    {
        const std::lock_guard lock(m_mutex);
        for (auto &[ticket, stream] : m_streams) {
            if (!stream.held || stream.ending || (!path.empty() && stream.path != path))
                continue;
            m_steps.push_back(make(ticket));
            stream.ending = m_steps.back().kind == Step::Kind::End;
            ++fed;
        }
    }
    m_changed.notify_all();
    return fed;
}

int ScriptedTransport::deliver()
{
    int calls = 0;
    while (deliverOne())
        ++calls;
    return calls;
}

int ScriptedTransport::deliver(int calls)
{
    int made = 0;
    while (made < calls && deliverOne())
        ++made;
    return made;
}

// One call with the lock released: the sink may start and cancel.
bool ScriptedTransport::deliverOne()
{
    Step step;
    net::Sink sink;
    {
        const std::lock_guard lock(m_mutex);
        if (m_steps.empty())
            return false;
        step = std::move(m_steps.front());
        m_steps.pop_front();
        const auto found = m_streams.find(step.ticket);
        if (found == m_streams.end())
            return true;
        if (step.kind == Step::Kind::End) {
            sink = std::move(found->second.sink);
            m_streams.erase(found);
        } else {
            sink = found->second.sink;
        }
    }
    switch (step.kind) {
    case Step::Kind::Head:
        if (sink.head)
            sink.head(step.head);
        break;
    case Step::Kind::Data:
        if (sink.data)
            sink.data(step.data);
        break;
    case Step::Kind::Alive:
        if (sink.alive)
            sink.alive();
        break;
    case Step::Kind::End:
        if (sink.end)
            sink.end(std::move(step.result));
        break;
    }
    m_changed.notify_all();
    return true;
}

void ScriptedTransport::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, stop, [this] { return !m_steps.empty() || !m_asked.empty(); });
        }
        while (!stop.stop_requested() && (makeOne() || deliverOne())) {
        }
    }
}

int ScriptedTransport::count(net::Verb verb, std::string_view path) const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(
        m_requests.begin(), m_requests.end(), [&](const net::Request &request) { return request.verb == verb && fullPath(request) == path; }));
}

int ScriptedTransport::count(net::Verb verb) const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_requests.begin(), m_requests.end(), [&](const net::Request &request) { return request.verb == verb; }));
}

std::vector<net::Request> ScriptedTransport::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

int ScriptedTransport::open(std::string_view path) const
{
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_streams.begin(), m_streams.end(),
        [&](const auto &entry) { return entry.second.held && !entry.second.ending && (path.empty() || entry.second.path == path); }));
}

int ScriptedTransport::cancelled() const
{
    const std::lock_guard lock(m_mutex);
    return m_cancelled;
}

int ScriptedTransport::unexpected() const
{
    const std::lock_guard lock(m_mutex);
    return m_unexpected;
}

bool ScriptedTransport::waitFor(const std::function<bool(const ScriptedTransport &)> &condition) const
{
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition(*this)) {
        std::unique_lock lock(m_mutex);
        // Bounded, because what changed between the question and the lock is not announced again.
        m_changed.wait_for(lock, std::chrono::milliseconds(20));
        if (std::chrono::steady_clock::now() > until)
            return false;
    }
    return true;
}

std::string ScriptedTransport::queryValue(const net::Request &request, std::string_view key)
{
    const auto found = std::find_if(request.query.begin(), request.query.end(), [key](const auto &entry) { return entry.first == key; });
    return found == request.query.end() ? std::string() : found->second;
}

ScriptedTransport::Rule ScriptedTransport::ruleFor(const net::Request &request)
{
    const std::lock_guard lock(m_mutex);
    for (Rule &rule : m_rules) {
        if (rule.left == 0 || rule.verb != request.verb || rule.path != fullPath(request) || (rule.when && !rule.when(request)))
            continue;
        if (rule.left > 0)
            --rule.left;
        return rule;
    }
    ++m_unexpected;
    const auto refused = [](const net::Request &asked) { return refusal(404, "NotFound", "the script has no answer for " + fullPath(asked)); };
    return {request.verb, {}, {}, refused, always, true};
}

net::Ticket ScriptedTransport::start(net::Request request, net::Sink sink)
{
    const Rule rule = ruleFor(request);
    const bool later = m_mode == Mode::Threaded && !rule.made;
    Answer answer = later ? Answer() : rule.answers(request);
    net::Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        ticket = ++m_last;
        m_streams.emplace(ticket, Stream{fullPath(request), std::move(sink)});
        if (later)
            m_asked.push_back({ticket, request, rule.answers});
        else
            queue(ticket, std::move(answer));
        m_requests.push_back(std::move(request));
    }
    m_changed.notify_all();
    return ticket;
}

// One answer with the lock released: others go on asking.
bool ScriptedTransport::makeOne()
{
    Asked asked;
    {
        const std::lock_guard lock(m_mutex);
        if (m_asked.empty())
            return false;
        asked = std::move(m_asked.front());
        m_asked.pop_front();
    }
    Answer answer = asked.answers(asked.request);
    {
        const std::lock_guard lock(m_mutex);
        queue(asked.ticket, std::move(answer));
    }
    m_changed.notify_all();
    return true;
}

// The lock is held. A request that was cancelled meanwhile has its end in the queue, or is gone.
void ScriptedTransport::queue(net::Ticket ticket, Answer answer)
{
    const auto stream = m_streams.find(ticket);
    if (stream == m_streams.end() || stream->second.cancelled)
        return;
    stream->second.held = answer.finish == Answer::Finish::Hold;
    if (answer.sendsHead)
        m_steps.push_back({.ticket = ticket, .kind = Step::Kind::Head, .head = std::move(answer.head)});
    for (std::string &chunk : answer.chunks)
        m_steps.push_back({.ticket = ticket, .kind = Step::Kind::Data, .data = std::move(chunk)});
    if (answer.finish == Answer::Finish::End)
        m_steps.push_back({.ticket = ticket, .kind = Step::Kind::End});
    else if (answer.finish == Answer::Finish::Fail)
        m_steps.push_back({.ticket = ticket, .kind = Step::Kind::End, .result = failure(std::move(answer.error))});
}

void ScriptedTransport::cancel(net::Ticket ticket)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_streams.find(ticket);
        if (found == m_streams.end() || found->second.cancelled)
            return;
        found->second.ending = true;
        found->second.cancelled = true;
        m_steps.erase(std::remove_if(m_steps.begin(), m_steps.end(), [ticket](const Step &step) { return step.ticket == ticket; }), m_steps.end());
        m_steps.push_back({.ticket = ticket, .kind = Step::Kind::End, .result = failure({.code = Code::Cancelled, .message = "cancelled"})});
        ++m_cancelled;
    }
    m_changed.notify_all();
}

} // namespace fairlead::test
