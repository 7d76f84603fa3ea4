// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/tableparts.h"

#include "recording/jsoncursor.h"
#include "recording/jsontext.h"

namespace fairlead::recording {
namespace {

using Token = JsonCursor::Token;

tl::unexpected<Error> notKubernetes(const char *what)
{
    return failure({.code = Code::NotKubernetes, .message = std::string("what the server sent ") + what});
}

} // namespace

Result<TableParts> TableParts::split(std::string_view json)
{
    TableParts parts;
    std::string kind;
    std::string_view metadata;
    std::string_view rows;
    std::string_view items;
    JsonCursor cursor(json);
    if (cursor.next() != Token::MapBegin)
        return notKubernetes("is no JSON object");
    while (cursor.next() == Token::Key) {
        const std::string key = unescaped(cursor.raw());
        cursor.next();
        if (key == "kind" && cursor.token() == Token::Text)
            kind = unescaped(cursor.raw());
        const std::string_view value = cursor.value();
        if (key == "metadata")
            metadata = value;
        else if (key == "columnDefinitions" && value.starts_with('['))
            parts.columns = value;
        else if (key == "rows")
            rows = value;
        else if (key == "items")
            items = value;
    }
    if (cursor.token() != Token::MapEnd || cursor.next() != Token::End)
        return notKubernetes("is no JSON, or was cut");
    if (!metadata.starts_with('{'))
        return notKubernetes("has no metadata");
    parts.isTable = kind == "Table";
    parts.version = textAt(metadata, {"resourceVersion"});
    parts.continueToken = textAt(metadata, {"continue"});
    if (parts.isTable)
        parts.rows = elementsOf(rows);
    else if (items.starts_with('[') || kind.ends_with("List"))
        parts.rows = elementsOf(items);
    else
        parts.rows = {json};
    return parts;
}

Result<WatchLine> splitWatchLine(std::string_view line)
{
    WatchLine out;
    JsonCursor cursor(line);
    if (cursor.next() != Token::MapBegin)
        return notKubernetes("is no watch event");
    while (cursor.next() == Token::Key) {
        const std::string key = unescaped(cursor.raw());
        cursor.next();
        if (key == "type" && cursor.token() == Token::Text)
            out.type = unescaped(cursor.raw());
        const std::string_view value = cursor.value();
        if (key == "object")
            out.object = value;
    }
    if (cursor.token() != Token::MapEnd || out.type.empty() || out.object.empty())
        return notKubernetes("is no watch event, or was cut");
    return out;
}

} // namespace fairlead::recording
