// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelineview.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Lane;
using jobs::Moment;
using jobs::Run;

namespace {

constexpr qreal nowAt = 0.74; // of the width, while it follows: what comes needs room too
constexpr milliseconds shortest = minutes(5);
constexpr milliseconds longest = hours(24 * 30);
constexpr std::size_t mostComing = 5'000;
constexpr milliseconds hatchedUpTo = hours(24 * 2); // beyond it stretches of single runs are narrower than their hatch

} // namespace

TimelineView::TimelineView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Jobs in time"));
}

void TimelineView::setTimeline(const jobs::JobTimeline *timeline)
{
    m_timeline = timeline;
    refresh();
}

TimeScale TimelineView::scale() const
{
    return {.from = m_from, .span = m_span, .width = std::max(1, viewport()->width() - timeline::laneColumn)};
}

void TimelineView::setWanted(Wanted wanted)
{
    m_wanted = std::move(wanted);
    refresh();
}

void TimelineView::setNow(Moment now)
{
    m_now = now;
    if (m_follows)
        m_from = now - milliseconds(static_cast<qint64>(static_cast<qreal>(m_span.count()) * nowAt));
    viewport()->update();
}

void TimelineView::setSpan(milliseconds span)
{
    const Moment middle = m_from + m_span / 2;
    m_span = std::clamp(span, shortest, longest);
    m_from = middle - m_span / 2;
    setNow(m_now);
    refresh();
}

void TimelineView::goToNow()
{
    m_follows = true;
    setNow(m_now);
    refresh();
}

void TimelineView::refresh()
{
    build();
    say();
    viewport()->update();
}

void TimelineView::build()
{
    m_rows.clear();
    m_minutes.clear();
    if (!m_timeline)
        return;
    const TimeScale scale = this->scale();
    std::vector<jobs::Planned> planned;
    std::vector<std::size_t> rowOf;
    std::string space;
    std::size_t heading = 0;
    std::size_t inSpace = 0;
    const auto endHeading = [&] {
        if (!m_rows.empty())
            m_rows[heading].note = inSpace == 1 ? tr("1 lane") : tr("%1 lanes").arg(grouped(qsizetype(inSpace)));
    };
    for (const auto &[key, lane] : m_timeline->lanes()) {
        if (m_wanted && !m_wanted(lane))
            continue;
        if (m_rows.empty() || lane.space != space) {
            endHeading();
            space = lane.space;
            heading = m_rows.size();
            inSpace = 0;
            m_rows.emplace_back().heading = QString::fromStdString(space);
        }
        ++inSpace;
        TimelineRow &row = m_rows.emplace_back();
        row.lane = &lane;
        row.next = nextWords(lane, m_now);
        if (!lane.plan)
            continue;
        if (const auto since = m_timeline->watchedSince(); since && m_span <= hatchedUpTo)
            row.unknown = jobs::unknownStretches(lane, scale.from, scale.until(), *since);
        jobs::Planned each{.plan = &*lane.plan, .usual = {}, .running = {}};
        if (lane.durations)
            each.usual = lane.durations->median;
        for (const Run &run : lane.runs) {
            if (!run.hasEnded() && run.start)
                each.running.push_back(*run.start);
        }
        planned.push_back(std::move(each));
        rowOf.push_back(m_rows.size() - 1);
    }
    endHeading();
    jobs::Forecast coming;
    if (scale.until() > m_now)
        coming = jobs::forecast(planned, m_now, scale.until(), mostComing);
    for (const jobs::ComingRun &each : coming.runs)
        m_rows[rowOf[each.planned]].coming.push_back(each);
    m_minutes = std::move(coming.perMinute);
    int height = 0;
    for (const TimelineRow &row : m_rows)
        height += heightOf(row);
    verticalScrollBar()->setSingleStep(timeline::lane);
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() - top()));
    verticalScrollBar()->setRange(0, std::max(0, height - (viewport()->height() - top())));
}

