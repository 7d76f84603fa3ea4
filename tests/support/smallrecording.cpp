// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/smallrecording.h"

#include "recording/recorder.h"
#include "support/good.h"
#include "support/paths.h"
#include "support/recordedworld.h"

#include <QFile>

namespace fairlead::test {
namespace {

using namespace recording;
using namespace std::chrono_literals;

std::string contentOf(const std::string &inside)
{
    QFile file(QString::fromStdString(sourcePath(inside)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

std::map<int, std::map<std::string, std::string>> SmallRecording::write() const
{
    std::map<int, std::map<std::string, std::string>> truth;
    RecordedWorld world(21, 30);
    Recorder recorder(good(Writer::create(path, platform::File::Existing::Replace, start, about)));
    const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    const std::string version = R"({"major":"1","minor":"34","gitVersion":"v1.34.4"})";
    good(recorder.addDocument("/version", "application/json", version, start));
    good(recorder.addDocument("/api", type, contentOf("tests/fixtures/discovery/aggregated-v2/api.json"), start));
    good(recorder.addDocument("/apis", type, contentOf("tests/fixtures/discovery/aggregated-v2/apis.json"), start));
    const auto pods = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, start));
    recorder.beginList(pods);
    good(recorder.addPage(pods, world.table(), start));
    good(recorder.endList(pods, start));
    const auto deployments = good(recorder.addResource({"apps", "v1", "deployments"}, "Deployment", true, start));
    recorder.beginList(deployments);
    good(recorder.addPage(deployments, contentOf("tests/fixtures/kinds/deployments.apps.json"), start));
    good(recorder.endList(deployments, start));
    truth[0] = world.truth();
    for (int second = 1; second <= seconds; ++second) {
        good(recorder.addEvent(pods, world.step(), start + second * 1s));
        truth[second] = world.truth();
    }
    good(isClosed ? recorder.close() : recorder.flush());
    return truth;
}

} // namespace fairlead::test
