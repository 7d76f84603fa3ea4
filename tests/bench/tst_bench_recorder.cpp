// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to record: 10,000 pods of which 1,000 change each second, for two hours of such a cluster, fed as fast as it goes; and what it costs
// to find a moment of that file again. Figures are printed, in CPU time of this thread; what fails is memory that grows with the time, and a
// recorder that could not keep up.
#include "recording/reader.h"
#include "recording/recorder.h"
#include "support/good.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <ctime>
#include <random>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::recording;
using namespace std::chrono_literals;
using test::good;

namespace {

constexpr int pods = 10'000;
constexpr int eventsASecond = 1'000;
constexpr Moment start{std::chrono::milliseconds(1'767'323'200'000)};

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6 : 0;
}

double highestMegabytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1e3;
    }
    return 0;
}

/// A pod as a server tells it: two containers with thirteen variables each, labels, conditions; about 4 KB.
class Pods {
public:
    Pods()
    {
        for (int i = 0; i < pods; ++i)
            m_restarts.push_back(0);
    }
    [[nodiscard]] std::string row(int number, std::uint64_t version) const
    {
        const std::string name = "service-" + std::to_string(number % 300) + "-6f8d7b9c4d-" + std::to_string(10'000 + number);
        const int restarts = m_restarts[std::size_t(number)];
        std::string text = R"({"cells":[")" + name + R"(","2/2","Running",)" + std::to_string(restarts) + R"(,"3h","10.0.)" +
                           std::to_string(number / 250) + "." + std::to_string(number % 250) +
                           R"(","node-7","<none>","<none>"],"object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":")" + name +
                           R"(","namespace":"team-)" + std::to_string(number % 40) + R"(","uid":"7d1c4a52-0000-4000-8000-)" +
                           std::to_string(100'000'000'000 + number) + R"(","resourceVersion":")" + std::to_string(version) +
                           R"(","creationTimestamp":"2026-01-02T00:00:00Z","labels":{"app":"service-)" + std::to_string(number % 300) +
                           R"(","tier":"backend","release":"r1"}},"spec":{"nodeName":"node-7","containers":[)";
        for (const char *container : {"service", "proxy"}) {
            text += std::string(container[0] == 's' ? "" : ",") + R"({"name":")" + container + R"(","image":"registry.example.com/team/)" +
                    container + R"(:1.4.2","env":[)";
            for (int i = 0; i < 13; ++i)
                text += std::string(i > 0 ? "," : "") + R"({"name":"VARIABLE_)" + std::to_string(i) + R"(","value":"value-)" +
                        std::to_string(number) + "-" + std::to_string(i) + R"("})";
            text += R"(],"resources":{"requests":{"cpu":"10m","memory":"16Mi"}},"ports":[{"containerPort":8080,"protocol":"TCP"}]})";
        }
        text +=
            R"(]},"status":{"phase":"Running","podIP":"10.0.0.1","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-02T00:00:00Z"},)"
            R"({"type":"ContainersReady","status":"True","lastTransitionTime":"2026-01-02T00:00:00Z"}],"containerStatuses":[)";
        for (const char *container : {"service", "proxy"})
            text += std::string(container[0] == 's' ? "" : ",") + R"({"name":")" + container + R"(","ready":true,"restartCount":)" +
                    std::to_string(restarts) + R"(,"state":{"running":{"startedAt":"2026-01-02T00:00:00Z"}}})";
        return text + "]}}}";
    }
    [[nodiscard]] std::string page(std::uint64_t version) const
    {
        std::string text = head(version) + R"("columnDefinitions":[)";
        bool first = true;
        for (const char *column : {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node", "Nominated Node", "Readiness Gates"}) {
            text += std::string(first ? "" : ",") + R"({"name":")" + column + R"(","type":"string","format":"","description":"","priority":0})";
            first = false;
        }
        text += R"(],"rows":[)";
        for (int i = 0; i < pods; ++i)
            text += (i > 0 ? "," : "") + row(i, version);
        return text + "]}";
    }
    [[nodiscard]] std::string event(int number, std::uint64_t version)
    {
        ++m_restarts[std::size_t(number)];
        return R"({"type":"MODIFIED","object":)" + head(version) + R"("rows":[)" + row(number, version) + "]}}";
    }

private:
    [[nodiscard]] static std::string head(std::uint64_t version)
    {
        return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" + std::to_string(version) + R"("},)";
    }
    std::vector<int> m_restarts;
};

} // namespace

class RecorderBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hoursOfChanges();
};

void RecorderBench::hoursOfChanges()
{
    const int minutes = qEnvironmentVariableIsSet("FAIRLEAD_BENCH_MINUTES") ? qEnvironmentVariableIntValue("FAIRLEAD_BENCH_MINUTES") : 120;
    const int events = minutes * 60 * eventsASecond;
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("bench.flrec")).toStdString();
    Pods world;
    Recorder recorder(good(Writer::create(path, platform::File::Existing::Refuse, start, {{"context", "bench"}})));
    const auto stream = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, start));
    std::uint64_t version = 1000;
    recorder.beginList(stream);
    good(recorder.addPage(stream, world.page(version), start));
    good(recorder.endList(stream, start));
    std::mt19937 random(7);
    std::array<double, 10> resident{}; // after each tenth of the time
    double spent = 0;
    double longest = 0; // of one event
    std::uint64_t told = 0;
    for (int i = 0; i < events; ++i) {
        const std::string line = world.event(int(random() % pods), ++version);
        told += line.size();
        const Moment now = start + std::chrono::milliseconds(std::int64_t(i) * 1000 / eventsASecond);
        const double began = cpuSeconds();
        good(recorder.addEvent(stream, line, now));
        const double cost = cpuSeconds() - began;
        spent += cost;
        longest = std::max(longest, cost);
        if ((i + 1) % (events / 10) == 0)
            resident[std::size_t((i + 1) / (events / 10) - 1)] = residentMegabytes();
    }
    const double began = cpuSeconds();
    good(recorder.close());
    spent += cpuSeconds() - began;
    const double bytes = double(QFileInfo(QString::fromStdString(path)).size());
    qInfo("%d min of %d pods, %d changes/s: %.0f us of CPU an event, %.1f %% of a core; longest %.0f ms", minutes, pods, eventsASecond,
        spent / events * 1e6, spent / events * eventsASecond * 100, longest * 1e3);
    qInfo("file: %.1f MB for %.1f MB told, %.0f bytes an event, %.1f MB an hour", bytes / 1e6, double(told) / 1e6, bytes / events,
        bytes / minutes * 60 / 1e6);
    qInfo("resident after each tenth: %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f %.0f MB; highest %.0f MB", resident[0], resident[1], resident[2],
        resident[3], resident[4], resident[5], resident[6], resident[7], resident[8], resident[9], highestMegabytes());
    QVERIFY2(spent < events / double(eventsASecond), "one core cannot keep up");
    // Its rows, a block and the index: after the first tenth only the index grows.
    QVERIFY2(resident[9] - resident[0] < 0.1 * resident[0] + 20, "memory grows with the time");

    const double openBegan = cpuSeconds();
    auto reader = good(Reader::open(path));
    qInfo("opened in %.0f ms", (cpuSeconds() - openBegan) * 1e3);
    std::array<double, 21> found{};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double jump = cpuSeconds();
        const auto state = reader.state(*reader.find(StreamKind::Resource, {"", "v1", "pods"}),
            start + std::chrono::seconds(std::int64_t(minutes) * 60 * std::int64_t((i * 8) % found.size()) / std::int64_t(found.size())));
        QVERIFY(state.has_value() && state->rows().size() == std::size_t(pods));
        found[i] = (cpuSeconds() - jump) * 1e3;
    }
    std::sort(found.begin(), found.end());
    qInfo("a moment's 10,000 rows: median %.0f ms, longest %.0f ms", found[found.size() / 2], found.back());
}

QTEST_GUILESS_MAIN(RecorderBench)
#include "tst_bench_recorder.moc"
