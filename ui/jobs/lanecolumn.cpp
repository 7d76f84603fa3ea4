// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/lanecolumn.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <vector>

namespace fairlead::ui {

using jobs::RunState;

namespace {

constexpr std::size_t outcomes = 10;
constexpr int mark = 5; // its air included

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::LaneColumn", text);
}

// What had to be tried again says so in its height.
bool wasRetried(const jobs::Run &run)
{
    return run.state == RunState::Succeeded && run.failed > 0;
}

} // namespace

void LaneColumn::paintCorner(const QRectF &rect, const QString &counts, const QString &zone, const QString &load)
{
    const Tokens &tokens = m_tokens;
    const QFont small = m_theme.font(FontRole::Small);
    const QFont strong = m_theme.font(FontRole::SmallMedium);
    m_painter.fillRect(rect, tokens.raised);
    const QRectF inside = rect.adjusted(measure::margin, 0, -measure::margin, 0);
    const qreal half = timeline::axis / 2.0;
    drawText(m_painter, QRectF(inside.left(), rect.top(), inside.width(), half), Qt::AlignLeft, counts, strong, tokens.text);
    const QRectF second(inside.left(), rect.top() + half, inside.width(), half);
    const QString captions = tr("last 10   next run");
    drawText(m_painter, second, Qt::AlignRight, captions, small, tokens.muted);
    drawText(m_painter, second.adjusted(0, 0, -textWidth(captions, small) - measure::between, 0), Qt::AlignLeft, zone, small, tokens.muted);
    const QRectF third(inside.left(), rect.top() + timeline::axis + 3, inside.width(), 15);
    drawText(m_painter, third, Qt::AlignLeft, tr("Runs at once"), strong, tokens.text);
    drawText(m_painter, third.translated(0, 15), Qt::AlignLeft, load, small, tokens.muted);
    drawRule(m_painter, QRectF(rect.left(), rect.top() + timeline::axis - 1, rect.width(), 1), tokens.line);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line);
}

void LaneColumn::paintLane(const QRectF &rect, const TimelineRow &row, bool current, bool focused)
{
    const Tokens &tokens = m_tokens;
    const jobs::Lane &lane = *row.lane;
    m_painter.fillRect(rect, !current ? tokens.surface : focused ? tokens.select : tokens.selectOff);
    if (current && focused)
        m_painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), tokens.accent);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
    const QRectF inside = rect.adjusted(measure::margin, 2, -measure::margin, -2);
    QRectF upper(inside.left(), inside.top(), inside.width(), inside.height() / 2);
    const QRectF lower = upper.translated(0, upper.height());
    const int marks = int(std::min<std::size_t>(outcomes, lane.runs.size())) * mark;
    paintOutcomes(QRectF(upper.right() - marks, upper.top(), marks, upper.height()), lane);
    upper.setRight(upper.right() - marks - measure::between);
    const bool idle = lane.plan && lane.plan->suspended;
    const Shape shape = lastFailed(lane) ? Shape::Bad : idle ? Shape::Idle : row.overlaps ? Shape::Warn : Shape::None;
    if (shape != Shape::None) {
        drawShape(m_painter, QRectF(upper.left() - 1, upper.top(), measure::shape, upper.height()), shape, shapeColour(tokens, shape), 0.9);
        upper.setLeft(upper.left() + 15);
    }
    drawText(m_painter, upper, Qt::AlignLeft, QString::fromStdString(lane.name), m_theme.font(FontRole::Medium), idle ? tokens.muted : tokens.text,
        Shaping::Exact);
    const QFont small = m_theme.font(FontRole::Small);
    const bool soon = row.next.startsWith(QLatin1String("in ")) || row.next == QLatin1String("now");
    const qreal width = drawText(m_painter, lower, Qt::AlignRight, row.next, small, soon ? tokens.text : tokens.muted, Shaping::Exact);
    drawText(m_painter, lower.adjusted(0, 0, -width - measure::between, 0), Qt::AlignLeft, row.schedule, small, tokens.muted, Shaping::Exact);
}

// Readable in grey: one that failed is the tallest, one that was tried again stands above the others.
void LaneColumn::paintOutcomes(const QRectF &rect, const jobs::Lane &lane)
{
    const Tokens &tokens = m_tokens;
    std::vector<const jobs::Run *> last;
    for (auto each = lane.runs.rbegin(); each != lane.runs.rend() && last.size() < outcomes; ++each)
        last.push_back(&*each);
    qreal x = rect.right() - mark + 1;
    const qreal base = std::round(rect.center().y()) + 5;
    for (const jobs::Run *const run : last) {
        const QColor colour = colourOf(tokens, run->state);
        const qreal height = !run->hasEnded() ? 6 : run->state != RunState::Succeeded ? 11 : wasRetried(*run) ? 8 : 6;
        if (run->hasEnded()) {
            m_painter.fillRect(QRectF(x, base - height, mark - 1, height), colour);
            if (wasRetried(*run))
                m_painter.fillRect(QRectF(x, base - height, mark - 1, 2), tokens.warn);
        } else {
            // Not over: outlined.
            m_painter.fillRect(QRectF(x, base - height, mark - 1, height), colour);
            m_painter.fillRect(QRectF(x + 1, base - height + 1, mark - 3, height - 2), tokens.surface);
        }
        x -= mark;
    }
}

} // namespace fairlead::ui
