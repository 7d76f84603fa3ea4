// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kinds/kind.h"
#include "kube/resource.h"
#include "kube/session.h"
#include "kube/subscription.h"

#include <QObject>

#include <deque>
#include <memory>
#include <vector>

namespace fairlead::app {

/// Several resources, each listed once through the session's stores: what a command that judges a cluster as a whole begins with.
///
/// Promise: `finished` once, when each of them is there or has said why it is not; then no store is held any more. Thread: the command's only
/// one, in an event loop. `session` outlives it.
class Listing : public QObject {
    Q_OBJECT

public:
    struct Part {
        kube::Resource resource;
        const kinds::Kind *kind = nullptr;
        bool answered = false; ///< all of it is there
        std::vector<kube::Column> columns;
        std::vector<kube::ItemPtr> items; ///< in the server's order
        std::vector<Error> errors;        ///< why not, or why not all of it
    };

    explicit Listing(kube::Session &session, QObject *parent = nullptr);
    ~Listing() override;

    /// Before start(), and again from a slot of finished(): then it starts anew, for these alone, and keeps what it has.
    void add(const kube::Resource &resource, const kube::Scope &scope, kube::Detail detail);
    /// What was added since; nothing: it has finished with the next turn of the event loop.
    void start();

    [[nodiscard]] const std::deque<Part> &parts() const { return m_parts; } ///< in the order of add()
    /// Of all parts, in their order.
    [[nodiscard]] std::vector<Error> errors() const;

Q_SIGNALS:
    void finished();

private:
    struct Pending {
        std::size_t part = 0;
        kube::Source source;
        kube::Detail detail = kube::Detail::Meta;
        std::shared_ptr<kube::Store> store;
        kube::Subscription subscription;
    };
    void take(Pending &pending, const kube::State &state);
    void finishOne();

    kube::Session &m_session;
    std::deque<Part> m_parts;
    std::deque<Pending> m_pending;
    std::size_t m_waiting = 0;
};

} // namespace fairlead::app
