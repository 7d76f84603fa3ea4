// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/metricslist.h"

#include <simdjson.h>

namespace fairlead::kube {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;

std::string text(const simdjson::simdjson_result<element> &value)
{
    std::string_view found;
    return value.get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
}

void takeUsage(const simdjson::simdjson_result<element> &usage, MetricsEntry &entry)
{
    element held;
    if (usage.get(held) == simdjson::SUCCESS)
        entry.usages.push_back({text(held["cpu"]), text(held["memory"])});
}

void take(const element &object, std::vector<MetricsEntry> &entries)
{
    MetricsEntry entry;
    entry.name = text(object["metadata"]["name"]);
    if (entry.name.empty())
        return;
    entry.space = text(object["metadata"]["namespace"]);
    entry.timestamp = text(object["timestamp"]);
    entry.window = text(object["window"]);
    array containers;
    if (object["containers"].get(containers) == simdjson::SUCCESS) {
        for (const element container : containers)
            takeUsage(container["usage"], entry);
    } else {
        takeUsage(object["usage"], entry);
    }
    entries.push_back(std::move(entry));
}

} // namespace

Result<std::vector<MetricsEntry>> decodeMetrics(std::string_view json)
{
    simdjson::dom::parser parser;
    element root;
    std::vector<MetricsEntry> entries;
    if (parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS) {
        const std::string kind = text(root["kind"]);
        array items;
        if (kind == "PodMetrics" || kind == "NodeMetrics") {
            take(root, entries);
            return entries;
        }
        if ((kind == "PodMetricsList" || kind == "NodeMetricsList") && root["items"].get(items) == simdjson::SUCCESS) {
            entries.reserve(items.size());
            for (const element each : items)
                take(each, entries);
            return entries;
        }
    }
    return failure({.code = Code::NotKubernetes,
        .message = "the answer of the metrics API could not be read: it is no list of metrics",
        .remedy = "Look at the APIService v1beta1.metrics.k8s.io and the service behind it."});
}

} // namespace fairlead::kube
