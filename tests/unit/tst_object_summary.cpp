// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/summary.h"
#include "support/paths.h"

#include "kube/decode/table.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace fairlead;
using namespace fairlead::kinds;
using namespace fairlead::test;

namespace {

std::string fixtureText(const std::string &name)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/kinds/") + name + ".json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

const Kind &kindOfFixture(const std::string &name)
{
    const std::size_t dot = name.find('.');
    return kindOf(dot == std::string::npos ? std::string_view() : std::string_view(name).substr(dot + 1), name.substr(0, dot));
}

kube::Json json(const std::string &text)
{
    auto parsed = kube::Json::parse(text);
    if (!parsed)
        qFatal("%s", parsed.error().text().c_str());
    return std::move(*parsed);
}

kube::Json object(const std::string &fixture, const std::string &name)
{
    auto page = kube::decodeTable(fixtureText(fixture), kube::Detail::Whole, {});
    if (!page)
        qFatal("%s", page.error().text().c_str());
    for (const kube::Row &each : page->rows) {
        if (name.empty() || each.name() == name)
            return json(std::string(each.body()));
    }
    qFatal("no such row: %s", name.c_str());
}

Summary summaryOf(const std::string &fixture, const std::string &name = {})
{
    return summarize(kindOfFixture(fixture), object(fixture, name));
}

std::string lines(const Summary &summary)
{
    std::string text;
    for (const SummaryLine &line : summary.lines) {
        text += (text.empty() ? "" : "; ") + (line.label.empty() ? std::string() : line.label + ": ") + (line.moment ? "(time)" : line.text);
        if (line.target)
            text += " -> " + line.target->resource + "/" + line.target->space + "/" + line.target->name;
    }
    return text;
}

std::string line(const Summary &summary, const std::string &label)
{
    for (const SummaryLine &each : summary.lines) {
        if (each.label == label)
            return each.moment ? "(time)" : each.text;
    }
    return "absent";
}

std::string text(const Container &container)
{
    static const char *roles[] = {"", "init ", "sidecar ", "ephemeral "};
    std::string line = roles[int(container.role)] + container.name + ": " + container.word() + ", " + std::string(name(container.health));
    if (const std::string ending = container.ending(); !ending.empty())
        line += ", " + ending;
    line += container.ready ? ", ready" : "";
    if (container.restarts > 0)
        line += ", restarts";
    for (const std::string *each : {&container.requests, &container.limits, &container.ports})
        line += each->empty() ? "" : "; " + *each;
    return line;
}

std::string containers(const Summary &summary)
{
    std::string all;
    for (const Container &each : summary.containers)
        all += (all.empty() ? "" : " | ") + text(each);
    return all;
}

const Moment noon = *parseTime("2026-11-24T12:00:00Z");

std::string firstSentence(const kube::Json &of)
{
    const auto problems = problemsOf(of);
    return problems.empty() ? std::string("nothing") : problems.front().sentence(noon);
}

std::string sentence(const std::string &fixture, const std::string &name)
{
    // Ages of the fixture mean nothing.
    std::string text = firstSentence(object(fixture, name));
    return text.substr(0, text.find(", for "));
}

// A pod whose only container waits to be started again.
std::string crashing(const std::string &ended, const std::string &resources = R"({"limits":{"memory":"256Mi"}})", int restarts = 14)
{
    return R"({"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"api","image":"r/api:1","resources":)" + resources +
           R"(}]},"status":{"containerStatuses":[{"name":"api","restartCount":)" + std::to_string(restarts) +
           R"(,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container=api"}},"lastState":{"terminated":)" +
           ended + "}}]}}";
}

} // namespace

class ObjectSummaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPodIsSummedUp()
    {
        const Summary pod = summaryOf("pods", "out-of-memory-5f8984598d-tqfmq");
        QCOMPARE(pod.kind, std::string("Pod"));
        QCOMPARE(pod.apiVersion, std::string("v1"));
        QVERIFY(pod.created.has_value());
        QCOMPARE(line(pod, "QoS"), std::string("Burstable"));
        QCOMPARE(line(pod, "Started"), std::string("(time)"));
        QVERIFY2(lines(pod).find("Account: default -> serviceaccounts/") != std::string::npos, lines(pod).c_str());
        QCOMPARE(pod.owners.size(), std::size_t(1));
        QCOMPARE(pod.owners[0].resource, std::string("replicasets"));
        QCOMPARE(pod.owners[0].group, std::string("apps"));
        QCOMPARE(pod.owners[0].name, std::string("out-of-memory-5f8984598d"));
        QCOMPARE(containers(pod).substr(0, 72), std::string("app: CrashLoopBackOff, failed, exit code 137, OOMKilled, restarts; memor"));
        std::set<std::string> types;
        for (const ConditionLine &each : pod.conditions) {
            types.insert(each.type);
            QVERIFY(each.since.has_value());
        }
        QVERIFY(types.count("Ready") && types.count("PodScheduled"));
    }

    void containersSayWhatTheyDo()
    {
        QCOMPARE(containers(summaryOf("pods", "init-failing")).substr(0, 11), std::string("app: Pod"
                                                                                          "Ini"));
        QVERIFY2(containers(summaryOf("pods", "init-failing")).find("init ") != std::string::npos, "no init container");
        const std::string sidecar = containers(summaryOf("pods", "with-sidecar-69bc9f8657-mdxhv"));
        QVERIFY2(sidecar.find("sidecar ") != std::string::npos, sidecar.c_str());
        QVERIFY2(sidecar.find("Running, healthy, ready") != std::string::npos, sidecar.c_str());
        const std::string done = containers(summaryOf("pods", "import-done-lbqpf"));
        QVERIFY2(done.find("Completed, idle, exit code 0") != std::string::npos, done.c_str());
        const kube::Json ended = json(R"({"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"api","image":"r/api:1"}]},
            "status":{"containerStatuses":[{"name":"api","state":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]}})");
        QCOMPARE(text(containersOf(ended).front()), std::string("api: OOMKilled, failed, exit code 137")); // the reason once
        const std::string pending = containers(summaryOf("pods", "too-big-5d69ff88cb-45h9q"));
        QVERIFY2(pending.find("Not started, idle") != std::string::npos, pending.c_str());
    }

    // What is always there for each kind of the scenario; a path that is mistyped gives nothing.
    void everyKindHasItsLines_data()
    {
        QTest::addColumn<QByteArray>("fixture");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("labels");
        const std::array<const char *, 3> rows[] = {
            {"deployments.apps", "web", "Ready,Up to date,Available,Strategy,Surge,Revision,Image,Selector"},
            {"replicasets.apps", "", "Ready,Image,Selector"},
            {"statefulsets.apps", "cache", "Ready,Service,Image,Selector,Revision"},
            {"daemonsets.apps", "", "Ready,Up to date,Image,Selector"},
            {"jobs.batch", "import-done", "Completions,Parallelism,Mode,Back-off limit,Started,Ended,Image"},
            {"cronjobs.batch", "every-minute", "Schedule,Suspended,Last run,Runs at once,Image"},
            {"services", "web", "Type,Cluster IP,Ports,Selector"},
            {"ingresses.networking.k8s.io", "", "Hosts,Paths,Services"},
            {"endpointslices.discovery.k8s.io", "", "Addresses,Ports,Kind of address,Service"},
            {"networkpolicies.networking.k8s.io", "", "Kinds of traffic"},
            {"configmaps", "", "Entries"},
            {"secrets", "", "Type"},
            {"horizontalpodautoscalers.autoscaling", "web", "Scales,At least,At most,Metrics"},
            {"poddisruptionbudgets.policy", "", "Healthy,Needed,May be disrupted,Pods"},
            {"resourcequotas", "", "Used,Hard"},
            {"limitranges", "", "For"},
            {"persistentvolumeclaims", "", "Phase,Class,Access"},
            {"persistentvolumes", "", "Phase,Size,Access,Afterwards"},
            {"storageclasses.storage.k8s.io", "", "Provisioner,Binds,Afterwards"},
            {"roles.rbac.authorization.k8s.io", "", "Rules,Resources,Verbs"},
            {"clusterroles.rbac.authorization.k8s.io", "", "Rules,Verbs"},
            {"rolebindings.rbac.authorization.k8s.io", "", "Role,Subjects"},
            {"clusterrolebindings.rbac.authorization.k8s.io", "", "Role,Subjects"},
            {"nodes", "kinds-a-node1", "Addresses,CPU,Memory,Pods"},
            {"namespaces", "", "Phase,Finalizers"},
            {"events", "", "About,Type,Reason,Message"},
            {"customresourcedefinitions.apiextensions.k8s.io", "", "Group,Kind,Scope,Versions,Stored as"},
            {"apiservices.apiregistration.k8s.io", "", "Version"},
            {"priorityclasses.scheduling.k8s.io", "", "Value,Preempts"},
            {"leases.coordination.k8s.io", "", "Holder,Renewed,Lasts"},
            {"certificatesigningrequests.certificates.k8s.io", "", "Signer,Usages"},
        };
        for (const auto &[fixture, name, labels] : rows)
            QTest::addRow("%s", fixture) << QByteArray(fixture) << QByteArray(name) << QByteArray(labels);
    }

    void everyKindHasItsLines()
    {
        QFETCH(QByteArray, fixture);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, labels);
        const Summary summary = summaryOf(fixture.toStdString(), name.toStdString());
        for (const QByteArray &label : labels.split(','))
            QVERIFY2(line(summary, label.toStdString()) != "absent", (label + " is not in: " + lines(summary).c_str()).constData());
    }

    void valuesReadWell()
    {
        const Summary web = summaryOf("deployments.apps", "web");
        QVERIFY2(line(web, "Ready").find(" of ") != std::string::npos, line(web, "Ready").c_str());
        const Summary service = summarize(kindOf("", "services"), json(R"({"metadata":{"name":"s","namespace":"a"},"spec":{"ports":[
            {"name":"http","port":80,"targetPort":8080,"nodePort":30080,"protocol":"TCP"},{"port":53,"targetPort":53,"protocol":"UDP"}],
            "selector":{"app":"web","tier":"front"}}})"));
        QCOMPARE(line(service, "Ports"), std::string("http 80 to 8080, node port 30080, 53/UDP"));
        QCOMPARE(line(service, "Selector"), std::string("app=web, tier=front"));
        const Summary job = summarize(
            kindOf("batch", "jobs"), json(R"({"metadata":{"name":"j"},"spec":{"completions":3,"activeDeadlineSeconds":1800},"status":{}})"));
        QCOMPARE(line(job, "Completions"), std::string("0 of 3"));
        QCOMPARE(line(job, "Deadline"), std::string("30m"));
        const Summary budget = summarize(kindOf("policy", "poddisruptionbudgets"), json(R"({"metadata":{"name":"b"},"spec":{"selector":{
            "matchLabels":{"a":"b"},"matchExpressions":[{"key":"t","operator":"In","values":["x","y"]},{"key":"z","operator":"DoesNotExist"}]}}})"));
        QCOMPARE(line(budget, "Pods"), std::string("a=b, t in (x,y), !z"));
        std::string rules;
        for (int i = 0; i < 40; ++i)
            rules += (i == 0 ? "" : ",") + std::string("{\"resources\":[\"r") + std::to_string(i) + "\"],\"verbs\":[\"get\"]}";
        const Summary role = summarize(kindOf("rbac.authorization.k8s.io", "roles"), json(R"({"metadata":{"name":"r"},"rules":[)" + rules + "]}"));
        QCOMPARE(line(role, "Verbs"), std::string("get"));
        QVERIFY2(line(role, "Resources").ends_with("r11 and 28 more"), line(role, "Resources").c_str());
        QCOMPARE(lines(summarize(
                     kindOf("", "nodes"), json(R"({"metadata":{"name":"n"},"status":{"allocatable":{"cpu":"3800m"},"capacity":{"cpu":"4"}}})"))),
            std::string("CPU: 3800m of 4"));
    }

    void ofACustomKindThePlainValuesAreShown()
    {
        QCOMPARE(lines(summaryOf("orders.shop.example.com", "books")),
            std::string("Customer: library; Due: (time); Note: leave at the door; Paid: true; Price: 99.5; Quantity: 12; Tags: paper, heavy"));
        const Summary made = summarize(kindOf("example.com", "things"),
            json(R"({"kind":"Thing","metadata":{"name":"t"},"spec":{"clusterIP":"10.0.0.1","hosts":["a","b"],"deep":{"x":1},"on":true},
                 "status":{"lastSeenTime":"2026-11-24T10:00:00Z","observedGeneration":4,"conditions":[{"type":"Ready","status":"True"}]}})"));
        QCOMPARE(lines(made), std::string("Cluster IP: 10.0.0.1; Hosts: a, b; On: true; Last seen time: (time)"));
        QCOMPARE(made.conditions.size(), std::size_t(1));
        QCOMPARE(labelOf("readyReplicas"), std::string("Ready replicas"));
        QCOMPARE(labelOf("podCIDRs"), std::string("Pod CIDRs"));
        QCOMPARE(labelOf("IPFamilies"), std::string("IP families"));
        QCOMPARE(labelOf("URL"), std::string("URL"));
        QCOMPARE(labelOf(""), std::string());
    }

    void secretsAreMarked()
    {
        const kube::Json secret = json(R"({"kind":"Secret","metadata":{"name":"s","annotations":{
            "kubectl.kubernetes.io/last-applied-configuration":"{data:{p:aHVudGVyMg==}}","note":"n"}},
            "data":{"password":"aHVudGVyMg==","key":"AAEC"}})");
        const Summary summary = summarize(kindOf("", "secrets"), secret);
        QCOMPARE(summary.data.size(), std::size_t(2));
        QCOMPARE(summary.data[0].value, std::string("hunter2"));
        QCOMPARE(summary.data[0].bytes, std::size_t(7));
        QVERIFY(summary.data[0].secret && summary.data[1].secret);
        QVERIFY(summary.data[1].binary && summary.data[1].value.empty());
        QCOMPARE(summary.data[1].bytes, std::size_t(3));
        // Nowhere else: the last applied configuration holds them too.
        QCOMPARE(summary.annotations.size(), std::size_t(1));
        QCOMPARE(secretPaths(kindOf("", "secrets")).size(), std::size_t(3));
        QVERIFY(secretPaths(kindOf("", "configmaps")).empty());
        const Summary config =
            summarize(kindOf("", "configmaps"), json(R"({"metadata":{"name":"c"},"data":{"a":"1\n2"},"binaryData":{"b":"AAEC"}})"));
        QCOMPARE(config.data[0].value, std::string("1\n2"));
        QVERIFY(!config.data[0].secret && config.data[1].binary);
    }

    void relatedObjectsAreNotSaidTwice()
    {
        const Summary pod = summarize(kindOf("", "pods"), json(R"({"metadata":{"name":"p","namespace":"a"},"spec":{"nodeName":"n1",
            "serviceAccountName":"sa","containers":[{"name":"c","envFrom":[{"secretRef":{"name":"db"}},{"configMapRef":{"name":"env"}}]}]}})"));
        std::string uses;
        for (const Reference &each : pod.uses)
            uses += each.kind + " " + each.name + "; ";
        QCOMPARE(uses, std::string("Secret db; ConfigMap env; "));
    }

    void whatIsWrongIsSaidInWords()
    {
        const std::string killed = R"({"exitCode":137,"reason":"OOMKilled","finishedAt":"2026-11-24T11:57:41Z"})";
        QCOMPARE(firstSentence(json(crashing(killed))),
            std::string("Container api was killed for using more memory than its limit of 256Mi (exit code 137, OOMKilled), 2m19s ago. 14th "
                        "restart; next try in 2m41s."));
        QCOMPARE(firstSentence(json(crashing(killed, "{}", 1))),
            std::string("Container api was killed because its node ran out of memory (exit code 137, OOMKilled), 2m19s ago. 1st restart; next "
                        "try in 2m41s."));
        QCOMPARE(firstSentence(
                     json(crashing(R"({"exitCode":1,"reason":"Error","finishedAt":"2026-11-24T11:50:00Z","message":"no database.\n"})", "{}", 22))),
            std::string("Container api ended with exit code 1, 10m ago: no database. 22nd restart; the next try is due."));
        QCOMPARE(firstSentence(json(crashing(R"({"exitCode":143,"reason":"Error","finishedAt":"2026-11-24T11:59:00Z"})", "{}", 113))),
            std::string("Container api ended with exit code 143, SIGTERM, 60s ago. 113th restart; next try in 4m."));
        const auto begins = [](const std::string &text, const std::string &start) { return text.starts_with(start) ? start : text; };
        const std::array<const char *, 3> rows[] = {
            {"pods", "no-such-image-6f4b9f9b96-c4jfg", "Container app cannot start: its image "},
            {"pods", "import-failed-mc9tf", "Container import ended with exit code 3"},
            {"pods", "too-big-5d69ff88cb-45h9q", "No node can take the pod"},
            {"pods", "unready-5cff5b476c-p5j4k", "The pod runs, but is not ready"},
            {"deployments.apps", "crash-loop", "None of "},
            {"horizontalpodautoscalers.autoscaling", "web", "Does not scale"},
            {"configmaps", "kube-root-ca.crt", "nothing"},
            {"nodes", "kinds-a-node1", "nothing"},
        };
        for (const auto &[fixture, name, start] : rows)
            QCOMPARE(begins(sentence(fixture, name), start), std::string(start));
        QCOMPARE(firstSentence(json(R"({"spec":{"backoffLimit":3},"status":{"failed":4,"conditions":[{"type":"Failed","status":"True",
            "reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit","lastTransitionTime":"2026-11-24T11:37:00Z"}]}})")),
            std::string("Gave up after 4 tries (back-off limit 3), 23m ago."));
        QCOMPARE(firstSentence(json(R"({"status":{"conditions":[{"type":"Ready","status":"False","reason":"Odd","message":"why <b>not</b>.",
            "lastTransitionTime":"2026-11-24T11:00:00Z"}]}})")),
            std::string("Condition Ready is False (Odd), for 60m: why <b>not</b>."));
        QCOMPARE(firstSentence(json(R"({"status":{"conditions":[{"type":"Whatever","status":"False"}]}})")), std::string("nothing"));
    }

    void conditionsAreJudgedWhereAgreed()
    {
        const auto judged = [](const char *type, const char *status, const char *reason = "") {
            const auto health =
                healthOfCondition(json("{\"type\":\"" + std::string(type) + "\",\"status\":\"" + status + "\",\"reason\":\"" + reason + "\"}"));
            return health ? std::string(name(*health)) : std::string("none");
        };
        QCOMPARE(judged("Ready", "True"), std::string("healthy"));
        QCOMPARE(judged("Ready", "False"), std::string("failed"));
        QCOMPARE(judged("Ready", "False", "PodCompleted"), std::string("idle"));
        QCOMPARE(judged("Ready", "Unknown"), std::string("unknown"));
        QCOMPARE(judged("MemoryPressure", "False"), std::string("healthy"));
        QCOMPARE(judged("MemoryPressure", "True"), std::string("failed"));
        QCOMPARE(judged("Complete", "True"), std::string("healthy"));
        QCOMPARE(judged("Invented", "False"), std::string("none"));
    }

    // Whatever an object looks like, nothing breaks.
    void oddObjectsAreSummedUp()
    {
        for (const char *odd :
            {"{}", "null", "[]", R"({"metadata":5,"spec":[],"status":"x"})", R"({"spec":{"containers":{"a":1}},"status":{"conditions":[1,null]}})",
                R"({"metadata":{"labels":[1],"ownerReferences":[{}]},"status":{"containerStatuses":[{}]}})", R"({"data":{"a":null,"b":[1]}})"}) {
            const kube::Json parsed = json(odd);
            for (const Kind *kind : allKinds())
                (void)summarize(*kind, parsed);
            (void)summarize(kindOf("x", "y"), parsed);
        }
    }
};

QTEST_GUILESS_MAIN(ObjectSummaryTest)
#include "tst_object_summary.moc"
