// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/store.h"
#include "logs/podcontainers.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace fairlead::logs {

/// The containers of one pod, kept current by its row in a store.
///
/// Thread: GUI. Owner: who shows them. `store` has the pods of one namespace or one pod by a field selector (sourceOf()).
/// A pod that was deleted and created again under its name is followed; what was last known of one that is gone stays.
class PodWatch : public QObject {
    Q_OBJECT

public:
    PodWatch(std::shared_ptr<kube::Store> store, std::string name, QObject *parent = nullptr);

    /// The source that holds this pod alone; the same for all who look at it, so that they share a watch.
    [[nodiscard]] static kube::Source sourceOf(const std::string &space, const std::string &name);

    [[nodiscard]] bool isKnown() const { return m_known; }
    [[nodiscard]] bool isGone() const { return m_gone; } ///< deleted, or was never there
    [[nodiscard]] const std::vector<Container> &containers() const { return m_containers; }
    [[nodiscard]] const std::string &defaultContainer() const { return m_default; }
    [[nodiscard]] const Container *find(const std::string &name) const;
    [[nodiscard]] const kube::State &state() const { return m_store->state(); }

Q_SIGNALS:
    void changed();
    /// The store has word from the server again after it had none.
    void reached();

private:
    void take(const kube::ChangeSet &set);
    void takeState(const kube::State &state);

    const std::shared_ptr<kube::Store> m_store;
    const std::string m_name;
    bool m_known = false;
    bool m_gone = false;
    std::vector<Container> m_containers;
    std::string m_default;
    kube::Phase m_phase = kube::Phase::Loading;
    kube::Subscription m_subscription;
};

} // namespace fairlead::logs
