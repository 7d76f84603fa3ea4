// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "contexts/clusters.h"
#include "kube/session.h"
#include "support/scriptedtransport.h"

#include <QThreadPool>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fairlead::test {

/// A cluster of a few objects below the real engine: bytes as an API server sends them, at a time that stands in the answers' Date.
/// Thread: the test's own; nothing happens but in settle().
class ObjectWorld {
public:
    struct Object {
        std::string name;
        std::vector<std::string> cells;
        std::string json;
        std::string uid = "u-" + name; ///< as it stands in `json`
    };

    /// `now`: what the server's clock says, RFC 3339; it stands still there.
    explicit ObjectWorld(const char *now = "2026-11-24T14:40:00Z");
    ~ObjectWorld();

    /// Delivers until nothing is left to do: bytes, pool tasks, posted events. Timers run as they do.
    void settle();

    /// "/api/v1/namespaces/payments/pods"; columns by name. `wide`: those that `-o wide` has, too.
    void addCollection(const std::string &path, const std::vector<std::string> &columns, const std::set<std::string> &wide = {});
    void addObject(const std::string &collection, const Object &object);
    /// Tells those who watch the collection.
    void change(const std::string &collection, const Object &changed);
    void remove(const std::string &collection, const std::string &name);
    /// From now on this answer instead, to lists and watches alike.
    void refuse(const std::string &collection, int status, const std::string &reason, const std::string &message);
    /// The same to who asks for one of its objects by its own path.
    void refuseObjects(const std::string &collection);
    /// The whole object by its own path, with managed fields.
    void setWhole(const std::string &collection, const std::string &name, const std::string &json);

    [[nodiscard]] contexts::OpenClusterPtr cluster() const { return m_cluster; }
    [[nodiscard]] kube::Session &session() const { return *m_cluster->session; }
    [[nodiscard]] ScriptedTransport &server() { return m_server; }

    /// From then on metrics.k8s.io is among what is offered; before anybody has asked. Its lists are answered by `answers`, which the test may
    /// change.
    void offerMetrics(std::function<Answer(const net::Request &)> answers);
    /// One entry of a PodMetricsList.
    [[nodiscard]] static std::string podMetrics(const std::string &space, const std::string &name, const std::string &cpu, const std::string &memory,
        const std::string &at = "2026-11-24T14:39:50Z");
    [[nodiscard]] static Answer podMetricsList(const std::vector<std::string> &entries);

    /// A pod in a crash loop, with what belongs to it; 14:40 on the 24th of November 2026.
    void addPayments();
    /// A job that gave up.
    void addReport();
    [[nodiscard]] static kube::Resource pods();
    [[nodiscard]] static Object crashingPod(const std::string &name = "payments-api-7d9f6c5b84-x2k4q");

private:
    struct Collection {
        std::vector<std::string> columns;
        std::set<std::string> wide;
        std::vector<Object> objects;
        std::map<std::string, std::string> whole;
        int status = 0; ///< 0: it answers
        bool refusesObjects = false;
        std::string reason;
        std::string message;
        int version = 100;
    };

    [[nodiscard]] Answer dated(Answer answer) const;
    [[nodiscard]] Answer list(const std::string &path, const net::Request &request);
    [[nodiscard]] Answer get(const std::string &path, const std::string &name, const net::Request &request);
    [[nodiscard]] std::string table(const Collection &collection, const std::vector<const Object *> &objects) const;
    void push(const std::string &collection, const std::string &type, const Object &object);

    ScriptedTransport m_server;
    const std::string m_now;
    std::string m_groups; ///< what /apis answers
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::map<std::string, Collection> m_collections;
    contexts::OpenClusterPtr m_cluster;
};

} // namespace fairlead::test
