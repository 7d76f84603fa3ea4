// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/table.h"

#include "base/age.h"
#include "kube/decode/rowbuilder.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include <simdjson.h>

namespace fairlead::kube {
namespace {

using namespace simdjson;

// Thrown within this file only: simdjson's checked access throws, and a table has some forty of them.
struct Malformed {
    std::string what;
};
struct Stopped {};

void lookAt(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw Stopped();
}

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration"; // a second copy of the object

std::string_view rawText(ondemand::value value)
{
    return to_json_string(value).value();
}

// Where one member of an object lies in the text, key and all.
struct Range {
    const char *begin = nullptr;
    const char *end = nullptr;
};

// Texts are wanted; a null or a number in a text's place counts as nothing: it must not cost the other rows.
std::string_view textOr(ondemand::value value, std::string_view otherwise = {})
{
    return value.type().value() == ondemand::json_type::string ? value.get_string().value() : otherwise;
}

void readPairs(ondemand::value value, RowBuilder &row, void (RowBuilder::*add)(std::string_view, std::string_view), std::string key)
{
    if (value.type().value() != ondemand::json_type::object)
        return;
    for (auto member : value.get_object()) {
        // The key's text may move when the value is unescaped into the same buffer: it is kept first.
        key.assign(member.unescaped_key().value());
        const std::string_view text = textOr(member.value().value());
        if (key != lastApplied)
            (row.*add)(key, text);
    }
}

void readOwners(ondemand::value value, RowBuilder &row)
{
    if (value.type().value() != ondemand::json_type::array)
        return;
    for (auto element : value.get_array()) {
        std::array<std::string, 4> texts;
        bool controller = false;
        for (auto member : element.get_object()) {
            const std::string_view key = member.unescaped_key().value();
            const int index = key == "apiVersion" ? 0 : key == "kind" ? 1 : key == "name" ? 2 : key == "uid" ? 3 : -1;
            const bool isController = key == "controller";
            auto held = member.value().value();
            if (index >= 0)
                texts[static_cast<std::size_t>(index)].assign(textOr(held));
            else if (isController && held.type().value() == ondemand::json_type::boolean)
                controller = held.get_bool().value();
        }
        row.addOwner({texts[0], texts[1], texts[2], texts[3], controller});
    }
}

// Returns where managedFields lie, so that a body can be kept without them.
Range readMetadata(ondemand::value value, RowBuilder &row)
{
    Range managed;
    if (value.type().value() != ondemand::json_type::object)
        return managed;
    for (auto member : value.get_object()) {
        const char *keyAt = member.key().value().raw() - 1; // at its quote
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        using Field = RowBuilder::Field;
        if (key == "name")
            row.set(Field::Name, textOr(held));
        else if (key == "namespace")
            row.set(Field::Space, textOr(held));
        else if (key == "uid")
            row.set(Field::Uid, textOr(held));
        else if (key == "resourceVersion")
            row.set(Field::Version, textOr(held));
        else if (key == "creationTimestamp")
            row.set(Field::Created, textOr(held));
        else if (key == "deletionTimestamp")
            row.set(Field::Deleted, textOr(held));
        else if (key == "generation" && held.type().value() == ondemand::json_type::number)
            row.setGeneration(static_cast<std::int64_t>(held.get_double().value()));
        else if (key == "labels")
            readPairs(held, row, &RowBuilder::addLabel, {});
        else if (key == "annotations")
            readPairs(held, row, &RowBuilder::addAnnotation, {});
        else if (key == "ownerReferences")
            readOwners(held, row);
        else if (key == "managedFields") {
            const std::string_view raw = rawText(held);
            managed = {keyAt, raw.data() + raw.size()};
        }
    }
    return managed;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// The text without one of its members, and without the comma that it leaves behind.
std::string without(std::string_view text, Range member)
{
    if (!member.begin)
        return std::string(text);
    const char *begin = member.begin;
    const char *end = member.end;
    const char *const textEnd = text.data() + text.size();
    // Braces that do not match let the parser end an object at one place when it counts and at another when it reads.
    if (begin < text.data() || begin > end || end > textEnd)
        throw Malformed{"has braces that do not match"};
    const char *after = end;
    while (after < textEnd && isBlank(*after))
        ++after;
    if (after < textEnd && *after == ',') {
        end = after + 1;
    } else {
        while (begin > text.data() && isBlank(begin[-1]))
            --begin;
        if (begin > text.data() && begin[-1] == ',')
            --begin;
    }
    std::string out;
    out.reserve(text.size());
    out.append(text.data(), begin).append(end, textEnd);
    return out;
}

constexpr std::string_view everyOne = "/*/";

bool isAbsent(error_code error)
{
    return error == NO_SUCH_FIELD || error == INDEX_OUT_OF_BOUNDS || error == INCORRECT_TYPE || error == INVALID_JSON_POINTER;
}

// "/spec/containers" and "/resources": a list with that member of each entry, null where one has none; empty where there is no list.
std::string everyOf(ondemand::object object, std::string_view list, std::string_view member)
{
    ondemand::value found;
    if (const error_code error = object.at_pointer(list).get(found); error != SUCCESS) {
        if (isAbsent(error))
            return {};
        throw simdjson_error(error);
    }
    if (found.type().value() != ondemand::json_type::array)
        return {};
    std::string out = "[";
    for (auto element : found.get_array()) {
        auto entry = element.value();
        out += out.size() > 1 ? "," : "";
        std::string_view text;
        if (entry.type().value() == ondemand::json_type::object) {
            ondemand::value held;
            const error_code error = entry.at_pointer(member).get(held);
            if (error == SUCCESS)
                text = rawText(held);
            else if (!isAbsent(error))
                throw simdjson_error(error);
        }
        out += text.empty() ? std::string_view("null") : text;
    }
    return out + "]";
}

// What the paths with "/+/" ask for, as one tree: an object is gone through once for all of them.
struct Gathering {
    std::string name; // of a member
    std::vector<Gathering> members;
    std::unique_ptr<Gathering> entries;
    std::vector<std::size_t> facts; // whose path ends here; others may go on

    void add(std::string_view path, std::size_t fact)
    {
        if (path.empty()) {
            facts.push_back(fact);
            return;
        }
        const std::size_t end = std::min(path.find('/', 1), path.size());
        const std::string_view part = path.substr(1, end - 1);
        if (part == "+") {
            if (!entries)
                entries = std::make_unique<Gathering>();
            entries->add(path.substr(end), fact);
            return;
        }
        auto found = std::find_if(members.begin(), members.end(), [part](const Gathering &each) { return each.name == part; });
        if (found == members.end()) {
            found = members.emplace(members.end());
            found->name = part;
        }
        found->add(path.substr(end), fact);
    }

    void take(std::string_view text, std::vector<std::string> &lists) const
    {
        for (const std::size_t fact : facts)
            (lists[fact] += lists[fact].empty() ? "[" : ",") += text;
    }

    void read(ondemand::value value, std::vector<std::string> &lists) const
    {
        const auto type = value.type().value();
        if (type == ondemand::json_type::object && !members.empty()) {
            ondemand::object object = value.get_object();
            if (!facts.empty()) {
                take(to_json_string(object).value(), lists);
                (void)object.reset().value(); // from its beginning once more
            }
            for (auto member : object) {
                const std::string_view key = member.unescaped_key().value();
                const auto found = std::find_if(members.begin(), members.end(), [key](const Gathering &each) { return each.name == key; });
                if (found != members.end())
                    found->read(member.value().value(), lists);
            }
        } else if (type == ondemand::json_type::array && entries) {
            ondemand::array array = value.get_array();
            if (!facts.empty()) {
                take(to_json_string(array).value(), lists);
                (void)array.reset().value();
            }
            for (auto element : array)
                entries->read(element.value(), lists);
        } else if (!facts.empty() && type != ondemand::json_type::null) {
            take(rawText(value), lists);
        }
    }
};

// A projection, and what of it is read together.
struct Wanted {
    explicit Wanted(const Projection &projection)
        : paths(projection)
    {
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (paths[i].find("/+/") != std::string::npos || paths[i].ends_with("/+"))
                gathering.add(paths[i], i);
        }
    }

    const Projection &paths;
    Gathering gathering;
};

void readFacts(ondemand::object object, RowBuilder &row, const Wanted &wanted)
{
    std::vector<std::string> lists(wanted.paths.size());
    if (!wanted.gathering.members.empty()) {
        object.reset();
        for (auto member : object) {
            const std::string_view key = member.unescaped_key().value();
            for (const Gathering &below : wanted.gathering.members) {
                if (below.name == key) {
                    below.read(member.value().value(), lists);
                    break;
                }
            }
        }
    }
    for (std::size_t i = 0; i < wanted.paths.size(); ++i) {
        const std::string &path = wanted.paths[i];
        if (path.find("/+/") != std::string::npos || path.ends_with("/+")) {
            row.addFact(lists[i].empty() ? std::string() : lists[i] + "]");
            continue;
        }
        object.reset();
        if (const auto star = path.find(everyOne); star != std::string::npos) {
            row.addFact(everyOf(object, std::string_view(path).substr(0, star), std::string_view(path).substr(star + everyOne.size() - 1)));
            continue;
        }
        ondemand::value found;
        const error_code error = object.at_pointer(path).get(found);
        if (error == SUCCESS)
            row.addFact(rawText(found));
        else if (isAbsent(error))
            row.addFact({});
        else
            throw simdjson_error(error); // after any other error the parser must not be asked again
    }
}

void readObject(ondemand::value value, RowBuilder &row, Detail detail, const Wanted &wanted)
{
    if (value.type().value() != ondemand::json_type::object)
        return;
    ondemand::object object = value.get_object();
    Range managed;
    for (auto member : object) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "metadata")
            managed = readMetadata(held, row);
        else if (key == "apiVersion" && detail >= Detail::Facts)
            row.set(RowBuilder::Field::ApiVersion, textOr(held));
        else if (key == "kind" && detail >= Detail::Facts)
            row.set(RowBuilder::Field::Kind, textOr(held));
    }
    if (detail < Detail::Facts)
        return;
    readFacts(object, row, wanted);
    if (detail == Detail::Whole) {
        object.reset();
        row.setBody(without(object.raw_json().value(), managed));
    }
}

