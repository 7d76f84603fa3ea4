// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/loglines.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace fairlead::ui {

using logs::LogRow;
using logs::RowNumber;

namespace {

constexpr std::size_t mostLaid = 600; // more than are ever visible

QDateTime localTime(logs::LineTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time / 1'000'000);
}

QString stampOf(const LogRow &row)
{
    return row.time != 0 && row.kind == LogRow::Kind::Line ? localTime(row.time).toString(QStringLiteral("HH:mm:ss.zzz")) : QString();
}

} // namespace

LogLines::LogLines(const Theme &theme, const logs::LogRing &ring)
    : m_ring(ring)
    , m_fonts(theme)
{
}

void LogLines::setWrapColumns(int columns)
{
    if (m_wrapColumns == columns)
        return;
    m_wrapColumns = columns;
    forget();
}

bool LogLines::setSuffix(const QString &suffix)
{
    if (m_suffix == suffix)
        return false;
    m_suffix = suffix;
    return true;
}

int LogLines::linesOf(RowNumber row) const
{
    if (m_wrapColumns == 0 || !m_ring.row(row).isLine())
        return 1;
    return std::max(1, (columnsOf(m_ring.text(row)) + m_wrapColumns - 1) / m_wrapColumns);
}

const LogLines::Laid &LogLines::laid(RowNumber row) const
{
    const auto known = m_laid.find(row);
    if (known != m_laid.end())
        return known->second;
    if (m_laid.size() > mostLaid)
        m_laid.clear();
    const LogRow &facts = m_ring.row(row);
    Laid made{LaidRow(m_ring.text(row), m_ring.spans(row), facts, m_fonts, m_wrapColumns), {}};
    if (const QString stamp = stampOf(facts); !stamp.isEmpty())
        made.stamp = TextLine(stamp, m_fonts.font({}), Shaping::Exact);
    return m_laid.emplace(row, std::move(made)).first->second;
}

QString LogLines::words(RowNumber row) const
{
    const LogRow &facts = m_ring.row(row);
    const std::string_view text = m_ring.text(row);
    const auto part = [](std::string_view piece) { return QString::fromUtf8(piece.data(), qsizetype(piece.size())); };
    const std::size_t place = std::min<std::size_t>(facts.word, text.size());
    QString out = part(text.substr(0, place));
    if (facts.time != 0)
        out += localTime(facts.time).toString(QStringLiteral("HH:mm:ss"));
    out += part(text.substr(place));
    if (row + 1 == m_ring.end() && !m_suffix.isEmpty())
        out += QStringLiteral(" \u00b7 ") + m_suffix;
    return out;
}

QString LogLines::text(RowNumber row) const
{
    const LogRow &facts = m_ring.row(row);
    if (!facts.isLine())
        return words(row);
    const std::string_view text = m_ring.text(row);
    const QString stamp = m_stamps ? stampOf(facts) : QString();
    return (stamp.isEmpty() ? stamp : stamp + QLatin1Char(' ')) + QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString LogLines::when(RowNumber row) const
{
    const LogRow &facts = m_ring.row(row);
    if (facts.time == 0)
        return {};
    const QDateTime time = localTime(facts.time);
    const QString format = QStringLiteral("yyyy-MM-dd HH:mm:ss.");
    const QString nanoseconds = QStringLiteral("%1 ").arg(facts.time % 1'000'000'000, 9, 10, QLatin1Char('0'));
    return time.toString(format) + nanoseconds + time.timeZoneAbbreviation() + QLatin1Char('\n') + time.toUTC().toString(format) + nanoseconds +
           QStringLiteral("UTC");
}

} // namespace fairlead::ui
