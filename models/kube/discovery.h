// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/reply.h"
#include "kube/resource.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace fairlead::kube {

class Client;

/// What a cluster offers, at one moment. Immutable.
struct Offer {
    /// All versions: groups in the server's order (core first), in each the preferred version first.
    std::vector<Resource> resources;
    std::vector<Error> broken; ///< group versions that could not be read (an aggregated API that is down)
};
using OfferPtr = std::shared_ptr<const Offer>;

/// Reads and keeps what a cluster offers: aggregated discovery, the legacy one where the server does not know it.
///
/// Thread: the GUI thread, or the only thread of a command. Owner: the session.
/// Promises: load() asks once, however many wait, and not at all once there is an offer. reload() answers with what was
/// asked for after the call. A broken group does not hide the others. `changed` comes with the first offer and with each
/// that differs from the one before, and before the answers to those who wait; an attempt that failed leaves the old one.
/// While followed, CRDs and aggregated APIs that appear or vanish are noticed within seconds of the server's own
/// discovery (by a watch on customresourcedefinitions and apiservices where the user may, else by asking every minute).
/// Errors: Unauthorized, Forbidden, NotKubernetes, Unavailable, those of the transport.
class Discovery : public QObject {
    Q_OBJECT

public:
    static constexpr Clock::Duration debounce{300};
    static constexpr Clock::Duration pollInterval{60'000};

    Discovery(Client &client, Clock &clock, QObject *parent = nullptr);
    ~Discovery() override;

    [[nodiscard]] OfferPtr offer() const; ///< null before the first answer
    [[nodiscard]] Reply<OfferPtr> load();
    [[nodiscard]] Reply<OfferPtr> reload();
    /// From now on, until it dies. Again is the same.
    void follow();

Q_SIGNALS:
    void changed(const fairlead::kube::OfferPtr &offer);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fairlead::kube
