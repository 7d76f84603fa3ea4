// SPDX-License-Identifier: GPL-3.0-or-later
// What objects use, of the facts that a list holds of them: the same as the whole object says.
#include "kinds/uses.h"
#include "kube/decode/table.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace fairlead;
using namespace fairlead::kinds;

namespace {

// Every way in which a pod's spec names a config map, a secret, a claim, an account.
const std::string spec =
    R"({"serviceAccountName":"runner","nodeName":"node-7","priorityClassName":"high","imagePullSecrets":[{"name":"registry"},{"name":"shared"}],
  "containers":[
    {"name":"a","env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"secretKeyRef":{"name":"login","key":"p"}}},
       {"name":"C","valueFrom":{"configMapKeyRef":{"name":"settings","key":"c"}}}],
     "envFrom":[{"configMapRef":{"name":"all-settings"}},{"secretRef":{"name":"all-secrets"}}]},
    {"name":"b","env":[{"name":"B","valueFrom":{"secretKeyRef":{"name":"shared","key":"p"}}}]}],
  "initContainers":[{"name":"i","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"first","key":"c"}}}],
     "envFrom":[{"secretRef":{"name":"first-secret"}}]}],
  "ephemeralContainers":[{"name":"e","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"debug","key":"c"}}}]}],
  "volumes":[{"name":"v1","configMap":{"name":"settings"}},{"name":"v2","secret":{"secretName":"files"}},
    {"name":"v3","projected":{"sources":[{"configMap":{"name":"root"}},{"secret":{"name":"token"}},{"serviceAccountToken":{"path":"t"}}]}},
    {"name":"v4","persistentVolumeClaim":{"claimName":"data"}},{"name":"v5","csi":{"driver":"d","nodePublishSecretRef":{"name":"driver-login"}}},
    {"name":"v6","emptyDir":{}}]})";

QStringList usesOfObject(const KindKey &key, const std::string &object)
{
    const Kind &kind = kindOf(key.group, key.resource);
    const std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},
      "columnDefinitions":[{"name":"Name","type":"string"}],"rows":[{"cells":["x"],"object":)" +
                             object + "}]}";
    const auto page = kube::decodeTable(text, kube::Detail::Facts, kind.projection());
    if (!page)
        qFatal("%s", page.error().text().c_str());
    QStringList lines;
    for (const Use &each : usesOf(kind, page->rows[0])) {
        lines << QString::fromStdString(each.target.kind + " " + each.target.space + "/" + each.target.name + ": " + each.how);
    }
    lines.sort();
    return lines;
}

QStringList everyWay()
{
    QStringList lines;
    for (const char *each : {"ConfigMap team-a/all-settings: env", "ConfigMap team-a/first: env", "ConfigMap team-a/root: volume",
             "ConfigMap team-a/settings: volume, env", "PersistentVolumeClaim team-a/data: volume", "Secret team-a/all-secrets: env",
             "Secret team-a/debug: env", "Secret team-a/driver-login: volume's login", "Secret team-a/files: volume",
             "Secret team-a/first-secret: env", "Secret team-a/login: env", "Secret team-a/registry: image pulls",
             "Secret team-a/shared: env, image pulls", "Secret team-a/token: volume", "ServiceAccount team-a/runner: runs as"})
        lines << QString::fromLatin1(each);
    lines.sort();
    return lines;
}

} // namespace

class UsesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void podsAndWhatMakesThem_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const auto row = [](const char *group, const char *resource, const char *before, const char *after) {
            QTest::newRow(resource) << group << resource << before << after;
        };
        row("", "pods", "", "");
        row("apps", "deployments", R"({"template":{"spec":)", "}}");
        row("apps", "statefulsets", R"({"template":{"spec":)", "}}");
        row("apps", "daemonsets", R"({"template":{"spec":)", "}}");
        row("apps", "replicasets", R"({"template":{"spec":)", "}}");
        row("batch", "jobs", R"({"template":{"spec":)", "}}");
        row("batch", "cronjobs", R"({"jobTemplate":{"spec":{"template":{"spec":)", "}}}}");
    }
    void podsAndWhatMakesThem()
    {
        QFETCH(const QString, group);
        QFETCH(const QString, resource);
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        const std::string object =
            R"({"metadata":{"name":"x","namespace":"team-a"},"spec":)" + before.toStdString() + spec + after.toStdString() + "}";
        const std::string groupName = group.toStdString();
        const std::string resourceName = resource.toStdString();
        const KindKey key{groupName, resourceName};
        const QStringList got = usesOfObject(key, object);
        QCOMPARE(got, everyWay());
        // The object's page goes by the whole object, this by facts: they name the same.
        const auto whole = kube::Json::parse(object);
        QVERIFY(whole);
        QStringList named;
        for (const Reference &each : references(kindOf(groupName, resourceName), *whole))
            named << QString::fromStdString(each.kind + " " + each.space + "/" + each.name);
        for (const QString &each : got)
            QVERIFY2(named.contains(each.section(QStringLiteral(": "), 0, 0)), qPrintable(each));
    }

    void others()
    {
        QCOMPARE(
            usesOfObject({"networking.k8s.io", "ingresses"},
                R"({"metadata":{"name":"x","namespace":"n"},"spec":{"defaultBackend":{"service":{"name":"d"}},"tls":[{"secretName":"t"},{"hosts":["h"]}],
                     "rules":[{"http":{"paths":[{"backend":{"service":{"name":"a"}}},{"backend":{"service":{"name":"d"}}}]}},{"host":"only"}]}})"),
            (QStringList{
                QStringLiteral("Secret n/t: TLS"), QStringLiteral("Service n/a: routes to it"), QStringLiteral("Service n/d: routes to it")}));
        QCOMPARE(usesOfObject({"", "serviceaccounts"},
                     R"({"metadata":{"name":"x","namespace":"n"},"secrets":[{"name":"tok"}],"imagePullSecrets":[{"name":"reg"},{"name":"tok"}]})"),
            (QStringList{QStringLiteral("Secret n/reg: image pulls"), QStringLiteral("Secret n/tok: its token, image pulls")}));
    }

    // Whatever a server sends in their place.
    void badFormsAreNothing()
    {
        for (const char *object :
            {R"({"metadata":{"name":"x"}})", R"({"metadata":{"name":"x"},"spec":null})", R"({"metadata":{"name":"x"},"spec":[1]})",
                R"({"metadata":{"name":"x"},"spec":{"containers":{"env":1},"volumes":"no","serviceAccountName":7,"imagePullSecrets":[[],1,{"name":{}}]}})",
                R"({"metadata":{"name":"x"},"spec":{"containers":[null,{"env":[null,{"valueFrom":null}],"envFrom":[{"secretRef":null}]}]}})"}) {
            QStringList got = usesOfObject({"", "pods"}, object);
            got.removeAll(QStringLiteral("ServiceAccount /7: runs as")); // a number is a text here
            QCOMPARE(got, QStringList());
        }
    }

    void whoMayUse()
    {
        const auto names = [](const KindKey &key) {
            QStringList list;
            for (const KindKey &each : userKinds(key))
                list << QString::fromStdString(std::string(each.resource));
            list.sort();
            return list.join(u' ');
        };
        QCOMPARE(names({"", "secrets"}), QStringLiteral("cronjobs daemonsets deployments ingresses jobs pods podtemplates replicasets "
                                                        "replicationcontrollers serviceaccounts statefulsets"));
        QCOMPARE(names({"", "configmaps"}),
            QStringLiteral("cronjobs daemonsets deployments jobs pods podtemplates replicasets replicationcontrollers statefulsets"));
        QCOMPARE(names({"", "services"}), QStringLiteral("ingresses statefulsets"));
        QCOMPARE(names({"", "nodes"}), QString()); // thousands of pods: its table says them
    }

    // What tells how pods run is found behind the links.
    void podFacts()
    {
        const Kind &kind = kindOf("apps", "deployments");
        const auto page = kube::decodeTable(
            R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name","type":"string"}],"rows":[{"cells":["x"],
            "object":{"metadata":{"name":"x"},"spec":{"replicas":3,"template":{"spec":{"restartPolicy":"Always","containers":[
            {"ports":[{"containerPort":80},{"containerPort":443}]},{"readinessProbe":{"periodSeconds":5},"command":["sh","-c","x"]}]}}}}}]})",
            kube::Detail::Facts, kind.projection());
        QVERIFY(page);
        const kube::Row &row = page->rows[0];
        QVERIFY(kind.holdsFacts(row));
        QCOMPARE(Facts(kind.facts, row).integer("replicas"), 3);
        const Facts pods = podFactsOf(kind, row);
        QCOMPARE(pods.text("restartPolicy"), std::string("Always"));
        QCOMPARE(pods.json("ports").list().size(), std::size_t(2));
        QCOMPARE(std::string(pods.raw("readiness")), std::string("[5]"));
        QVERIFY(pods.raw("liveness").empty());
        QCOMPARE(pods.json("commands").list().at(0).list().size(), std::size_t(3));
    }

    // Of what makes pods; pods themselves are too many. Links are read beside it.
    void environment()
    {
        const auto read = [](const KindKey &key, const std::string &before, const std::string &after) {
            const Kind &kind = kindOf(key.group, key.resource);
            const std::string text =
                R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name","type":"string"}],
              "rows":[{"cells":["x"],"object":{"metadata":{"name":"x","namespace":"team-a"},"spec":)" +
                before + spec + after + "}}]}";
            auto page = kube::decodeTable(text, kube::Detail::Facts, kind.projection());
            if (!page)
                qFatal("%s", page.error().text().c_str());
            return std::move(*page);
        };
        const Kind &kind = kindOf("batch", "cronjobs");
        const kube::TablePage page = read(kind.id.key(), R"({"jobTemplate":{"spec":{"template":{"spec":)", "}}}}");
        QVERIFY(kind.holdsFacts(page.rows[0]));
        const Facts made = podFactsOf(kind, page.rows[0]);
        const kube::Json variables = made.json("environment");
        QCOMPARE(variables.list().size(), std::size_t(4));
        QCOMPARE(std::string(variables.list().at(0)["value"].text()), std::string("1"));
        QCOMPARE(std::string(variables.list().at(1)["name"].text()), std::string("B"));
        QCOMPARE(std::string(variables.list().at(3)["valueFrom"]["secretKeyRef"]["name"].text()), std::string("shared"));
        QCOMPARE(made.json("environmentFrom").list().size(), std::size_t(2));
        QCOMPARE(made.json("initEnvironment").list().size(), std::size_t(1));
        QCOMPARE(made.json("initEnvironmentFrom").list().size(), std::size_t(1));

        const Kind &podKind = kindOf("", "pods");
        const kube::TablePage podPage = read(podKind.id.key(), {}, {});
        QVERIFY(podKind.holdsFacts(podPage.rows[0]));
        const Facts pod = podFactsOf(podKind, podPage.rows[0]);
        QVERIFY(pod.raw("environment").empty());
        QVERIFY(pod.raw("initEnvironmentFrom").empty());
        const kube::Projection paths = podKind.projection();
        QVERIFY(std::none_of(paths.begin(), paths.end(), [](const std::string &path) { return path.ends_with("/env/+"); }));
    }
};

QTEST_GUILESS_MAIN(UsesTest)
#include "tst_uses.moc"
