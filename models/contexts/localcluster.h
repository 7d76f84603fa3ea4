// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>

#include <memory>

namespace fairlead::contexts {

/// Starts a test cluster on this machine with the programs of a checkout (tests/cluster), and fills it with the small scenario.
///
/// Promise: start() leads to exactly one of started(), failed() and cancelled(); until then every line that the programs print comes by
/// said(), whole, as UTF-8, with control characters as they are (foreign). cancel() ends the programs and their children, by their
/// process group, and removes what they had built up; a cluster that was up before start() stays. What does not end within `patience`
/// is killed. A cluster that has started lives on after this object and after the program: tests/cluster/down NAME ends it.
/// Thread: GUI; nothing blocks. The destructor asks what still runs to end, and does not wait for it.
class LocalCluster : public QObject {
    Q_OBJECT

public:
    static constexpr int patience = 30'000; ///< milliseconds

    /// `checkout` is the folder that holds tests/cluster; `name` is the cluster's.
    LocalCluster(QString checkout, QString name, QObject *parent = nullptr);
    ~LocalCluster() override;

    /// Whether a folder is a checkout that can do this.
    [[nodiscard]] static bool isPossible(const QString &checkout);

    [[nodiscard]] bool isRunning() const { return m_step != Step::None; }
    void start();
    void cancel();

Q_SIGNALS:
    void said(const QString &line);
    /// It is ready; `kubeconfig` is the path of its file. Also where the scenario could not be loaded whole: that has been said.
    void started(const QString &kubeconfig);
    void failed(const fairlead::Error &error);
    void cancelled();

private:
    enum class Step { None, Up, Load, Down };
    void run(Step step);
    void read();
    void say(const QByteArray &line);
    void finished(bool well);

    const QString m_checkout;
    const QString m_name;
    std::unique_ptr<QProcess> m_process;
    QTimer m_patience;
    Step m_step = Step::None;
    bool m_cancelled = false;
    bool m_wasUp = false;
    QByteArray m_rest; ///< of the output, up to its next line end
    QByteArray m_lastWords;
    QString m_kubeconfig;
};

} // namespace fairlead::contexts
