// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scenarioworld.h"

#include "kinds/findings/rules.h"
#include "support/offerfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fairlead::test {

namespace {

const char *const spaces[] = {"team-a", "team-b", "shop", "kube-system", "default"};

std::string cellText(const QJsonValue &cell)
{
    const QString text = cell.isString()   ? cell.toString()
                         : cell.isDouble() ? QString::number(qint64(cell.toDouble()))
                         : cell.isBool()   ? (cell.toBool() ? QStringLiteral("true") : QStringLiteral("false"))
                                           : QString();
    // As it stands between quotation marks.
    const QByteArray json = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return json.mid(2, json.size() - 4).toStdString();
}

// By its columns, in words of this test.
bool isHealthy(const std::string &kind, const QJsonArray &cells)
{
    const auto whole = [](const QString &ratio) {
        const QStringList parts = ratio.split(QLatin1Char('/'));
        return parts.size() == 2 && parts[0] == parts[1] && parts[0] != QLatin1String("0");
    };
    if (kind == "pods")
        return cells[2].toString() == QLatin1String("Running") && whole(cells[1].toString());
    if (kind == "deployments.apps") // nor is it rolling out
        return whole(cells[1].toString()) && cells[1].toString().section(QLatin1Char('/'), 1) == QString::number(cells[2].toInt());
    if (kind == "statefulsets.apps")
        return whole(cells[1].toString());
    if (kind == "jobs.batch")
        return cells[1].toString() == QLatin1String("Complete");
    return kind == "nodes" || kind == "namespaces" || kind == "daemonsets.apps";
}

} // namespace

std::string replaced(std::string text, const std::string &from, const std::string &to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos)
        qFatal("there is no %s in %s", from.c_str(), text.c_str());
    return text.replace(at, from.size(), to);
}

ScenarioWorld::ScenarioWorld(Content content, const char *now)
    : m_server(now)
{
    for (const kinds::KindKey &key : kinds::diagnosedKinds())
        add(std::string(key.resource) + (key.group.empty() ? "" : "." + std::string(key.group)), content);
}

std::string ScenarioWorld::path(const std::string &kind, const std::string &space)
{
    static const kube::Offer offer = standardOffer();
    for (const kube::Resource &resource : offer.resources) {
        if (resource.preferred && resource.qualifiedName() == kind)
            return kube::collectionPath(resource.id, space);
    }
    qFatal("no such kind: %s", kind.c_str());
    return {};
}

void ScenarioWorld::add(const std::string &kind, Content content)
{
    const QJsonObject table = QJsonDocument::fromJson(QByteArray::fromStdString(fixture("kinds/" + kind + ".json"))).object();
    if (table.isEmpty())
        qFatal("no fixture of %s", kind.c_str());
    std::vector<std::string> columns;
    std::set<std::string> wide;
    for (const QJsonValue column : table.value(QLatin1String("columnDefinitions")).toArray()) {
        columns.push_back(column.toObject().value(QLatin1String("name")).toString().toStdString());
        if (column.toObject().value(QLatin1String("priority")).toInt() > 0)
            wide.insert(columns.back());
    }
    m_server.addCollection(path(kind), columns, wide);
    for (const char *space : spaces)
        m_server.addCollection(path(kind, space), columns, wide);
    for (const QJsonValue row : table.value(QLatin1String("rows")).toArray()) {
        const QJsonObject json = row.toObject().value(QLatin1String("object")).toObject();
        const QJsonObject meta = json.value(QLatin1String("metadata")).toObject();
        const std::string space = meta.value(QLatin1String("namespace")).toString().toStdString();
        if (content == Content::Healthy && !isHealthy(kind, row.toObject().value(QLatin1String("cells")).toArray()))
            continue;
        ObjectWorld::Object object;
        object.name = meta.value(QLatin1String("name")).toString().toStdString();
        object.uid = meta.value(QLatin1String("uid")).toString().toStdString();
        for (const QJsonValue cell : row.toObject().value(QLatin1String("cells")).toArray())
            object.cells.push_back(cellText(cell));
        object.json = QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
        m_server.addObject(path(kind), object);
        if (!space.empty())
            m_server.addObject(path(kind, space), object);
        m_objects[kind][space + "/" + object.name] = object;
    }
}

ObjectWorld::Object ScenarioWorld::object(const std::string &kind, const std::string &space, const std::string &name) const
{
    const auto found = m_objects.at(kind).find(space + "/" + name);
    if (found == m_objects.at(kind).end())
        qFatal("there is no %s %s/%s", kind.c_str(), space.c_str(), name.c_str());
    return found->second;
}

void ScenarioWorld::change(const std::string &kind, const std::string &space, const ObjectWorld::Object &object)
{
    m_objects[kind][space + "/" + object.name] = object;
    m_server.change(path(kind), object);
    if (!space.empty())
        m_server.change(path(kind, space), object);
}

void ScenarioWorld::remove(const std::string &kind, const std::string &space, const std::string &name)
{
    m_server.remove(path(kind), name);
    if (!space.empty())
        m_server.remove(path(kind, space), name);
}

void ScenarioWorld::refuse(const std::string &kind, int status, const std::string &reason, const std::string &message)
{
    m_server.refuse(path(kind), status, reason, message);
    for (const char *space : spaces)
        m_server.refuse(path(kind, space), status, reason, message);
}

} // namespace fairlead::test
