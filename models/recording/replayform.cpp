// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/replayform.h"

#include "recording/jsontext.h"

#include <algorithm>

namespace fairlead::recording {
namespace {

std::string_view objectOf(const StateRow &row)
{
    return valueAt(row.json, {"object"});
}

std::string partialObject(std::string_view metadata)
{
    return R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":)" + std::string(metadata.empty() ? "{}" : metadata) + "}";
}

std::string listMetadata(const ReplayForm::Page &page)
{
    std::string out = R"({"resourceVersion":)";
    appendQuoted(out, page.version);
    if (!page.continueToken.empty()) {
        out += R"(,"continue":)";
        appendQuoted(out, page.continueToken);
        out += R"(,"remainingItemCount":)" + std::to_string(page.remaining);
    }
    return out + "}";
}

std::string versionMetadata(std::string_view version)
{
    std::string out = R"({"resourceVersion":)";
    appendQuoted(out, version);
    return out + "}";
}

std::string_view typeName(EventKind kind)
{
    switch (kind) {
    case EventKind::Added:
        return "ADDED";
    case EventKind::Modified:
        return "MODIFIED";
    case EventKind::Deleted:
        return "DELETED";
    case EventKind::Bookmark:
        break;
    }
    return "BOOKMARK";
}

std::string line(EventKind kind, std::string_view object)
{
    return R"({"type":")" + std::string(typeName(kind)) + R"(","object":)" + std::string(object) + "}\n";
}

} // namespace

std::optional<ReplayForm> ReplayForm::of(const net::Request &request, const Stream &resource, std::string_view columns)
{
    ReplayForm form;
    form.m_columns = columns;
    form.m_times = TimeColumns(resource, columns);
    form.m_kindName = resource.names[3];
    form.m_apiVersion = (resource.names[0].empty() ? "" : resource.names[0] + "/") + resource.names[1];
    const std::string include = queryValue(request, "includeObject");
    form.m_include = include == "Object" ? Include::Object : include == "None" ? Include::None : Include::Metadata;
    const std::string_view accept = request.accept;
    for (std::size_t begin = 0; begin <= accept.size();) {
        const std::size_t end = std::min(accept.find(',', begin), accept.size());
        const std::string_view type = accept.substr(begin, end - begin);
        begin = end + 1;
        const bool isJson = type.find("application/json") != std::string_view::npos || type.find("*/*") != std::string_view::npos;
        if (!isJson)
            continue; // protobuf
        if (type.find("as=Table") != std::string_view::npos) {
            if (columns.empty())
                continue;
            form.m_kind = Kind::Table;
        } else if (type.find("as=PartialObjectMetadata") != std::string_view::npos) {
            form.m_kind = Kind::Metadata;
        } else {
            form.m_kind = Kind::Plain;
        }
        return form;
    }
    return std::nullopt;
}

std::string ReplayForm::table(std::string_view metadata, std::string_view columns, std::string_view rows) const
{
    std::string out = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)";
    out.append(metadata).append(R"(,"columnDefinitions":)").append(columns.empty() ? "null" : columns).append(R"(,"rows":[)").append(rows);
    return out + "]}";
}

std::string ReplayForm::row(const StateRow &row, Moment now) const
{
    const std::string_view object = objectOf(row);
    const std::string_view cells = valueAt(row.json, {"cells"});
    std::string out = R"({"cells":)" + (cells.empty() ? std::string("[]") : m_times.cells(cells, object, now)) + R"(,"object":)";
    switch (m_include) {
    case Include::None:
        out += "null";
        break;
    case Include::Metadata:
        out += partialObject(valueAt(object, {"metadata"}));
        break;
    case Include::Object:
        out += object.empty() ? "null" : object;
        break;
    }
    return out + "}";
}

// One of a list, or by itself.
std::string ReplayForm::element(const StateRow &row) const
{
    const std::string_view object = objectOf(row);
    return m_kind == Kind::Metadata ? partialObject(valueAt(object, {"metadata"})) : std::string(object.empty() ? "{}" : object);
}

std::string ReplayForm::list(const Page &page, Moment now) const
{
    std::string rows;
    for (const StateRow *each : page.rows) {
        if (!rows.empty())
            rows += ',';
        rows += m_kind == Kind::Table ? row(*each, now) : element(*each);
    }
    if (m_kind == Kind::Table)
        return table(listMetadata(page), m_columns, rows);
    std::string out = R"({"kind":)";
    appendQuoted(out, m_kind == Kind::Metadata ? "PartialObjectMetadataList" : m_kindName + "List");
    out += R"(,"apiVersion":)";
    appendQuoted(out, m_kind == Kind::Metadata ? "meta.k8s.io/v1" : m_apiVersion);
    return out + R"(,"metadata":)" + listMetadata(page) + R"(,"items":[)" + rows + "]}";
}

std::string ReplayForm::object(const StateRow &each, Moment now) const
{
    return m_kind == Kind::Table ? table(versionMetadata(each.version), m_columns, row(each, now)) : element(each);
}

std::string ReplayForm::event(EventKind kind, const StateRow &each, Moment now, bool isFirst) const
{
    if (m_kind != Kind::Table)
        return line(kind, element(each));
    return line(kind, table(versionMetadata(each.version), isFirst ? m_columns : std::string(), row(each, now)));
}

std::string ReplayForm::bookmark(std::string_view version) const
{
    std::string metadata = R"({"resourceVersion":)";
    appendQuoted(metadata, version);
    metadata += R"(,"creationTimestamp":null})";
    if (m_kind == Kind::Table)
        return line(EventKind::Bookmark, table(versionMetadata(version), {}, R"({"cells":[],"object":)" + partialObject(metadata) + "}"));
    if (m_kind == Kind::Metadata)
        return line(EventKind::Bookmark, partialObject(metadata));
    std::string object = R"({"kind":)";
    appendQuoted(object, m_kindName);
    object += R"(,"apiVersion":)";
    appendQuoted(object, m_apiVersion);
    return line(EventKind::Bookmark, object + R"(,"metadata":)" + metadata + "}");
}

std::string statusText(int code, std::string_view reason, std::string_view message)
{
    std::string out = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":)";
    appendQuoted(out, message);
    out += R"(,"reason":)";
    appendQuoted(out, reason);
    return out + R"(,"code":)" + std::to_string(code) + "}";
}

std::string goneLine()
{
    return R"({"type":"ERROR","object":)" + statusText(410, "Expired", "the recording was moved to another moment: list again") + "}\n";
}

std::string queryValue(const net::Request &request, std::string_view key)
{
    const auto found = std::find_if(request.query.begin(), request.query.end(), [key](const auto &entry) { return entry.first == key; });
    return found == request.query.end() ? std::string() : found->second;
}

} // namespace fairlead::recording
