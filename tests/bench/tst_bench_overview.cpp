// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/jobsworld.h"
#include "support/objectworld.h"

#include "base/platform/zonefile.h"
#include "kinds/findings/rules.h"
#include "kinds/material/collector.h"
#include "overview/figures.h"
#include "overview/findings.h"
#include "overview/overview.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace fairlead;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

constexpr int apps = 500;
constexpr int podsEach = 20;
constexpr int sick = 10; ///< apps whose pods crash

std::string number(int i)
{
    return std::to_string(i);
}

std::string pod(int app, int which)
{
    const bool bad = app < sick;
    const std::string name = "app-" + number(app) + "-5d8f-" + number(which);
    std::string status =
        bad ? "{`phase`:`Running`,`containerStatuses`:[{`name`:`a`,`ready`:false,`restartCount`:14,`state`:{`waiting`:{`reason`:`CrashLoopBackOff`,"
              "`message`:`back-off 5m0s`}},`lastState`:{`terminated`:{`exitCode`:137,`reason`:`OOMKilled`}}}],`conditions`:[{`type`:`Ready`,`status`:`False`}]}"
            : "{`phase`:`Running`,`containerStatuses`:[{`name`:`a`,`ready`:true,`restartCount`:0,`state`:{`running`:{`startedAt`:`2026-11-24T10:00:00Z`}}}],"
              "`conditions`:[{`type`:`Ready`,`status`:`True`}]}";
    return object(name,
        "`labels`:{`app`:`app-" + number(app) + "`},`ownerReferences`:[{`apiVersion`:`apps/v1`,`kind`:`ReplicaSet`,`name`:`app-" + number(app) +
            "-5d8f`,`uid`:`u-app-" + number(app) + "-5d8f`,`controller`:true}]",
        "`spec`:{`nodeName`:`node-" + number(which) +
            "`,`restartPolicy`:`Always`,`containers`:[{`name`:`a`,`image`:`shop/app:1`,`resources`:{`requests`:{`cpu`:`100m`,`memory`:"
            "`128Mi`},`limits`:{`memory`:`256Mi`}}}]},`status`:" +
            status);
}

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

} // namespace

/// What the Overview of a cluster of 10,000 pods costs: reading it, a round of figures and findings. Prints figures; asserts only counts.
class OverviewBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tenThousandPods()
    {
        ObjectWorld world;
        std::vector<std::string> pods;
        std::vector<std::string> sets;
        std::vector<std::string> deployments;
        for (int app = 0; app < apps; ++app) {
            for (int i = 0; i < podsEach; ++i)
                pods.push_back(pod(app, i));
            const std::string name = "app-" + number(app);
            const std::string ready = app < sick ? "0" : number(podsEach);
            sets.push_back(object(name + "-5d8f",
                "`ownerReferences`:[{`apiVersion`:`apps/v1`,`kind`:`Deployment`,`name`:`" + name + "`,`uid`:`u-" + name + "`,`controller`:true}]",
                "`spec`:{`replicas`:" + number(podsEach) + "},`status`:{`replicas`:" + number(podsEach) + ",`readyReplicas`:" + ready + "}"));
            deployments.push_back(object(name, "",
                "`spec`:{`replicas`:" + number(podsEach) + ",`selector`:{`matchLabels`:{`app`:`" + name +
                    "`}}},`status`:{`replicas`:" + number(podsEach) + ",`readyReplicas`:" + ready + ",`updatedReplicas`:" + number(podsEach) +
                    ",`availableReplicas`:" + ready + "}"));
        }
        const auto serve = [&world](const std::string &path, const std::vector<std::string> &objects) {
            world.server().on(net::Verb::List, path, answer(tableText(objects)));
            world.server().on(net::Verb::Watch, path, held());
        };
        serve("/api/v1/pods", pods);
        serve("/apis/apps/v1/replicasets", sets);
        serve("/apis/apps/v1/deployments", deployments);
        // All others: none.
        kube::OfferPtr offer;
        world.session().discovery().load().then(this, [&offer](Result<kube::OfferPtr> told) { offer = told.value_or(nullptr); });
        world.settle();
        QVERIFY(offer != nullptr);
        for (const kube::Resource &each : offer->resources) {
            if (each.id.resource != "pods" && each.id.resource != "replicasets" && each.id.resource != "deployments")
                serve((each.id.group.empty() ? "/api/" : "/apis/" + each.id.group + "/") + each.id.version + "/" + each.id.resource, {});
        }

        const double before = residentMegabytes();
        QElapsedTimer timer;
        timer.start();
        kinds::Collector collector(world.session(), kinds::diagnosedKinds(), kube::Scope::all(), kinds::Collector::Follow::Current);
        QSignalSpy settled(&collector, &kinds::Collector::settled);
        collector.start();
        QVERIFY(QTest::qWaitFor(
            [&] {
                world.settle();
                return !settled.isEmpty();
            },
            120'000));
        qInfo("10,000 pods, 500 workloads: bytes to rows with facts %lld ms; resident memory for them %.0f MB", timer.elapsed(),
            residentMegabytes() - before);

        const kinds::Material material = collector.material();
        std::vector<double> figures;
        std::vector<double> findings;
        std::size_t found = 0;
        for (int i = 0; i < 9; ++i) {
            QElapsedTimer round;
            round.start();
            QCOMPARE(overview::figuresOf(material).pods.total, std::int64_t(apps * podsEach));
            figures.push_back(double(round.nsecsElapsed()) / 1e6);
            round.restart();
            found = overview::findingsOf(material, platform::readZoneFile).size();
            findings.push_back(double(round.nsecsElapsed()) / 1e6);
        }
        std::sort(figures.begin(), figures.end());
        std::sort(findings.begin(), findings.end());
        QVERIFY(found >= std::size_t(sick));
        qInfo("a round on the pool: figures %.1f ms, findings %.1f ms (medians of 9), %zu findings", figures[4], findings[4], found);
    }
};

QTEST_GUILESS_MAIN(OverviewBench)
#include "tst_bench_overview.moc"