CellType typeOfNumber(std::string_view digits)
{
    return digits.find_first_of(".eE") == std::string_view::npos ? CellType::Integer : CellType::Real;
}

void readCell(ondemand::value value, RowBuilder &row)
{
    switch (value.type().value()) {
    case ondemand::json_type::string:
        row.addCell(value.get_string().value(), CellType::Text);
        break;
    case ondemand::json_type::number: {
        std::string_view digits = rawText(value);
        while (!digits.empty() && isBlank(digits.back()))
            digits.remove_suffix(1);
        row.addCell(digits, typeOfNumber(digits));
        break;
    }
    case ondemand::json_type::boolean:
        row.addCell(value.get_bool().value() ? "true" : "false", CellType::Boolean);
        break;
    case ondemand::json_type::null:
        row.addCell({}, CellType::Null);
        break;
    default:
        row.addCell(rawText(value), CellType::Structure);
        break;
    }
}

std::vector<Column> readColumns(ondemand::value value)
{
    std::vector<Column> columns;
    if (value.type().value() != ondemand::json_type::array)
        return columns;
    for (auto element : value.get_array()) {
        Column column;
        for (auto member : element.get_object()) {
            const std::string key(member.unescaped_key().value());
            auto held = member.value().value();
            if (key == "name")
                column.name.assign(textOr(held));
            else if (key == "type")
                column.type.assign(textOr(held));
            else if (key == "format")
                column.format.assign(textOr(held));
            else if (key == "description")
                column.description.assign(textOr(held));
            else if (key == "priority" && held.type().value() == ondemand::json_type::number)
                column.priority = static_cast<int>(held.get_double().value());
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

Row readRow(ondemand::value value, std::size_t columnCount, Detail detail, const Wanted &wanted)
{
    RowBuilder row;
    for (auto member : value.get_object()) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "cells" && held.type().value() == ondemand::json_type::array) {
            for (auto cell : held.get_array())
                readCell(cell.value(), row);
        } else if (key == "object") {
            readObject(held, row, detail, wanted);
        }
    }
    return row.build(columnCount);
}

void readListMetadata(ondemand::value value, TablePage &page)
{
    if (value.type().value() != ondemand::json_type::object)
        return;
    for (auto member : value.get_object()) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "resourceVersion")
            page.version.assign(textOr(held));
        else if (key == "continue")
            page.continueToken.assign(textOr(held));
        else if (key == "remainingItemCount" && held.type().value() == ondemand::json_type::number)
            page.remaining = static_cast<std::int64_t>(held.get_double().value());
    }
}

