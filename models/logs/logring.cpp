// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logring.h"

#include <algorithm>

namespace fairlead::logs {
namespace {

// A log that brings a line at a time would make a block of each; below these bounds they are joined.
constexpr std::size_t smallBlock = 256;
constexpr std::size_t smallText = 64u << 10;

} // namespace

LogRing::LogRing(std::size_t rows, std::size_t bytes)
    : m_mostRows(std::max<std::size_t>(rows, 1))
    , m_mostBytes(bytes)
{
}

void LogRing::clear()
{
    m_blocks.clear();
    m_errors.clear();
    m_ours.clear();
    m_begin = m_end = 0;
    m_dropped = 0;
    m_bytes = 0;
    ++m_revision;
    ++m_generation;
}

void LogRing::append(LogBlockPtr block, std::uint64_t skipped)
{
    m_dropped += skipped;
    ++m_revision;
    if (!block || block->rows.empty())
        return;
    const RowNumber first = m_end;
    m_end += block->rows.size();
    note(*block, first);
    if (!joinWithLast(*block)) {
        m_bytes += block->bytes();
        m_blocks.push_back({first, std::move(block)});
    }
    trim();
}

// Shared blocks do not change: the last one is replaced.
bool LogRing::joinWithLast(const LogBlock &block)
{
    if (m_blocks.empty())
        return false;
    const LogBlock &last = *m_blocks.back().block;
    if (last.rows.size() + block.rows.size() > smallBlock || last.text.size() + block.text.size() > smallText)
        return false;
    auto joined = std::make_shared<LogBlock>();
    joined->text.reserve(last.text.size() + block.text.size());
    joined->text.append(last.text).append(block.text);
    joined->spans.reserve(last.spans.size() + block.spans.size());
    joined->spans = last.spans;
    joined->spans.insert(joined->spans.end(), block.spans.begin(), block.spans.end());
    joined->rows.reserve(last.rows.size() + block.rows.size());
    joined->rows = last.rows;
    for (LogRow row : block.rows) {
        row.text += static_cast<std::uint32_t>(last.text.size());
        row.span += static_cast<std::uint32_t>(last.spans.size());
        joined->rows.push_back(row);
    }
    m_bytes -= last.bytes();
    m_bytes += joined->bytes();
    m_blocks.back().block = std::move(joined);
    return true;
}

void LogRing::note(const LogBlock &block, RowNumber first)
{
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
        if (!block.rows[i].isLine())
            m_ours.push_back(first + i);
        else if (block.rows[i].level == Level::Error)
            m_errors.push_back(first + i);
    }
}

void LogRing::trim()
{
    RowNumber begin = std::max(m_begin, m_end > m_mostRows ? m_end - m_mostRows : 0);
    std::size_t bytes = m_bytes;
    for (std::size_t i = 0; i + 1 < m_blocks.size() && bytes > m_mostBytes; ++i) {
        bytes -= m_blocks[i].block->bytes();
        begin = std::max(begin, m_blocks[i + 1].first);
    }
    while (m_begin < begin) {
        const PlacedBlock &front = m_blocks.front();
        const RowNumber end = front.first + front.block->rows.size();
        for (; m_begin < std::min(begin, end); ++m_begin) {
            if (front.block->rows[static_cast<std::size_t>(m_begin - front.first)].isLine())
                ++m_dropped;
        }
        if (m_begin == end) {
            m_bytes -= front.block->bytes();
            m_blocks.pop_front();
        }
    }
    for (std::deque<RowNumber> *list : {&m_errors, &m_ours}) {
        while (!list->empty() && list->front() < m_begin)
            list->pop_front();
    }
}

const PlacedBlock &LogRing::blockOfRow(RowNumber number) const
{
    const auto after =
        std::upper_bound(m_blocks.begin(), m_blocks.end(), number, [](RowNumber n, const PlacedBlock &placed) { return n < placed.first; });
    return *std::prev(after);
}

const LogRow &LogRing::row(RowNumber number) const
{
    const PlacedBlock &placed = blockOfRow(number);
    return placed.block->rows[static_cast<std::size_t>(number - placed.first)];
}

std::string_view LogRing::text(RowNumber number) const
{
    return blockOfRow(number).block->textOf(row(number));
}

std::span<const Span> LogRing::spans(RowNumber number) const
{
    return blockOfRow(number).block->spansOf(row(number));
}

LineTime LogRing::oldestTime() const
{
    for (const PlacedBlock &placed : m_blocks) {
        const auto skipped = placed.first < m_begin ? static_cast<std::ptrdiff_t>(m_begin - placed.first) : 0;
        for (auto row = placed.block->rows.begin() + skipped; row != placed.block->rows.end(); ++row) {
            if (row->time != 0)
                return row->time;
        }
    }
    return 0;
}

std::vector<PlacedBlock> LogRing::snapshot(RowNumber from) const
{
    std::vector<PlacedBlock> out;
    for (auto placed = m_blocks.rbegin(); placed != m_blocks.rend() && placed->first + placed->block->rows.size() > from; ++placed)
        out.push_back(*placed);
    std::reverse(out.begin(), out.end());
    return out;
}

} // namespace fairlead::logs
