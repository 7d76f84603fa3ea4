// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/replay.h"

#include "base/age.h"
#include "kube/version.h"
#include "recording/jsontext.h"
#include "recording/logcut.h"
#include "recording/tableparts.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace fairlead::recording {
namespace {

constexpr std::size_t largestTold = 64u << 20; // of one watch at once; beyond, it lists again

Replay::Answer refusal(int code, std::string_view reason, std::string_view message)
{
    return {.status = code, .body = statusText(code, reason, message)};
}

std::vector<std::string> warningsOf(const ResourceState &state, const RequestPath &path, Moment now)
{
    std::vector<std::string> warnings;
    if (state.gapSince)
        warnings.push_back(path.resource.resource + ": nothing was recorded of them for the last " +
                           formatAge(std::chrono::floor<std::chrono::seconds>(now - *state.gapSince)));
    if (state.isDamaged)
        warnings.push_back(path.resource.resource + ": a part of the recording is damaged, and what changed in it is missing");
    return warnings;
}

Replay::Answer refusal(const Error &error)
{
    if (error.code == Code::Invalid)
        return refusal(400, "BadRequest", error.message);
    return refusal(500, "InternalError", error.message);
}

bool isTrue(const std::string &value)
{
    return value == "true" || value == "1";
}

// "MILLISECONDS:KEY": the moment of the list, and the last row of the page before.
struct Token {
    Moment moment;
    std::string after;

    static std::optional<Token> parse(std::string_view text)
    {
        std::int64_t milliseconds = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
        if (error != std::errc() || end == text.data() + text.size() || *end != ':' || !momentOf(static_cast<std::uint64_t>(milliseconds)))
            return std::nullopt;
        return Token{Moment(Moment::duration(milliseconds)), std::string(text.substr(static_cast<std::size_t>(end + 1 - text.data())))};
    }
    [[nodiscard]] std::string text() const { return std::to_string(moment.time_since_epoch().count()) + ":" + after; }
};

} // namespace

bool Replay::Choice::has(const StateRow &row) const
{
    if (!space.empty() && row.space != space)
        return false;
    if (labels.isEmpty() && fields.isEmpty())
        return true;
    const std::string_view object = valueAt(row.json, {"object"});
    return labels.matches(valueAt(object, {"metadata", "labels"})) && fields.matches(object);
}

Replay::Replay(Reader reader, Moment at)
    : m_reader(std::move(reader))
    , m_now(std::clamp(at, m_reader.first(), m_reader.last()))
{
}

Replay::Answer Replay::answer(const net::Request &request, std::uint64_t ticket)
{
    if (request.verb == net::Verb::Review)
        return review(request);
    std::string whole = request.path;
    if (!request.subresource.empty())
        whole += "/" + request.subresource;
    if (whole == "/healthz" || whole == "/livez" || whole == "/readyz")
        return {.contentType = "text/plain", .body = "ok"};
    const auto path = RequestPath::parse(whole);
    if (auto answer = document(request, path))
        return std::move(*answer);
    if (!path)
        return refusal(404, "NotFound", "the server could not find the requested resource");
    if (path->resource.resource == "pods" && path->subresource == "log")
        return log(request, *path, ticket);
    const auto &id = path->resource;
    const auto stream = m_reader.find(StreamKind::Resource, {id.group, id.version, id.resource});
    if (!stream)
        return refusal(404, "NotFound", notThere(*path));
    if (!path->subresource.empty() && path->subresource != "status")
        return refusal(404, "NotFound", path->subresource + " of " + id.resource + " is not in this recording");
    if (!path->name.empty())
        return get(request, *path, *stream);
    if (request.verb == net::Verb::Watch || isTrue(queryValue(request, "watch")))
        return watch(request, *path, *stream, ticket);
    return list(request, *path, *stream);
}

// Whoever asks may read all that is there, and nothing else.
Replay::Answer Replay::review(const net::Request &request) const
{
    Answer answer{.status = 201};
    const std::string kind = textAt(request.body, {"kind"});
    answer.body = R"({"kind":)";
    appendQuoted(answer.body, kind);
    answer.body += R"(,"apiVersion":)";
    appendQuoted(answer.body, textAt(request.body, {"apiVersion"}));
    answer.body += R"(,"metadata":{},"status":)";
    if (kind == "SelfSubjectAccessReview") {
        const std::string verb = textAt(request.body, {"spec", "resourceAttributes", "verb"});
        const bool may = verb == "get" || verb == "list" || verb == "watch";
        answer.body += may ? R"({"allowed":true}})" : R"({"allowed":false,"reason":"this is a recording"}})";
    } else if (kind == "SelfSubjectRulesReview") {
        answer.body += R"({"resourceRules":[{"verbs":["get","list","watch"],"apiGroups":["*"],"resources":["*"]}],)"
                       R"("nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["*"]}],"incomplete":false}})";
    } else if (kind == "SelfSubjectReview") {
        answer.body += R"({"userInfo":{"username":"recording"}}})";
    } else {
        return refusal(400, "BadRequest", "this is a recording: only reviews of one's own rights are answered");
    }
    return answer;
}

