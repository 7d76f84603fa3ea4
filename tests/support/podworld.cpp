// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/podworld.h"

#include <array>
#include <utility>

namespace fairlead::test {

std::string PodText::row() const
{
    std::string labelText;
    for (const auto &[key, value] : labels)
        labelText += (labelText.empty() ? "\"" : ",\"") + key + R"(":")" + value + '"';
    std::string text = R"({"cells":[")" + name + R"(",")" + ready + R"(",")" + status + R"(",")" + restarts + R"(",")" + age + R"(","10.0.0.7",")" +
                       node + R"("],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" + name +
                       R"(","namespace":")" + space + R"(","uid":")" + uid + R"(","resourceVersion":")" + version + R"(","labels":{)" + labelText +
                       "}";
    if (!created.empty())
        text += R"(,"creationTimestamp":")" + created + '"';
    if (!replicaSet.empty())
        text += R"(,"generateName":")" + replicaSet + R"(-","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":")" + replicaSet +
                R"(","uid":"r","controller":true}])";
    if (!job.empty())
        text += R"(,"ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":")" + job + R"(","uid":"j","controller":true}])";
    text += '}';
    if (!spec.empty())
        text += R"(,"spec":)" + spec;
    return text + "}}";
}

std::string podColumns()
{
    struct Column {
        const char *name, *type, *format;
        int priority;
    };
    constexpr std::array columns = {Column{"Name", "string", "name", 0}, Column{"Ready", "string", "", 0}, Column{"Status", "string", "", 0},
        Column{"Restarts", "string", "", 0}, Column{"Age", "string", "", 0}, Column{"IP", "string", "", 1}, Column{"Node", "string", "", 1}};
    std::string text;
    for (const Column &column : columns)
        text += std::string(text.empty() ? "[" : ",") + R"({"name":")" + column.name + R"(","type":")" + column.type + R"(","format":")" +
                column.format + R"(","description":"what )" + column.name + R"( says","priority":)" + std::to_string(column.priority) + "}";
    return text + "]";
}

static std::string table(const std::string &rows, const std::string &version, const std::string &columns)
{
    return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" + version + R"("},"columnDefinitions":)" + columns +
           R"(,"rows":[)" + rows + "]}";
}

std::string podsTable(const std::vector<PodText> &pods, const std::string &version)
{
    std::string rows;
    for (const PodText &pod : pods) {
        if (!rows.empty())
            rows += ',';
        rows += pod.row();
    }
    return table(rows, version, podColumns());
}

std::string podEvent(const std::string &type, const PodText &pod, const std::string &columns)
{
    return R"({"type":")" + type + R"(","object":)" + table(pod.row(), {}, columns) + "}\n";
}

kube::Resource podsResource()
{
    return {.id = {"", "v1", "pods"}, .kind = "Pod", .singular = "pod", .verbs = {"list", "watch"}, .namespaced = true, .preferred = true};
}

PodWorld::PodWorld(unsigned seed, int pods)
    : m_random(seed)
{
    for (int i = 0; i < pods; ++i)
        m_pods.push_back(make());
}

int PodWorld::below(int bound)
{
    return int(m_random() % unsigned(bound));
}

PodText PodWorld::make()
{
    PodText pod;
    pod.uid = "u" + std::to_string(++m_lastUid);
    pod.space = std::array{"team-a", "team-b", "team"}[std::size_t(below(3))];
    pod.replicaSet = std::array{"web-7d9f6c5b84", "api-58d7f9c6b", "batch-6c8d9b7f5c"}[std::size_t(below(3))];
    pod.name = pod.replicaSet + "-" + std::to_string(below(1000)) + "x" + std::to_string(m_lastUid);
    pod.labels = {{"app", pod.replicaSet.substr(0, 3)}};
    pod.created = "2024-12-" + std::to_string(10 + below(8)) + "T0" + std::to_string(below(10)) + ":00:00Z";
    pod.version = std::to_string(++m_version);
    shake(pod);
    return pod;
}

void PodWorld::shake(PodText &pod)
{
    switch (below(4)) {
    case 0:
        pod.status = std::array{"Running", "Pending", "CrashLoopBackOff", "Completed", "ContainerCreating", "Unknown"}[std::size_t(below(6))];
        break;
    case 1:
        pod.ready = std::to_string(below(3)) + "/2";
        break;
    case 2:
        pod.restarts = below(2) == 0 ? std::to_string(below(20)) : std::to_string(below(20)) + " (" + std::to_string(2 + below(50)) + "m ago)";
        break;
    default:
        pod.node = "node-" + std::to_string(below(12));
    }
}

std::string PodWorld::table()
{
    return podsTable(m_pods, std::to_string(m_version));
}

std::string PodWorld::step(int changes)
{
    std::string lines;
    for (int i = 0; i < changes; ++i) {
        const int dice = below(100);
        if (m_pods.empty() || dice < comes) {
            m_pods.push_back(make());
            lines += podEvent("ADDED", m_pods.back(), lines.empty() ? podColumns() : "null");
            continue;
        }
        PodText &pod = m_pods[std::size_t(below(int(m_pods.size())))];
        pod.version = std::to_string(++m_version);
        if (dice < comes + goes) {
            lines += podEvent("DELETED", pod, lines.empty() ? podColumns() : "null");
            std::swap(pod, m_pods.back());
            m_pods.pop_back();
        } else {
            shake(pod);
            lines += podEvent("MODIFIED", pod, lines.empty() ? podColumns() : "null");
        }
    }
    return lines;
}

} // namespace fairlead::test
