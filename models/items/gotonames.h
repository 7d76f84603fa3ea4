// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/gotomodel.h"
#include "kube/session.h"

#include <QObject>
#include <QPointer>

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::items {

/// Fills a GoToModel with objects' names: those of rows that somebody follows anyway, and, once a name was begun, those of the other
/// common kinds, asked for once in a while.
///
/// Promise: nothing is asked before want(); then at most `parallel` lists at a time of at most `mostNames` rows each, and not again for
/// `freshFor`. The user's rights decide what comes: where not all namespaces may be listed, those of the scope are.
/// Thread: GUI. Session and model outlive it.
class GoToNames : public QObject {
    Q_OBJECT

public:
    static constexpr int parallel = 4;
    static constexpr int mostNames = 500;
    static constexpr Clock::Duration freshFor{30'000};

    GoToNames(kube::Session &session, GoToModel &model, QObject *parent = nullptr);

    void setScope(const kube::Scope &scope) { m_scope = scope; }
    /// What is followed now; asks nothing.
    void takeFollowed();
    /// The same of another session, for GoToModel::setElsewhere().
    [[nodiscard]] static std::vector<GoToModel::Object> followedIn(kube::Session &session);
    /// Names are wanted of all common kinds that the cluster offers.
    void want();
    [[nodiscard]] bool isAsking() const { return m_asked > 0 || !m_waiting.empty(); }

Q_SIGNALS:
    void settled();

private:
    struct Ask {
        kube::Resource resource;
        std::string space;
    };
    using Objects = std::vector<GoToModel::Object>;

    void next();
    void ask(const Ask &one, bool everywhere);

    kube::Session &m_session;
    GoToModel &m_model;
    kube::Scope m_scope;
    std::deque<Ask> m_waiting;
    std::map<std::string, std::map<std::string, Objects>> m_found; ///< by kind and namespace; "" is all
    int m_asked = 0;
    std::optional<Clock::Duration> m_askedAt;
};

} // namespace fairlead::items
