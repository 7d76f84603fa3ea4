// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/item.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::kube {

using Revision = std::uint64_t; ///< of a store; counts its change sets

enum class Cause {
    Snapshot, ///< the first one that a subscriber gets
    List,
    Watch,
    Relist, ///< a difference after 410, a reconnect or more detail
    Detail, ///< the same rows, now with more in them
};

/// What changed between two revisions of a store. To be applied in this order: changed, removed, added. A name may be
/// removed and added in one set. Where Facts or more are held, `removed` may name a row that came and went within a tick.
struct ChangeSet {
    struct Removed {
        RowId id = 0;
        ItemPtr last; ///< the last state known
    };
    Revision from = 0;
    Revision to = 0;
    std::vector<ItemPtr> added;
    std::vector<ItemPtr> changed;
    std::vector<Removed> removed;
    bool columns = false; ///< the columns changed: a reset is due
    Cause cause = Cause::Watch;
};

enum class Phase {
    Loading,   ///< nothing has come yet; why says what stands in the way, if anything
    FirstPage, ///< some rows are there, more come
    Live,      ///< complete, and a word came from the server within its bound
    Stale,     ///< rows stay, but no word: why, and when it is tried again
    Ended,     ///< the kind vanished or the session closed
};

struct State {
    Phase phase = Phase::Loading;
    Clock::TimePoint since;    ///< of the phase
    Clock::TimePoint lastWord; ///< the last byte from the server; epoch if none
    std::optional<Clock::TimePoint> nextTry;
    std::string version;                  ///< of the last list or event
    std::optional<Error> why;             ///< of Loading, Stale and Ended
    std::map<std::string, Error> refused; ///< namespaces that could not be listed, and why
};

/// The server's order of a list: by the bytes of "namespace/name", as its storage has them, so that "team-a" stands before
/// "team" ("-" is less than "/").
[[nodiscard]] bool isListedBefore(const Item &a, const Item &b);

/// The rows at one moment. Immutable, cheap to copy, may be handed to pool tasks; its order means nothing.
class Snapshot {
public:
    static constexpr std::size_t chunkSize = 256;
    using Chunk = std::vector<ItemPtr>; ///< of chunkSize slots, empty ones are null
    using Chunks = std::vector<std::shared_ptr<const Chunk>>;

    Snapshot() = default;
    Snapshot(Revision revision, std::size_t size, std::shared_ptr<const Chunks> chunks, std::shared_ptr<const std::vector<Column>> columns)
        : m_revision(revision)
        , m_size(size)
        , m_chunks(std::move(chunks))
        , m_columns(std::move(columns))
    {
    }

    [[nodiscard]] Revision revision() const { return m_revision; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    /// As the server sent them, all priorities.
    [[nodiscard]] const std::vector<Column> &columns() const
    {
        static const std::vector<Column> none;
        return m_columns ? *m_columns : none;
    }

    template<typename Visit>
    void forEach(Visit visit) const
    {
        if (!m_chunks)
            return;
        for (const auto &chunk : *m_chunks) {
            for (const ItemPtr &item : *chunk) {
                if (item)
                    visit(item);
            }
        }
    }

    /// All rows as the server lists them.
    [[nodiscard]] std::vector<ItemPtr> sorted() const;

private:
    Revision m_revision = 0;
    std::size_t m_size = 0;
    std::shared_ptr<const Chunks> m_chunks;
    std::shared_ptr<const std::vector<Column>> m_columns;
};

} // namespace fairlead::kube