// What was recorded of this very path; or one object, or one namespace's, of a collection that was recorded so (metrics).
std::optional<Replay::Answer> Replay::document(const net::Request &request, const std::optional<RequestPath> &path)
{
    const auto read = [this](std::uint32_t stream) -> std::optional<Answer> {
        auto body = m_reader.document(stream, m_now);
        if (!body)
            return refusal(body.error());
        if (!*body)
            return std::nullopt;
        return Answer{.contentType = m_reader.index().streams.at(stream).names[1], .body = std::move(**body)};
    };
    if (request.subresource.empty()) {
        if (const auto stream = m_reader.find(StreamKind::Document, {request.path}))
            return read(*stream);
    }
    if (!path || !path->subresource.empty())
        return std::nullopt;
    std::uint32_t collection = 0;
    for (const auto &[number, stream] : m_reader.index().streams) {
        const auto known = stream.kind == StreamKind::Document ? RequestPath::parse(stream.names[0]) : std::nullopt;
        if (known && known->resource == path->resource && known->space.empty() && known->name.empty())
            collection = number;
    }
    if (collection == 0)
        return std::nullopt;
    auto whole = read(collection);
    if (!whole || whole->status != 200)
        return whole;
    const auto parts = TableParts::split(whole->body);
    std::string items;
    for (const std::string_view item : parts ? parts->rows : std::vector<std::string_view>()) {
        const bool isIn = path->space.empty() || textAt(item, {"metadata", "namespace"}) == path->space;
        if (!path->name.empty() && isIn && textAt(item, {"metadata", "name"}) == path->name) {
            std::string kind = textAt(whole->body, {"kind"});
            if (kind.ends_with("List"))
                kind.resize(kind.size() - 4);
            std::string object = R"({"kind":)";
            appendQuoted(object, kind);
            object += R"(,"apiVersion":)";
            appendQuoted(object, textAt(whole->body, {"apiVersion"}));
            const bool saysKind = !valueAt(item, {"kind"}).empty();
            whole->body = saysKind ? std::string(item) : object + "," + std::string(item.substr(item.find('{') + 1));
            return whole;
        }
        if (path->name.empty() && isIn)
            items.append(items.empty() ? "" : ",").append(item);
    }
    if (!path->name.empty())
        return refusal(404, "NotFound", path->resource.resource + " \"" + path->name + "\" not found");
    const std::string_view old = valueAt(whole->body, {"items"});
    if (!old.empty())
        whole->body.replace(static_cast<std::size_t>(old.data() - whole->body.data()), old.size(), "[" + items + "]");
    return whole;
}

Result<Replay::Choice> Replay::choiceOf(const net::Request &request, const RequestPath &path) const
{
    auto labels = LabelSelector::parse(queryValue(request, "labelSelector"));
    if (!labels)
        return failure(std::move(labels.error()));
    auto fields = FieldSelector::parse(queryValue(request, "fieldSelector"));
    if (!fields)
        return failure(std::move(fields.error()));
    return Choice{path.space, std::move(*labels), std::move(*fields)};
}

std::string Replay::notThere(const RequestPath &path)
{
    const RecordingFile &file = m_reader.file();
    const std::string are = path.resource.resource + " are not in ";
    if (file.damageCount() > 0)
        return are + "what can be read of this recording: a part of it is damaged";
    if (!file.isClosed() && !file.isBeingWritten())
        return are + "this recording, which breaks off: its end is missing";
    return are + "this recording";
}

Result<const ResourceState *> Replay::stateOf(std::uint32_t stream)
{
    auto found = m_states.find(stream);
    if (found == m_states.end()) {
        auto state = m_reader.state(stream, m_now);
        if (!state)
            return failure(std::move(state.error()));
        found = m_states.emplace(stream, StateWalk(std::move(*state))).first;
    }
    return &found->second.state();
}

