// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "logs/logpattern.h"
#include "logs/logring.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>

namespace fairlead::logs {

/// Where a pattern stands in a ring, kept current while the ring moves. Searching is done on the pool; nothing here takes longer than
/// the number of blocks of what came.
///
/// Thread: GUI. Owner: who shows it; ring, dispatcher and pool outlive it.
class LogSearch : public QObject {
    Q_OBJECT

public:
    /// One place: the `index`-th match of a row, counted from 0.
    struct Hit {
        RowNumber row = 0;
        std::uint32_t index = 0;
        bool operator==(const Hit &) const = default;
    };

    LogSearch(const LogRing &ring, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent = nullptr);
    ~LogSearch() override;

    void setPattern(std::string_view utf8);
    /// The ring has changed: what is new is searched, what was dropped is forgotten.
    void follow();

    [[nodiscard]] const LogPattern &pattern() const { return m_pattern; }
    /// Rows are still to be looked at: the count will grow.
    [[nodiscard]] bool isSearching() const { return m_running || m_searched < m_ring.end(); }
    [[nodiscard]] std::uint64_t count() const;
    /// From 1, in the order of the rows; 0 where it is none of the hits.
    [[nodiscard]] std::uint64_t number(const Hit &hit) const;
    [[nodiscard]] std::optional<Hit> first() const;
    [[nodiscard]] std::optional<Hit> last() const;
    /// The next after, before this one, which need not be a hit; none: there is none on that side.
    [[nodiscard]] std::optional<Hit> after(const Hit &hit) const;
    [[nodiscard]] std::optional<Hit> before(const Hit &hit) const;
    /// The first in `row` or below it.
    [[nodiscard]] std::optional<Hit> from(RowNumber row) const;

    struct Row {
        RowNumber row = 0;
        std::uint64_t before = 0; ///< hits in rows above it, since the search began
        std::uint32_t count = 0;
    };
    /// Rows with hits, in order: what a scroll bar marks.
    [[nodiscard]] const std::deque<Row> &rows() const { return m_rows; }

Q_SIGNALS:
    void changed();

private:
    void forgetDropped();
    void start();
    void stop();
    void found(std::vector<Row> rows, RowNumber upTo);
    [[nodiscard]] std::deque<Row>::const_iterator rowAt(RowNumber row) const; // the first at or below it

    const LogRing &m_ring;
    Dispatcher &m_dispatcher;
    QThreadPool &m_pool;
    LogPattern m_pattern;
    std::deque<Row> m_rows;
    std::uint64_t m_total = 0;      // hits since the search began
    RowNumber m_searched = 0;       // rows below have been looked at
    std::uint64_t m_generation = 0; // of the ring
    bool m_running = false;
    Dispatcher::Number m_number = 0;
    std::shared_ptr<std::atomic_bool> m_stop; // read on the pool
};

} // namespace fairlead::logs
