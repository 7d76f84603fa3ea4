// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelineframe.h"

#include "ui/jobs/lanecolumn.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QPainter>

#include <algorithm>
#include <cstdlib>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::TimelineFrame", text);
}

// "UTC+1": what the axis' hours are of.
QString zoneWords(jobs::Moment at)
{
    const int offset = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).offsetFromUtc() / 60;
    QString zone = QStringLiteral("UTC");
    if (offset != 0)
        zone += (offset < 0 ? QStringLiteral("−") : QStringLiteral("+")) + QString::number(std::abs(offset) / 60);
    if (offset % 60 != 0)
        zone += QStringLiteral(":%1").arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0'));
    return zone;
}

} // namespace

TimelineFrame::TimelineFrame(QPainter &painter, const Theme &theme, const Look &look, TextLines &lines)
    : m_painter(painter)
    , m_theme(theme)
    , m_look(look)
    , m_canvas(painter, theme, m_look.scale, look.now, lines, look.stale)
{
}

bool TimelineFrame::isCurrent(const TimelineRow &row) const
{
    return isChosen(row, m_look.choice);
}

template<typename Paint>
void TimelineFrame::eachRow(const QRect &all, int scrolled, Paint paint)
{
    m_painter.save();
    m_painter.setClipRect(QRect(0, top(), all.width(), all.height() - top()), Qt::IntersectClip);
    const auto &tops = m_look.tops;
    const auto first = std::upper_bound(tops.begin(), tops.end(), scrolled) - tops.begin() - 1;
    for (auto i = std::size_t(std::max<std::ptrdiff_t>(0, first)); i < m_look.rows.rows().size(); ++i) {
        const QRectF rect(0, top() + tops[i] - scrolled, all.width(), tops[i + 1] - tops[i]);
        if (rect.top() >= all.height())
            break;
        paint(rect, m_look.rows.rows()[i]);
    }
    m_painter.restore();
}

void TimelineFrame::paintTime(const QRect &all, int scrolled)
{
    const int width = m_look.scale.width;
    m_canvas.paintGround(QRectF(timeline::laneColumn, top(), width, std::max(0, all.height() - top())), m_look.rows.knownUntil());
    eachRow(all, scrolled, [this](const QRectF &rect, const TimelineRow &row) {
        if (row.lane)
            m_canvas.paintLane(rect.adjusted(timeline::laneColumn, 0, 0, 0), row, isCurrent(row) ? &m_look.choice.run : nullptr);
    });
    m_canvas.paintAxis(QRectF(timeline::laneColumn, 0, width, timeline::axis));
    m_painter.save();
    const QRectF strip(timeline::laneColumn, timeline::axis, width, timeline::strip);
    m_painter.setClipRect(strip, Qt::IntersectClip);
    m_look.strip.paint(m_painter, m_theme, strip, m_look.stale.has_value());
    m_painter.restore();
}

void TimelineFrame::paintColumn(const QRect &all, int scrolled)
{
    LaneColumn column(m_painter, m_theme, m_look.stale.has_value());
    const auto &lanes = m_look.rows.lanes();
    const auto cron = std::count_if(lanes.begin(), lanes.end(), [](const jobs::Lane *lane) { return lane->cron; });
    const auto single = std::ptrdiff_t(lanes.size()) - cron;
    const QString crons = cron == 1 ? tr("1 cron job") : tr("%1 cron jobs").arg(grouped(cron));
    const QString singles = single == 1 ? tr("1 job") : tr("%1 jobs").arg(grouped(single));
    eachRow(all, scrolled, [&](const QRectF &rect, const TimelineRow &row) {
        if (row.lane)
            column.paintLane(rect, row, isCurrent(row), m_look.focused);
    });
    column.paintCorner(QRectF(0, 0, all.width(), top()), crons + QStringLiteral(", ") + singles, zoneWords(m_look.now), m_look.strip.words());
    m_painter.fillRect(QRectF(all.width() - 1, 0, 1, all.height()), m_theme.tokens().line);
}

void TimelineFrame::paintHeadings(const QRect &all, int scrolled)
{
    eachRow(all, scrolled, [this](const QRectF &rect, const TimelineRow &row) {
        if (!row.lane)
            m_canvas.paintHeading(rect, row, isCurrent(row));
    });
}

void TimelineFrame::paintNow(const QRect &all)
{
    m_canvas.paintNow(QRectF(timeline::laneColumn, top(), m_look.scale.width, all.height() - top()));
}

} // namespace fairlead::ui