std::size_t TimelineView::laneCount() const
{
    return static_cast<std::size_t>(std::count_if(m_rows.begin(), m_rows.end(), [](const TimelineRow &row) { return row.lane != nullptr; }));
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const TimeScale scale = this->scale();
    TimelineCanvas canvas(painter, m_theme, scale, m_now);
    const QRectF all = viewport()->rect();
    const QRectF area(timeline::laneColumn, top(), scale.width, std::max<qreal>(0, all.height() - top()));
    painter.fillRect(all, m_theme.tokens().surface);
    painter.save();
    painter.setClipRect(QRectF(0, top(), all.width(), area.height()), Qt::IntersectClip);
    canvas.paintGround(area);
    qreal y = top() - verticalScrollBar()->value();
    for (const TimelineRow &row : m_rows) {
        const int height = heightOf(row);
        if (y + height > top() && y < all.height()) {
            if (row.lane) {
                const bool current = row.lane->uid == m_lane;
                canvas.paintLane(QRectF(area.left(), y, area.width(), height), row, m_run, current);
                canvas.paintLaneColumn(QRectF(0, y, timeline::laneColumn, height), row, current);
            } else {
                canvas.paintHeading(QRectF(0, y, all.width(), height), row);
            }
        }
        y += height;
    }
    painter.restore();
    canvas.paintAxis(QRectF(area.left(), 0, area.width(), timeline::axis));
    const QRectF strip(area.left(), timeline::axis, area.width(), timeline::strip);
    painter.save();
    painter.setClipRect(strip, Qt::IntersectClip);
    canvas.paintStrip(strip, m_rows, m_minutes);
    painter.restore();
    const Tokens &tokens = m_theme.tokens();
    const QRectF corner(0, 0, timeline::laneColumn, top());
    painter.fillRect(corner, tokens.raised);
    drawText(painter, QRectF(12, 0, timeline::laneColumn - 24, timeline::axis), Qt::AlignLeft,
        laneCount() == 1 ? tr("1 lane") : tr("%1 lanes").arg(grouped(qsizetype(laneCount()))), m_theme.font(FontRole::SmallMedium), tokens.text);
    drawText(painter, QRectF(12, 0, timeline::laneColumn - 24, timeline::axis), Qt::AlignRight, tr("last 10, next run"),
        m_theme.font(FontRole::Small), tokens.muted);
    drawText(painter, QRectF(12, timeline::axis, timeline::laneColumn - 24, timeline::strip), Qt::AlignLeft, tr("Runs at once"),
        m_theme.font(FontRole::SmallMedium), tokens.text);
    painter.fillRect(QRectF(timeline::laneColumn - 1, 0, 1, all.height()), tokens.line);
    painter.fillRect(QRectF(0, top() - 1, timeline::laneColumn, 1), tokens.line);
    canvas.paintNow(QRectF(area.left(), timeline::axis / 2.0, area.width(), all.height() - timeline::axis / 2.0));
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    refresh();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

TimelineView::Hit TimelineView::hitAt(const QPoint &point) const
{
    if (point.y() < top())
        return {};
    const TimeScale scale = this->scale();
    int y = top() - verticalScrollBar()->value();
    for (const TimelineRow &row : m_rows) {
        const int height = heightOf(row);
        if (point.y() >= y && point.y() < y + height) {
            Hit hit{.lane = row.lane};
            if (!row.lane || point.x() < timeline::laneColumn)
                return hit;
            const QRectF lane(timeline::laneColumn, y, scale.width, height);
            qreal nearest = 5;
            for (const Run &each : row.lane->runs) {
                const auto place = each.place();
                if (!place)
                    continue;
                const qreal left = lane.left() + scale.x(*place);
                const qreal right = lane.left() + scale.x(each.hasEnded() ? each.end.value_or(*place) : m_now);
                const qreal away = point.x() < left ? left - point.x() : point.x() > right ? point.x() - right : 0;
                if (away < nearest) {
                    nearest = away;
                    hit.run = &each;
                }
            }
            return hit;
        }
        y += height;
    }
    return {};
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_pressedFrom = m_from;
    const Hit hit = hitAt(event->pos());
    if (!hit.lane || event->button() != Qt::LeftButton)
        return;
    m_lane = hit.lane->uid;
    m_run = hit.run ? hit.run->uid : std::string();
    say();
    viewport()->update();
    Q_EMIT chosenChanged();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || std::abs(event->pos().x() - m_pressed.x()) < 4)
        return;
    const TimeScale scale = this->scale();
    m_follows = false;
    m_from =
        m_pressedFrom - milliseconds(static_cast<qint64>(qreal(event->pos().x() - m_pressed.x()) / scale.width * static_cast<qreal>(m_span.count())));
    refresh();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const qreal turns = event->angleDelta().y() / 120.0;
    if (event->modifiers() & Qt::ControlModifier) {
        const qreal x = std::clamp(event->position().x() - timeline::laneColumn, 0.0, qreal(scale().width));
        zoom(std::pow(0.8, turns), x / scale().width);
    } else if (event->modifiers() & Qt::ShiftModifier || event->angleDelta().x() != 0) {
        pan(-(turns + event->angleDelta().x() / 120.0) * 0.1);
    } else {
        QAbstractScrollArea::wheelEvent(event);
    }
    event->accept();
}

void TimelineView::pan(qreal share)
{
    m_follows = false;
    m_from += milliseconds(static_cast<qint64>(share * static_cast<qreal>(m_span.count())));
    refresh();
}

