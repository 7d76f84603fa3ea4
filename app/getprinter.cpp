// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/getprinter.h"

#include "app/print/jsonprinter.h"
#include "app/print/terminaltext.h"
#include "kube/objectyaml.h"

#include <algorithm>
#include <utility>

namespace fairlead::app {
namespace {

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// "deployment.apps", "pod"
std::string kindOf(const kube::Resource &resource)
{
    return lowerCase(resource.id.group.empty() ? resource.kind : resource.kind + '.' + resource.id.group);
}

std::vector<const kube::Row *> rowsOf(const GetPart &part)
{
    std::vector<const kube::Row *> rows;
    rows.reserve(part.items.size() + part.page.rows.size());
    for (const kube::ItemPtr &item : part.items)
        rows.push_back(&item->meta());
    for (const kube::Row &row : part.page.rows)
        rows.push_back(&row);
    return rows;
}

template<typename Visit>
void forEachBody(const std::vector<GetPart> &parts, Visit visit)
{
    for (const GetPart &part : parts) {
        if (!part.answered)
            continue;
        for (const kube::ItemPtr &item : part.items)
            visit(item->body());
        if (!part.name.empty())
            visit(std::string_view(part.body));
    }
}

} // namespace

GetPrinter::GetPrinter(const Arguments &arguments, Output &output)
    : m_arguments(arguments)
    , m_output(output)
{
}

TableStyle GetPrinter::styleFor(const kube::Resource &resource, bool withKind) const
{
    return {.wide = m_arguments.format == Format::Wide,
        .withNamespace = m_arguments.allNamespaces && resource.namespaced,
        .headers = m_arguments.headers,
        .kindPrefix = withKind ? kindOf(resource) : std::string()};
}

void GetPrinter::print(const std::vector<GetPart> &parts, bool single)
{
    switch (m_arguments.format) {
    case Format::Table:
    case Format::Wide:
        printTables(parts);
        return;
    case Format::Name:
        printNames(parts);
        return;
    case Format::Json:
    case Format::Yaml:
        if (!single && m_arguments.format == Format::Yaml)
            printYamlList(parts);
        else if (!single)
            printJsonList(parts);
        else if (parts.front().answered)
            printDocument(parts.front().body);
        return;
    case Format::Calendar: // of other commands alone
        return;
    }
}

void GetPrinter::printTables(const std::vector<GetPart> &parts)
{
    // Empty tables count: whether names say their kind must not depend on what happens to be there.
    const GetPart *firstAnswered = nullptr;
    bool severalKinds = false;
    for (const GetPart &part : parts) {
        if (!part.answered)
            continue;
        if (!firstAnswered)
            firstAnswered = &part;
        severalKinds = severalKinds || part.resource.kind != firstAnswered->resource.kind ||
                       part.resource.id.group != firstAnswered->resource.id.group || part.resource.id.version != firstAnswered->resource.id.version;
    }

    // Neighbours of one kind share a table. kubectl prints the column NAMESPACE for all kinds behind the first that has
    // namespaces, empty for nodes and the like: who reads both outputs by columns finds the same ones.
    bool withNamespace = false;
    for (std::size_t begin = 0; begin < parts.size();) {
        std::vector<kube::Column> columns;
        std::vector<const kube::Row *> rows;
        std::size_t end = begin;
        for (; end < parts.size() && (!parts[end].answered || parts[end].resource.id == parts[begin].resource.id); ++end) {
            const auto more = rowsOf(parts[end]);
            rows.insert(rows.end(), more.begin(), more.end());
            if (columns.empty())
                columns = parts[end].columns;
        }
        if (end == begin)
            ++end;
        const bool separate = m_arguments.headers && !rows.empty() && m_output.wroteAnything();
        if (separate)
            m_output.write("\n");
        TableStyle style = styleFor(parts[begin].resource, severalKinds);
        withNamespace = withNamespace || (style.withNamespace && parts[begin].answered);
        style.withNamespace = withNamespace;
        TablePrinter(std::move(style)).print(m_output.buffer(), columns, rows);
        m_output.write({});
        begin = end;
    }
}

void GetPrinter::printNames(const std::vector<GetPart> &parts)
{
    for (const GetPart &part : parts) {
        for (const kube::Row *row : rowsOf(part))
            printName(part.resource, row->name());
    }
}

void GetPrinter::printName(const kube::Resource &resource, std::string_view name)
{
    m_output.write(kindOf(resource) + '/' + visible(name) + '\n');
}

void GetPrinter::printJsonList(const std::vector<GetPart> &parts)
{
    bool first = true;
    m_output.write("{\n    \"apiVersion\": \"v1\",\n    \"items\": [");
    forEachBody(parts, [&](std::string_view body) {
        m_output.write(first ? "\n        " : ",\n        ");
        first = false;
        if (const auto object = kube::Json::parse(body))
            appendObjectJson(m_output.buffer(), *object, 2);
        m_output.write({});
    });
    m_output.write(first ? "]" : "\n    ]");
    m_output.write(",\n    \"kind\": \"List\",\n    \"metadata\": {\n        \"resourceVersion\": \"\"\n    }\n}\n");
}

void GetPrinter::printYamlList(const std::vector<GetPart> &parts)
{
    // Whole, because where a long line is folded depends on how deep it stands.
    yaml::YamlWriter writer;
    writer.beginMap();
    writer.key("apiVersion");
    writer.string("v1");
    writer.key("items");
    writer.beginList();
    forEachBody(parts, [&writer](std::string_view body) {
        if (const auto object = kube::Json::parse(body))
            kube::giveObject(writer, *object);
    });
    writer.endList();
    writer.key("kind");
    writer.string("List");
    writer.key("metadata");
    writer.beginMap();
    writer.key("resourceVersion");
    writer.string("");
    writer.endMap();
    writer.endMap();
    m_output.write(writer.take());
}

void GetPrinter::printDocument(std::string_view json)
{
    const auto object = kube::Json::parse(json);
    if (!object)
        return; // it was decoded once already
    if (m_arguments.format == Format::Json) {
        appendObjectJson(m_output.buffer(), *object);
        m_output.write("\n");
        return;
    }
    if (std::exchange(m_printedDocument, true))
        m_output.write("---\n");
    yaml::YamlWriter writer;
    kube::giveObject(writer, *object);
    m_output.write(writer.take());
}

} // namespace fairlead::app
