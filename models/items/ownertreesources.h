// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "items/changeslices.h"
#include "kinds/ownergraph.h"
#include "kinds/treekinds.h"
#include "kube/discovery.h"
#include "kube/store.h"

#include <QObject>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace fairlead::items {

/// The stores that a tree by owner is made of, and the graph of their rows: those of the kinds that treeKinds() names, as far as the
/// cluster offers them, and those of owners that nobody would have asked for, as they are met (at most `mostMet`).
///
/// Promise: `began` once everyone has answered, with rows or with a reason why not, and again for each show(); before it nothing is told.
/// Then `changed` for every change set. What many rows bring is taken in pieces, at most setSlice() in a turn of the event loop. A kind that the
/// user may not list is left out and stands in missing(); its rows come should it become readable. Thread: GUI. Owner: the model. `clock` outlives
/// it. Not promised: that those which are met are there when it begins.
class OwnerTreeSources : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t mostMet = 8;
    static constexpr std::size_t usualSlice = 500; ///< rows: a few milliseconds

    using StoreOf = std::function<std::shared_ptr<kube::Store>(const kube::Source &)>;

    struct Source {
        kube::Resource resource;
        const kinds::Kind *kind = nullptr;
        kinds::TreePart part = kinds::TreePart::Own;
        std::shared_ptr<kube::Store> store;
        kube::State state;
        std::vector<kube::Column> columns;
        std::optional<kube::Revision> revision; ///< what the graph has; none: nothing yet
        kube::Subscription subscription;        // last: it ends first

        /// Its rows can be told to be there or not.
        [[nodiscard]] bool isReadable() const { return !(state.phase == kube::Phase::Loading && state.why) && state.phase != kube::Phase::Ended; }
    };
    struct Missing {
        kube::Resource resource;
        Error why;
    };

    explicit OwnerTreeSources(Clock &clock, QObject *parent = nullptr);
    ~OwnerTreeSources() override;

    /// Rows, at least 1.
    void setSlice(std::size_t rows) { m_slice = rows; }
    /// From now on the tree of this resource's objects. Kinds without namespaces are read whole. `storeOf` outlives this.
    void show(StoreOf storeOf, kube::OfferPtr offer, const kube::Resource &resource, const kube::Scope &scope);

    [[nodiscard]] bool hasBegun() const { return m_begun; }
    [[nodiscard]] const kinds::OwnerGraph &graph() const { return *m_graph; }
    /// By the number that graph nodes bear. Valid until the next show().
    [[nodiscard]] const Source &source(std::size_t number) const { return m_sources[number]; }
    [[nodiscard]] std::size_t size() const { return m_sources.size(); }
    /// Null: none of it is read. `kind` as owner references write it.
    [[nodiscard]] const Source *sourceOf(std::string_view group, std::string_view kind) const;
    /// As the cluster offers it, whether it is read here or not.
    [[nodiscard]] std::optional<kube::Resource> offeredAs(std::string_view group, std::string_view resource) const;
    /// Of the tree's own kind; the phase of a tree that has not begun is Loading.
    [[nodiscard]] kube::State state() const;
    [[nodiscard]] std::vector<Missing> missing() const;
    [[nodiscard]] const kube::Scope &scope() const { return m_scope; }
    /// Tries at once what waits for its next try.
    void retry();

    /// The graph stays as it is, and nothing is told of it, until release(). Another show() releases it, too.
    void hold() { m_held = true; }
    void release();

Q_SIGNALS:
    void began();
    /// What began() told of is no more: columns of a store have changed. began() comes again.
    void ended();
    /// Not before began().
    void changed(const fairlead::kinds::OwnerChanges &changes);
    /// Phase, reason or last word of any of them.
    void stateChanged();

private:
    /// A change set of which something is still to be taken.
    struct Pending {
        std::size_t source = 0;
        ChangeSlices slices;
    };

    void add(const kube::Resource &resource, kinds::TreePart part);
    void work();
    void workLater();
    [[nodiscard]] bool take(Pending &pending, std::size_t &most);
    void begin(Pending &pending);
    void meet(const kinds::OwnerChanges &changes);
    void meet(const kinds::OwnerNode &owned);
    void beginIfWhole();
    [[nodiscard]] bool hasAnswered(const Source &source) const;

    Clock &m_clock;
    std::size_t m_slice = usualSlice;
    StoreOf m_storeOf;
    kube::OfferPtr m_offer;
    kube::Scope m_scope;
    std::unique_ptr<kinds::OwnerGraph> m_graph;
    std::deque<Pending> m_pending;  ///< as they came
    Clock::Timer m_next = 0;        ///< when more of them is taken
    std::uint64_t m_generation = 0; ///< of show()
    bool m_held = false;
    std::deque<Source> m_sources; // their places do not change
    std::size_t m_asked = 0;      ///< of them: those that it began with
    bool m_begun = false;
};

} // namespace fairlead::items
