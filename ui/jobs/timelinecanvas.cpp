// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelinecanvas.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Moment;
using jobs::RunState;

namespace {

constexpr qreal narrow = 8; // below it a bar is a solid mark
constexpr int outcomes = 10;

double fillShare(const Tokens &tokens)
{
    return tokens.scheme == Scheme::Dark ? 0.34 : 0.24;
}

} // namespace

QRectF TimelineCanvas::barOf(const QRectF &lane, const jobs::Run &run) const
{
    const auto place = run.place();
    if (!place)
        return {};
    const Moment end = run.hasEnded() ? std::max(run.end.value_or(*place), *place) : std::max(m_now, *place);
    const qreal left = lane.left() + m_scale.x(*place);
    const qreal right = lane.left() + m_scale.x(end);
    return {left, std::round(lane.center().y() - timeline::bar / 2.0), std::max<qreal>(right - left, timeline::least), timeline::bar};
}

void TimelineCanvas::paintGround(const QRectF &area)
{
    const Tokens &tokens = m_theme.tokens();
    m_painter.fillRect(area, tokens.surface);
    const qreal now = std::clamp(area.left() + m_scale.x(m_now), area.left(), area.right());
    m_painter.fillRect(QRectF(QPointF(std::round(now), area.top()), area.bottomRight()), tokens.sunken);
    for (const TimeScale::Tick &each : m_scale.ticks())
        drawRule(m_painter, QRectF(std::round(area.left() + m_scale.x(each.at)), area.top(), 1, area.height()),
            each.day ? tokens.line : tokens.lineSoft, Qt::Vertical);
}

void TimelineCanvas::paintAxis(const QRectF &rect)
{
    const Tokens &tokens = m_theme.tokens();
    m_painter.fillRect(rect, tokens.raised);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line);
    m_painter.save();
    m_painter.setClipRect(rect, Qt::IntersectClip);
    for (const TimeScale::Tick &each : m_scale.ticks()) {
        const qreal x = std::round(rect.left() + m_scale.x(each.at));
        drawText(m_painter, QRectF(x + 4, rect.top() + (each.day ? 0 : rect.height() / 2), 90, rect.height() / 2), Qt::AlignLeft, each.text,
            m_theme.font(each.day ? FontRole::SmallMedium : FontRole::Small), each.day ? tokens.text : tokens.muted, Shaping::Exact);
    }
    m_painter.restore();
}

void TimelineCanvas::paintStrip(const QRectF &rect, const std::vector<TimelineRow> &rows, const std::vector<jobs::Minute> &minutes)
{
    const Tokens &tokens = m_theme.tokens();
    constexpr int step = 3;
    const auto columns = static_cast<std::size_t>(std::max(1.0, rect.width() / step));
    std::vector<int> change(columns + 1);
    const auto count = [&](Moment from, Moment until) {
        if (until < m_scale.from || from > m_scale.until())
            return;
        const auto column = [&](Moment at) {
            return static_cast<std::size_t>(std::clamp(m_scale.x(at) / step, 0.0, static_cast<double>(columns - 1)));
        };
        ++change[column(from)];
        --change[column(until) + 1];
    };
    for (const TimelineRow &row : rows) {
        if (!row.lane)
            continue;
        for (const jobs::Run &run : row.lane->runs) {
            if (run.start && run.state != RunState::Suspended)
                count(*run.start, run.hasEnded() ? std::max(run.end.value_or(*run.start), *run.start) : std::max(m_now, *run.start));
        }
        for (const jobs::ComingRun &run : row.coming) {
            if (run.outcome != jobs::ComingRun::Outcome::Skipped)
                count(run.start, run.end.value_or(run.start));
        }
    }
    int peak = 1;
    int level = 0;
    for (const int each : change)
        peak = std::max(peak, level += each);
    level = 0;
    const qreal room = rect.height() - 8;
    for (std::size_t i = 0; i < columns; ++i) {
        level += change[i];
        const qreal height = std::round(room * level / peak);
        if (height > 0)
            m_painter.fillRect(
                QRectF(rect.left() + static_cast<qreal>(i) * step, rect.bottom() - height, step - 1, height), mix(tokens.surface, tokens.idle, 0.45));
    }
    for (const jobs::Minute &each : minutes) {
        const qreal x = rect.left() + m_scale.x(each.at);
        if (!each.hot || x < rect.left() || x > rect.right())
            continue;
        m_painter.fillRect(QRectF(std::round(x), rect.top() + 4, step, rect.height() - 4), tokens.warn);
    }
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line);
}

