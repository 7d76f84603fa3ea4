// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/findingsworld.h"

#include "base/platform/zonefile.h"
#include "kinds/findings/rules.h"
#include "kinds/kinds.h"
#include "support/paths.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace fairlead::test {

using namespace kinds;

FindingsWorld::FindingsWorld(const char *now)
    : m_now(*parseTime(now))
{
}

void FindingsWorld::addScenario(const std::set<QString> &without)
{
    const QDir folder(QString::fromStdString(sourcePath("tests/fixtures/kinds")));
    for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("no fixture %s", qPrintable(name));
        if (without.count(name.chopped(5)) == 0)
            add(name.chopped(5).toStdString(), file.readAll().toStdString());
    }
}

void FindingsWorld::addRows(const std::string &resource, const std::string &columns, const std::vector<std::string> &rows)
{
    std::string table = "{`kind`:`Table`,`apiVersion`:`meta.k8s.io/v1`,`metadata`:{},`columnDefinitions`:[";
    std::string separator;
    for (const QString &column : QString::fromStdString(columns).split(u',')) {
        table += separator + "{`name`:`" + column.toStdString() + "`,`type`:`string`}";
        separator = ",";
    }
    table += "],`rows`:[";
    separator.clear();
    for (const std::string &row : rows) {
        table += separator + row;
        separator = ",";
    }
    table += "]}";
    std::replace(table.begin(), table.end(), '`', '"');
    add(resource, table);
}

void FindingsWorld::addObjects(const std::string &resource, const std::vector<std::string> &objects)
{
    std::vector<std::string> rows;
    for (const std::string &object : objects)
        rows.push_back("{`cells`:[``],`object`:" + object + "}");
    addRows(resource, "Name", rows);
}

std::vector<Finding> FindingsWorld::findings() const
{
    Inventory inventory(m_now, platform::readZoneFile);
    for (const Listed &each : m_lists) {
        std::vector<const kube::Row *> rows;
        for (const kube::Row &row : each.page.rows)
            rows.push_back(&row);
        inventory.add(*each.kind, each.page.columns, rows);
    }
    return diagnose(inventory);
}

QStringList FindingsWorld::lines() const
{
    QStringList out;
    for (const Finding &each : findings()) {
        const std::string where = each.object.space.empty() ? each.object.name : each.object.space + "/" + each.object.name;
        out.append(QString::fromStdString(
            std::string(name(each.severity)) + " " + std::string(each.id) + " " + each.object.kind + " " + where + ": " + each.reason));
    }
    return out;
}

void FindingsWorld::add(const std::string &resource, const std::string &json)
{
    const std::size_t dot = resource.find('.');
    const Kind &kind = kindOf(dot == std::string::npos ? "" : resource.substr(dot + 1), resource.substr(0, dot));
    auto page = kube::decodeTable(json, kube::Detail::Facts, kind.projection());
    if (!page)
        qFatal("%s", page.error().text().c_str());
    m_lists.push_back({&kind, std::move(*page)});
}

} // namespace fairlead::test
