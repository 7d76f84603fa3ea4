// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/endpoint.h"

#include <QHash>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <string>

namespace fairlead::test {

/// A real server on loopback that does wrong on purpose (faultserver.py: its listeners and paths), with certificates made
/// at run time. Thread: the test's own. Owner: the test; the process ends with it, also when the test is killed.
class FaultServer {
public:
    FaultServer();
    ~FaultServer();

    /// Empty: it runs. Else why it does not.
    [[nodiscard]] QString whyNot() const { return m_whyNot; }

    /// Of one listener; https and the right authority unless the listener has no TLS at all.
    [[nodiscard]] net::Endpoint endpoint(const QString &listener) const;
    [[nodiscard]] int port(const QString &listener) const { return m_ports.value(listener); }
    /// One of the files it made: "otherca.pem", "client.key", …
    [[nodiscard]] std::string file(const QString &name) const;
    [[nodiscard]] std::string text(const QString &name) const;

    /// Nothing leaves the server any more, not even a TLS handshake; its sockets stay open.
    void freeze() { command("freeze"); }
    void thaw() { command("thaw"); }

private:
    void command(const char *word);

    QTemporaryDir m_folder;
    QProcess m_process;
    QHash<QString, int> m_ports;
    QString m_whyNot;
};

} // namespace fairlead::test
