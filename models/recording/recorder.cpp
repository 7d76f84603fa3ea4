// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/recorder.h"

#include "recording/bytewriter.h"
#include "recording/jsontext.h"
#include "recording/tableparts.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

std::optional<EventKind> kindOf(std::string_view type)
{
    if (type == "ADDED")
        return EventKind::Added;
    if (type == "MODIFIED")
        return EventKind::Modified;
    if (type == "DELETED")
        return EventKind::Deleted;
    if (type == "BOOKMARK")
        return EventKind::Bookmark;
    return std::nullopt;
}

struct Names {
    std::string space;
    std::string name;
    std::string version;
};

Names namesOf(std::string_view row)
{
    const std::string_view metadata = valueAt(row, {"object", "metadata"});
    return {textAt(metadata, {"namespace"}), textAt(metadata, {"name"}), textAt(metadata, {"resourceVersion"})};
}

} // namespace

Recorder::Recorder(Writer writer, Keyframes keyframes)
    : m_writer(std::move(writer))
    , m_keyframes(keyframes)
{
}

Recorder::Recorder(Writer writer)
    : Recorder(std::move(writer), Keyframes())
{
}

Result<void> Recorder::write(EntryType type, std::uint8_t detail, std::uint32_t stream, std::string_view body, Moment now)
{
    m_writer.setRedactions(m_redactor.redactions());
    return m_writer.append({.type = type, .detail = detail, .stream = stream, .time = now, .body = body});
}

Result<void> Recorder::addDocument(std::string_view path, std::string_view mediaType, std::string_view body, Moment now)
{
    const auto stream =
        m_writer.stream({.kind = StreamKind::Document, .names = {std::string(path), std::string(mediaType), {}, {}}, .flag = false}, now);
    if (!stream)
        return failure(stream.error());
    return write(EntryType::Document, 0, *stream, body, now);
}

Result<void> Recorder::addObjects(std::string_view path, std::string_view mediaType, std::string body, Moment now)
{
    if (!m_redactor.redactJson(body, Redactor::Subject::Other)) {
        ++m_skipped;
        return {};
    }
    return addDocument(path, mediaType, body, now);
}

Result<std::uint32_t> Recorder::addResource(const kube::GroupVersionResource &id, std::string_view kind, bool namespaced, Moment now)
{
    const Stream stream{.kind = StreamKind::Resource, .names = {id.group, id.version, id.resource, std::string(kind)}, .flag = namespaced};
    auto number = m_writer.stream(stream, now);
    if (number) {
        Resource &resource = m_resources[*number];
        resource.stream = stream;
        resource.isSecret = id.group.empty() && id.resource == "secrets";
    }
    return number;
}

void Recorder::beginList(std::uint32_t resource)
{
    m_resources[resource].listing.reset();
    m_resources[resource].isListing = true;
}

Result<void> Recorder::addPage(std::uint32_t number, std::string_view json, Moment now)
{
    Resource &resource = m_resources[number];
    const auto parts = TableParts::split(json);
    if (!parts)
        return failure(parts.error());
    if (!resource.listing) {
        const ListHead head{parts->version, parts->columns};
        if (auto done = writeHead(number, resource, head, ListCause::Server, now); !done)
            return done;
        resource.listing.emplace().begin(head);
        resource.listed = 0;
    }
    for (const std::string_view each : parts->rows) {
        const auto row = prepared(resource, each, parts->isTable);
        if (!row)
            continue;
        const Names names = namesOf(*row);
        const RowText text{names.space, names.name, names.version, *row};
        auto done = write(EntryType::Row, 0, number, bodyOf(text), now);
        if (!done && done.error().code == Code::Invalid) {
            ++m_skipped;
            continue;
        }
        if (!done)
            return done;
        ++resource.listed;
        resource.listing->add(text);
    }
    return {};
}

Result<void> Recorder::endList(std::uint32_t number, Moment now)
{
    Resource &resource = m_resources[number];
    if (!resource.isListing || !resource.listing)
        return failure({.code = Code::Internal, .message = "a list ends that has not begun"});
    resource.isListing = false;
    resource.isInGap = false;
    resource.state = std::move(*resource.listing);
    resource.listing.reset();
    resource.events = 0;
    resource.listedAt = now;
    return writeEnd(number, resource.listed, now);
}

Result<void> Recorder::addEvent(std::uint32_t number, std::string_view line, Moment now)
{
    Resource &resource = m_resources[number];
    const auto event = splitWatchLine(line);
    if (!event)
        return failure(event.error());
    if (event->type == "ERROR")
        return addGap(number, textAt(event->object, {"message"}), now);
    const auto kind = kindOf(event->type);
    const auto parts =
        kind ? TableParts::split(event->object) : Result<TableParts>(failure({.code = Code::NotKubernetes, .message = "an unknown event"}));
    if (!parts)
        return failure(parts.error());
    if (*kind == EventKind::Bookmark) {
        const std::string_view row = parts->rows.empty() ? std::string_view() : parts->rows.front();
        std::string version = parts->version;
        if (version.empty())
            version = parts->isTable ? textAt(row, {"object", "metadata", "resourceVersion"}) : textAt(row, {"metadata", "resourceVersion"});
        const RowText mark{{}, {}, version, {}};
        (void)resource.state.apply(*kind, mark);
        return write(EntryType::Event, static_cast<std::uint8_t>(*kind), number, bodyOf(mark), now);
    }
    for (const std::string_view each : parts->rows) {
        const auto row = prepared(resource, each, parts->isTable);
        if (!row)
            continue;
        const Names names = namesOf(*row);
        const RowText text{names.space, names.name, names.version, *row};
        auto done = write(EntryType::Event, static_cast<std::uint8_t>(*kind), number, bodyOf(text), now);
        if (!done && done.error().code == Code::Invalid) {
            ++m_skipped;
            continue;
        }
        if (!done)
            return done;
        (void)resource.state.apply(*kind, text);
        ++resource.events;
    }
    const auto enough = std::max<std::size_t>(m_keyframes.events, m_keyframes.perRow * resource.state.rows().size());
    const bool isDue = resource.events >= enough || (resource.events > 0 && now - resource.listedAt >= m_keyframes.span);
    return isDue && resource.state.isKnown ? writeKeyframe(number, resource, now) : Result<void>();
}

