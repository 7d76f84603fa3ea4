// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/watchlines.h"

#include "kube/decode/json.h"
#include "kube/decode/status.h"

#include <optional>

#include <simdjson.h>

namespace fairlead::kube {
namespace {

constexpr std::size_t longestLine = 64u << 20;

std::optional<WatchEvent::Type> typeOf(std::string_view name)
{
    if (name == "ADDED")
        return WatchEvent::Type::Added;
    if (name == "MODIFIED")
        return WatchEvent::Type::Modified;
    if (name == "DELETED")
        return WatchEvent::Type::Deleted;
    if (name == "BOOKMARK")
        return WatchEvent::Type::Bookmark;
    if (name == "ERROR")
        return WatchEvent::Type::Error;
    return std::nullopt;
}

tl::unexpected<Error> broken(std::string what)
{
    return failure({.code = Code::NotKubernetes,
        .message = "a line of the watch " + std::move(what),
        .remedy = "The list is read again; if this comes back, a proxy between here and the server changes its answers."});
}

struct Envelope {
    std::optional<WatchEvent::Type> type;
    std::string_view object; // JSON text inside the line
};

Result<Envelope> openEnvelope(simdjson::ondemand::parser &parser, const simdjson::padded_string &line)
{
    Envelope envelope;
    try {
        simdjson::dom::parser proof; // as in table.cpp: on-demand reading wants text that is known to be JSON
        if (const auto error = proof.parse(line).error())
            return broken(std::string("cannot be read: ") + simdjson::error_message(error));
        auto document = parser.iterate(line).value();
        for (auto member : document.get_object()) {
            const std::string key(member.unescaped_key().value());
            auto held = member.value().value();
            if (key == "type")
                envelope.type = typeOf(held.get_string().value());
            else if (key == "object")
                envelope.object = simdjson::to_json_string(held).value();
        }
        const char *rest = nullptr;
        if (document.current_location().get(rest) == simdjson::SUCCESS)
            return broken("goes on after its end");
    } catch (const simdjson::simdjson_error &error) {
        return broken(std::string("cannot be read: ") + error.what());
    }
    return envelope;
}

Result<WatchEvent> decodeLine(std::string_view line, Detail detail, const Projection &projection, std::size_t columns)
{
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(line);
    auto envelope = openEnvelope(parser, padded);
    if (!envelope)
        return failure(std::move(envelope.error()));
    if (!envelope->type || envelope->object.empty())
        return broken("is not a watch event");

    WatchEvent event;
    event.type = *envelope->type;
    if (event.type == WatchEvent::Type::Error) {
        auto status = Json::parse(envelope->object);
        if (!status)
            return failure(std::move(status.error()));
        event.error = errorOfStatus(*status, {});
        return event;
    }
    auto page = decodeTable(envelope->object, detail, projection, columns);
    if (!page)
        return failure(std::move(page.error()));
    event.version = page->rows.empty() || page->rows.front().version().empty() ? page->version : std::string(page->rows.front().version());
    event.columns = std::move(page->columns);
    event.isPlain = page->isPlain;
    if (event.type != WatchEvent::Type::Bookmark) // a bookmark's row of empty cells is no row
        event.rows = std::move(page->rows);
    return event;
}

} // namespace

WatchLines::WatchLines(Detail detail, Projection projection, std::stop_token stop)
    : m_detail(detail)
    , m_projection(std::move(projection))
    , m_stop(std::move(stop))
{
}

WatchLines::Batch WatchLines::feed(std::string_view chunk)
{
    Batch batch;
    m_rest.append(chunk);
    std::size_t begin = 0;
    while (!m_stop.stop_requested()) {
        const std::size_t end = m_rest.find('\n', begin > m_searched ? begin : m_searched);
        if (end == std::string::npos)
            break;
        const std::string_view line = std::string_view(m_rest).substr(begin, end - begin);
        begin = end + 1;
        if (line.empty() || line == "\r")
            continue;
        auto event = decodeLine(line, m_detail, m_projection, m_columns);
        if (!event) {
            batch.broken = std::move(event.error());
            break;
        }
        if (!event->columns.empty())
            m_columns = event->columns.size();
        batch.events.push_back(std::move(*event));
    }
    m_rest.erase(0, begin);
    m_searched = m_rest.size();
    if (!batch.broken && m_rest.size() > longestLine)
        batch.broken = broken("is longer than 64 MiB").value();
    return batch;
}

} // namespace fairlead::kube