void TimelineCanvas::paintHeading(const QRectF &rect, const TimelineRow &row)
{
    const Tokens &tokens = m_theme.tokens();
    m_painter.fillRect(rect, tokens.raised);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
    const QRectF text = rect.adjusted(measure::margin, 0, -measure::margin, 0);
    const qreal width = drawText(m_painter, text, Qt::AlignLeft, row.heading, m_theme.font(FontRole::SmallMedium), tokens.text, Shaping::Exact);
    drawText(m_painter, text.adjusted(width + measure::between, 0, 0, 0), Qt::AlignLeft, row.note, m_theme.font(FontRole::Small), tokens.muted);
}

void TimelineCanvas::paintLaneColumn(const QRectF &rect, const TimelineRow &row, bool current)
{
    const Tokens &tokens = m_theme.tokens();
    const jobs::Lane &lane = *row.lane;
    m_painter.fillRect(rect, current ? tokens.select : tokens.surface);
    if (current)
        m_painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), tokens.accent);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
    const QRectF inside = rect.adjusted(measure::margin, 2, -measure::margin, -2);
    const QRectF upper(inside.left(), inside.top(), inside.width(), inside.height() / 2);
    const QRectF lower = upper.translated(0, upper.height());
    constexpr int marks = outcomes * 5;
    drawText(m_painter, upper.adjusted(0, 0, -marks - measure::between, 0), Qt::AlignLeft, QString::fromStdString(lane.name),
        m_theme.font(FontRole::Medium), tokens.text, Shaping::Exact);
    paintOutcomes(QRectF(upper.right() - marks, upper.top(), marks, upper.height()), lane);
    const qreal width = textWidth(row.next, m_theme.font(FontRole::Small));
    drawText(m_painter, lower, Qt::AlignRight, row.next, m_theme.font(FontRole::Small), tokens.muted);
    drawText(m_painter, lower.adjusted(0, 0, -width - measure::between, 0), Qt::AlignLeft,
        lane.plan ? QString::fromStdString(lane.plan->words()) : QString::fromStdString(lane.runs.empty() ? std::string() : lane.runs.back().words()),
        m_theme.font(FontRole::Small), tokens.muted, Shaping::Exact);
}

// Readable in grey: one that failed is the tallest.
void TimelineCanvas::paintOutcomes(const QRectF &rect, const jobs::Lane &lane)
{
    std::vector<RunState> states;
    for (const jobs::Run &each : lane.runs) {
        if (each.hasEnded())
            states.push_back(each.state);
    }
    if (states.size() > outcomes)
        states.erase(states.begin(), states.end() - outcomes);
    qreal x = rect.right() - static_cast<qreal>(states.size()) * 5;
    for (const RunState state : states) {
        const qreal height = state == RunState::Succeeded ? 6 : 11;
        m_painter.fillRect(QRectF(std::round(x), std::round(rect.center().y() + 5 - height), 4, height), colourOf(m_theme.tokens(), state));
        x += 5;
    }
}

void TimelineCanvas::paintLane(const QRectF &rect, const TimelineRow &row, const std::string &chosen, bool current)
{
    const Tokens &tokens = m_theme.tokens();
    m_painter.save();
    m_painter.setClipRect(rect, Qt::IntersectClip);
    if (current) {
        QColor ground = tokens.select;
        ground.setAlphaF(0.55F);
        m_painter.fillRect(rect, ground);
    }
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
    for (const jobs::Stretch &each : row.unknown) {
        const QRectF piece(
            QPointF(rect.left() + m_scale.x(each.from), rect.top() + 4), QPointF(rect.left() + m_scale.x(each.until), rect.bottom() - 5));
        drawHatch(m_painter, piece.intersected(rect), tokens.lineSoft, tokens.surface, 6);
    }
    for (const jobs::ComingRun &each : row.coming)
        paintComing(rect, each);
    for (const jobs::Run &each : row.lane->runs) {
        const QRectF bar = barOf(rect, each);
        if (bar.isNull() || bar.right() < rect.left() - 20 || bar.left() > rect.right())
            continue;
        paintRun(bar, each, *row.lane);
        if (each.uid == chosen)
            drawBox(m_painter, bar.adjusted(-3, -3, 3, 3), QColor(), tokens.text, 1, 0);
    }
    m_painter.restore();
}

