// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/offerfixture.h"

#include <QTest>

#include <algorithm>

using namespace fairlead;
using namespace fairlead::kube;
using fairlead::test::fixture;

namespace {

using Texts = std::vector<std::string>;

Texts texts(const std::vector<GroupVersion> &versions)
{
    Texts out;
    for (const GroupVersion &version : versions)
        out.push_back(version.text());
    return out;
}

const Resource *find(const std::vector<Resource> &resources, const GroupVersionResource &id)
{
    const auto it = std::find_if(resources.begin(), resources.end(), [&](const Resource &resource) { return resource.id == id; });
    return it == resources.end() ? nullptr : &*it;
}

std::string replaced(std::string text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

} // namespace

class DiscoveryDocTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatARealServerOffers()
    {
        const auto offer = test::standardOffer();
        QCOMPARE(offer.resources.size(), std::size_t(66));
        QCOMPARE(offer.resources.front().id.group, std::string()); // core comes first
        const Resource *deployments = find(offer.resources, {"apps", "v1", "deployments"});
        QVERIFY(deployments);
        QCOMPARE(deployments->kind, std::string("Deployment"));
        QCOMPARE(deployments->singular, std::string("deployment"));
        QCOMPARE(deployments->shortNames, Texts{"deploy"});
        QCOMPARE(deployments->categories, Texts{"all"});
        QCOMPARE(deployments->verbs, (Texts{"create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"}));
        QVERIFY(deployments->namespaced);
        QVERIFY(deployments->preferred);
        QVERIFY(deployments->can("watch"));
        QVERIFY(!deployments->can("fly"));
        QCOMPARE(deployments->qualifiedName(), std::string("deployments.apps"));
        QCOMPARE(find(offer.resources, {"", "v1", "pods"})->qualifiedName(), std::string("pods"));
        QVERIFY(!find(offer.resources, {"", "v1", "nodes"})->namespaced);
        QCOMPARE(find(offer.resources, {"apiextensions.k8s.io", "v1", "customresourcedefinitions"})->shortNames, (Texts{"crd", "crds"}));
        QVERIFY(std::none_of(offer.resources.begin(), offer.resources.end(),
            [](const Resource &resource) { return resource.id.resource.find('/') != std::string::npos; }));
    }

    void onlyOneVersionIsPreferred()
    {
        const auto offer = test::standardOffer();
        QVERIFY(find(offer.resources, {"autoscaling", "v2", "horizontalpodautoscalers"})->preferred);
        QVERIFY(!find(offer.resources, {"autoscaling", "v1", "horizontalpodautoscalers"})->preferred);
        // Where the preferred version does not have it, the first that has.
        std::vector<Resource> resources(3);
        resources[0].id = {"a.test", "v2", "things"};
        resources[1].id = {"a.test", "v1", "things"};
        resources[2].id = {"a.test", "v1", "others"};
        markPreferred(resources);
        QVERIFY(resources[0].preferred && !resources[1].preferred && resources[2].preferred);
    }

    void bothFormsTellTheSame()
    {
        const auto api = decodeDiscovery(fixture("discovery/legacy/api.json"));
        const auto apis = decodeDiscovery(fixture("discovery/legacy/apis.json"));
        QVERIFY(api && apis);
        QVERIFY(!api->aggregated && !apis->aggregated);
        QCOMPARE(texts(api->versions), Texts{"v1"});
        std::vector<Resource> resources;
        for (const auto *doc : {&*api, &*apis}) {
            for (const GroupVersion &version : doc->versions) {
                const std::string file = version.group.empty() ? "api_v1" : "apis_" + version.group + "_" + version.version;
                const auto list = decodeResourceList(fixture("discovery/legacy/" + file + ".json"), version);
                QVERIFY2(list, file.c_str());
                resources.insert(resources.end(), list->begin(), list->end());
            }
        }
        markPreferred(resources);
        const auto sorted = [](std::vector<Resource> list) {
            std::sort(list.begin(), list.end(), [](const Resource &a, const Resource &b) { return a.id < b.id; });
            return list;
        };
        QVERIFY(sorted(resources) == sorted(test::standardOffer().resources));
        // The groups' order decides what a name means, so it must be the same too.
        const auto aggregated = decodeDiscovery(fixture("discovery/aggregated-v2/apis.json"));
        QVERIFY(aggregated && aggregated->aggregated);
        QCOMPARE(texts(aggregated->versions), texts(apis->versions));
    }

    void theBetaFormIsReadToo()
    {
        const std::string v2 = fixture("discovery/aggregated-v2/apis.json");
        const std::string beta = replaced(v2, "apidiscovery.k8s.io/v2", "apidiscovery.k8s.io/v2beta1");
        QVERIFY(v2 != beta);
        const auto doc = decodeDiscovery(beta);
        QVERIFY(doc);
        QVERIFY(doc->resources == decodeDiscovery(v2)->resources);
    }

