// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/destinationjson.h"

#include <QJsonArray>

#include <utility>

namespace fairlead::ui {

namespace {

// `newTab` is a wish of the moment, and a context has its own list of tabs: neither is kept.
constexpr std::pair<const char *, std::string Destination::*> texts[] = {{"page", &Destination::page}, {"kind", &Destination::kind},
    {"space", &Destination::space}, {"name", &Destination::name}, {"select", &Destination::select}, {"filter", &Destination::filter},
    {"states", &Destination::states}, {"view", &Destination::view}, {"tab", &Destination::tab}};

} // namespace

QJsonObject toJson(const Destination &destination)
{
    QJsonObject json;
    for (const auto &[key, member] : texts) {
        if (!(destination.*member).empty())
            json.insert(QLatin1String(key), QString::fromStdString(destination.*member));
    }
    return json;
}

Destination destinationOf(const QJsonObject &json)
{
    Destination destination;
    for (const auto &[key, member] : texts)
        destination.*member = json.value(QLatin1String(key)).toString().toStdString();
    return destination;
}

QJsonValue toJson(const kube::Scope &scope)
{
    QJsonArray names;
    for (const std::string &name : scope.namespaces)
        names.append(QString::fromStdString(name));
    return names;
}

std::optional<kube::Scope> scopeOf(const QJsonValue &json)
{
    if (!json.isArray())
        return std::nullopt;
    kube::Scope scope;
    for (const auto &name : json.toArray()) {
        if (!name.toString().isEmpty())
            scope.namespaces.insert(name.toString().toStdString());
    }
    return scope;
}

} // namespace fairlead::ui
