// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/material/material.h"
#include "kube/discovery.h"
#include "kube/session.h"
#include "kube/store.h"
#include "kube/subscription.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace fairlead::kinds {

/// Reads several kinds, of one choice of namespaces, through the session's stores at Detail::Facts.
///
/// Promise: settled() comes once, when each kind has been listed or is known not to be for now; refusals are told with the way out. Kept
/// current, changes are told afterwards as well; once, each kind is let go of as soon as it has been read.
/// Thread: the one of the session. The session outlives it.
class Collector : public QObject {
    Q_OBJECT

public:
    enum class Follow { Once, Current };

    /// `wanted`: the kinds, each once; parts stand in their order. What a server does not offer, and what says nothing in that choice of
    /// namespaces, is left out.
    Collector(kube::Session &session, std::vector<KindKey> wanted, kube::Scope scope, Follow follow, QObject *parent = nullptr);

    void start();
    /// Tries at once what waits for its next try.
    void retry();

    [[nodiscard]] const kube::Scope &scope() const { return m_scope; }
    [[nodiscard]] bool isSettled() const { return m_settled; }
    /// What is held now; constant time for each kind.
    [[nodiscard]] Material material() const;
    /// Of the kinds that are followed, the one that is worst off: without word before all others. None: none is followed.
    [[nodiscard]] std::optional<kube::State> state() const;

Q_SIGNALS:
    /// Nothing can be judged: the server does not say what it offers, or offers none of it.
    void failed(const fairlead::Error &error);
    void settled();
    /// Rows of a kind that is kept current.
    void rowsChanged(const fairlead::kinds::Kind &kind, const fairlead::kube::Snapshot &rows, const fairlead::kube::ChangeSet &changes);
    /// Of one of the kinds: it can be listed, or no longer.
    void stateChanged();

private:
    struct Part {
        Material::Part read;
        std::shared_ptr<kube::Store> store;
        kube::Subscription subscription;
        bool hasRows = false; ///< at the detail that was asked for
        bool settled = false;
    };
    void takeOffer(const kube::OfferPtr &offer);
    void takeRows(std::size_t index, const kube::ChangeSet &changes);
    void takeState(std::size_t index, const kube::State &state);
    void settle();

    kube::Session &m_session;
    const std::vector<KindKey> m_wanted;
    const kube::Scope m_scope;
    const Follow m_follow;
    std::vector<Part> m_parts;
    bool m_settled = false;
};

} // namespace fairlead::kinds