    void aStaleVersionIsBrokenAndHidesNoOther()
    {
        const auto doc = decodeDiscovery(
            R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[)"
            R"({"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]},)"
            R"({"metadata":{"name":"a.test"},"versions":[{"version":"v2","freshness":"Stale","resources":[{"resource":"olds","responseKind":{"kind":"Old"}}]},)"
            R"({"version":"v1","freshness":"Current","resources":[{"resource":"things","responseKind":{"kind":"Thing"},"scope":"Namespaced"}]}]}]})");
        QVERIFY(doc);
        QCOMPARE(texts(doc->versions), Texts{"a.test/v1"});
        QCOMPARE(doc->resources.size(), std::size_t(1));
        QCOMPARE(doc->resources.front().id.resource, std::string("things"));
        QCOMPARE(doc->broken.size(), std::size_t(2));
        QCOMPARE(doc->broken[0].code, Code::Unavailable);
        QVERIFY(doc->broken[0].message.starts_with("metrics.k8s.io/v1beta1: "));
        QVERIFY(doc->broken[0].remedy.find("APIService v1beta1.metrics.k8s.io") != std::string::npos);
        QVERIFY(doc->broken[1].message.starts_with("a.test/v2: "));
    }

    void whatOnlyCarriesSubresourcesIsNoResource()
    {
        const auto doc =
            decodeDiscovery(R"({"kind":"APIGroupDiscoveryList","items":[{"metadata":{"name":"a.test"},"versions":[{"version":"v1","resources":[)"
                            R"({"resource":"things","subresources":[{"subresource":"scale","responseKind":{"kind":"Scale"}}]},)"
                            R"({"resource":"others","responseKind":{"kind":"Other"},"scope":"Cluster"}]}]}]})");
        QVERIFY(doc);
        QCOMPARE(doc->resources.size(), std::size_t(1));
        QCOMPARE(doc->resources.front().kind, std::string("Other"));
        QVERIFY(!doc->resources.front().namespaced);
        const auto list = decodeResourceList(
            R"({"kind":"APIResourceList","resources":[{"name":"things/status","kind":"Thing"},{"name":"things","kind":"Thing","namespaced":true},{"name":"x"}]})",
            {"a.test", "v1"});
        QVERIFY(list);
        QCOMPARE(list->size(), std::size_t(1));
        QCOMPARE(list->front().id, (GroupVersionResource{"a.test", "v1", "things"}));
    }

    void thePreferredVersionComesFirst()
    {
        const auto doc =
            decodeDiscovery(R"({"kind":"APIGroupList","groups":[{"name":"a.test","versions":[{"version":"v1"},{"version":"v2"},{"version":"v3"}],)"
                            R"("preferredVersion":{"version":"v3"}},{"name":"b.test","versions":[{"version":"v1"},{"version":"v2"}]}]})");
        QVERIFY(doc);
        QCOMPARE(texts(doc->versions), (Texts{"a.test/v3", "a.test/v1", "a.test/v2", "b.test/v1", "b.test/v2"}));
        QCOMPARE(doc->versions[0].path(), std::string("/apis/a.test/v3"));
        QCOMPARE((GroupVersion{"", "v1"}).path(), std::string("/api/v1"));
        QCOMPARE((GroupVersion{"a/../b", "v 1"}).path(), std::string("/apis/a%2F..%2Fb/v%201"));
    }

    void whoeverElseAnswersIsNotKubernetes()
    {
        for (const char *body : {"<html><body>Sign in</body></html>", "{}", "[]", R"({"kind":"Pod"})", "hello", ""}) {
            const auto doc = decodeDiscovery(body);
            QVERIFY2(!doc, body);
            QCOMPARE(doc.error().code, Code::NotKubernetes);
            QVERIFY(!doc.error().remedy.empty());
            const auto list = decodeResourceList(body, {"", "v1"});
            QVERIFY2(!list, body);
            QCOMPARE(list.error().code, Code::NotKubernetes);
        }
    }

    void aCutAnswerSaysSo()
    {
        const std::string whole = fixture("discovery/aggregated-v2/api.json");
        QVERIFY(whole.size() > 1000);
        for (const std::size_t size : {std::size_t(1), std::size_t(17), whole.size() / 2, whole.rfind('}')}) {
            const auto doc = decodeDiscovery(std::string_view(whole).substr(0, size));
            QVERIFY(!doc);
            QCOMPARE(doc.error().code, Code::Interrupted);
        }
    }

    void wrongTypesAreNoCrash()
    {
        for (const char *body : {R"({"kind":"APIGroupDiscoveryList","items":{}})",
                 R"({"kind":"APIGroupDiscoveryList","items":[1,null,{"versions":[{"version":1,"resources":"x"}]}]})",
                 R"({"kind":"APIGroupList","groups":[{"name":7,"versions":"x"}]})", R"({"kind":"APIVersions","versions":[1,null]})"}) {
            const auto doc = decodeDiscovery(body);
            QVERIFY2(doc, body);
            QVERIFY(doc->resources.empty());
        }
    }
};

QTEST_APPLESS_MAIN(DiscoveryDocTest)
#include "tst_discoverydoc.moc"
