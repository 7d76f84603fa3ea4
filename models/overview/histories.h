// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/session.h"
#include "overview/history.h"

#include <QObject>

#include <list>
#include <memory>

namespace fairlead::overview {

/// What happened in one cluster, by choice of namespaces: kept as long as its session, whoever closes a page or chooses other namespaces between.
/// Windows that look at the same share one.
///
/// Promise: at most `mostKept` that nobody looks at, those looked at last. What came while nobody did is counted as on a first list, and the
/// series says from when on it is whole.
/// Thread: GUI. Owner: the session.
class Histories : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostKept = 8;

    /// The session's only one; made where it is not there yet.
    [[nodiscard]] static Histories &of(kube::Session &session);

    /// Whoever holds it looks: feeds it every change.
    [[nodiscard]] std::shared_ptr<History> look(const kube::Scope &scope);

private:
    explicit Histories(QObject *parent)
        : QObject(parent)
    {
    }

    struct Kept {
        kube::Scope scope;
        std::shared_ptr<History> history;
    };
    std::list<Kept> m_kept; ///< looked at last: in front
};

} // namespace fairlead::overview
