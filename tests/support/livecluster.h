// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/endpoint.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <string>

namespace fairlead::test {

/// A cluster of a test's own (tests/cluster), for tests that kill and stop its API server; gone when this is. Only the
/// control plane runs, unless `options` of `tests/cluster/up` ask for more. Thread: the test's own; each call blocks until it is done.
class LiveCluster {
public:
    /// Starts it. `purpose` goes into its name.
    explicit LiveCluster(const QString &purpose, const QStringList &options = {});
    ~LiveCluster();
    LiveCluster(const LiveCluster &) = delete;
    LiveCluster &operator=(const LiveCluster &) = delete;

    /// Empty: it is ready. Else why it is not.
    [[nodiscard]] QString whyNot() const { return m_whyNot; }

    /// As "admin" or "viewer" by certificate files, as "dev" by token file.
    [[nodiscard]] net::Endpoint endpoint(const QString &user = QStringLiteral("admin")) const;
    /// A file of its folder: "pki/ca.crt".
    [[nodiscard]] std::string file(const QString &name) const;
    [[nodiscard]] std::string text(const QString &name) const;

    /// `tests/cluster/load SCENARIO NAME`. Empty: all of it was applied; else why not.
    [[nodiscard]] QString load(const QString &scenario = QStringLiteral("small"));
    /// `tests/cluster/ctl NAME COMMAND`: kill-apiserver, start-apiserver, …
    [[nodiscard]] bool ctl(const QString &command);
    /// SIGSTOP and SIGCONT: the kernel still acknowledges what is sent, and nothing is answered.
    [[nodiscard]] bool stopApiServer();
    [[nodiscard]] bool continueApiServer();
    /// One of the cluster's programs: "kubectl".
    [[nodiscard]] QString program(const QString &name) const { return m_programs + QLatin1Char('/') + name; }
    /// kubectl as admin; its standard output, or nothing where it failed.
    [[nodiscard]] QByteArray kubectl(const QStringList &arguments, const QByteArray &input = {}) const;

private:
    QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input, QString *error) const;
    [[nodiscard]] bool signalApiServer(int signal);

    const QString m_name;
    QJsonObject m_status;
    QString m_programs;
    QString m_whyNot;
    bool m_stopped = false;
};

} // namespace fairlead::test
