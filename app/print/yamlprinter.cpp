// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/yamlprinter.h"

namespace fairlead::app {
namespace {

enum class Place { Object, Metadata, Elsewhere };

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
        writer.number(value.text());
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
