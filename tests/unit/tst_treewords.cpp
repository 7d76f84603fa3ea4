// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/containers.h"
#include "kinds/kinds.h"
#include "kinds/selections.h"
#include "kinds/treekinds.h"
#include "kinds/treewords.h"
#include "kube/decode/table.h"
#include "support/offerfixture.h"

#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace fairlead;
using namespace fairlead::kinds;
using namespace fairlead::test;

namespace {

/// A graph of what a real server told of these resources, with facts.
struct Recorded {
    explicit Recorded(std::initializer_list<const char *> names)
    {
        for (const char *each : names) {
            const std::string name = each;
            const std::size_t dot = name.find('.');
            const Kind &kind = kindOf(dot == std::string::npos ? "" : name.substr(dot + 1), name.substr(0, dot));
            auto page = kube::decodeTable(fixture("kinds/" + name + ".json"), kube::Detail::Facts, kind.projection());
            if (!page)
                qFatal("%s", page.error().text().c_str());
            const std::size_t source = graph.addSource(kind);
            columns[source] = page->columns;
            kube::ChangeSet set;
            for (kube::Row &row : page->rows)
                set.added.push_back(std::make_shared<const kube::Item>(++last, std::move(row), Clock::TimePoint()));
            for (const kube::ItemPtr &item : set.added)
                uids[std::string(kind.id.kind) + " " + std::string(item->name())] = item->uid();
            (void)graph.apply(source, page->columns, set);
        }
    }

    [[nodiscard]] const OwnerNode &node(const std::string &name) const
    {
        const OwnerNode *found = uids.count(name) != 0 ? graph.node(uids.at(name)) : nullptr;
        if (!found)
            qFatal("no %s", name.c_str());
        return *found;
    }
    [[nodiscard]] std::string status(const std::string &name) const { return statusOf(node(name), columns.at(node(name).source)); }
    [[nodiscard]] std::string ready(const std::string &name) const { return readyOf(node(name), columns.at(node(name).source)); }

    OwnerGraph graph;
    std::map<std::size_t, std::vector<kube::Column>> columns;
    std::map<std::string, std::string> uids;
    kube::RowId last = 0;
};

kube::ItemPtr labelled(const std::string &uid, const std::string &space, const std::map<std::string, std::string> &labels)
{
    std::string text;
    for (const auto &[key, value] : labels)
        text += (text.empty() ? "\"" : ",\"") + key + R"(":")" + value + '"';
    auto page = kube::decodeTable(R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},"columnDefinitions":[],"rows":[
        {"cells":[],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"n","namespace":")" +
                                      space + R"(","uid":")" + uid + R"(","labels":{)" + text + "}}}}]}",
        kube::Detail::Meta, {});
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::make_shared<const kube::Item>(1, std::move(page->rows[0]), Clock::TimePoint());
}

} // namespace

class TreeWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kindsOfATree_data()
    {
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("above");
        QTest::addColumn<QString>("below");
        QTest::newRow("pods") << "pods"
                              << "cronjobs daemonsets deployments endpointslices ingresses jobs replicasets replicationcontrollers services "
                                 "statefulsets"
                              << "";
        QTest::newRow("deployments") << "deployments.apps"
                                     << ""
                                     << "pods replicasets";
        QTest::newRow("replica sets") << "replicasets.apps"
                                      << "deployments"
                                      << "pods";
        QTest::newRow("cron jobs") << "cronjobs.batch"
                                   << ""
                                   << "jobs pods";
        // Controller revisions say nothing of health.
        QTest::newRow("stateful sets") << "statefulsets.apps"
                                       << ""
                                       << "pods";
        QTest::newRow("services") << "services"
                                  << "ingresses"
                                  << "endpointslices pods";
        QTest::newRow("ingresses") << "ingresses.networking.k8s.io"
                                   << ""
                                   << "endpointslices pods services";
        QTest::newRow("config maps") << "configmaps"
                                     << ""
                                     << "";
        QTest::newRow("a kind of an operator")
            << "orders.shop.example.com"
            << ""
            << "cronjobs daemonsets deployments endpointslices jobs persistentvolumeclaims pods replicasets services "
               "statefulsets";
    }
    void kindsOfATree()
    {
        QFETCH(const QString, resource);
        QFETCH(const QString, above);
        QFETCH(const QString, below);
        const std::string name = resource.toStdString();
        const std::size_t dot = name.find('.');
        const std::string group = dot == std::string::npos ? "" : name.substr(dot + 1);
        const std::string plural = name.substr(0, dot);
        QStringList up;
        QStringList down;
        const auto kinds = treeKinds(group, plural);
        QVERIFY(kinds[0].part == TreePart::Own && kinds[0].key.resource == plural);
        for (const TreeKind &each : kinds) {
            if (each.part != TreePart::Own)
                (each.part == TreePart::Above ? up : down) << QString::fromStdString(std::string(each.key.resource));
        }
        up.sort();
        down.sort();
        QCOMPARE(up.join(u' '), above);
        QCOMPARE(down.join(u' '), below);
    }

    // The words of the recorded cluster, one for each case of trouble.
    void whatOwnersSay_data()
    {
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("ready");
        QTest::addColumn<QString>("status");
        QTest::newRow("out of memory") << "Deployment out-of-memory"
                                       << "0/1"
                                       << "app runs out of memory";
        QTest::newRow("crashes") << "Deployment crash-loop"
                                 << "0/1"
                                 << "app crashes with exit code 2";
        QTest::newRow("no image") << "Deployment no-such-image"
                                  << "0/1"
                                  << "app cannot pull its image";
        QTest::newRow("no room") << "Deployment too-big"
                                 << "0/2"
                                 << "2 of 2 pods fit on no node";
        QTest::newRow("not ready") << "Deployment unready"
                                   << "0/2"
                                   << "2 of 2 pods: app is not ready";
        QTest::newRow("stuck") << "Deployment rollout-stuck"
                               << "2/2"
                               << "The roll-out is stuck";
        QTest::newRow("rolling out") << "Deployment rollout-slow"
                                     << "4/3"
                                     << "Rolling out";
        QTest::newRow("off") << "Deployment idle"
                             << "0/0"
                             << "Scaled to zero";
        QTest::newRow("paused") << "Deployment paused"
                                << "0/1"
                                << "Paused";
        QTest::newRow("well") << "Deployment web"
                              << "3/3"
                              << "Healthy";
        QTest::newRow("one without room") << "StatefulSet db"
                                          << "0/2"
                                          << "Its pod fits on no node";
        QTest::newRow("no node for it") << "DaemonSet gpu-agent"
                                        << "0/0"
                                        << "No node for it";
        QTest::newRow("complete") << "Job import-done"
                                  << "1/1"
                                  << "Complete in 9s";
        QTest::newRow("failed") << "Job import-failed"
                                << "0/1"
                                << "Failed after 17s: no attempt is left";
        QTest::newRow("too slow") << "Job import-too-slow"
                                  << "0/1"
                                  << "Failed after 9s: it took longer than it may";
        QTest::newRow("indexes") << "Job shards"
                                 << "4/6"
                                 << "Failed after 13s: some of its indexes failed";
        QTest::newRow("suspended") << "Job import-suspended"
                                   << "0/1"
                                   << "Suspended";
        QTest::newRow("last run complete") << "CronJob every-minute"
                                           << ""
                                           << "Last run complete in 4s";
        QTest::newRow("last run failed") << "CronJob every-minute-failing"
                                         << ""
                                         << "Last run failed after 4s: no attempt is left";
        QTest::newRow("never ran") << "CronJob nightly"
                                   << ""
                                   << "Has not run yet";
        QTest::newRow("switched off") << "CronJob paused"
                                      << ""
                                      << "Suspended";
        QTest::newRow("a pod says what the server says") << "Pod half-broken"
                                                         << "1/2"
                                                         << "CrashLoopBackOff";
        // Its deployment tells of the pods; itself only which one it is.
        QTest::newRow("new") << "ReplicaSet rollout-slow-64c99fb8c9"
                             << "1/1"
                             << "New";
        QTest::newRow("old") << "ReplicaSet rollout-slow-6c854b9dd8"
                             << "3/3"
                             << "Old, going away";
        QTest::newRow("the only one") << "ReplicaSet web-b68cdd68d"
                                      << "3/3"
                                      << "";
        QTest::newRow("spent") << "ReplicaSet idle-755bb7756f"
                               << "0/0"
                               << "Scaled to zero, kept for undo";
        QTest::newRow("of nobody") << "ReplicaSet orphan"
                                   << "1/1"
                                   << "Healthy";
    }
    void whatOwnersSay()
    {
        QFETCH(const QString, object);
        QFETCH(const QString, ready);
        QFETCH(const QString, status);
        static const Recorded recorded{
            "pods", "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch"};
        QCOMPARE(QString::fromStdString(recorded.ready(object.toStdString())), ready);
        QCOMPARE(QString::fromStdString(recorded.status(object.toStdString())), status);
    }

    void severalOnTheWay()
    {
        const Recorded recorded{"pods", "deployments.apps", "replicasets.apps"};
        const auto rolling = [&recorded](const std::string &name) {
            OwnerNode node = recorded.node(name);
            node.health = Health::Progressing;
            return statusOf(node, recorded.columns.at(node.source));
        };
        QCOMPARE(rolling("Deployment unready"), std::string("Rolling out; 2 pods: app is not ready"));
        QCOMPARE(rolling("Deployment too-big"), std::string("Rolling out; 2 fit on no node"));
        QCOMPARE(rolling("Deployment no-such-image"), std::string("Rolling out; 1 cannot pull its image"));
    }

    void smallWords()
    {
        const Recorded recorded{"replicasets.apps", "jobs.batch", "cronjobs.batch", "services"};
        const auto aside = [&recorded](const std::string &name) { return asideOf(recorded.node(name)).text; };
        QCOMPARE(aside("ReplicaSet web-b68cdd68d"), std::string("revision 1"));
        QCOMPARE(aside("CronJob nightly"), std::string("30 3 * * 1-5 Europe/Vienna"));
        QCOMPARE(aside("CronJob paused"), std::string("*/5 * * * *"));
        QCOMPARE(aside("Service api"), std::string("10.96.75.146:8080,9090"));
        QCOMPARE(aside("Service cache"), std::string("headless:6379"));
        QCOMPARE(aside("Service elsewhere"), std::string("external name"));
        QCOMPARE(asideOf(recorded.node("Job every-minute-29925772")).at, parseTime("2026-11-24T18:52:00Z"));
        QVERIFY(!asideOf(recorded.node("Job import-done")).at);
    }

    void containersInWords_data()
    {
        QTest::addColumn<QString>("pod");
        QTest::addColumn<QString>("containers");
        QTest::newRow("crashing") << "Pod half-broken"
                                  << "broken: Error, exit 1; next try within 5m0s / fine: Running";
        QTest::newRow("init") << "Pod init-failing"
                              << "init fine: Completed / init migrate: Error, exit 1; next try within 5m0s / app: PodInitializing";
        QTest::newRow("secret key") << "Pod missing-secret-key"
                                    << "app: CreateContainerConfigError";
        QTest::newRow("no program") << "Pod no-such-program"
                                    << "app: StartError, exit 128";
        QTest::newRow("done") << "Pod one-shot"
                              << "shell: Completed";
        QTest::newRow("not taken by a node") << "Pod wants-a-gpu-node"
                                             << "";
    }
    void containersInWords()
    {
        QFETCH(const QString, pod);
        QFETCH(const QString, containers);
        static const Recorded recorded{"pods"};
        const OwnerNode &node = recorded.node(pod.toStdString());
        QStringList words;
        for (const Container &each : containersOf(Facts(node.kind->facts, node.item->meta())))
            words << QString::fromStdString((each.role == Container::Role::Init ? "init " : "") + each.name + ": " + each.words());
        QCOMPARE(words.join(QStringLiteral(" / ")), containers);
    }

    // Two of three pods are two of three, whatever stands between; who has nothing below it speaks for itself.
    void ownersCountWhatDoesTheWork()
    {
        const Recorded recorded{"pods", "deployments.apps", "replicasets.apps", "jobs.batch", "cronjobs.batch"};
        const auto below = [&recorded](const std::string &name, Health health) { return recorded.node(name).below.count(health); };
        QCOMPARE(below("Deployment web", Health::Healthy), 2U); // its replica set is not counted; the third pod was not recorded
        QCOMPARE(below("Deployment idle", Health::Idle), 0U);   // a spent replica set is nobody's trouble
        QCOMPARE(below("CronJob every-minute", Health::Idle), 2U);
        QCOMPARE(below("CronJob every-minute", Health::Healthy), 0U);        // its jobs are not counted, for their pods are here
        QCOMPARE(below("CronJob every-minute-failing", Health::Failed), 1U); // this one's pods are gone: the job itself
        QVERIFY(isSpent(recorded.node("ReplicaSet idle-755bb7756f")));
        QVERIFY(!isSpent(recorded.node("ReplicaSet web-b68cdd68d")));
        QVERIFY(!isSpent(recorded.node("Deployment idle"))); // at the top it is no leftover
    }

    void aShapeForTheTree_data()
    {
        QTest::addColumn<int>("own");
        QTest::addColumn<QList<int>>("below");
        QTest::addColumn<int>("shown");
        constexpr int none = -1;
        constexpr int failed = int(Health::Failed);
        constexpr int progressing = int(Health::Progressing);
        QTest::newRow("a pod fails") << int(Health::Degraded) << QList{failed} << failed;
        QTest::newRow("an attempt has failed") << int(Health::Healthy) << QList{failed} << int(Health::Healthy);
        QTest::newRow("rolling out") << progressing << QList{failed, failed, progressing} << progressing;
        QTest::newRow("rolling out beside those of before") << progressing << QList{failed, int(Health::Healthy)} << progressing;
        QTest::newRow("rolling out, and every pod fails") << progressing << QList{failed, failed} << failed;
        QTest::newRow("rolling out, without a pod yet") << progressing << QList<int>() << progressing;
        QTest::newRow("without a health") << none << QList{int(Health::Degraded)} << int(Health::Degraded);
        QTest::newRow("nothing below") << failed << QList<int>() << failed;
        QTest::newRow("nothing at all") << none << QList<int>() << none;
    }
    void aShapeForTheTree()
    {
        QFETCH(const int, own);
        QFETCH(const QList<int>, below);
        QFETCH(const int, shown);
        HealthCounts counts;
        for (const int each : below)
            ++counts.of[std::size_t(each)];
        const auto health = treeHealth(own < 0 ? std::nullopt : std::optional(Health(own)), counts);
        QCOMPARE(health ? int(*health) : -1, shown);
    }

    void aServiceSaysWhoAnswers()
    {
        QCOMPARE(selectedStatus({.asks = true, .all = 3, .ready = 2}), std::string("2 of 3 pods take traffic"));
        QCOMPARE(selectedHealth({.asks = true, .all = 3, .ready = 2}), Health::Degraded);
        QCOMPARE(selectedStatus({.asks = true, .all = 2, .ready = 0}), std::string("None of 2 pods takes traffic"));
        QCOMPARE(selectedHealth({.asks = true, .all = 2, .ready = 0}), Health::Failed);
        QCOMPARE(selectedStatus({.asks = true, .all = 0, .ready = 0}), std::string("No pod has its labels"));
        QCOMPARE(selectedHealth({.asks = true, .all = 0, .ready = 0}), Health::Degraded);
        QCOMPARE(selectedHealth({.asks = true, .all = 2, .ready = 2}), Health::Healthy);
        QCOMPARE(selectedHealth({}), Health::Idle);
    }

    // Against asking everyone about everyone.
    void randomSelectionsAreAsIfAskedAnew()
    {
        const unsigned seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? qEnvironmentVariable("FAIRLEAD_SEED").toUInt() : std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
        Selections selections;
        std::map<std::string, kube::ItemPtr> members;
        std::map<std::string, std::pair<std::string, std::optional<Labels>>> selectors;
        std::set<std::pair<std::string, std::string>> told;
        for (int step = 0; step < 3000; ++step) {
            const std::string space = below(2) == 0 ? "a" : "b";
            const std::string member = "m" + std::to_string(below(12));
            const std::string selector = "s" + std::to_string(below(6));
            switch (below(5)) {
            case 0:
                selections.remove(member);
                members.erase(member);
                break;
            case 1:
                selections.remove(selector);
                selectors.erase(selector);
                break;
            case 2: {
                std::optional<Labels> labels;
                if (below(4) != 0) {
                    labels.emplace();
                    for (const char *key : {"app", "tier"}) {
                        if (below(2) == 0)
                            labels->emplace_back(key, std::to_string(below(3)));
                    }
                }
                selectors[selector] = {space, labels};
                selections.putSelector(selector, space, labels);
                break;
            }
            default: {
                // An object keeps its namespace.
                const std::string own = members.count(member) != 0 ? std::string(members[member]->space()) : space;
                members[member] = labelled(member, own, {{"app", std::to_string(below(3))}, {"tier", std::to_string(below(3))}});
                selections.putMember(members[member]);
            }
            }
            if (below(3) == 0)
                continue; // several before they are taken
            for (const Selections::Change &each : selections.takeChanges()) {
                if (each.selected)
                    QVERIFY(told.insert({each.selector, each.member}).second);
                else
                    QCOMPARE(told.erase({each.selector, each.member}), std::size_t(1));
            }
            std::set<std::pair<std::string, std::string>> asked;
            for (const auto &[uid, is] : selectors) {
                for (const auto &[name, item] : members) {
                    if (is.second && is.first == item->space() && selects(*is.second, item->meta()))
                        asked.insert({uid, name});
                }
            }
            QCOMPARE(told, asked);
            for (const auto &[name, item] : members)
                QCOMPARE(selections.selectorsOf(name).size(),
                    std::size_t(std::count_if(asked.begin(), asked.end(), [&name = name](const auto &pair) { return pair.second == name; })));
        }
    }
};

QTEST_GUILESS_MAIN(TreeWordsTest)
#include "tst_treewords.moc"