void TimelineView::zoom(qreal factor, qreal around)
{
    const Moment kept = m_from + milliseconds(static_cast<qint64>(around * static_cast<qreal>(m_span.count())));
    m_span = std::clamp(milliseconds(static_cast<qint64>(factor * static_cast<qreal>(m_span.count()))), shortest, longest);
    m_from = kept - milliseconds(static_cast<qint64>(around * static_cast<qreal>(m_span.count())));
    setNow(m_now);
    refresh();
    Q_EMIT spanChanged();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        step(0, -1);
        break;
    case Qt::Key_Right:
        step(0, 1);
        break;
    case Qt::Key_Up:
        step(-1, 0);
        break;
    case Qt::Key_Down:
        step(1, 0);
        break;
    case Qt::Key_Home:
        step(0, -100'000'000);
        break;
    case Qt::Key_End:
        step(0, 100'000'000);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(0.8, nowAt);
        break;
    case Qt::Key_Minus:
        zoom(1.25, nowAt);
        break;
    case Qt::Key_PageUp:
        pan(-0.5);
        break;
    case Qt::Key_PageDown:
        pan(0.5);
        break;
    case Qt::Key_N:
        goToNow();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    event->accept();
}

// Lanes first, then runs in the lane; from nothing to the first lane's last run.
void TimelineView::step(int lanes, int runs)
{
    std::vector<const Lane *> shown;
    for (const TimelineRow &row : m_rows) {
        if (row.lane)
            shown.push_back(row.lane);
    }
    if (shown.empty())
        return;
    const auto found = std::find_if(shown.begin(), shown.end(), [this](const Lane *lane) { return lane->uid == m_lane; });
    const auto at = found == shown.end() ? 0 : std::clamp<std::ptrdiff_t>(found - shown.begin() + lanes, 0, std::ptrdiff_t(shown.size()) - 1);
    const Lane &lane = *shown[static_cast<std::size_t>(at)];
    const auto run = std::find_if(lane.runs.begin(), lane.runs.end(), [this](const Run &each) { return each.uid == m_run; });
    if (lane.runs.empty())
        m_run.clear();
    else if (run == lane.runs.end())
        m_run = lane.runs.back().uid;
    else
        m_run =
            lane.runs[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(run - lane.runs.begin() + runs, 0, std::ptrdiff_t(lane.runs.size()) - 1))]
                .uid;
    m_lane = lane.uid;
    bring();
    say();
    viewport()->update();
    Q_EMIT chosenChanged();
}

// The chosen lane, and the chosen run's place, are visible.
void TimelineView::bring()
{
    int y = 0;
    for (const TimelineRow &row : m_rows) {
        if (row.lane && row.lane->uid == m_lane) {
            const int room = viewport()->height() - top();
            const int value = verticalScrollBar()->value();
            verticalScrollBar()->setValue(std::clamp(value, y + timeline::lane - room, y));
            break;
        }
        y += heightOf(row);
    }
    const Run *const run = chosenRun();
    const auto place = run ? run->place() : std::nullopt;
    if (!place || (*place >= m_from && *place <= m_from + m_span))
        return;
    m_follows = false;
    m_from = *place - m_span / 2;
    build();
}

void TimelineView::choose(const std::string &runUid)
{
    const Lane *const lane = m_timeline ? m_timeline->laneOf(runUid) : nullptr;
    m_lane = lane ? lane->uid : std::string();
    m_run = lane ? runUid : std::string();
    bring();
    refresh();
    Q_EMIT chosenChanged();
}

const Run *TimelineView::chosenRun() const
{
    return m_run.empty() || !m_timeline ? nullptr : m_timeline->run(m_run);
}

const Lane *TimelineView::chosenLane() const
{
    for (const TimelineRow &row : m_rows) {
        if (row.lane && row.lane->uid == m_lane)
            return row.lane;
    }
    return nullptr;
}

void TimelineView::say()
{
    QString words;
    if (const Lane *const lane = chosenLane()) {
        words = QString::fromStdString(lane->name) + QStringLiteral(", ") + QString::fromStdString(lane->space) + QStringLiteral(", ") +
                nextWords(*lane, m_now);
        if (const Run *const run = chosenRun())
            words += QStringLiteral(". ") + runLines(*lane, *run, m_now).join(QStringLiteral(". "));
    }
    if (words == accessibleDescription())
        return;
    setAccessibleDescription(words); // tells it to who listens
}

QString TimelineView::plainText() const
{
    QStringList lines;
    for (const TimelineRow &row : m_rows) {
        if (!row.lane) {
            lines << row.heading;
            continue;
        }
        lines << QString::fromStdString(row.lane->name) + QStringLiteral(", ") + row.next;
        for (const Run &each : row.lane->runs)
            lines << QStringLiteral("  ") + runLines(*row.lane, each, m_now).join(QStringLiteral(". "));
    }
    return lines.join(QLatin1Char('\n'));
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *const help = static_cast<QHelpEvent *>(event);
    const Hit hit = hitAt(help->pos());
    if (hit.lane && hit.run)
        QToolTip::showText(help->globalPos(), toolTipText(runLines(*hit.lane, *hit.run, m_now).join(QLatin1Char('\n'))), viewport());
    else
        QToolTip::hideText();
    return true;
}

} // namespace fairlead::ui
