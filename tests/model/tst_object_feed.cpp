// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/eventmodel.h"
#include "items/objectfeed.h"
#include "items/relatedfeed.h"
#include "items/yamlpage.h"
#include "support/objectworld.h"

#include "kinds/kinds.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace fairlead;
using namespace fairlead::items;
using test::ObjectWorld;

namespace {

const std::string pods = "/api/v1/namespaces/payments/pods";
const std::string events = "/api/v1/namespaces/payments/events";
const char *podName = "payments-api-7d9f6c5b84-x2k4q";

kube::Resource resource(const char *group, const char *plural, const char *kind)
{
    return {.id = {group, "v1", plural}, .kind = kind, .singular = {}, .verbs = {"get"}, .namespaced = true, .preferred = true};
}

ObjectWorld::Object withText(ObjectWorld::Object object, const std::string &from, const std::string &to)
{
    const std::size_t at = object.json.find(from);
    if (at == std::string::npos)
        qFatal("the world has no %s", from.c_str());
    object.json.replace(at, from.size(), to);
    return object;
}

ObjectWorld::Object anEvent(int number, int second, int count, const char *type = "Normal")
{
    const std::string name = "e" + std::to_string(number);
    const std::string seconds = std::string(second < 10 ? "0" : "") + std::to_string(second);
    return {name,
        {"1s", type, "Reason" + std::to_string(number), "pod/x", "", "kubelet", "message " + std::to_string(number), "4h", std::to_string(count),
            name},
        "{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"payments\",\"uid\":\"u-" + name +
            "\",\"resourceVersion\":\"" + std::to_string(1000 + count) + "\"},\"involvedObject\":{\"uid\":\"u-x\",\"of\":true},\"type\":\"" + type +
            "\",\"reason\":\"Reason" + std::to_string(number) + "\",\"lastTimestamp\":\"2026-11-24T14:39:" + seconds + "Z\"}"};
}

std::string rows(const EventModel &model)
{
    std::string text;
    for (int row = 0; row < model.rowCount(); ++row)
        text += model.index(row, EventModel::Reason).data().toString().toStdString() + ";";
    return text;
}

std::string related(const RelatedFeed &feed)
{
    static const char *how[] = {"owner", "owned", "user", "used", "chosen"};
    static const char *known[] = {"?", "there", "missing", "unknown"};
    std::string text;
    for (const Related &each : feed.all())
        text += std::string(how[int(each.how)]) + (each.how == Related::How::Owner ? std::to_string(each.depth) : "") + " " + each.reference.kind +
                " " + each.reference.name + " " + known[int(each.known)] + (each.word.empty() ? "" : " ") + each.word + "; ";
    return text;
}

// Of the styles, the one of each first byte of `part`.
YamlStyle styleOf(const YamlPage &page, const std::string &part)
{
    return YamlStyle(page.styles[page.shown.find(part)]);
}

std::string folds(const YamlPage &page)
{
    std::string text;
    for (const YamlFold &each : page.folds)
        text += std::to_string(each.line) + "-" + std::to_string(each.last) + " " + each.text + "; ";
    return text;
}

YamlPage paged(const std::string &json, const YamlWish &wish = {}, const kinds::Kind &kind = kinds::kindOf("", "configmaps"))
{
    auto page = yamlPage(json, kind, wish);
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::move(*page);
}

} // namespace

class ObjectFeedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anObjectIsFollowed()
    {
        ObjectWorld world;
        world.addPayments();
        ObjectFeed feed(world.session(), ObjectWorld::pods(), "payments", podName);
        QCOMPARE(int(feed.phase()), int(ObjectFeed::Phase::Loading));
        QVERIFY(feed.summary() == nullptr);
        world.settle();
        QCOMPARE(int(feed.phase()), int(ObjectFeed::Phase::Shown));
        QVERIFY(feed.summary() != nullptr);
        QCOMPARE(feed.summary()->name, std::string(podName));
        QCOMPARE(int(*feed.health()), int(kinds::Health::Failed));
        QCOMPARE(feed.stem(), std::string("payments-api").size());
        QVERIFY(feed.yaml() == nullptr); // nobody wished for it

        QSignalSpy changed(&feed, &ObjectFeed::changed);
        world.change(pods, withText(ObjectWorld::crashingPod(), "\"restartCount\":14", "\"restartCount\":15"));
        world.settle();
        QTRY_VERIFY((world.settle(), feed.summary()->containers[0].restarts == 15));
        QVERIFY(changed.count() > 0);
    }

    void aDeletedObjectStays()
    {
        ObjectWorld world;
        world.addPayments();
        ObjectFeed feed(world.session(), ObjectWorld::pods(), "payments", podName);
        world.settle();
        world.remove(pods, podName);
        QTRY_VERIFY((world.settle(), feed.phase() == ObjectFeed::Phase::Gone));
        QVERIFY(feed.summary() != nullptr);
        QCOMPARE(feed.summary()->name, std::string(podName));
        // Made anew under its name: another object takes its place.
        auto again = ObjectWorld::crashingPod();
        for (std::size_t at; (at = again.json.find(std::string("\"uid\":\"u-") + podName)) != std::string::npos;)
            again.json.replace(at, std::string("\"uid\":\"u-").size(), "\"uid\":\"v-");
        world.change(pods, again);
        QTRY_VERIFY((world.settle(), feed.phase() == ObjectFeed::Phase::Shown && feed.summary()->uid == std::string("v-") + podName));
    }

    void whatIsNotThereIsSaid()
    {
        ObjectWorld world;
        world.addPayments();
        ObjectFeed missing(world.session(), ObjectWorld::pods(), "payments", "no-such-pod");
        world.settle();
        QCOMPARE(int(missing.phase()), int(ObjectFeed::Phase::Missing));
        world.refuse(pods, 403, "Forbidden", "no");
        ObjectFeed refused(world.session(), ObjectWorld::pods(), "payments", "some-pod");
        world.server().on(net::Verb::Get, pods + "/some-pod", test::refusal(403, "Forbidden", "not even get"));
        world.settle();
        QCOMPARE(int(refused.phase()), int(ObjectFeed::Phase::Failed));
        QCOMPARE(int(refused.why()->code), int(Code::Forbidden));
    }

    // Who may get, and not list, sees it all the same.
    void whoMayOnlyGetReadsOnce()
    {
        ObjectWorld world;
        world.addPayments();
        world.refuse(pods, 403, "Forbidden", "no list");
        ObjectFeed feed(world.session(), ObjectWorld::pods(), "payments", podName);
        // Its own path answers still.
        world.server().on(net::Verb::Get, pods + "/" + podName, test::answer(ObjectWorld::crashingPod().json));
        feed.wishYaml({});
        world.settle();
        QCOMPARE(int(feed.phase()), int(ObjectFeed::Phase::Shown));
        QVERIFY(!feed.isLive());
        QCOMPARE(feed.summary()->containers.size(), std::size_t(3));
        QVERIFY(feed.yaml() != nullptr);
    }

    void yamlIsAskedForAndFollows()
    {
        ObjectWorld world;
        world.addPayments();
        ObjectFeed feed(world.session(), ObjectWorld::pods(), "payments", podName);
        QSignalSpy changed(&feed, &ObjectFeed::yamlChanged);
        feed.wishYaml({});
        world.settle();
        QVERIFY(feed.yaml() != nullptr);
        QVERIFY(feed.yaml()->text.find("restartCount: 14") != std::string::npos);
        world.change(pods, withText(ObjectWorld::crashingPod(), "\"restartCount\":14", "\"restartCount\":15"));
        QTRY_VERIFY((world.settle(), feed.yaml() && feed.yaml()->text.find("restartCount: 15") != std::string::npos));
        // Managed fields come by a request of their own.
        auto whole = ObjectWorld::crashingPod().json;
        whole.replace(whole.find("\"metadata\":{"), 12, "\"metadata\":{\"managedFields\":[{\"manager\":\"kubelet\"},{\"manager\":\"kubectl\"}],");
        world.setWhole(pods, podName, whole);
        feed.wishYaml({.managedFields = true});
        QTRY_VERIFY((world.settle(), feed.yaml() != nullptr));
        QVERIFY(feed.yaml()->text.find("manager: kubelet") != std::string::npos);
        const auto found =
            std::find_if(feed.yaml()->folds.begin(), feed.yaml()->folds.end(), [](const YamlFold &fold) { return fold.managedFields; });
        QVERIFY(found != feed.yaml()->folds.end());
        QCOMPARE(found->text, std::string("2 lines, 2 managers"));
        feed.wishYaml({});
        QTRY_VERIFY((world.settle(), feed.yaml() != nullptr));
        QVERIFY(feed.yaml()->text.find("managedFields") == std::string::npos);
    }

    // A feed that dies while the pool works on its object is not touched.
    void aFeedMayDieAtAnyTime()
    {
        ObjectWorld world;
        world.addPayments();
        for (int calls = 0; calls < 14; ++calls) {
            auto feed = std::make_unique<ObjectFeed>(world.session(), ObjectWorld::pods(), "payments", podName);
            feed->wishYaml({});
            for (int i = 0; i < calls; ++i) {
                (void)world.server().deliver(1);
                QCoreApplication::sendPostedEvents();
            }
            feed.reset();
            world.settle();
        }
    }

    void eventsAreNewestFirst()
    {
        ObjectWorld world;
        world.addPayments();
        EventModel model(world.session());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.show("payments", "Pod", podName, std::string("u-") + podName, false);
        QVERIFY(!model.isSettled());
        world.settle();
        QVERIFY(model.isSettled());
        QCOMPARE(model.rowCount(), 7);
        QCOMPARE(model.index(0, EventModel::Reason).data().toString(), QStringLiteral("BackOff \u00d761"));
        QCOMPARE(model.index(0, EventModel::Reason).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Warning: BackOff \u00d761"));
        QVERIFY(model.index(0, EventModel::Age).data().toString().startsWith(QLatin1String("1"))); // 12s, or a little later
        QCOMPARE(model.index(6, EventModel::Reason).data().toString(), QStringLiteral("Scheduled"));
        QVERIFY(!model.index(0, 0).data(EventModel::NormalRole).toBool());
        // Another object: others' events go.
        model.show("payments", "Pod", "other", "u-other", false);
        QCOMPARE(model.rowCount(), 0);
        world.settle();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(model.isSettled());
    }

    // By whatever steps they come, the rows are those of a model made anew.
    void eventsChangeByTheLeastStep()
    {
        const auto seed = unsigned(qEnvironmentVariableIntValue("FAIRLEAD_SEED"));
        std::mt19937 random(seed);
        ObjectWorld world;
        world.addPayments();
        EventModel model(world.session());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.show("payments", "Pod", "x", "u-x", false);
        world.settle();
        std::map<int, int> there; // event to count
        for (int round = 0; round < 30; ++round) {
            for (int i = 0; i < 3; ++i) {
                const int number = int(random() % 12);
                if (there.contains(number) && random() % 4 == 0) {
                    there.erase(number);
                    world.remove(events, "e" + std::to_string(number));
                } else {
                    const int count = ++there[number];
                    world.change(events, anEvent(number, int(random() % 60), count));
                }
            }
            world.settle();
        }
        EventModel fresh(world.session());
        fresh.show("payments", "Pod", "x", "u-x", false);
        QTRY_COMPARE_WITH_TIMEOUT((world.settle(), model.rowCount()), int(there.size()), 5000);
        QTRY_COMPARE_WITH_TIMEOUT((world.settle(), fresh.rowCount()), int(there.size()), 5000);
        QTRY_VERIFY2_WITH_TIMEOUT((world.settle(), rows(model) == rows(fresh)), qPrintable(QString::number(seed)), 5000);
        for (int row = 1; row < model.rowCount(); ++row)
            QVERIFY(model.index(row - 1, 0).data(EventModel::SeenRole).toDateTime() >= model.index(row, 0).data(EventModel::SeenRole).toDateTime());
        QCOMPARE(resets.count(), 0);
    }

    void ownersAreClimbedAndUsesLookedUp()
    {
        ObjectWorld world;
        world.addPayments();
        ObjectFeed feed(world.session(), ObjectWorld::pods(), "payments", podName);
        world.settle();
        RelatedFeed all(world.session());
        all.setSummary(feed.kind(), *feed.summary());
        QVERIFY(!all.isSettled());
        world.settle();
        QVERIFY(all.isSettled());
        QCOMPARE(QString::fromStdString(related(all)),
            QStringLiteral("owner0 Deployment payments-api there 2/3; owner1 ReplicaSet payments-api-7d9f6c5b84 there 2/3; "
                           "used Secret payments-db missing; used ConfigMap payments-api-env there; "));
    }

    void whatAJobOwnsIsLive()
    {
        ObjectWorld world;
        world.addReport();
        ObjectFeed feed(world.session(), resource("batch", "jobs", "Job"), "data", "daily-report-29381640");
        world.settle();
        RelatedFeed all(world.session());
        all.setSummary(feed.kind(), *feed.summary());
        world.settle();
        QVERIFY2(related(all).starts_with("owner0 CronJob daily-report there; owned Pod daily-report-29381640-7hq2d there 0/1, Error; "),
            related(all).c_str());
        world.remove("/api/v1/namespaces/data/pods", "daily-report-29381640-7hq2d");
        QTRY_VERIFY((world.settle(), related(all).find("7hq2d") == std::string::npos));
    }

    void yamlIsMarkedAndFolded()
    {
        const YamlPage page =
            paged("{\"kind\":\"X\",\"spec\":{\"list\":[{\"name\":\"a\",\"m\":1},{\"name\":\"b\"}],\"on\":true,\"text\":\"a\\nb\",\"none\":null}}");
        QCOMPARE(page.shown,
            std::string(
                "kind: X\nspec:\n  list:\n    - m: 1\n      name: a\n    - name: b\n  none: null\n  \"on\": true\n  text: |-\n    a\n    b\n"));
        QCOMPARE(page.text, page.shown);
        QCOMPARE(page.styles.size(), page.shown.size());
        QCOMPARE(int(styleOf(page, "kind")), int(YamlStyle::Key));
        QCOMPARE(int(styleOf(page, "X")), int(YamlStyle::Text));
        QCOMPARE(int(styleOf(page, ": X")), int(YamlStyle::Punctuation));
        QCOMPARE(int(styleOf(page, "1\n")), int(YamlStyle::Number));
        QCOMPARE(int(styleOf(page, "true")), int(YamlStyle::Word));
        QCOMPARE(int(styleOf(page, "null")), int(YamlStyle::Word));
        QCOMPARE(int(styleOf(page, "b\n  none")), int(YamlStyle::Text));
        QCOMPARE(int(styleOf(page, "a\n    b\n")), int(YamlStyle::Text));
        QCOMPARE(folds(page), std::string("1-10 list, none, \"on\", 9 lines; 2-5 2 entries, 3 lines; 3-4 name; 8-10 2 lines; "));
        QCOMPARE(page.depth, (std::vector<std::uint16_t>{0, 0, 1, 2, 3, 2, 1, 1, 1, 2, 2}));
    }

    void longLinesAreCutAndSaid()
    {
        const std::string big(1u << 20, 'A');
        const YamlPage page = paged("{\"binaryData\":{\"x\":\"" + big + "\"}}");
        QCOMPARE(page.cutLines, 1);
        QVERIFY(page.text.find(big) != std::string::npos);
        QVERIFY2(page.shown.size() < 700, qPrintable(QString::number(page.shown.size()))); // what an editor lays out in one piece
        QVERIFY2(page.shown.find(" bytes more in this line\n") != std::string::npos, page.shown.substr(400).c_str());
        QCOMPARE(page.styles.size(), page.shown.size());
        QCOMPARE(int(styleOf(page, "\u2026 ")), int(YamlStyle::Cut));
        // Characters stay whole.
        std::string wide;
        for (int i = 0; i < 3000; ++i)
            wide += "\u00e9";
        QVERIFY(QString::fromStdString(paged("{\"a\":\"" + wide + "\"}").shown).indexOf(QChar(0xfffd)) < 0);
    }

    void secretsAreMaskedInYaml()
    {
        const std::string json =
            "{\"kind\":\"Secret\",\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"aHVudGVyMg==\",\"a\":\"b\"}},"
            "\"data\":{\"password\":\"aHVudGVyMg==\"},\"stringData\":{\"x\":\"hunter2\"}}";
        const kinds::Kind &secret = kinds::kindOf("", "secrets");
        const YamlPage masked = paged(json, {}, secret);
        QVERIFY2(masked.text.find("aHVudGVyMg") == std::string::npos && masked.text.find("hunter2") == std::string::npos, masked.text.c_str());
        QVERIFY(masked.text.find("password: \u2022\u2022") != std::string::npos);
        QCOMPARE(int(styleOf(masked, "\u2022\u2022")), int(YamlStyle::Mask));
        QVERIFY(masked.text.find("a: b") != std::string::npos);
        QVERIFY(paged(json, {.secrets = true}, secret).text.find("password: aHVudGVyMg==") != std::string::npos);
    }

    void hostileTextStaysText()
    {
        const YamlPage page = paged("{\"a\":\"\\u001b[31m<img src=x>\\u202e\\u0000\"}");
        for (const char c : page.shown)
            QVERIFY(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
        QVERIFY2(page.shown.find("<img src=x>") != std::string::npos, page.shown.c_str());
        QVERIFY(page.shown.find("\u202e") == std::string::npos);
    }

    // The thread that shows it is free while a megabyte is worked out: no turn of it takes long.
    void aMegabyteIsWorkedOutElsewhere()
    {
        std::string lines;
        for (int i = 0; i < 26'000; ++i)
            lines += "the line of number " + std::to_string(100'000 + i) + ", more or less\\n";
        QVERIFY(lines.size() > 1'000'000);
        ObjectWorld world;
        const std::string maps = "/api/v1/namespaces/payments/configmaps";
        world.addCollection(maps, {"Name", "Data", "Age"});
        world.addObject(maps,
            {"big", {"big", "1", "1m"},
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"big\",\"namespace\":\"payments\",\"uid\":\"u-big\",\"resourceVersion\":\"1\"},\"data\":{\"text\":\"" +
                    lines + "\"}}"});
        ObjectFeed feed(world.session(), resource("", "configmaps", "ConfigMap"), "payments", "big");
        feed.wishYaml({});
        qint64 longest = 0;
        QElapsedTimer all;
        all.start();
        while (feed.yaml() == nullptr && all.elapsed() < 20'000) {
            (void)world.server().deliver();
            QElapsedTimer turn;
            turn.start();
            QCoreApplication::sendPostedEvents();
            longest = std::max(longest, turn.elapsed());
        }
        QVERIFY(feed.yaml() != nullptr);
        qInfo("a megabyte: %lld ms until its YAML was there, the longest turn of the thread %lld ms", all.elapsed(), longest);
        QVERIFY(feed.yaml()->depth.size() > 26'000);
        QVERIFY2(longest < 100, qPrintable(QString::number(longest)));
    }
};

QTEST_GUILESS_MAIN(ObjectFeedTest)
#include "tst_object_feed.moc"
