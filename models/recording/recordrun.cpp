// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/recordrun.h"

#include "kube/decode/discoverydoc.h"
#include "recording/jsontext.h"
#include "recording/recordinbox.h"
#include "recording/tableparts.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
constexpr int listsAtATime = 4;
constexpr std::size_t largestBody = 512u << 20;
constexpr std::size_t longestLine = 64u << 20;
constexpr std::chrono::milliseconds pollEvery{15'000};
constexpr std::chrono::milliseconds flushEvery{5'000};

net::Request rows(net::Verb verb, const std::string &path)
{
    net::Request request{.verb = verb, .path = path, .query = {{"includeObject", "Object"}}, .accept = std::string(tableAccept)};
    request.traffic = verb == net::Verb::Watch ? net::Traffic::Watch : net::Traffic::Bulk;
    request.deadline = verb == net::Verb::Watch ? 0ms : 120'000ms;
    return request;
}

std::string pathOf(const kube::GroupVersionResource &id, const std::string &space)
{
    std::string path = id.group.empty() ? "/api/" : "/apis/" + id.group + "/";
    path += id.version;
    if (!space.empty())
        path += "/namespaces/" + space;
    return path + "/" + id.resource;
}

bool can(const kube::Resource &resource, std::string_view verb)
{
    return std::find(resource.verbs.begin(), resource.verbs.end(), verb) != resource.verbs.end();
}

} // namespace

RecordRun::RecordRun(net::Transport &transport, Recorder recorder, Wish wish)
    : m_transport(transport)
    , m_recorder(std::move(recorder))
    , m_wish(std::move(wish))
    , m_inbox(std::make_shared<RecordInbox>())
    , m_logs(
          transport, m_recorder, m_inbox, [this](const Result<void> &result) { return check(result); }, [this] { return now(); })
{
}

RecordRun::~RecordRun()
{
    (void)stop().has_value();
}

void RecordRun::start()
{
    m_inbox->post([this] {
        for (const char *path : {"/version", "/api", "/apis"}) {
            net::Request request{.path = path};
            if (std::string_view(path) != "/version")
                request.accept = kube::acceptDiscovery;
            ++m_asked;
            ask(std::move(request), [this, path = std::string(path)](const net::Head &head, std::string body, Result<void> result) {
                takeDiscovery(path, head, std::move(body), result);
            });
        }
    });
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void RecordRun::run(const std::stop_token &stop)
{
    const std::function<void()> flush = [this, &flush] {
        if (check(m_recorder.flush()))
            m_inbox->postLater(flushEvery, flush);
    };
    m_inbox->postLater(flushEvery, flush);
    while (const auto work = m_inbox->next(stop)) {
        (*work)();
        noteProgress();
        if (progress().failed)
            break;
    }
    m_inbox->close();
    for (const auto &target : m_targets) {
        if (target->watch != 0)
            m_transport.cancel(target->watch);
    }
    m_logs.stop();
}

Result<void> RecordRun::stop()
{
    if (!m_thread.joinable())
        return {};
    m_thread.request_stop();
    m_thread.join();
    if (const auto failed = progress().failed)
        return failure(*failed);
    auto closed = m_recorder.close(now());
    noteProgress();
    return closed;
}

void RecordRun::noteProgress()
{
    const std::lock_guard lock(m_mutex);
    m_progress.rows = m_recorder.rows();
    m_progress.bytes = m_recorder.size();
    m_progress.logLines = m_logs.lines();
    m_progress.areLogsRefused = m_logs.isRefused();
    m_progress.areLogsFull = m_logs.isFull();
    m_progress.skipped = m_recorder.skipped();
    m_progress.redactions = m_recorder.redactions();
}

RecordRun::Progress RecordRun::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_progress;
}

// A whole answer; what a request gathers is its own, and outlives this where it must.
void RecordRun::ask(net::Request request, Done done)
{
    struct Answer {
        net::Head head;
        TimePoint answered;
        std::string body;
    };
    const auto answer = std::make_shared<Answer>();
    const TimePoint asked = std::chrono::system_clock::now();
    net::Sink sink;
    sink.head = [answer](const net::Head &head) {
        answer->head = head;
        answer->answered = std::chrono::system_clock::now();
    };
    sink.data = [answer](std::string_view bytes) {
        if (answer->body.size() + bytes.size() <= largestBody)
            answer->body.append(bytes);
    };
    sink.end = [this, answer, inbox = m_inbox, done = std::move(done), asked](Result<void> result) {
        inbox->post([this, answer, done, asked, result = std::move(result)] {
            see(answer->head, asked, answer->answered);
            done(answer->head, std::move(answer->body), result);
        });
    };
    (void)m_transport.start(std::move(request), std::move(sink));
}

// A Date of whole seconds was the server's time at some moment between question and answer: what contradicts that is corrected, no more. An
// answer may have waited long before it is looked at here.
void RecordRun::see(const net::Head &head, TimePoint asked, TimePoint answered)
{
    if (!head.date)
        return;
    const auto least = std::chrono::floor<std::chrono::milliseconds>(*head.date - answered);
    const auto most = std::chrono::ceil<std::chrono::milliseconds>(*head.date - asked) + 1s;
    if (m_offset < least || m_offset > most)
        m_offset = least + (most - least) / 2;
}

Moment RecordRun::now() const
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + m_offset;
}

