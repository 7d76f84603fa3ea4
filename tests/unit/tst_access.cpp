// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/access.h"
#include "kube/decode/json.h"
#include "support/enginebench.h"

#include <QTest>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;

namespace {

const std::string accessPath = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const std::string rulesPath = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

Right listPods(const std::string &space = {})
{
    return {.verb = "list", .resource = {"", "v1", "pods"}, .space = space, .name = {}, .subresource = {}};
}

// Allows what is asked for in one namespace.
std::function<test::Answer(const net::Request &)> allowsIn(const std::string &space)
{
    return [space](const net::Request &request) {
        const auto body = Json::parse(request.body);
        const bool allowed = body && (*body)["spec"]["resourceAttributes"]["namespace"].text() == space;
        return answer(std::string(R"({"kind":"SelfSubjectAccessReview","status":{"allowed":)") + (allowed ? "true" : "false") + "}}", 201);
    };
}

} // namespace

// Reviews of one's own rights; what a real server answers: tst_session_live.
class AccessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<EngineBench>(); }
    void cleanup() { m_bench.reset(); }

    void oneRightIsAskedFor()
    {
        m_bench->server.on(
            net::Verb::Review, accessPath, [](const net::Request &) { return true; }, allowsIn("team-a"));
        std::vector<bool> answers;
        for (const char *space : {"team-a", "team-b", ""}) {
            may(m_bench->client, listPods(space)).then(&m_bench->context, [&](Result<bool> allowed) { answers.push_back(allowed.value()); });
            m_bench->settle();
        }
        QCOMPARE(answers, (std::vector<bool>{true, false, false}));
        const auto body = Json::parse(m_bench->server.requests().at(0).body);
        QCOMPARE((*body)["kind"].text(), std::string_view("SelfSubjectAccessReview"));
        const Json &attributes = (*body)["spec"]["resourceAttributes"];
        QCOMPARE(attributes["verb"].text(), std::string_view("list"));
        QCOMPARE(attributes["resource"].text(), std::string_view("pods"));
        QCOMPARE((*Json::parse(m_bench->server.requests().at(2).body))["spec"]["resourceAttributes"]["namespace"].type(), Json::Type::Null);
    }

    void whatIsNoAnswerIsSaid()
    {
        m_bench->server.on(net::Verb::Review, accessPath, answer(R"({"status":{"allowed":"true"}})"), 1);
        m_bench->server.on(net::Verb::Review, accessPath, answer("<html>"), 1);
        m_bench->server.on(net::Verb::Review, rulesPath, answer("[]"), 1);
        std::vector<Code> codes;
        for (int i = 0; i < 2; ++i)
            may(m_bench->client, listPods()).then(&m_bench->context, [&](Result<bool> result) { codes.push_back(result.error().code); });
        rightsIn(m_bench->client, "team-a").then(&m_bench->context, [&](Result<Rights> result) { codes.push_back(result.error().code); });
        m_bench->settle();
        QCOMPARE(codes, (std::vector<Code>{Code::NotKubernetes, Code::NotKubernetes, Code::NotKubernetes}));
    }

    void rightsAreReadAsRbacReadsThem()
    {
        m_bench->server.on(net::Verb::Review, rulesPath,
            answer(R"({"status":{"incomplete":true,"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/version"]}],"resourceRules":[
                {"verbs":["list","watch"],"apiGroups":[""],"resources":["pods"]},
                {"verbs":["get"],"apiGroups":[""],"resources":["namespaces"],"resourceNames":["team-a","team-b"]},
                {"verbs":["*"],"apiGroups":["apps"],"resources":["*"]},
                {"verbs":["update"],"apiGroups":["*"],"resources":["*/scale"]}]}})",
                201));
        std::optional<Rights> rights;
        rightsIn(m_bench->client, "team-a").then(&m_bench->context, [&](Result<Rights> result) { rights = result.value(); });
        m_bench->settle();
        QVERIFY(rights.has_value());
        QVERIFY(rights->incomplete);
        const auto allowed = [&](const char *verb, GroupVersionResource resource, const char *name = "", const char *part = "") {
            return rights->allow({.verb = verb, .resource = std::move(resource), .space = {}, .name = name, .subresource = part});
        };
        QVERIFY(allowed("list", {"", "v1", "pods"}));
        QVERIFY(!allowed("delete", {"", "v1", "pods"}));
        QVERIFY(!allowed("list", {"", "v1", "pods"}, "", "log"));
        QVERIFY(!allowed("get", {"", "v1", "namespaces"}));
        QVERIFY(allowed("get", {"", "v1", "namespaces"}, "team-b"));
        QVERIFY(!allowed("get", {"", "v1", "namespaces"}, "team-c"));
        QVERIFY(allowed("delete", {"apps", "v1", "deployments"}));
        QVERIFY(allowed("update", {"example.com", "v1", "things"}, "", "scale"));
        QVERIFY(!allowed("update", {"example.com", "v1", "things"}, "", "status"));
        QCOMPARE(rights->namesFor({.verb = "get", .resource = {"", "v1", "namespaces"}, .space = {}, .name = {}, .subresource = {}}),
            (std::set<std::string>{"team-a", "team-b"}));
    }

    void namespacesAreAskedAFewAtATime()
    {
        m_bench->server.on(
            net::Verb::Review, accessPath, [](const net::Request &) { return true; }, allowsIn("n17"));
        std::set<std::string> candidates;
        for (int i = 10; i < 40; ++i)
            candidates.insert("n" + std::to_string(i));
        std::optional<std::set<std::string>> found;
        spacesWith(m_bench->client, listPods(), candidates).then(&m_bench->context, [&](Result<std::set<std::string>> spaces) {
            found = spaces.value();
        });
        QCOMPARE(m_bench->server.count(net::Verb::Review), 8);
        m_bench->settle();
        QCOMPARE(m_bench->server.count(net::Verb::Review), 30);
        QCOMPARE(found, std::optional(std::set<std::string>{"n17"}));
        // No candidates, no questions.
        found.reset();
        spacesWith(m_bench->client, listPods(), {}).then(&m_bench->context, [&](Result<std::set<std::string>> spaces) { found = spaces.value(); });
        m_bench->settle();
        QCOMPARE(found, std::optional(std::set<std::string>{}));
        // Nobody waits any more.
        auto reply = spacesWith(m_bench->client, listPods(), candidates);
        reply.cancel();
        m_bench->settle();
        QCOMPARE(m_bench->server.count(net::Verb::Review), 38);
        QCOMPARE(m_bench->server.cancelled(), 8);
    }

    void aFailedQuestionIsNotARefusal()
    {
        m_bench->server.on(net::Verb::Review, accessPath, refusal(500, "InternalError", "no"), 1);
        m_bench->server.on(
            net::Verb::Review, accessPath, [](const net::Request &) { return true; }, allowsIn("b"), 1);
        std::vector<std::string> told;
        const auto tell = [&told](Result<std::set<std::string>> spaces) { told.push_back(spaces ? std::to_string(spaces->size()) : "failed"); };
        spacesWith(m_bench->client, listPods(), {"a", "b"}).then(&m_bench->context, tell);
        m_bench->settle();
        spacesWith(m_bench->client, listPods(), {"a", "b"}).then(&m_bench->context, tell); // 404: a server without reviews
        m_bench->settle();
        QCOMPARE(told, (std::vector<std::string>{"1", "failed"}));
    }

private:
    std::unique_ptr<EngineBench> m_bench;
};

QTEST_GUILESS_MAIN(AccessTest)
#include "tst_access.moc"
