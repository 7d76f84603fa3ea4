// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/jobsworld.h"
#include "support/noclusters.h"
#include "support/objectworld.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/runcockpit.h"
#include "ui/jobs/timelineview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace fairlead::test {

/// One page of jobs above lists that a test writes. The server's clock says 2026-11-24T14:40:00Z when it answers.
class JobsStage {
public:
    static constexpr const char *cronJobs = "/apis/batch/v1/cronjobs";
    static constexpr const char *allJobs = "/apis/batch/v1/jobs";
    static constexpr const char *pods = "/api/v1/pods";

    explicit JobsStage(ui::Scheme scheme = ui::Scheme::Light)
        : theme(scheme)
        , context{theme, settings, clusters, world.cluster(), kube::Scope::all()}
    {
        theme.applyTo(*qApp);
    }

    void serve(const char *path, const std::vector<std::string> &objects)
    {
        world.server().on(net::Verb::List, path, answer(tableText(objects)));
        world.server().on(net::Verb::Watch, path, held());
    }
    ui::JobsPage &show(const ui::Destination &destination = {.page = "jobs"}, QSize size = {1068, 706})
    {
        page = std::make_unique<ui::JobsPage>(context, destination);
        QObject::connect(page.get(), &ui::Page::wanted, page.get(), [this](const ui::Destination &where) { wanted.push_back(where); });
        page->resize(size);
        page->show();
        QApplication::setActiveWindow(page.get());
        wait([this] { return page->isComplete(); });
        return *page;
    }
    template<typename Condition>
    bool wait(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                world.settle();
                return bool(condition());
            },
            20'000);
    }
    [[nodiscard]] ui::TimelineView &view() const { return *page->findChild<ui::TimelineView *>(); }
    [[nodiscard]] ui::RunCockpit &cockpit() const { return *page->findChild<ui::RunCockpit *>(); }
    [[nodiscard]] QString chosen() const { return view().chosenRun() ? QString::fromStdString(view().chosenRun()->name) : QString(); }

    // Objects, in the form of object(): ` for a quotation mark.

    /// Minutes before 14:40, as RFC 3339.
    static std::string ago(double minutes)
    {
        static const qint64 now = QDateTime::fromString(QStringLiteral("2026-11-24T14:40:00Z"), Qt::ISODate).toMSecsSinceEpoch();
        return QDateTime::fromMSecsSinceEpoch(now - qint64(minutes * 60'000), Qt::UTC).toString(Qt::ISODate).toStdString();
    }
    static std::string inSpace(std::string json, const std::string &space)
    {
        for (std::size_t at = json.find("`team-a`"); at != std::string::npos; at = json.find("`team-a`", at + 1))
            json.replace(at, 8, "`" + space + "`");
        return json;
    }
    static std::string cron(const std::string &space, const std::string &name, const std::string &schedule, const std::string &more = {})
    {
        std::string json = object(name, "", "`spec`:{`schedule`:`" + schedule + "`" + (more.empty() ? "" : "," + more) + "}");
        json.replace(json.find("`u-"), 3, "`c-"); // as ownedBy() names it
        return inSpace(json, space);
    }
    /// `cron`: empty: it stands alone.
    static std::string job(const std::string &space, const std::string &name, const std::string &cron, const std::string &status,
        const std::string &spec = "`completions`:1,`backoffLimit`:6")
    {
        std::string meta = cron.empty() ? "" : ownedBy(cron);
        // Due when it started, as the controller writes it.
        const std::string started = "`startTime`:`";
        if (const std::size_t at = status.find(started); !cron.empty() && at != std::string::npos)
            meta += ",`annotations`:{`batch.kubernetes.io/cronjob-scheduled-timestamp`:`" + status.substr(at + started.size(), 20) + "`}";
        return inSpace(object(name, meta, "`spec`:{" + spec + "},`status`:{" + status + "}"), space);
    }
    static std::string succeeded(double from, double to)
    {
        return "`startTime`:`" + ago(from) + "`,`completionTime`:`" + ago(to) + "`,`succeeded`:1,`conditions`:[{`type`:`Complete`,`status`:`True`}]";
    }
    static std::string failed(double from, double to, int tries = 7)
    {
        return "`startTime`:`" + ago(from) + "`,`failed`:" + std::to_string(tries) +
               ",`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`BackoffLimitExceeded`,`lastTransitionTime`:`" + ago(to) + "`}]";
    }
    static std::string running(double from) { return "`startTime`:`" + ago(from) + "`,`active`:1,`ready`:1"; }
    /// A pod of a job. `exit` below 0: it runs. `index` below 0: of no indexed job. Made half a minute before it started.
    static std::string pod(const std::string &space, const std::string &job, const std::string &name, double from, double to, int exit,
        int index = -1, const std::string &reason = "Error", int failures = 0)
    {
        std::string meta = "`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`Job`,`name`:`" + job + "`,`uid`:`u-" + job + "`,`controller`:true}]";
        if (index >= 0)
            meta += ",`annotations`:{`batch.kubernetes.io/job-completion-index`:`" + std::to_string(index) +
                    "`,`batch.kubernetes.io/job-index-failure-count`:`" + std::to_string(failures) + "`}";
        const std::string state = exit < 0 ? "`running`:{`startedAt`:`" + ago(from) + "`}"
                                           : "`terminated`:{`exitCode`:" + std::to_string(exit) + ",`reason`:`" + (exit == 0 ? "Completed" : reason) +
                                                 "`,`startedAt`:`" + ago(from) + "`,`finishedAt`:`" + ago(to) + "`}";
        std::string json = object(name, meta,
            "`spec`:{`nodeName`:`node-" + std::string(index % 2 == 0 ? "a" : "b") + "`},`status`:{`phase`:`" +
                (exit < 0       ? "Running"
                    : exit == 0 ? "Succeeded"
                                : "Failed") +
                "`,`containerStatuses`:[{`name`:`work`,`state`:{" + state + "}}]}");
        const std::string made = "2026-01-01T00:00:00Z";
        json.replace(json.find(made), made.size(), ago(from + 0.5));
        return inSpace(json, space);
    }
    /// The pod's own path, and what it wrote.
    void servePod(const std::string &space, const std::string &name, const std::string &json, const std::string &log)
    {
        const std::string path = "/api/v1/namespaces/" + space + "/pods";
        const auto isIt = [name](const net::Request &request) {
            return ScriptedTransport::queryValue(request, "fieldSelector").find(name) != std::string::npos;
        };
        world.server().on(net::Verb::List, path, isIt, [json](const net::Request &) { return answer(tableText({json})); });
        world.server().on(net::Verb::Watch, path, isIt, [](const net::Request &) { return held(); });
        world.server().on(net::Verb::Get, path + "/" + name + "/log", answer(log, 200, "text/plain"));
    }

    /// What makes pods, by the environment of its one container: `uses`, JSON of list entries.
    static std::string environment(const std::vector<std::string> &entries)
    {
        std::string all;
        for (const std::string &each : entries)
            all += (all.empty() ? "" : ",") + each;
        return "`containers`:[{`name`:`a`,`env`:[" + all + "]}]";
    }
    static std::string fromKey(const std::string &what, const std::string &name, const std::string &key)
    {
        return "{`name`:`V`,`valueFrom`:{`" + what + "KeyRef`:{`name`:`" + name + "`,`key`:`" + key + "`}}}";
    }
    static std::string deployment(const std::string &space, const std::string &name, const std::vector<std::string> &entries)
    {
        return inSpace(object(name, "", "`spec`:{`template`:{`spec`:{`restartPolicy`:`Always`," + environment(entries) + "}}},`status`:{}"), space);
    }
    static std::string cronUsing(
        const std::string &space, const std::string &name, const std::string &schedule, const std::vector<std::string> &entries)
    {
        return cron(space, name, schedule, "`jobTemplate`:{`spec`:{`template`:{`spec`:{`restartPolicy`:`Never`," + environment(entries) + "}}}}");
    }
    /// A pod that runs, without limits.
    static std::string unlimited(
        const std::string &space, const std::string &owner, const std::string &ownerKind, const std::string &name, const std::string &node)
    {
        return inSpace(
            object(name,
                "`ownerReferences`:[{`apiVersion`:`v1`,`kind`:`" + ownerKind + "`,`name`:`" + owner + "`,`uid`:`u-" + owner + "`,`controller`:true}]",
                "`spec`:{`nodeName`:`" + node + "`,`restartPolicy`:`" + (ownerKind == "Job" ? "Never" : "Always") +
                    "`,`containers`:[{`name`:`a`,`resources`:{}}]},`status`:{`phase`:`Running`}"),
            space);
    }
    void serveSmall();
    void serveRich();
    /// Jobs and services on the same databases, nodes and settings; or, not `together`, apart.
    void serveBeside(bool together);

    // The page goes before what it stands on.
    ui::Theme theme;
    Settings settings{QString()};
    NoClusters clusters;
    ObjectWorld world;
    ui::PageContext context;
    std::vector<ui::Destination> wanted;
    std::unique_ptr<ui::JobsPage> page;
};

/// A cron job that went well twice and runs, one whose last run failed, a job that stands alone.
inline void JobsStage::serveSmall()
{
    serve(cronJobs, {cron("team-a", "hourly", "*/10 * * * *"), cron("team-a", "nightly", "0 3 * * *")});
    serve(allJobs, {job("team-a", "hourly-1", "hourly", succeeded(30, 26)), job("team-a", "hourly-2", "hourly", succeeded(20, 14)),
                       job("team-a", "hourly-3", "hourly", running(2)), job("team-a", "nightly-1", "nightly", failed(35, 25)),
                       job("team-a", "alone", "", succeeded(10, 9))});
    serve(pods, {});
}

inline void JobsStage::serveBeside(bool together)
{
    const std::string orders = fromKey("secret", "orders-db", "url");
    const std::string users = fromKey("secret", "users-db", "url");
    const std::string zone = fromKey("configMap", "shop-settings", "time-zone");
    const std::string queue = "{`name`:`QUEUE`,`value`:`amqp://queue.shop.svc:5672`}";
    const auto some = [together](std::vector<std::string> entries) { return together ? std::move(entries) : std::vector<std::string>(); };
    serve("/apis/apps/v1/deployments",
        {deployment("shop", "checkout", {orders, queue}), deployment("shop", "cart", {orders, zone}), deployment("shop", "payments", {orders}),
            deployment("shop", "search", {users}), deployment("shop", "api", {orders, users, zone})});
    std::vector<std::string> crons = {cronUsing("shop", "db-backup", "0 0 * * *", some({orders})),
        cronUsing("shop", "etl-orders", "0 */2 * * *", some({orders})), cronUsing("shop", "nightly-report", "0 0 * * *", some({orders, users})),
        cronUsing("shop", "invoice-export", "0 * * * *", some({orders, queue})),
        cronUsing("shop", "loyalty-points", "30 0 * * *", some({orders, zone})),
        cronUsing("shop", "stock-import", "15 0,6,12,18 * * *", some({orders})), cronUsing("shop", "geo-index", "0 22 * * *", some({users}))};
    serve(cronJobs, crons);
    serve(allJobs, {job("shop", "invoice-export-1", "invoice-export", running(4)), job("shop", "etl-orders-1", "etl-orders", running(9))});
    const std::string apart = together ? "node-2" : "node-9";
    serve(pods, {unlimited("shop", "checkout-5d8f", "ReplicaSet", "checkout-5d8f-aaaaa", "node-2"),
                    unlimited("shop", "cart-79c4", "ReplicaSet", "cart-79c4-bbbbb", "node-2"),
                    unlimited("shop", "api-6b7d", "ReplicaSet", "api-6b7d-ccccc", "node-5"),
                    unlimited("shop", "invoice-export-1", "Job", "invoice-export-1-ddddd", apart),
                    unlimited("shop", "etl-orders-1", "Job", "etl-orders-1-eeeee", together ? "node-5" : "node-9")});
    serve("/api/v1/services", {inSpace(object("queue", "", "`spec`:{`selector`:{`app`:`queue`}}"), "shop")});
    for (const char *path : {"/apis/apps/v1/statefulsets", "/apis/apps/v1/daemonsets", "/apis/apps/v1/replicasets", "/api/v1/replicationcontrollers"})
        serve(path, {});
}

/// Of everything that the page can show something: four namespaces, overlaps, retries, an indexed job, suspended ones, hot minutes.
inline void JobsStage::serveRich()
{
    std::vector<std::string> crons = {cron("data", "db-backup", "0 14 * * *"), cron("data", "db-vacuum", "15 14 * * *"),
        cron("data", "etl-orders", "*/30 * * * *", "`concurrencyPolicy`:`Forbid`"), cron("data", "nightly-report", "0 13 * * *"),
        cron("ml", "feature-build", "0 15 * * *"), cron("platform", "cert-check", "0 * * * *"), cron("platform", "log-rotate", "0 * * * *"),
        cron("platform", "registry-gc", "30 1 * * *"), cron("platform", "smoke-test", "*/10 * * * *", "`suspend`:true"),
        cron("shop", "cart-cleanup", "*/10 * * * *"), cron("shop", "invoice-export", "*/15 * * * *"), cron("shop", "price-sync", "0 * * * *"),
        cron("shop", "stock-import", "20,50 * * * *", "`concurrencyPolicy`:`Replace`"), cron("shop", "loyalty-points", "10 0 * * *")};
    std::vector<std::string> all = {job("data", "db-backup-1", "db-backup", "`startTime`:`" + ago(40) + "`,`active`:1,`ready`:1,`succeeded`:7",
                                        "`completions`:12,`backoffLimit`:6"),
        job("data", "db-vacuum-1", "db-vacuum", running(25), "`completions`:1,`backoffLimit`:6,`activeDeadlineSeconds`:3600"),
        job("data", "nightly-report-1", "nightly-report", failed(100, 52, 3), "`completions`:1,`backoffLimit`:2"),
        job("ml", "thumbnail-reindex", "",
            "`startTime`:`" + ago(74) + "`,`active`:8,`ready`:8,`succeeded`:412,`failed`:35,`completedIndexes`:`0-316,318-412`,`failedIndexes`:`317`",
            "`completions`:600,`parallelism`:8,`completionMode`:`Indexed`,`backoffLimitPerIndex`:3,`activeDeadlineSeconds`:10800,"
            "`ttlSecondsAfterFinished`:86400")};
    const auto series = [&](const char *space, const char *name, double first, double step, double takes, double spread, int badAt) {
        int number = 0;
        for (double at = first; at > takes; at -= step, ++number) {
            const double length = takes + spread * ((number * 7) % 5 - 2) / 2;
            all.push_back(job(space, std::string(name) + "-" + std::to_string(number), name,
                number == badAt ? failed(at, at - length, 2) : succeeded(at, at - length), "`completions`:1,`backoffLimit`:1"));
        }
    };
    series("data", "etl-orders", 280, 60, 41, 8, -1);
    series("ml", "feature-build", 280, 300, 42, 0, -1);
    series("platform", "cert-check", 280, 60, 0.5, 0, -1);
    series("platform", "log-rotate", 280, 60, 5, 2, -1);
    series("platform", "smoke-test", 280, 10, 2, 0, 25);
    series("shop", "cart-cleanup", 290, 10, 1, 0.4, -1);
    series("shop", "invoice-export", 280, 15, 4, 2, 10);
    series("shop", "price-sync", 280, 60, 8, 2, 2);
    series("shop", "stock-import", 290, 30, 31, 3, -1);
    all.push_back(job("data", "etl-orders-now", "etl-orders", running(10)));
    all.push_back(
        job("shop", "invoice-export-now", "invoice-export", "`startTime`:`" + ago(10) + "`,`failed`:1", "`completions`:1,`backoffLimit`:3"));
    std::vector<std::string> some = {pod("data", "nightly-report-1", "nightly-report-1-aaaaa", 99, 94, 1),
        pod("data", "nightly-report-1", "nightly-report-1-bbbbb", 90, 82, 137, -1, "OOMKilled"),
        pod("data", "nightly-report-1", "nightly-report-1-ccccc", 76, 53, 1), pod("data", "db-vacuum-1", "db-vacuum-1-aaaaa", 24, 0, -1),
        pod("shop", "invoice-export-now", "invoice-export-now-aaaaa", 9.5, 0.5, 1),
        pod("ml", "thumbnail-reindex", "thumbnail-reindex-317-c", 22, 20.3, 42, 317, "Error", 2)};
    servePod("data", "nightly-report-1-ccccc", some[2],
        ago(54) + " reading 12 sources\n" + ago(53.6) + " WARN  source 7 answers slowly: 1.9 s\n" + ago(53.2) +
            " ERROR source 7: connection refused\n" + ago(53.1) + " \tat report.Source.read(Source.java:214)\n" + ago(53) + " giving up\n");
    servePod("ml", "thumbnail-reindex-317-c", some.back(),
        ago(22) + " worker 317: 1,204 images in shard\n" + ago(21.5) + " decoded 820 of 1,204\n" + ago(21) + " WARN  slow read 1.9 s\n" + ago(20.5) +
            " ERROR 317/0834.heic: unsupported codec\n" + ago(20.4) + " ERROR shard cannot succeed, exit 42\n");
    for (const int index : {317, 317, 12, 12, 40, 61, 61, 108, 145, 203, 299, 488}) {
        const std::string name = "thumbnail-reindex-" + std::to_string(index) + "-" + std::to_string(some.size());
        some.push_back(pod("ml", "thumbnail-reindex", name, 60 - index / 20.0, 58 - index / 20.0, index % 3 == 0 ? 137 : 1, index,
            index % 3 == 0 ? "OOMKilled" : "Error"));
    }
    for (int index = 405; index < 413; ++index)
        some.push_back(pod("ml", "thumbnail-reindex", "thumbnail-reindex-" + std::to_string(index) + "-d", 6, 4.5 - index % 3 / 4.0, 0, index));
    for (int index = 413; index < 421; ++index)
        some.push_back(pod("ml", "thumbnail-reindex", "thumbnail-reindex-" + std::to_string(index) + "-r", 3, 0, -1, index));
    serve(cronJobs, crons);
    serve(allJobs, all);
    serve(pods, some);
}

} // namespace fairlead::test
