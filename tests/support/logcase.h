// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QThreadPool>

#include <memory>

#include <unistd.h>

namespace fairlead::test {

/// Pods of a real node that write logs, and a session that may read them: a cluster of the test's own. Thread: the test's own.
class LogCase {
public:
    /// A real node needs root.
    [[nodiscard]] static bool mayRun() { return ::geteuid() == 0; }

    /// `pods`: YAML, applied in "team-a". Connected as admin where whyNot() is empty.
    LogCase(const QString &purpose, const char *pods)
        : cluster(purpose, {QStringLiteral("--real-node")})
    {
        if (!cluster.whyNot().isEmpty())
            return;
        (void)cluster.kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, pods);
        connectAs(QStringLiteral("admin"));
    }
    ~LogCase() { disconnect(); }
    LogCase(const LogCase &) = delete;
    LogCase &operator=(const LogCase &) = delete;

    void connectAs(const QString &user)
    {
        disconnect();
        const net::Endpoint endpoint = cluster.endpoint(user);
        transport = std::make_unique<net::CurlTransport>(endpoint);
        session = std::make_shared<kube::Session>(*transport, dispatcher, pool, endpoint.address(), nullptr);
    }
    /// Who holds the session has let go of it before.
    void disconnect()
    {
        session.reset();
        transport.reset();
        pool.waitForDone();
    }
    /// What kubectl reads, with time stamps.
    [[nodiscard]] QByteArray logs(const char *pod, const char *container, const QStringList &more = {}) const
    {
        return cluster.kubectl(QStringList{QStringLiteral("logs"), QStringLiteral("-n"), QStringLiteral("team-a"), QString::fromLatin1(pod),
                                   QStringLiteral("-c"), QString::fromLatin1(container), QStringLiteral("--timestamps")} +
                               more);
    }

    LiveCluster cluster;
    Dispatcher dispatcher;
    QThreadPool pool;
    std::unique_ptr<net::CurlTransport> transport;
    std::shared_ptr<kube::Session> session;
};

} // namespace fairlead::test
