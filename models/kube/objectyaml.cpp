// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/objectyaml.h"

#include <algorithm>
#include <string>

namespace fairlead::kube {
namespace {

enum class Place { Object, Metadata, Elsewhere };

/// A key as it stands in a JSON pointer.
std::string pointerPart(std::string_view key)
{
    std::string part = "/";
    for (const char c : key)
        part += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return part;
}

class Giver {
public:
    Giver(yaml::YamlWriter &writer, ManagedFields managedFields, std::span<const std::string_view> masked)
        : m_writer(writer)
        , m_managedFields(managedFields)
        , m_masked(masked)
    {
    }

    void give(const Json &value, Place place, const std::string &path, bool mask)
    {
        switch (value.type()) {
        case Json::Type::Null:
            m_writer.null();
            return;
        case Json::Type::Boolean:
            m_writer.boolean(value.boolean());
            return;
        case Json::Type::Number:
            mask ? m_writer.string(maskText) : m_writer.number(value.text());
            return;
        case Json::Type::String:
            m_writer.string(mask ? maskText : value.text());
            return;
        case Json::Type::List:
            m_writer.beginList();
            for (const Json &element : value.list())
                give(element, Place::Elsewhere, path, mask);
            m_writer.endList();
            return;
        case Json::Type::Map:
            map(value, place, path, mask);
            return;
        }
    }

private:
    void map(const Json &value, Place place, const std::string &path, bool mask)
    {
        m_writer.beginMap();
        for (const auto &[key, member] : value.map()) {
            if (place == Place::Metadata && key == "managedFields" && m_managedFields == ManagedFields::LeftOut)
                continue;
            m_writer.key(key);
            // Paths are made only where something is to be masked.
            const std::string below = m_masked.empty() ? std::string() : path + pointerPart(key);
            const bool masked = mask || std::find(m_masked.begin(), m_masked.end(), below) != m_masked.end();
            give(member, place == Place::Object && key == "metadata" ? Place::Metadata : Place::Elsewhere, below, masked);
        }
        m_writer.endMap();
    }

    yaml::YamlWriter &m_writer;
    ManagedFields m_managedFields;
    std::span<const std::string_view> m_masked;
};

} // namespace

void giveObject(yaml::YamlWriter &writer, const Json &object, ManagedFields managedFields, std::span<const std::string_view> masked)
{
    Giver(writer, managedFields, masked).give(object, Place::Object, {}, false);
}

} // namespace fairlead::kube
