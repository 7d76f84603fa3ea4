// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logsearch.h"

#include <algorithm>
#include <utility>

namespace fairlead::logs {

LogSearch::LogSearch(const LogRing &ring, Dispatcher &dispatcher, QThreadPool &pool, QObject *parent)
    : QObject(parent)
    , m_ring(ring)
    , m_dispatcher(dispatcher)
    , m_pool(pool)
    , m_generation(ring.generation())
{
}

LogSearch::~LogSearch()
{
    stop();
}

void LogSearch::stop()
{
    if (m_stop)
        m_stop->store(true);
    m_dispatcher.close(std::exchange(m_number, 0));
    m_running = false;
}

void LogSearch::setPattern(std::string_view utf8)
{
    stop();
    m_pattern = LogPattern(utf8);
    m_rows.clear();
    m_total = 0;
    m_searched = m_ring.begin();
    start();
    Q_EMIT changed();
}

void LogSearch::follow()
{
    if (m_generation != m_ring.generation()) {
        m_generation = m_ring.generation();
        stop();
        m_rows.clear();
        m_total = 0;
        m_searched = m_ring.begin();
    }
    forgetDropped();
    start();
}

void LogSearch::forgetDropped()
{
    while (!m_rows.empty() && m_rows.front().row < m_ring.begin())
        m_rows.pop_front();
}

void LogSearch::start()
{
    if (m_pattern.isEmpty()) {
        m_searched = m_ring.end();
        return;
    }
    if (m_running || m_searched >= m_ring.end())
        return;
    m_running = true;
    m_stop = std::make_shared<std::atomic_bool>(false);
    m_number = m_dispatcher.open();
    const RowNumber from = std::max(m_searched, m_ring.begin());
    m_pool.start([this, blocks = m_ring.snapshot(from), from, upTo = m_ring.end(), pattern = m_pattern, stop = m_stop, number = m_number,
                     &dispatcher = m_dispatcher] {
        std::vector<Row> rows;
        for (const PlacedBlock &placed : blocks) {
            if (*stop)
                return;
            for (std::size_t i = 0; i < placed.block->rows.size(); ++i) {
                const RowNumber row = placed.first + i;
                if (row < from || row >= upTo)
                    continue;
                if (const std::uint32_t count = pattern.count(placed.block->textOf(placed.block->rows[i])))
                    rows.push_back({.row = row, .count = count});
            }
        }
        auto box = std::make_shared<std::vector<Row>>(std::move(rows));
        dispatcher.post(number, [this, box, upTo] { found(std::move(*box), upTo); });
    });
}

void LogSearch::found(std::vector<Row> rows, RowNumber upTo)
{
    stop();
    for (Row &row : rows) {
        row.before = m_total;
        m_total += row.count;
        m_rows.push_back(row);
    }
    m_searched = upTo;
    forgetDropped();
    start();
    Q_EMIT changed();
}

std::uint64_t LogSearch::count() const
{
    return m_rows.empty() ? 0 : m_total - m_rows.front().before;
}

std::deque<LogSearch::Row>::const_iterator LogSearch::rowAt(RowNumber row) const
{
    return std::lower_bound(m_rows.begin(), m_rows.end(), row, [](const Row &each, RowNumber number) { return each.row < number; });
}

std::uint64_t LogSearch::number(const Hit &hit) const
{
    const auto at = rowAt(hit.row);
    if (at == m_rows.end() || at->row != hit.row || hit.index >= at->count)
        return 0;
    return at->before - m_rows.front().before + hit.index + 1;
}

std::optional<LogSearch::Hit> LogSearch::first() const
{
    return m_rows.empty() ? std::nullopt : std::optional(Hit{m_rows.front().row, 0});
}

std::optional<LogSearch::Hit> LogSearch::last() const
{
    return m_rows.empty() ? std::nullopt : std::optional(Hit{m_rows.back().row, m_rows.back().count - 1});
}

std::optional<LogSearch::Hit> LogSearch::after(const Hit &hit) const
{
    const auto at = rowAt(hit.row);
    if (at != m_rows.end() && at->row == hit.row && hit.index + 1 < at->count)
        return Hit{hit.row, hit.index + 1};
    return from(hit.row + 1);
}

std::optional<LogSearch::Hit> LogSearch::before(const Hit &hit) const
{
    auto at = rowAt(hit.row);
    if (at != m_rows.end() && at->row == hit.row && hit.index > 0)
        return Hit{hit.row, std::min(hit.index, at->count) - 1};
    if (at == m_rows.begin())
        return std::nullopt;
    --at;
    return Hit{at->row, at->count - 1};
}

std::optional<LogSearch::Hit> LogSearch::from(RowNumber row) const
{
    const auto at = rowAt(row);
    return at == m_rows.end() ? std::nullopt : std::optional(Hit{at->row, 0});
}

} // namespace fairlead::logs
