// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/yamlprinter.h"

#include <string>
#include <string_view>

namespace fairlead::app {
namespace {

enum class Place { Object, Metadata, Elsewhere };

// Readers of YAML 1.1 that keep to its letter take "1e+300" for a text: a number with an exponent needs a point and a sign.
std::string plainNumber(std::string_view digits)
{
    std::string out(digits);
    const std::size_t exponent = out.find_first_of("eE");
    if (exponent == std::string::npos)
        return out;
    if (out[exponent + 1] != '-' && out[exponent + 1] != '+')
        out.insert(exponent + 1, 1, '+');
    if (out.find('.') == std::string::npos)
        out.insert(exponent, ".0");
    return out;
}

void give(yaml::YamlWriter &writer, const kube::Json &value, Place place)
{
    switch (value.type()) {
    case kube::Json::Type::Null:
        writer.null();
        return;
    case kube::Json::Type::Boolean:
        writer.boolean(value.boolean());
        return;
    case kube::Json::Type::Number:
        writer.number(plainNumber(value.text()));
        return;
    case kube::Json::Type::String:
        writer.string(value.text());
        return;
    case kube::Json::Type::List:
        writer.beginList();
        for (const kube::Json &element : value.list())
            give(writer, element, Place::Elsewhere);
        writer.endList();
        return;
    case kube::Json::Type::Map:
        writer.beginMap();
        for (const auto &[key, member] : value.map()) {
            if (place == Place::Metadata && key == "managedFields")
                continue;
            writer.key(key);
            give(writer, member, place == Place::Object && key == "metadata" ? Place::Metadata : Place::Elsewhere);
        }
        writer.endMap();
        return;
    }
}

} // namespace

void giveObject(yaml::YamlWriter &writer, const kube::Json &object)
{
    give(writer, object, Place::Object);
}

} // namespace fairlead::app