Replay::Answer Replay::list(const net::Request &request, const RequestPath &path, std::uint32_t stream)
{
    const auto choice = choiceOf(request, path);
    if (!choice)
        return refusal(choice.error());
    const std::string continued = queryValue(request, "continue");
    const auto token = continued.empty() ? Token{m_now, {}} : Token::parse(continued);
    if (!token)
        return refusal(400, "BadRequest", "continue key is not valid");
    if (token->moment != m_now && (m_pagedStream != stream || m_pagedAt != token->moment)) {
        auto old = m_reader.state(stream, token->moment);
        if (!old)
            return refusal(old.error());
        m_paged = std::move(*old);
        m_pagedStream = stream;
        m_pagedAt = token->moment;
    }
    const auto current = token->moment == m_now ? stateOf(stream) : Result<const ResourceState *>(&m_paged);
    if (!current)
        return refusal(current.error());
    const ResourceState &state = **current;
    if (!state.isKnown)
        return refusal(404, "NotFound", notThere(path));
    const std::string version = queryValue(request, "resourceVersion");
    if (queryValue(request, "resourceVersionMatch") == "Exact" && version != state.version())
        return refusal(410, "Expired", "The resourceVersion for the provided list is too old.");
    const auto form = ReplayForm::of(request, m_reader.index().streams.at(stream), state.columns());
    if (!form)
        return refusal(406, "NotAcceptable", "only the JSON forms of this recording are acceptable");
    std::size_t limit = 0;
    const std::string wanted = queryValue(request, "limit");
    (void)std::from_chars(wanted.data(), wanted.data() + wanted.size(), limit);
    ReplayForm::Page page{.version = state.version()};
    Token next{token->moment, {}};
    for (auto row = state.rows().upper_bound(token->after); row != state.rows().end(); ++row) {
        if (!choice->has(*row->second))
            continue;
        if (limit > 0 && page.rows.size() == limit) {
            ++page.remaining;
            continue;
        }
        page.rows.push_back(row->second.get());
        next.after = row->first;
    }
    if (page.remaining > 0)
        page.continueToken = next.text();
    return {.body = form->list(page, m_now), .warnings = warningsOf(state, path, token->moment)};
}

Replay::Answer Replay::get(const net::Request &request, const RequestPath &path, std::uint32_t stream)
{
    const auto state = stateOf(stream);
    if (!state)
        return refusal(state.error());
    const auto row = (*state)->rows().find(ResourceState::key(path.space, path.name));
    if (row == (*state)->rows().end()) {
        const std::string group = path.resource.group.empty() ? "" : "." + path.resource.group;
        return refusal(404, "NotFound", path.resource.resource + group + " \"" + path.name + "\" not found");
    }
    const auto form = ReplayForm::of(request, m_reader.index().streams.at(stream), (*state)->columns());
    if (!form)
        return refusal(406, "NotAcceptable", "only the JSON forms of this recording are acceptable");
    return {.body = form->object(*row->second, m_now), .warnings = warningsOf(**state, path, m_now)};
}

// All that came after a version. False: the recording does not reach back to it.
Result<bool> Replay::catchUp(std::uint32_t stream, const std::string &version, const StateWalk::Changed &changed)
{
    const auto &lists = m_reader.index().lists;
    for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
        if (list->stream != stream || list->time > m_now)
            continue;
        auto state = m_reader.state(stream, list->time);
        if (!state)
            return failure(std::move(state.error()));
        if (kube::isOlder(version, state->version()))
            continue;
        StateWalk walk(std::move(*state));
        const auto visited = m_reader.visit(list->time, m_now, stream, [&](const Entry &entry) {
            walk.take(entry, [&](const StateChange &change) {
                if (kube::isOlder(version, change.version))
                    changed(change);
            });
            return true;
        });
        if (!visited)
            return failure(visited.error());
        return true;
    }
    return false;
}

std::string Replay::tell(Watch &watch, const StateChange &change, Moment now) const
{
    if (change.kind == EventKind::Bookmark)
        return {};
    const bool had = change.before && watch.choice.has(*change.before);
    const bool has = change.kind != EventKind::Deleted && watch.choice.has(*change.now);
    if (!had && !has && !(change.kind == EventKind::Deleted && !change.before && watch.choice.has(*change.now)))
        return {};
    const EventKind kind = !has ? EventKind::Deleted : had ? EventKind::Modified : EventKind::Added;
    return watch.form.event(kind, *change.now, now, std::exchange(watch.isFirst, false));
}

