// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/access.h"

#include "kube/client.h"
#include "kube/decode/json.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t askedAtATime = 8;

QJsonValue text(const std::string &string)
{
    return QString::fromStdString(string);
}

net::Request review(const char *kind, const char *plural, const QJsonObject &spec)
{
    const QJsonObject body{{QStringLiteral("apiVersion"), QStringLiteral("authorization.k8s.io/v1")}, {QStringLiteral("kind"), QLatin1String(kind)},
        {QStringLiteral("spec"), spec}};
    net::Request request;
    request.verb = net::Verb::Review;
    request.path = std::string("/apis/authorization.k8s.io/v1/") + plural;
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact).toStdString();
    return request;
}

tl::unexpected<Error> notAReview()
{
    return failure({.code = Code::NotKubernetes,
        .message = "the server's answer to a question about rights is no answer",
        .remedy = "Check that the address is that of a Kubernetes API server, and that no proxy in between changes its answers."});
}

Result<bool> decodeAccess(Answer &&answer)
{
    const auto review = Json::parse(answer.body);
    if (!review || (*review)["status"]["allowed"].type() != Json::Type::Boolean)
        return notAReview();
    return (*review)["status"]["allowed"].boolean();
}

std::vector<std::string> texts(const Json &list)
{
    std::vector<std::string> out;
    for (const Json &entry : list.list())
        out.emplace_back(entry.text());
    return out;
}

Result<Rights> decodeRights(Answer &&answer)
{
    const auto review = Json::parse(answer.body);
    if (!review || (*review)["status"].type() != Json::Type::Map)
        return notAReview();
    const Json &status = (*review)["status"];
    Rights rights;
    rights.incomplete = status["incomplete"].boolean();
    for (const Json &rule : status["resourceRules"].list())
        rights.rules.push_back({texts(rule["verbs"]), texts(rule["apiGroups"]), texts(rule["resources"]), texts(rule["resourceNames"])});
    return rights;
}

bool holds(const std::vector<std::string> &list, const std::string &what)
{
    return std::any_of(list.begin(), list.end(), [&what](const std::string &entry) { return entry == "*" || entry == what; });
}

// As Kubernetes' RBAC reads "*/scale".
bool holdsResource(const Rights::Rule &rule, const Right &right)
{
    if (right.subresource.empty())
        return holds(rule.resources, right.resource.resource);
    return holds(rule.resources, right.resource.resource + '/' + right.subresource) ||
           std::find(rule.resources.begin(), rule.resources.end(), "*/" + right.subresource) != rule.resources.end();
}

bool isOf(const Rights::Rule &rule, const Right &right)
{
    return holds(rule.verbs, right.verb) && holds(rule.groups, right.resource.group) && holdsResource(rule, right);
}

// A round of questions, one a namespace.
struct Round : std::enable_shared_from_this<Round> {
    Client *client = nullptr;
    Right right;
    std::vector<std::string> left; // from the back
    std::map<std::string, Reply<bool>> asked;
    std::set<std::string> found;
    std::optional<Error> why;
    bool anyAnswer = false;
    Promise<std::set<std::string>> promise;

    void askMore()
    {
        while (asked.size() < askedAtATime && !left.empty()) {
            const std::string space = left.back();
            left.pop_back();
            right.space = space;
            auto &reply = asked[space];
            reply = may(*client, right);
            reply.then(client, [self = shared_from_this(), space](Result<bool> allowed) { self->take(space, std::move(allowed)); });
        }
        if (!asked.empty())
            return;
        if (!anyAnswer && why)
            promise.give(failure(std::move(*why)));
        else
            promise.give(std::move(found));
    }

    void take(const std::string &space, Result<bool> allowed)
    {
        asked.erase(space);
        if (!allowed)
            why = std::move(allowed.error());
        else if (*allowed)
            found.insert(space);
        anyAnswer = anyAnswer || allowed;
        askMore();
    }
};

} // namespace

bool Rights::allow(const Right &right) const
{
    return std::any_of(rules.begin(), rules.end(),
        [&right](const Rule &rule) { return isOf(rule, right) && (rule.names.empty() || (!right.name.empty() && holds(rule.names, right.name))); });
}

std::set<std::string> Rights::namesFor(const Right &right) const
{
    std::set<std::string> names;
    for (const Rule &rule : rules) {
        if (isOf(rule, right))
            names.insert(rule.names.begin(), rule.names.end());
    }
    return names;
}

Reply<bool> may(Client &client, const Right &right)
{
    QJsonObject attributes{{QStringLiteral("verb"), text(right.verb)}, {QStringLiteral("group"), text(right.resource.group)},
        {QStringLiteral("version"), text(right.resource.version)}, {QStringLiteral("resource"), text(right.resource.resource)}};
    if (!right.space.empty())
        attributes.insert(QStringLiteral("namespace"), text(right.space));
    if (!right.name.empty())
        attributes.insert(QStringLiteral("name"), text(right.name));
    if (!right.subresource.empty())
        attributes.insert(QStringLiteral("subresource"), text(right.subresource));
    return client.ask<bool>(
        review("SelfSubjectAccessReview", "selfsubjectaccessreviews", {{QStringLiteral("resourceAttributes"), attributes}}), decodeAccess);
}

Reply<Rights> rightsIn(Client &client, const std::string &space)
{
    return client.ask<Rights>(
        review("SelfSubjectRulesReview", "selfsubjectrulesreviews", {{QStringLiteral("namespace"), text(space)}}), decodeRights);
}

Reply<std::set<std::string>> spacesWith(Client &client, const Right &right, const std::set<std::string> &candidates)
{
    const auto round = std::make_shared<Round>();
    round->client = &client;
    round->right = right;
    round->left.assign(candidates.begin(), candidates.end());
    if (round->left.size() > mostCandidates)
        round->left.resize(mostCandidates);
    std::reverse(round->left.begin(), round->left.end());
    auto reply = round->promise.reply();
    round->promise.onCancel([weak = std::weak_ptr(round)] {
        if (const auto alive = weak.lock()) {
            alive->left.clear();
            for (auto &[space, question] : alive->asked)
                question.cancel();
        }
    });
    round->askMore();
    return reply;
}

} // namespace fairlead::kube
