// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <string_view>

namespace fairlead::test {
namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

} // namespace

QJsonValue toJson(const yaml::Node &node)
{
    switch (node.kind()) {
    case yaml::Kind::Null:
        break;
    case yaml::Kind::Map: {
        QJsonObject object;
        for (const yaml::Entry &entry : node.entries())
            object.insert(text(entry.name), toJson(entry.value));
        return object;
    }
    case yaml::Kind::Sequence: {
        QJsonArray array;
        for (const yaml::Node &item : node.items())
            array.append(toJson(item));
        return array;
    }
    case yaml::Kind::Scalar: {
        const yaml::Value value = node.value();
        switch (value.type) {
        case yaml::Type::Null:
            break;
        case yaml::Type::Boolean:
            return value.boolean;
        case yaml::Type::Integer:
            return qint64(value.integer);
        case yaml::Type::Unsigned:
            return double(value.unsignedInteger);
        case yaml::Type::Float:
            return value.number;
        case yaml::Type::String:
            return text(value.string);
        }
    }
    }
    return QJsonValue::Null;
}

void write(yaml::YamlWriter &writer, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object: {
        writer.beginMap();
        const QJsonObject object = value.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry) {
            writer.key(entry.key().toStdString());
            write(writer, entry.value());
        }
        writer.endMap();
        break;
    }
    case QJsonValue::Array:
        writer.beginList();
        for (const QJsonValue &item : value.toArray())
            write(writer, item);
        writer.endList();
        break;
    case QJsonValue::String:
        writer.string(value.toString().toStdString());
        break;
    case QJsonValue::Bool:
        writer.boolean(value.toBool());
        break;
    case QJsonValue::Double: {
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        writer.number(list.mid(1, list.size() - 2).toStdString());
        break;
    }
    default:
        writer.null();
    }
}

} // namespace fairlead::test