TablePage readTable(ondemand::document &document, Detail detail, const Wanted &wanted, std::size_t knownColumns, const std::stop_token &stop)
{
    TablePage page;
    for (auto member : document.get_object()) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "metadata") {
            readListMetadata(held, page);
        } else if (key == "columnDefinitions") {
            page.columns = readColumns(held);
        } else if (key == "rows") {
            if (held.type().value() != ondemand::json_type::array)
                continue; // null: an empty list of some servers
            const std::size_t columns = page.columns.empty() ? knownColumns : page.columns.size();
            for (auto row : held.get_array()) {
                lookAt(stop);
                page.rows.push_back(readRow(row.value(), columns, detail, wanted));
            }
        }
    }
    return page;
}

// What an answer is, before it is read: a list of custom objects says its kind behind its items.
struct Shape {
    std::string kind;
    std::string apiVersion;
    bool isList = false;
    bool isObject = false;
};

Shape shapeOf(ondemand::document &document)
{
    Shape shape;
    for (auto member : document.get_object()) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "kind")
            shape.kind.assign(textOr(held));
        else if (key == "apiVersion")
            shape.apiVersion.assign(textOr(held));
        else if (key == "items")
            shape.isList = held.type().value() == ondemand::json_type::array;
        else if (key == "metadata")
            shape.isObject = held.type().value() == ondemand::json_type::object;
        if (shape.kind == "Table")
            break; // it needs no more, and may be long
    }
    document.rewind();
    return shape;
}