void TimelineCanvas::paintRun(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane)
{
    const Tokens &tokens = m_theme.tokens();
    const QColor colour = colourOf(tokens, run.state);
    const bool failed = run.state == RunState::Failed || run.state == RunState::Killed;
    if (bar.width() < narrow) {
        m_painter.fillRect(onPixels(m_painter, bar), colour);
    } else {
        drawBox(m_painter, bar, mix(tokens.surface, colour, fillShare(tokens)), mix(tokens.surface, colour, 0.8), 1, 0);
        for (const jobs::Attempt &each : run.attempts) {
            if (each.state != jobs::Attempt::State::Failed || !each.end || run.attempts.size() > 50)
                continue;
            m_painter.fillRect(
                QRectF(std::round(bar.left() + m_scale.x(*each.end) - m_scale.x(*run.place())) - 1, bar.top(), 2, bar.height()), tokens.bad);
        }
    }
    if (failed) {
        const QRectF square(bar.right() + 3, bar.center().y() - 6, 12, 12);
        m_painter.fillRect(square, tokens.surface);
        drawShape(m_painter, square, Shape::Bad, colour);
    }
    if (run.hasEnded() || run.state == RunState::Suspended)
        return;
    if (const auto done = run.progress(); done && *done > 0)
        m_painter.fillRect(QRectF(bar.left(), bar.bottom() - 3, std::round(bar.width() * *done), 3), colour);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(colour, 2));
    m_painter.drawPolyline(QPolygonF({{bar.right() - 4, bar.top() + 2}, {bar.right(), bar.center().y()}, {bar.right() - 4, bar.bottom() - 2}}));
    m_painter.restore();
    if (const auto estimate = jobs::estimateEnd(run, lane.durations, m_now)) {
        m_painter.save();
        QPen pen(mix(tokens.sunken, colour, 0.8), 1, Qt::DashLine);
        m_painter.setPen(pen);
        m_painter.setBrush(Qt::NoBrush);
        const qreal width = m_scale.x(estimate->likely) - m_scale.x(m_now);
        m_painter.drawRect(QRectF(std::round(bar.right()) + 0.5, bar.top() + 0.5, std::round(width), bar.height() - 1));
        m_painter.restore();
    }
}

void TimelineCanvas::paintComing(const QRectF &lane, const jobs::ComingRun &run)
{
    using Outcome = jobs::ComingRun::Outcome;
    const Tokens &tokens = m_theme.tokens();
    const Moment at = run.outcome == Outcome::Late ? run.start : Moment(run.at);
    const qreal left = std::round(lane.left() + m_scale.x(at));
    const qreal top = std::round(lane.center().y() - timeline::bar / 2.0);
    if (left > lane.right() || left < lane.left() - 2000)
        return;
    if (run.outcome == Outcome::Skipped) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(tokens.warn, 1.3));
        m_painter.setBrush(tokens.surface);
        const QPointF middle(left, lane.center().y());
        m_painter.drawPolygon(QPolygonF({middle + QPointF(-5, 0), middle + QPointF(0, -5), middle + QPointF(5, 0), middle + QPointF(0, 5)}));
        m_painter.restore();
        return;
    }
    const qreal width = run.end ? std::max<qreal>(timeline::least, m_scale.x(*run.end) - m_scale.x(at)) : qreal(timeline::least);
    const bool overlaps = run.killed || run.outcome == Outcome::Replaces;
    drawBox(m_painter, QRectF(left, top, width, timeline::bar), tokens.surface, overlaps ? tokens.warn : tokens.muted, 1, 0);
}

void TimelineCanvas::paintNow(const QRectF &area)
{
    const qreal x = std::round(area.left() + m_scale.x(m_now));
    if (x >= area.left() && x <= area.right())
        m_painter.fillRect(QRectF(x, area.top(), 1, area.height()), m_theme.tokens().text);
}

} // namespace fairlead::ui
