// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/session.h"

#include <QObject>

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace fairlead::items {

/// The names of a cluster's namespaces, kept current from the moment that somebody asks for them first.
///
/// Promise: asks nothing before follow(); afterwards at most one watch. A user who may not list them gets refusal() and no names.
/// Thread: GUI. The session outlives it.
class NamespaceNames : public QObject {
    Q_OBJECT

public:
    explicit NamespaceNames(kube::Session &session, QObject *parent = nullptr);
    ~NamespaceNames() override;

    /// From now on. Again is the same.
    void follow();
    /// Asks at once what waits for its next try: a right may have been given meanwhile.
    void retry();

    [[nodiscard]] const std::set<std::string> &names() const { return m_names; }
    [[nodiscard]] const std::optional<Error> &refusal() const { return m_refusal; } ///< why there are no names
    [[nodiscard]] bool isReading() const { return m_store != nullptr && !m_isRead && !m_refusal; }

Q_SIGNALS:
    void changed();

private:
    void apply(const kube::ChangeSet &set);

    kube::Session &m_session;
    std::shared_ptr<kube::Store> m_store;
    std::set<std::string> m_names;
    std::optional<Error> m_refusal;
    bool m_isRead = false;
    kube::Subscription m_subscription; // last: it ends first
};

} // namespace fairlead::items
