// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logselection.h"

#include "ui/logs/loglines.h"

#include <QKeyEvent>

#include <algorithm>

namespace fairlead::ui {

using logs::RowNumber;

LogSelection::LogSelection(const logs::LogRing &ring, const LogLines &lines)
    : m_ring(ring)
    , m_lines(lines)
{
}

std::optional<std::pair<LogSelection::Place, LogSelection::Place>> LogSelection::range() const
{
    if (!m_anchor || !m_cursor || *m_anchor == *m_cursor || m_ring.size() == 0)
        return std::nullopt;
    const Place to = std::max(*m_anchor, *m_cursor);
    if (to.row < m_ring.begin())
        return std::nullopt;
    return std::pair(std::max(std::min(*m_anchor, *m_cursor), Place{m_ring.begin(), 0}), to);
}

std::optional<logs::LogPart> LogSelection::part() const
{
    const auto selected = range();
    if (!selected)
        return std::nullopt;
    const auto &[from, to] = *selected;
    return logs::LogPart{.fromRow = from.row,
        .fromByte = m_lines.laid(from.row).row.byteOfPlace(from.at),
        .toRow = to.row,
        .toByte = m_lines.laid(to.row).row.byteOfPlace(to.at)};
}

void LogSelection::clear()
{
    m_anchor.reset();
    m_cursor.reset();
}

void LogSelection::set(const Place &anchor, const Place &cursor)
{
    m_anchor = anchor;
    m_cursor = cursor;
}

void LogSelection::selectAll()
{
    if (m_ring.size() > 0)
        set({m_ring.begin(), 0}, {m_ring.end() - 1, m_lines.size(m_ring.end() - 1)});
}

void LogSelection::selectWord(const Place &place)
{
    const QString text = m_lines.laid(place.row).row.text();
    const auto isWord = [&text](qsizetype i) { return text[i].isLetterOrNumber() || text[i] == u'_' || text[i] == u'-' || text[i] == u'.'; };
    qsizetype begin = std::min(place.at, text.size());
    qsizetype end = begin;
    while (begin > 0 && isWord(begin - 1))
        --begin;
    while (end < text.size() && isWord(end))
        ++end;
    set({place.row, begin}, {place.row, std::max(end, std::min(begin + 1, text.size()))});
}

void LogSelection::selectRow(RowNumber row)
{
    set({row, 0}, {row, m_lines.size(row)});
}

bool LogSelection::extend(const QKeyEvent &event, RowNumber top, int page)
{
    if ((event.modifiers() & Qt::ShiftModifier) == 0 || m_ring.size() == 0)
        return false;
    const Place from = m_cursor ? std::max(*m_cursor, Place{m_ring.begin(), 0}) : Place{top, 0};
    auto to = moved(event, from, RowNumber(page));
    if (!to)
        return false;
    to->at = std::min(to->at, m_lines.size(to->row));
    set(m_anchor.value_or(from), *to);
    return true;
}

std::optional<LogSelection::Place> LogSelection::moved(const QKeyEvent &event, Place from, RowNumber page) const
{
    const RowNumber first = m_ring.begin();
    const RowNumber last = m_ring.end() - 1;
    const bool whole = (event.modifiers() & Qt::ControlModifier) != 0;
    const Place begin{first, 0};
    const Place end{last, m_lines.size(last)};
    switch (event.key()) {
    case Qt::Key_Up:
        return from.row > first ? Place{from.row - 1, from.at} : begin;
    case Qt::Key_Down:
        return from.row < last ? Place{from.row + 1, from.at} : end;
    case Qt::Key_PageUp:
        return Place{from.row > first + page ? from.row - page : first, from.at};
    case Qt::Key_PageDown:
        return Place{std::min(last, from.row + page), from.at};
    case Qt::Key_Left:
        if (from.at > 0)
            return Place{from.row, from.at - 1};
        return from.row > first ? Place{from.row - 1, m_lines.size(from.row - 1)} : begin;
    case Qt::Key_Right:
        if (from.at < m_lines.size(from.row))
            return Place{from.row, from.at + 1};
        return from.row < last ? Place{from.row + 1, 0} : end;
    case Qt::Key_Home:
        return whole ? begin : Place{from.row, 0};
    case Qt::Key_End:
        return whole ? end : Place{from.row, m_lines.size(from.row)};
    default:
        return std::nullopt;
    }
}

} // namespace fairlead::ui
