// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/reply.h"
#include "kube/changeset.h"
#include "kube/decode/table.h"
#include "kube/source.h"
#include "kube/subscription.h"

#include <QObject>

#include <functional>
#include <memory>

namespace fairlead::kube {

class Client;

/// The rows of one Source, kept current by a reflector for as long as someone listens.
///
/// Thread: the GUI thread, or the only thread of a command. Snapshots may be handed to pool tasks.
/// Owner: whoever shows it, shared; the session's hub gives the same store to all who name the same Source.
///
/// Promises to each subscriber:
///  1. First one change set with everything as `added` (also if that is nothing), then change sets without a gap (`from`
///     equals the last `to`).
///  2. Per uid never backwards in version. States in between may be skipped. A name that was deleted and created again is
///     removed, then added: compare uids, not names.
///  3. A new list (410, reconnect, more detail) arrives as a difference. Rows are reset only when columns change.
///  4. At most one change set every 50 ms; the first one, and the one that first completes the rows, come at once. Nothing while
///     nobody subscribes: then no request runs and no row is held.
///  5. `removed` carries the last state known. If that state had changed in the same tick and someone holds Facts or
///     more, `changed` comes before `removed`: job history needs the end.
///  6. No promise across Sources: a child may come before its parent; the owner graph keeps orphans.
///  7. `Phase::Live` only if a word came from the server within its bound.
///  8. A listener may unsubscribe or die inside the callback; it is not called afterwards.
///
/// Not promised: the order of rows, completeness while FirstPage, the same version across Sources.
class Store : public QObject {
    Q_OBJECT

public:
    using OnChange = std::function<void(const ChangeSet &)>;
    using OnState = std::function<void(const State &)>;

    static constexpr Clock::Duration tick{50};
    static constexpr Clock::Duration loweringDelay{std::chrono::minutes(2)};

    Store(Client &client, Clock &clock, Source source, Projection projection, QObject *parent = nullptr);
    ~Store() override;

    /// Constant time. The snapshot does not change afterwards.
    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] const State &state() const;
    [[nodiscard]] const Source &source() const;

    /// Delivers until the subscription, `context` or the store dies, from the event loop, never on this stack. Raises the
    /// reflector to `detail` if that is the highest asked for: then the first change set waits for the list that has it.
    /// Lowering waits two minutes after the last who needed it has gone.
    [[nodiscard]] Subscription subscribe(Detail detail, QObject *context, OnChange onChange, OnState onState);

    /// The whole object by GET as JSON, managedFields included; never from the rows. Errors: NotFound, Forbidden, Unreachable, …
    [[nodiscard]] Reply<std::string> object(const ObjectRef &ref) const;

    /// Done once the snapshot is at or past `version`, so that a writer reads its own write. `space`: the namespace that was
    /// written to; without it every one of several must be there. Errors: Timeout after 10 s, Cancelled if the store goes.
    [[nodiscard]] Reply<void> reached(std::string version, std::string space = {});

    /// Tries at once what waits for its next try.
    void retry();

    /// How many list requests were sent; a test of the watch counts them.
    [[nodiscard]] int listRequests() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fairlead::kube