bool RecordRun::check(const Result<void> &result)
{
    if (!result) {
        const std::lock_guard lock(m_mutex);
        if (!m_progress.failed)
            m_progress.failed = result.error();
    }
    return result.has_value();
}

void RecordRun::takeDiscovery(const std::string &path, const net::Head &head, std::string body, const Result<void> &result)
{
    --m_asked;
    if (!result && path == "/apis") {
        (void)check(result);
        return;
    }
    if (result && head.status == 200 && check(m_recorder.addDocument(path, head.contentType, body, now())))
        m_discovery[path] = std::move(body);
    if (m_asked == 0)
        readDiscovery();
}

void RecordRun::readDiscovery()
{
    for (const char *path : {"/api", "/apis"}) {
        const auto doc = kube::decodeDiscovery(m_discovery[path]);
        if (!doc) {
            if (std::string_view(path) == "/apis")
                (void)check(failure(doc.error()));
            continue;
        }
        m_resources.insert(m_resources.end(), doc->resources.begin(), doc->resources.end());
        for (const kube::GroupVersion &version : doc->aggregated ? std::vector<kube::GroupVersion>() : doc->versions) {
            ++m_asked;
            ask({.path = version.path()}, [this, version](const net::Head &head, const std::string &body, const Result<void> &answer) {
                --m_asked;
                const auto some = answer && head.status == 200 ? kube::decodeResourceList(body, version) : Result<std::vector<kube::Resource>>();
                if (some && !some->empty() && check(m_recorder.addDocument(version.path(), head.contentType, body, now())))
                    m_resources.insert(m_resources.end(), some->begin(), some->end());
                if (m_asked == 0)
                    takeResources(m_resources);
            });
        }
    }
    if (m_asked == 0)
        takeResources(m_resources);
}

void RecordRun::takeResources(const std::vector<kube::Resource> &resources)
{
    std::vector<kube::Resource> all = resources;
    kube::markPreferred(all);
    for (kube::Resource &resource : all) {
        const std::string name = resource.id.resource + (resource.id.group.empty() ? "" : "." + resource.id.group);
        const bool isWanted = m_wish.resources.empty() || m_wish.resources.contains(name);
        if (!isWanted || !resource.preferred || !can(resource, "list") || (!m_wish.space.empty() && !resource.namespaced))
            continue;
        const std::string path = pathOf(resource.id, m_wish.space);
        if (!can(resource, "watch")) {
            poll(path);
            continue;
        }
        const auto number = m_recorder.addResource(resource.id, resource.kind, resource.namespaced, now());
        if (!number) {
            (void)check(failure(number.error()));
            return;
        }
        auto target = std::make_unique<Target>();
        target->resource = std::move(resource);
        target->path = path;
        target->number = *number;
        target->hasLogs = m_wish.logs && target->resource.id.group.empty() && target->resource.id.resource == "pods";
        m_waiting.insert(m_waiting.begin(), target.get());
        m_targets.push_back(std::move(target));
    }
    {
        const std::lock_guard lock(m_mutex);
        m_progress.resources = m_targets.size();
    }
    listNext();
}

void RecordRun::listNext()
{
    while (m_listing < listsAtATime && !m_waiting.empty()) {
        Target *target = m_waiting.back();
        m_waiting.pop_back();
        ++m_listing;
        list(*target);
    }
}

void RecordRun::list(Target &target)
{
    m_recorder.beginList(target.number);
    page(target, {});
}

void RecordRun::page(Target &target, const std::string &token)
{
    net::Request request = rows(net::Verb::List, target.path);
    request.query.emplace_back("limit", "500");
    if (!token.empty())
        request.query.emplace_back("continue", token);
    ask(std::move(request),
        [this, &target](const net::Head &head, const std::string &body, const Result<void> &result) { takePage(target, head, body, result); });
}

void RecordRun::takePage(Target &target, const net::Head &head, const std::string &body, const Result<void> &result)
{
    if (result && head.status == 200) {
        const auto added = m_recorder.addPage(target.number, body, now());
        if (!added && added.error().code != Code::NotKubernetes) {
            (void)check(added);
            return;
        }
        if (added && target.hasLogs)
            seePods(body, false);
        const std::string token = added ? textAt(body, {"metadata", "continue"}) : std::string();
        if (!token.empty()) {
            page(target, token);
            return;
        }
        if (added) {
            if (!check(m_recorder.endList(target.number, now())))
                return;
            if (!std::exchange(target.isListed, true)) {
                const std::lock_guard lock(m_mutex);
                ++m_progress.listed;
            }
            watch(target);
            --m_listing;
            listNext();
            return;
        }
    }
    --m_listing;
    // Access that was there may come back, as with a new token: what was listed once is listed again, and 401 is not of one kind alone.
    const bool wasLet = target.isListed || (head.status == 401 && progress().listed > 0);
    const bool isRefused = result && !wasLet && (head.status == 401 || head.status == 403 || head.status == 404 || head.status == 405);
    if (isRefused) {
        const std::lock_guard lock(m_mutex);
        m_progress.refused.push_back(target.resource.id.resource);
    } else {
        listAgain(target, result ? "the list was refused" : result.error().message);
    }
    listNext();
}