std::vector<Column> plainColumns()
{
    return {
        {.name = "Name", .type = "string", .format = "name", .description = {}}, {.name = "Age", .type = "string", .format = {}, .description = {}}};
}

// The entries of a list do not say their kind again; an object by itself does.
std::string withType(std::string body, const std::string &apiVersion, const std::string &kind)
{
    const auto isPlain = [](const std::string &text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127 && c != '"' && c != '\\'; });
    };
    if (!body.starts_with('{') || !isPlain(apiVersion) || !isPlain(kind))
        return body;
    const bool isEmpty = body.find_first_not_of(" \t\r\n", 1) == body.find('}');
    return R"({"apiVersion":")" + apiVersion + R"(","kind":")" + kind + (isEmpty ? "\"" : "\",") + body.substr(1);
}

Row readPlain(ondemand::value value, Detail detail, const Wanted &wanted, const Shape &list)
{
    using Field = RowBuilder::Field;
    std::string kind = list.kind;
    if (constexpr std::string_view ending = "List"; kind.ends_with(ending))
        kind.resize(kind.size() - ending.size());
    RowBuilder row;
    readObject(value, row, detail, wanted);
    if (detail >= Detail::Facts && row.text(Field::Kind).empty()) {
        row.set(Field::ApiVersion, list.apiVersion);
        row.set(Field::Kind, kind);
        row.setBody(withType(row.takeBody(), list.apiVersion, kind));
    }
    row.addCell(row.text(Field::Name), CellType::Text);
    const auto created = parseTime(row.text(Field::Created));
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    row.addCell(created ? formatAge(*created, now) : std::string("<unknown>"), CellType::Text);
    return row.build(plainColumns().size());
}

TablePage readPlainList(ondemand::document &document, Detail detail, const Wanted &wanted, const Shape &shape, const std::stop_token &stop)
{
    TablePage page;
    page.columns = plainColumns();
    page.isPlain = true;
    for (auto member : document.get_object()) {
        const std::string key(member.unescaped_key().value());
        auto held = member.value().value();
        if (key == "metadata") {
            readListMetadata(held, page);
        } else if (key == "items" && held.type().value() == ondemand::json_type::array) {
            for (auto item : held.get_array()) {
                lookAt(stop);
                auto object = item.value();
                if (object.type().value() != ondemand::json_type::object)
                    throw Malformed{"is a list of something that is no object"};
                page.rows.push_back(readPlain(object, detail, wanted, shape));
            }
        }
    }
    return page;
}

TablePage readAnswer(std::string_view json, Detail detail, const Projection &projection, std::size_t knownColumns, const std::stop_token &stop)
{
    lookAt(stop);
    const padded_string text(json);
    // On-demand reading trusts what it skips: on text that is no JSON it comes to different ends by different ways, or
    // crashes (fuzz corpus: damaged-*). The whole text is proven first; that pass is the cheaper of the two.
    {
        dom::parser proof;
        if (const error_code error = proof.parse(text).error())
            throw simdjson_error(error);
    }
    lookAt(stop);
    ondemand::parser parser;
    ondemand::document document = parser.iterate(text).value();
    if (document.type().value() != ondemand::json_type::object)
        throw Malformed{"is not a JSON object"};
    const Wanted wanted(projection);
    const Shape shape = shapeOf(document);
    if (shape.kind.empty())
        throw Malformed{"has no kind"};
    if (shape.kind == "Table")
        return readTable(document, detail, wanted, knownColumns, stop);
    if (shape.apiVersion.empty() || shape.kind == "Status" || !(shape.isList || shape.isObject))
        throw Malformed{"is a " + shape.kind + ", not a Table"};
    if (shape.isList)
        return readPlainList(document, detail, wanted, shape, stop);
    // One object: a list of it, so that there is one way to read them.
    const padded_string wrapped(R"({"items":[)" + std::string(json) + "]}");
    ondemand::document list = parser.iterate(wrapped).value();
    return readPlainList(list, detail, wanted, shape, stop);
}

} // namespace

Result<TablePage> decodeTable(
    std::string_view json, Detail detail, const Projection &projection, std::size_t knownColumns, const std::stop_token &stop)
{
    const auto broken = [](std::string what) {
        return failure({.code = Code::NotKubernetes,
            .message = "the server's answer " + std::move(what),
            .remedy = "Check that the address is that of a Kubernetes API server, and that no proxy in between changes its answers."});
    };
    try {
        return readAnswer(json, detail, projection, knownColumns, stop);
    } catch (const Stopped &) {
        return failure({.code = Code::Cancelled, .message = "nobody wants the rows any more"});
    } catch (const Malformed &malformed) {
        return broken(malformed.what);
    } catch (const simdjson_error &error) {
        return broken(std::string("cannot be read: ") + error.what());
    }
}

} // namespace fairlead::kube
