// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/discoveryround.h"

#include "kube/client.h"

#include <utility>

namespace fairlead::kube {
namespace {

net::Request requestFor(std::string path, std::string accept)
{
    net::Request request;
    request.verb = net::Verb::Get;
    request.path = std::move(path);
    request.accept = std::move(accept);
    return request;
}

} // namespace

DiscoveryRound::DiscoveryRound(Client &client, Done done, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_done(std::move(done))
{
}

void DiscoveryRound::start()
{
    ask("/api", m_core);
    ask("/apis", m_named);
}

void DiscoveryRound::ask(std::string path, std::optional<Result<DiscoveryDoc>> &answer)
{
    auto reply = m_client.ask<DiscoveryDoc>(
        requestFor(std::move(path), std::string(acceptDiscovery)), [](Answer &&whole) { return decodeDiscovery(whole.body); });
    reply.then(this, [this, &answer](Result<DiscoveryDoc> doc) {
        answer = std::move(doc);
        if (m_core && m_named)
            readRoots();
    });
}

void DiscoveryRound::readRoots()
{
    if (!*m_named) {
        Error error = std::move(m_named->error());
        if (error.code == Code::NotFound && !*m_core && m_core->error().code == Code::NotFound) {
            // Any web server answers like that.
            error.code = Code::NotKubernetes;
            error.message = "the server answers, but has neither /api nor /apis: it is not a Kubernetes API server";
            error.remedy = "Check the server's address in the kubeconfig, and whether a path is missing from it.";
        }
        return fail(std::move(error));
    }
    if (*m_core)
        addParts(**m_core);
    else if (m_core->error().code != Code::NotFound) // an aggregated server by itself has no core group
        return fail(std::move(m_core->error()));
    addParts(**m_named);
    askParts();
}

void DiscoveryRound::addParts(DiscoveryDoc &doc)
{
    std::move(doc.broken.begin(), doc.broken.end(), std::back_inserter(m_broken));
    if (doc.aggregated) {
        m_parts.push_back({.version = {}, .resources = std::move(doc.resources), .error = {}});
        return;
    }
    for (GroupVersion &version : doc.versions) {
        m_toAsk.push_back(m_parts.size());
        m_parts.push_back({.version = std::move(version), .resources = {}, .error = {}});
    }
}

void DiscoveryRound::askParts()
{
    if (m_next == m_toAsk.size() && m_underWay == 0)
        return finish();
    while (m_next < m_toAsk.size() && m_underWay < parallel) {
        const std::size_t index = m_toAsk[m_next++];
        const GroupVersion &version = m_parts[index].version;
        ++m_underWay;
        auto reply = m_client.ask<std::vector<Resource>>(
            requestFor(version.path(), "application/json"), [version](Answer &&whole) { return decodeResourceList(whole.body, version); });
        reply.then(this, [this, index](Result<std::vector<Resource>> resources) {
            --m_underWay;
            Part &part = m_parts[index];
            if (resources) {
                part.resources = std::move(*resources);
            } else {
                part.error = std::move(resources.error());
                ++m_failed;
            }
            askParts();
        });
    }
}

void DiscoveryRound::finish()
{
    Offer offer;
    for (Part &part : m_parts) {
        if (part.error) {
            if (m_failed == static_cast<int>(m_toAsk.size()))
                return fail(std::move(*part.error)); // not one group is broken, but the way to all of them
            part.error->message = part.version.text() + ": " + part.error->message;
            m_broken.push_back(std::move(*part.error));
            continue;
        }
        std::move(part.resources.begin(), part.resources.end(), std::back_inserter(offer.resources));
    }
    offer.broken = std::move(m_broken);
    for (Error &error : offer.broken)
        error.server = m_client.server();
    markPreferred(offer.resources);
    const Done done = std::move(m_done);
    done(std::move(offer));
}

void DiscoveryRound::fail(Error error)
{
    error.server = m_client.server();
    const Done done = std::move(m_done);
    done(failure(std::move(error)));
}

} // namespace fairlead::kube
