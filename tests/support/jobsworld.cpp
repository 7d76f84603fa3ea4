// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/jobsworld.h"

#include "base/platform/zonefile.h"
#include "kinds/kinds.h"
#include "support/paths.h"

#include <QFile>
#include <QString>

#include <algorithm>

namespace fairlead::test {

namespace {

const kinds::Kind &kindOf(const std::string &resource)
{
    const std::size_t dot = resource.find('.');
    return kinds::kindOf(dot == std::string::npos ? "" : resource.substr(dot + 1), resource.substr(0, dot));
}

std::vector<kube::ItemPtr> decoded(const std::string &resource, const std::string &json)
{
    auto page = kube::decodeTable(json, kube::Detail::Facts, kindOf(resource).projection());
    if (!page)
        qFatal("%s", page.error().text().c_str());
    std::vector<kube::ItemPtr> items;
    kube::RowId id = 0;
    for (kube::Row &row : page->rows)
        items.push_back(std::make_shared<const kube::Item>(++id, std::move(row), Clock::TimePoint()));
    return items;
}

} // namespace

std::string tableText(const std::vector<std::string> &objects)
{
    std::string table =
        "{`kind`:`Table`,`apiVersion`:`meta.k8s.io/v1`,`metadata`:{`resourceVersion`:`7`},`columnDefinitions`:[{`name`:`Name`,`type`:`string`}],`rows`:[";
    std::string separator;
    for (const std::string &each : objects) {
        table += separator + "{`cells`:[``],`object`:" + each + "}";
        separator = ",";
    }
    table += "]}";
    std::replace(table.begin(), table.end(), '`', '"');
    return table;
}

std::vector<kube::ItemPtr> itemsOf(const std::string &resource, const std::vector<std::string> &objects)
{
    return decoded(resource, tableText(objects));
}

std::vector<kube::ItemPtr> recordedItems(const std::string &resource)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/kinds/" + resource + ".json")));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", resource.c_str());
    return decoded(resource, file.readAll().toStdString());
}

kinds::Facts factsOf(const std::string &resource, const kube::ItemPtr &item)
{
    return {kindOf(resource).facts, item->meta()};
}

jobs::Run runOf(const std::string &job)
{
    const auto items = itemsOf("jobs.batch", {job});
    return jobs::runOf(factsOf("jobs.batch", items.front()));
}

jobs::Attempt attemptOf(const std::string &pod)
{
    const auto items = itemsOf("pods", {pod});
    return jobs::attemptOf(factsOf("pods", items.front()));
}

jobs::CronPlan planOf(const std::string &cronJob)
{
    const auto items = itemsOf("cronjobs.batch", {cronJob});
    return jobs::cronPlanOf(factsOf("cronjobs.batch", items.front()), platform::readZoneFile);
}

jobs::Moment at(const char *time)
{
    return *kinds::parseTime(time);
}

std::string object(const std::string &name, const std::string &metadata, const std::string &rest)
{
    return "{`metadata`:{`name`:`" + name + "`,`namespace`:`team-a`,`uid`:`u-" + name + "`,`creationTimestamp`:`2026-01-01T00:00:00Z`" +
           (metadata.empty() ? "" : "," + metadata) + "}" + (rest.empty() ? "" : "," + rest) + "}";
}

std::string ownedBy(const std::string &cronJob)
{
    return "`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`CronJob`,`name`:`" + cronJob + "`,`uid`:`c-" + cronJob + "`,`controller`:true}]";
}

} // namespace fairlead::test