Replay::Answer Replay::watch(const net::Request &request, const RequestPath &path, std::uint32_t stream, std::uint64_t ticket)
{
    auto choice = choiceOf(request, path);
    if (!choice)
        return refusal(choice.error());
    const auto state = stateOf(stream);
    if (!state)
        return refusal(state.error());
    const auto form = ReplayForm::of(request, m_reader.index().streams.at(stream), (*state)->columns());
    if (!form)
        return refusal(406, "NotAcceptable", "only the JSON forms of this recording are acceptable");
    Watch watch{stream, std::move(*choice), *form, isTrue(queryValue(request, "allowWatchBookmarks"))};
    Answer answer{.isOpen = true};
    const std::string version = queryValue(request, "resourceVersion");
    if (version.empty() || version == "0") {
        for (const auto &[key, row] : (*state)->rows())
            answer.body += tell(watch, {EventKind::Added, {}, row, {}}, m_now);
    } else if (kube::isOlder((*state)->version(), version)) {
        return {.body = goneLine()}; // of a later moment
    } else if (version != (*state)->version()) {
        const auto caught = catchUp(stream, version, [&](const StateChange &change) { answer.body += tell(watch, change, m_now); });
        if (!caught)
            return refusal(caught.error());
        if (!*caught)
            return {.body = goneLine()};
    }
    m_watches.insert_or_assign(ticket, std::move(watch));
    return answer;
}

Replay::Answer Replay::log(const net::Request &request, const RequestPath &path, std::uint64_t ticket)
{
    const std::string container = queryValue(request, "container");
    const bool previous = isTrue(queryValue(request, "previous"));
    std::uint32_t stream = 0;
    for (const auto &[number, known] : m_reader.index().streams) {
        if (stream == 0 && known.kind == StreamKind::Log && known.names[0] == path.space && known.names[1] == path.name && known.flag == previous &&
            (container.empty() || known.names[2] == container))
            stream = number;
    }
    if (stream == 0)
        return refusal(404, "NotFound", "the log of pod \"" + path.name + "\" is not in this recording");
    auto text = m_reader.log(stream, m_now);
    if (!text)
        return refusal(text.error());
    const LogCut cut = LogCut::of(request, m_now);
    Answer answer{.contentType = "text/plain", .body = cut.apply(*text), .isOpen = isTrue(queryValue(request, "follow"))};
    if (answer.isOpen)
        m_followers.insert_or_assign(ticket, Follower{stream, cut.hasTimes});
    return answer;
}

void Replay::close(std::uint64_t ticket)
{
    m_watches.erase(ticket);
    m_followers.erase(ticket);
}

std::vector<Replay::Chunk> Replay::advance(Moment to)
{
    to = std::clamp(to, first(), last());
    std::vector<Chunk> chunks;
    if (to < m_now || to - m_now > stride) {
        for (const auto &[ticket, watch] : m_watches)
            chunks.push_back({ticket, goneLine(), true});
        for (const auto &[ticket, follower] : m_followers)
            chunks.push_back({ticket, {}, true});
        m_watches.clear();
        m_followers.clear();
        m_states.clear();
        m_now = to;
        return chunks;
    }
    std::map<std::uint64_t, std::string> told;
    const auto take = [&](const Entry &entry) {
        if (entry.type == EntryType::Log) {
            for (const auto &[ticket, follower] : m_followers) {
                if (follower.stream == entry.stream)
                    told[ticket] += LogCut{.hasTimes = follower.hasTimes}.apply(entry.body);
            }
            return true;
        }
        const auto walk = m_states.find(entry.stream);
        if (walk == m_states.end())
            return true;
        walk->second.take(entry, [&](const StateChange &change) {
            for (auto &[ticket, watch] : m_watches) {
                if (watch.stream != entry.stream)
                    continue;
                if (change.kind == EventKind::Bookmark && watch.wantsBookmarks)
                    told[ticket] += watch.form.bookmark(walk->second.state().version());
                else
                    told[ticket] += tell(watch, change, entry.time);
            }
        });
        return true;
    };
    const auto visited = m_reader.visit(m_now, to, std::nullopt, take);
    m_now = to;
    for (auto &[ticket, bytes] : told) {
        const bool isTooMuch = !visited || bytes.size() > largestTold;
        if (isTooMuch) {
            bytes = m_watches.contains(ticket) ? goneLine() : std::string();
            close(ticket);
        }
        if (!bytes.empty() || isTooMuch)
            chunks.push_back({ticket, std::move(bytes), isTooMuch});
    }
    return chunks;
}

} // namespace fairlead::recording