// After a while, that grows with each failure until an event comes.
void RecordRun::listAgain(Target &target, std::string_view why)
{
    target.watch = 0;
    if (target.isListed && !check(m_recorder.addGap(target.number, why, now())))
        return;
    const auto delay = std::exchange(target.delay, std::clamp<std::chrono::milliseconds>(target.delay * 2, 1s, 30s));
    m_inbox->postLater(delay, [this, &target] {
        m_waiting.insert(m_waiting.begin(), &target);
        listNext();
    });
}

void RecordRun::watch(Target &target)
{
    net::Request request = rows(net::Verb::Watch, target.path);
    request.query.emplace_back("watch", "true");
    request.query.emplace_back("allowWatchBookmarks", "true");
    request.query.emplace_back("resourceVersion", m_recorder.version(target.number));
    target.rest.clear();
    const auto status = std::make_shared<int>(0); // 0: nothing more of it is taken
    target.status = status;
    net::Sink sink;
    sink.head = [status, this, inbox = m_inbox, asked = std::chrono::system_clock::now()](const net::Head &head) {
        *status = head.status;
        inbox->post([this, head, asked, answered = std::chrono::system_clock::now()] { see(head, asked, answered); });
    };
    sink.data = [status, this, &target, inbox = m_inbox](std::string_view chunk) {
        if (*status != 200 || inbox->offer([this, &target, bytes = std::string(chunk)] { takeChunk(target, bytes); }, chunk.size()))
            return;
        *status = 0;
        inbox->post([this, &target, status] {
            if (target.watch == 0 || target.status != status)
                return; // it is listed again already
            m_transport.cancel(std::exchange(target.watch, 0));
            listAgain(target, "changes came faster than they could be written");
        });
    };
    sink.end = [status, this, &target, inbox = m_inbox](Result<void> result) {
        inbox->post([this, &target, status, code = *status, result = std::move(result)] {
            if (target.watch == 0 || target.status != status)
                return; // it is listed again already
            target.watch = 0;
            if (result && code == 200)
                m_inbox->postLater(100ms, [this, &target] { watch(target); }); // as servers end them now and then
            else
                listAgain(target, result ? "the watch was refused" : result.error().message);
        });
    };
    target.watch = m_transport.start(std::move(request), std::move(sink));
}

void RecordRun::takeChunk(Target &target, std::string_view chunk)
{
    if (target.watch == 0)
        return;
    target.rest.append(chunk);
    std::size_t begin = 0;
    for (std::size_t end = target.rest.find('\n'); end != std::string::npos; end = target.rest.find('\n', begin)) {
        const std::string_view line = std::string_view(target.rest).substr(begin, end - begin);
        begin = end + 1;
        if (line.empty())
            continue;
        const auto added = m_recorder.addEvent(target.number, line, now());
        const bool isError = !added ? added.error().code == Code::NotKubernetes : m_recorder.isInGap(target.number);
        if (!added && !isError) {
            (void)check(added);
            return;
        }
        if (isError) {
            m_transport.cancel(std::exchange(target.watch, 0));
            listAgain(target, added ? "the version is no longer kept" : "a line of the watch cannot be read");
            return;
        }
        if (const auto event = target.hasLogs ? splitWatchLine(line) : Result<WatchLine>(); event)
            seePods(event->object, event->type == "DELETED");
        target.delay = 0ms;
        const std::lock_guard lock(m_mutex);
        ++m_progress.events;
    }
    target.rest.erase(0, begin);
    if (target.rest.size() > longestLine) {
        m_transport.cancel(std::exchange(target.watch, 0));
        listAgain(target, "a line of the watch has no end");
    }
}

void RecordRun::seePods(std::string_view table, bool areDeleted)
{
    const auto parts = TableParts::split(table);
    for (const std::string_view row : parts ? parts->rows : std::vector<std::string_view>()) {
        if (areDeleted)
            m_logs.forget(row);
        else
            m_logs.see(row);
    }
}

// What cannot be watched, as it is each time.
void RecordRun::poll(const std::string &path)
{
    ask({.verb = net::Verb::List, .path = path, .traffic = net::Traffic::Bulk},
        [this, path](const net::Head &head, const std::string &body, const Result<void> &result) {
            if (result && head.status == 200 && !check(m_recorder.addObjects(path, head.contentType, body, now())))
                return;
            if (!result || head.status == 200 || head.status >= 500)
                m_inbox->postLater(pollEvery, [this, path] { poll(path); });
        });
}

} // namespace fairlead::recording