Result<void> Recorder::addGap(std::uint32_t number, std::string_view why, Moment now)
{
    Resource &resource = m_resources[number];
    if (std::exchange(resource.isInGap, true))
        return {};
    std::string text(why); // a server's or a connection's words
    m_redactor.redactText(text);
    std::string body;
    ByteWriter(body).putText(text);
    return write(EntryType::Gap, 0, number, body, now);
}

Result<std::uint32_t> Recorder::addLog(std::string_view space, std::string_view pod, std::string_view container, bool previous, Moment now)
{
    return m_writer.stream(
        {.kind = StreamKind::Log, .names = {std::string(space), std::string(pod), std::string(container), {}}, .flag = previous}, now);
}

Result<void> Recorder::addLines(std::uint32_t log, std::string_view lines, Moment now)
{
    constexpr std::size_t piece = 1u << 20;
    while (!lines.empty()) {
        std::size_t size = lines.size();
        if (size > piece) {
            const std::size_t line = lines.rfind('\n', piece);
            size = line == std::string_view::npos ? piece : line + 1;
        }
        std::string text(lines.substr(0, size));
        m_redactor.redactText(text, m_logs[log]);
        if (auto done = write(EntryType::Log, 0, log, text, now); !done)
            return done;
        lines.remove_prefix(size);
    }
    return {};
}

Result<void> Recorder::writeHead(std::uint32_t number, const Resource &resource, const ListHead &head, ListCause cause, Moment now)
{
    // Declared again with each list: a reader that lost a block still knows whose it is.
    if (auto done = write(EntryType::Stream, static_cast<std::uint8_t>(StreamKind::Resource), number, bodyOf(resource.stream), now); !done)
        return done;
    return write(EntryType::List, static_cast<std::uint8_t>(cause), number, bodyOf(head), now);
}

Result<void> Recorder::writeEnd(std::uint32_t number, std::uint32_t rows, Moment now)
{
    std::string body;
    ByteWriter(body).put32(rows);
    return write(EntryType::ListEnd, 0, number, body, now);
}

Result<void> Recorder::writeKeyframe(std::uint32_t number, Resource &resource, Moment now)
{
    const ResourceState &state = resource.state;
    if (auto done = writeHead(number, resource, {state.version(), state.columns()}, ListCause::Keyframe, now); !done)
        return done;
    for (const auto &[key, row] : state.rows()) {
        if (auto done = write(EntryType::Row, 0, number, bodyOf(RowText{row->space, row->name, row->version, row->json}), now); !done)
            return done;
    }
    resource.events = 0;
    resource.listedAt = now;
    return writeEnd(number, static_cast<std::uint32_t>(state.rows().size()), now);
}

// A row as it is written: readable in one line, an object with its kind, without credentials. None where it is no row.
std::optional<std::string> Recorder::prepared(const Resource &resource, std::string_view row, bool isTable)
{
    std::string text;
    if (isTable) {
        text = row;
    } else {
        text.reserve(row.size() + 128);
        text = R"({"object":)";
        text += row;
        // Objects of a plain list do not say what they are.
        if (row.starts_with('{') && valueAt(row, {"kind"}).empty()) {
            std::string kind = R"("kind":)";
            appendQuoted(kind, resource.stream.names[3]);
            kind += R"(,"apiVersion":)";
            appendQuoted(kind, (resource.stream.names[0].empty() ? "" : resource.stream.names[0] + "/") + resource.stream.names[1]);
            if (row.find_first_not_of(" \t\r\n", 1) != row.rfind('}'))
                kind += ',';
            text.insert(text.find('{', 1) + 1, kind);
        }
        text += '}';
    }
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' '); // between tokens: in a text they are escaped
    if (!m_redactor.redactJson(text, resource.isSecret ? Redactor::Subject::Secret : Redactor::Subject::Other)) {
        ++m_skipped;
        return std::nullopt;
    }
    return text;
}

std::string Recorder::version(std::uint32_t resource) const
{
    const auto found = m_resources.find(resource);
    return found == m_resources.end() ? std::string() : found->second.state.version();
}

bool Recorder::isInGap(std::uint32_t resource) const
{
    const auto found = m_resources.find(resource);
    return found != m_resources.end() && found->second.isInGap;
}

std::size_t Recorder::rows() const
{
    std::size_t sum = 0;
    for (const auto &[number, resource] : m_resources)
        sum += resource.state.rows().size();
    return sum;
}

Result<void> Recorder::flush()
{
    return m_writer.flush();
}

Result<void> Recorder::close(Moment now)
{
    const std::string body = bodyOf(m_redactor.redactions());
    if (auto done = write(EntryType::Redactions, 0, 0, body, now); !done)
        return done;
    return close();
}

Result<void> Recorder::close()
{
    m_writer.setRedactions(m_redactor.redactions());
    return m_writer.close();
}

} // namespace fairlead::recording
