// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/fields.h"

#include <utility>

namespace fairlead::kube {
namespace {

std::string kindForPeople(const yaml::Node &node)
{
    if (node.isMap())
        return "a map";
    if (node.isSequence())
        return "a list";
    switch (node.value().type) {
    case yaml::Type::Boolean:
        return "true or false";
    case yaml::Type::Integer:
    case yaml::Type::Unsigned:
    case yaml::Type::Float:
        return "a number";
    case yaml::Type::Null:
        return "nothing";
    case yaml::Type::String:
        break;
    }
    return "text";
}

} // namespace

Fields::Fields(const yaml::Document &document, const yaml::Node &map, std::string owner)
    : m_document(document)
    , m_entries(map.entries())
    , m_owner(std::move(owner))
{
}

yaml::Node Fields::node(std::string_view name) const
{
    for (const yaml::Entry &entry : m_entries) {
        if (entry.name == name)
            return entry.value;
    }
    return {};
}

Place Fields::place(std::string_view name) const
{
    for (const yaml::Entry &entry : m_entries) {
        if (entry.name == name)
            return m_document.place(entry.key);
    }
    return {.file = m_document.fileName()};
}

Result<Text> Fields::text(std::string_view name) const
{
    const yaml::Node found = node(name);
    if (found.isNull())
        return Text{{}, place(name)};
    yaml::Value value = found.value();
    if (!found.isScalar() || value.type != yaml::Type::String) {
        const bool scalar = found.isScalar();
        return failure(wrong(found, m_owner + ": \"" + std::string(name) + "\" must be text, but YAML reads " + kindForPeople(found),
            scalar ? "Put the value in quotes." : "Write one value after the colon."));
    }
    return Text{std::move(value.string), m_document.place(found)};
}

Result<bool> Fields::flag(std::string_view name) const
{
    const yaml::Node found = node(name);
    if (found.isNull())
        return false;
    const yaml::Value value = found.value();
    if (value.type != yaml::Type::Boolean)
        return failure(wrong(found, m_owner + ": \"" + std::string(name) + "\" must be true or false, but YAML reads " + kindForPeople(found),
            "Write true or false, without quotes."));
    return value.boolean;
}

Result<Text> Fields::bytes(std::string_view name) const
{
    Result<Text> encoded = text(name);
    if (!encoded || encoded->empty())
        return encoded;
    Result<std::string> bytes = yaml::decodeBase64(encoded->value);
    if (!bytes)
        return failure(wrong(node(name), m_owner + ": \"" + std::string(name) + "\": " + bytes.error().message, bytes.error().remedy));
    encoded->value = std::move(*bytes);
    return encoded;
}

Error Fields::wrong(const yaml::Node &node, std::string message, std::string remedy) const
{
    return {.code = Code::BadInput, .message = std::move(message), .remedy = std::move(remedy), .place = m_document.place(node)};
}

} // namespace fairlead::kube
