// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/client.h"
#include "kube/discovery.h"
#include "kube/store.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace fairlead::kube {

/// One open cluster as one user: client, clock, discovery and the hub of stores. Several live side by side; several
/// windows share one.
///
/// Thread: the GUI thread, or the only thread of a command. Owner: app/. The transport, dispatcher and pool outlive it.
class Session : public QObject {
    Q_OBJECT

public:
    /// The projection that a kind's facts need; from kinds/, handed in by app/.
    using ProjectionOf = std::function<Projection(const GroupVersionResource &)>;

    Session(net::Transport &transport, Dispatcher &dispatcher, QThreadPool &pool, std::string server, ProjectionOf projectionOf,
        QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] Client &client() { return *m_client; }
    [[nodiscard]] SystemClock &clock() { return m_clock; }
    [[nodiscard]] Discovery &discovery() { return *m_discovery; }

    /// The one store of this source. Whoever listens holds it: it goes when the last holder lets go.
    [[nodiscard]] std::shared_ptr<Store> store(const Source &source);
    /// Those that somebody holds now. Whoever looks at them should not go on holding them.
    [[nodiscard]] std::vector<std::shared_ptr<Store>> stores() const;

private:
    SystemClock m_clock;
    std::unique_ptr<Client> m_client;
    std::unique_ptr<Discovery> m_discovery;
    ProjectionOf m_projectionOf;
    std::map<Source, std::weak_ptr<Store>> m_stores;
};

} // namespace fairlead::kube
