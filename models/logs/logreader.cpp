// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logreader.h"

#include "logs/level.h"
#include "logs/linetime.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace fairlead::logs {
namespace {

constexpr LineTime second = 1'000'000'000;
constexpr std::size_t blockRows = 1024;
constexpr std::size_t blockBytes = 256u << 10;
constexpr std::size_t mostRecent = 1'000'000; // lines in one second; beyond, the time alone decides

std::size_t hashOf(LineTime time, std::uint32_t piece, std::string_view raw)
{
    std::size_t hash = std::hash<std::string_view>()(raw);
    hash ^= std::hash<LineTime>()(time) + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2);
    return hash ^ (static_cast<std::size_t>(piece) * 0xff51afd7ed558ccdull);
}

} // namespace

LogReader::LogReader(Joint joint)
    : m_now(std::move(joint))
    , m_joint(m_now)
{
}

void LogReader::feed(std::string_view bytes, std::uint64_t skipped)
{
    if (skipped > 0) {
        m_line.clear();
        m_piece = 0;
        m_ansi.cut();
        const std::lock_guard lock(m_mutex);
        m_out.skipped += skipped;
    }
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        if (end == std::string_view::npos) {
            addBytes(bytes, Piece::Middle);
            break;
        }
        addBytes(bytes.substr(0, end), Piece::Last);
        bytes.remove_prefix(end + 1);
    }
    publish();
}

// Where a long line is cut depends on its bytes alone, not on the pieces in which they came: after a resume the cuts are the same.
void LogReader::addBytes(std::string_view bytes, Piece piece)
{
    if (!m_line.empty() || piece == Piece::Middle) {
        m_line.append(bytes);
        bytes = m_line;
    }
    while (bytes.size() > longestPiece) {
        emitRow(bytes.substr(0, longestPiece), Piece::Middle);
        bytes.remove_prefix(longestPiece);
    }
    if (piece == Piece::Last) {
        emitRow(bytes, piece);
        m_line.clear();
    } else {
        m_line.erase(0, m_line.size() - bytes.size());
    }
}

void LogReader::emitRow(std::string_view raw, Piece piece)
{
    const std::uint32_t number = m_piece++;
    const std::string_view whole = raw;
    if (number == 0) {
        const Stamp stamp = stampOf(raw);
        m_time = stamp.time;
        raw.remove_prefix(stamp.length);
    }
    if (piece == Piece::Last)
        m_piece = 0;
    // What kubelet itself has to say comes without a stamp.
    if (m_time != 0) {
        const std::size_t hash = hashOf(m_time, number, whole);
        if (m_checking && isKnown(hash)) {
            const std::lock_guard lock(m_mutex);
            m_out.known += number == 0 ? 1 : 0;
            m_out.met = m_met;
            return;
        }
        // What is known comes first, in the order of the log.
        if (m_overlaps && !m_met && !m_joint.recent.empty() && m_time > m_joint.newest) {
            m_overlaps = false;
            const std::lock_guard lock(m_mutex);
            m_out.gap = true;
        }
        remember(hash);
    }
    if (piece == Piece::Last && raw.ends_with('\r'))
        raw.remove_suffix(1);
    if (number > 0 && raw.empty())
        return;
    if (!m_block)
        m_block = std::make_shared<LogBlock>();
    LogRow row{.time = m_time, .text = static_cast<std::uint32_t>(m_block->text.size()), .span = static_cast<std::uint32_t>(m_block->spans.size())};
    row.kind = number == 0 ? LogRow::Kind::Line : LogRow::Kind::Continued;
    m_rowSpans.clear();
    m_ansi.feed(raw, m_block->text, row.text, m_rowSpans);
    if (piece == Piece::Last)
        m_ansi.endLine(m_block->text, row.text, m_rowSpans);
    row.length = static_cast<std::uint32_t>(m_block->text.size()) - row.text;
    row.spans = static_cast<std::uint32_t>(m_rowSpans.size());
    m_block->spans.insert(m_block->spans.end(), m_rowSpans.begin(), m_rowSpans.end());
    if (number == 0) {
        const LevelWord word = levelOf(m_block->textOf(row));
        row.level = word.level;
        row.word = static_cast<std::uint8_t>(word.begin);
        row.wordLength = static_cast<std::uint8_t>(word.length);
    }
    m_block->rows.push_back(row);
    if (m_block->rows.size() >= blockRows || m_block->text.size() >= blockBytes)
        publish();
}

// While a second may come twice.
bool LogReader::isKnown(std::size_t hash)
{
    if (m_time >= m_now.second + second) {
        m_checking = false; // the second that may come twice is over
        m_known.clear();
        return false;
    }
    const auto known = m_known.find(hash);
    if (known != m_known.end() && known->second > 0) {
        --known->second;
        m_met = true;
        return true;
    }
    if (m_time < m_now.second || m_time < m_now.oldest)
        return true; // older than what was asked for, or than the tail that was asked for first
    return m_now.recent.size() >= mostRecent && m_time <= m_now.newest;
}

void LogReader::remember(std::size_t hash)
{
    if (m_now.oldest == 0)
        m_now.oldest = m_time;
    m_now.newest = std::max(m_now.newest, m_time);
    m_now.begun = true;
    const LineTime whole = m_time - m_time % second;
    if (whole > m_now.second) {
        m_now.second = whole;
        m_now.recent.clear();
    }
    if (whole == m_now.second && m_now.recent.size() < mostRecent)
        m_now.recent.push_back(hash);
}

void LogReader::resume()
{
    m_line.clear();
    m_piece = 0;
    m_ansi.cut();
    m_known.clear();
    for (const std::size_t hash : m_now.recent)
        ++m_known[hash];
    m_checking = m_now.second != 0;
    m_overlaps = m_now.begun;
    m_met = false;
    m_joint = m_now;
}

void LogReader::startInstance()
{
    resume();
    m_overlaps = m_now.begun = false;
    m_joint = m_now;
    m_ansi = {};
}

void LogReader::finish()
{
    if (!m_line.empty())
        addBytes({}, Piece::Last);
    publish();
}

void LogReader::publish()
{
    if (!m_block)
        return;
    // What the ring counts is what is used, not what might have been.
    m_block->text.shrink_to_fit();
    m_block->spans.shrink_to_fit();
    m_block->rows.shrink_to_fit();
    const std::lock_guard lock(m_mutex);
    m_rows += m_block->rows.size();
    m_bytes += m_block->bytes();
    m_out.blocks.push_back(std::exchange(m_block, nullptr));
    std::size_t dropped = 0;
    // What is kept still fills a ring.
    while (dropped + 1 < m_out.blocks.size() && (m_rows - m_out.blocks[dropped]->rows.size() >= mostRows || m_bytes > mostBytes)) {
        const LogBlock &oldest = *m_out.blocks[dropped++];
        m_rows -= oldest.rows.size();
        m_bytes -= oldest.bytes();
        m_out.skipped += oldest.rows.size();
    }
    m_out.blocks.erase(m_out.blocks.begin(), m_out.blocks.begin() + static_cast<std::ptrdiff_t>(dropped));
}

LogReader::Taken LogReader::take()
{
    const std::lock_guard lock(m_mutex);
    m_rows = m_bytes = 0;
    return std::exchange(m_out, {});
}

} // namespace fairlead::logs
