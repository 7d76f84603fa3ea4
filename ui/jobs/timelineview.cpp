// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelineview.h"

#include "ui/jobs/hovercard.h"
#include "ui/jobs/runlook.h"
#include "ui/jobs/timelineaccessible.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::ComingRun;
using jobs::Lane;
using jobs::Moment;
using jobs::Run;

namespace {

constexpr qreal nowAt = 0.74; // of the width, while it follows: what comes needs room too
constexpr milliseconds shortest = minutes(5);
constexpr milliseconds longest = hours(24 * 30);
constexpr int near = 5; // pixels beside a bar that still mean it

milliseconds share(milliseconds span, qreal part)
{
    return milliseconds(static_cast<qint64>(part * static_cast<qreal>(span.count())));
}

} // namespace

TimelineView::TimelineView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_card(new HoverCard(theme, viewport()))
{
    QAccessible::installFactory(TimelineAccessible::make); // passes over what it knows
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
    m_rows.setWanted(std::move(wanted));
    refresh();
}

void TimelineView::setGrouping(Grouping grouping)
{
    m_rows.setGrouping(grouping);
    m_choice.group.clear();
    refresh();
    bring();
}

void TimelineView::fold(const std::string &group, bool folded)
{
    m_rows.fold(group, folded);
    if (folded && m_choice.group == group) {
        m_choice.lane.clear();
        m_choice.run = {};
        chosen();
    }
    refresh();
}

void TimelineView::setNow(Moment now)
{
    m_now = now;
    if (m_follows)
        m_from = now - share(m_span, nowAt);
    m_rows.tell(now);
    m_columnStale = true;
    workOut();
    say();
    viewport()->update();
}

void TimelineView::setStale(std::optional<Moment> since)
{
    if (m_stale == since)
        return;
    m_stale = since;
    repaintAll();
}

void TimelineView::setSpan(milliseconds span)
{
    const Moment middle = m_from + m_span / 2;
    m_span = std::clamp(span, shortest, longest);
    m_from = m_follows ? m_now - share(m_span, nowAt) : middle - m_span / 2;
    moved();
    Q_EMIT spanChanged();
}

void TimelineView::goToNow()
{
    m_follows = true;
    m_from = m_now - share(m_span, nowAt);
    moved();
}

void TimelineView::refresh()
{
    build();
    m_looked.reset();
    workOut();
    say();
    repaintAll();
    Q_EMIT rowsChanged();
}

void TimelineView::repaintAll()
{
    m_columnStale = true;
    viewport()->update();
}

// Another piece of time: what stands at the left stays.
void TimelineView::moved()
{
    m_card->hide();
    workOut();
    viewport()->update();
}

void TimelineView::build()
{
    m_rows.build(m_timeline, m_now);
    m_tops.clear();
    int y = 0;
    for (const TimelineRow &row : m_rows.rows()) {
        m_tops.push_back(y);
        y += heightOf(row);
    }
    m_tops.push_back(y);
    const int room = viewport()->height() - top();
    verticalScrollBar()->setSingleStep(timeline::lane);
    verticalScrollBar()->setPageStep(std::max(1, room));
    verticalScrollBar()->setRange(0, std::max(0, y - room));
}

// What comes is worked out for one span more at each side, so that panning and small zooms cost nothing of it.
void TimelineView::workOut()
{
    const TimeScale scale = this->scale();
    const bool known = m_looked && m_looked->from <= scale.from && m_looked->until() >= scale.until() && m_looked->span <= 12 * scale.span;
    if (!known) {
        m_looked = TimeScale{.from = scale.from - m_span, .span = 3 * m_span, .width = 1};
        m_rows.look(m_timeline, m_looked->from, m_looked->until(), m_span, m_now);
    }
    const QString before = m_strip.words();
    m_strip = LoadStrip(m_rows, scale, m_now);
    m_columnStale = m_columnStale || before != m_strip.words();
}

QRect TimelineView::rowRect(std::size_t row) const
{
    return {0, top() + m_tops[row] - verticalScrollBar()->value(), viewport()->width(), heightOf(m_rows.rows()[row])};
}

QRect TimelineView::runRect(std::size_t row, const Run &run) const
{
    const QRectF lane = QRectF(rowRect(row)).adjusted(timeline::laneColumn, 0, 0, 0);
    return TimelineCanvas::barOf(lane, scale(), m_stale.value_or(m_now), run).toAlignedRect();
}

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const QRect all = viewport()->rect();
    const int scrolled = verticalScrollBar()->value();
    TimelineFrame frame(painter, m_theme, look(), m_lines);
    frame.paintTime(all, scrolled);
    const qreal ratio = deviceScale(painter);
    const QRect column(0, 0, timeline::laneColumn, all.height());
    if (m_column.size() != column.size() * ratio || m_column.devicePixelRatio() != ratio) {
        m_column = QPixmap(column.size() * ratio);
        m_column.setDevicePixelRatio(ratio);
        m_columnStale = true;
    }
    if (m_columnStale) {
        QPainter left(&m_column);
        left.fillRect(column, m_theme.tokens().surface);
        TimelineFrame(left, m_theme, look(), m_lines).paintColumn(column, scrolled);
        m_columnStale = false;
    }
    painter.drawPixmap(0, 0, m_column);
    frame.paintHeadings(all, scrolled);
    frame.paintNow(all);
}

int TimelineView::wholeHeight() const
{
    return top() + (m_tops.empty() ? 0 : m_tops.back());
}

void TimelineView::paintWhole(QPainter &painter)
{
    const QRect all(0, 0, viewport()->width(), wholeHeight());
    TimelineFrame frame(painter, m_theme, look(), m_lines);
    frame.paintTime(all, 0);
    frame.paintColumn(QRect(0, 0, timeline::laneColumn, all.height()), 0);
    frame.paintHeadings(all, 0);
    frame.paintNow(all);
}

TimelineFrame::Look TimelineView::look() const
{
    return {.rows = m_rows,
        .tops = m_tops,
        .strip = m_strip,
        .scale = scale(),
        .now = m_now,
        .stale = m_stale,
        .choice = m_choice,
        .focused = hasFocus()};
}

void TimelineView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_card->hide();
    build();
    m_looked.reset();
    workOut();
    repaintAll();
}

void TimelineView::scrollContentsBy(int, int)
{
    m_card->hide();
    repaintAll();
}

void TimelineView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ActivationChange)
        repaintAll();
}

void TimelineView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    repaintAll();
}

void TimelineView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    repaintAll();
}

TimelineView::Hit TimelineView::hitAt(const QPoint &point) const
{
    if (point.y() < top() || m_rows.rows().empty())
        return {};
    const int y = point.y() - top() + verticalScrollBar()->value();
    if (y >= m_tops.back())
        return {};
    const auto index = std::size_t(std::upper_bound(m_tops.begin(), m_tops.end(), y) - m_tops.begin() - 1);
    Hit hit{.row = &m_rows.rows()[index]};
    if (!hit.row->lane || point.x() < timeline::laneColumn)
        return hit;
    const TimeScale scale = this->scale();
    const QRectF lane = QRectF(rowRect(index)).adjusted(timeline::laneColumn, 0, 0, 0);
    qreal nearest = near;
    const auto away = [&](const QRectF &bar) {
        return point.x() < bar.left() ? bar.left() - point.x() : point.x() > bar.right() ? point.x() - bar.right() : 0;
    };
    const auto first = std::lower_bound(hit.row->latest.begin(), hit.row->latest.end(), scale.from - scale.span / 40) - hit.row->latest.begin();
    for (auto i = std::size_t(first); i < hit.row->runs.size() && *hit.row->runs[i]->place() <= scale.until(); ++i) {
        const QRectF bar = TimelineCanvas::barOf(lane, scale, m_stale.value_or(m_now), *hit.row->runs[i]);
        if (const qreal distance = away(bar); distance < nearest || (distance == 0 && nearest == 0)) {
            nearest = distance;
            hit.run = hit.row->runs[i];
            hit.rect = bar.toAlignedRect();
        }
    }
    for (const ComingRun &each : hit.row->coming) {
        if (hit.run || Moment(each.at) > scale.until())
            break;
        const QRectF bar = TimelineCanvas::barOf(lane, scale, each);
        if (const qreal distance = away(bar); Moment(each.at) > m_now && distance < nearest) {
            nearest = distance;
            hit.coming = &each;
            hit.rect = bar.toAlignedRect();
        }
    }
    return hit;
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->pos();
    m_pressedFrom = m_from;
    m_drags = false;
    const Hit hit = hitAt(event->pos());
    if (!hit.row || event->button() != Qt::LeftButton)
        return;
    m_choice.group = hit.row->group;
    if (!hit.row->lane) {
        fold(m_choice.group, !hit.row->folded); // the hit is stale from here
        return;
    }
    m_choice.lane = hit.row->lane->uid;
    m_choice.run = {};
    if (hit.run)
        m_choice.run.uid = hit.run->uid;
    else if (hit.coming)
        m_choice.run.coming = hit.coming->at;
    chosen();
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton)) {
        hover(event->pos());
        return;
    }
    if (!m_drags && (m_pressed.x() < timeline::laneColumn || std::abs(event->pos().x() - m_pressed.x()) < 4))
        return;
    m_drags = true;
    m_follows = false;
    m_from = m_pressedFrom - share(m_span, qreal(event->pos().x() - m_pressed.x()) / scale().width);
    moved();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && hitAt(event->pos()).run)
        Q_EMIT opened();
}

void TimelineView::hover(const QPoint &point)
{
    const Hit hit = hitAt(point);
    if (hit.run)
        m_card->showRun(*hit.row->lane, *hit.run, m_now, hit.rect.intersected(viewport()->rect()));
    else if (hit.coming)
        m_card->showComing(*hit.row->lane, *hit.coming, m_now, hit.rect.intersected(viewport()->rect()));
    else
        m_card->hide();
    viewport()->setCursor(hit.run || hit.coming || (hit.row && !hit.row->lane) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        m_card->hide();
    return QAbstractScrollArea::viewportEvent(event);
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

void TimelineView::pan(qreal part)
{
    m_follows = false;
    m_from += share(m_span, part);
    moved();
}

void TimelineView::zoom(qreal factor, qreal around)
{
    const Moment kept = m_follows ? m_now : m_from + share(m_span, around);
    m_span = std::clamp(share(m_span, factor), shortest, longest);
    m_from = kept - share(m_span, m_follows ? nowAt : around);
    moved();
    Q_EMIT spanChanged();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        step(stepRun(m_rows, m_choice, -1, m_now));
        break;
    case Qt::Key_Right:
        step(stepRun(m_rows, m_choice, 1, m_now));
        break;
    case Qt::Key_Up:
        step(stepLane(m_rows, m_choice, -1));
        break;
    case Qt::Key_Down:
        step(stepLane(m_rows, m_choice, 1));
        break;
    case Qt::Key_Home:
        step(stepToEnd(m_rows, m_choice, true));
        break;
    case Qt::Key_End:
        step(stepToEnd(m_rows, m_choice, false));
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(0.8, 0.5);
        break;
    case Qt::Key_Minus:
        zoom(1.25, 0.5);
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
    case Qt::Key_F:
        foldCurrent();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_choice.lane.empty())
            foldCurrent();
        else if (!m_choice.run.uid.empty())
            Q_EMIT opened();
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    event->accept();
}

const TimelineRow *TimelineView::currentRow() const
{
    return rowOf(m_rows, m_choice);
}

void TimelineView::step(bool moved)
{
    if (!moved)
        return;
    bring();
    chosen();
}

void TimelineView::foldCurrent()
{
    if (m_choice.group.empty())
        return;
    const std::string group = m_choice.group;
    fold(group, !m_rows.isFolded(group));
    if (!m_rows.isFolded(group) && m_choice.lane.empty()) {
        const auto &rows = m_rows.rows();
        const auto lane = std::find_if(rows.begin(), rows.end(), [&](const TimelineRow &row) { return row.lane && row.group == group; });
        m_choice.lane = lane == rows.end() ? std::string() : lane->lane->uid;
        m_choice.run = {};
    }
    bring();
    chosen();
}

void TimelineView::chosen()
{
    say();
    repaintAll();
    Q_EMIT chosenChanged();
    TimelineAccessible::currentChanged(*this);
}

// The chosen lane, and the chosen run's place, are visible.
void TimelineView::bring()
{
    const TimelineRow *const row = currentRow();
    if (!row)
        return;
    const int y = m_tops[std::size_t(row - m_rows.rows().data())];
    const int room = viewport()->height() - top();
    verticalScrollBar()->setValue(std::clamp(verticalScrollBar()->value(), std::max(0, y + heightOf(*row) - room), y));
    const Run *const run = chosenRun();
    const auto place = run ? run->place() : m_choice.run.coming ? std::optional<Moment>(*m_choice.run.coming) : std::nullopt;
    if (!place || (*place >= m_from && *place <= m_from + m_span))
        return;
    m_follows = false;
    m_from = *place - m_span / 2;
    moved();
}

void TimelineView::choose(const std::string &runUid)
{
    const Lane *const lane = m_timeline ? m_timeline->laneOf(runUid) : nullptr;
    chooseLane(lane ? lane->uid : std::string(), lane ? runUid : std::string());
}

void TimelineView::chooseLane(const std::string &laneUid, const std::string &runUid)
{
    m_choice.lane = laneUid;
    m_choice.run = {.uid = runUid, .coming = {}};
    m_choice.group.clear();
    // In the row that shows the run; a folded group opens for it.
    for (const bool again : {false, true}) {
        for (const TimelineRow &row : m_rows.rows()) {
            const bool has = runUid.empty() || std::any_of(row.runs.begin(), row.runs.end(), [&](const Run *each) { return each->uid == runUid; });
            if (!has || (row.lane ? row.lane->uid != laneUid : !row.folded || again || runUid.empty()))
                continue;
            m_choice.group = row.group;
            break;
        }
        if (again || m_choice.group.empty() || !m_rows.isFolded(m_choice.group))
            break;
        m_rows.fold(m_choice.group, false);
        refresh();
    }
    bring();
    chosen();
}

const Run *TimelineView::chosenRun() const
{
    return m_choice.run.uid.empty() || !m_timeline ? nullptr : m_timeline->run(m_choice.run.uid);
}

const ComingRun *TimelineView::chosenComing() const
{
    const TimelineRow *const row = currentRow();
    if (!row || !m_choice.run.coming)
        return nullptr;
    const auto found =
        std::find_if(row->coming.begin(), row->coming.end(), [this](const ComingRun &each) { return each.at == *m_choice.run.coming; });
    return found == row->coming.end() || Moment(found->at) <= m_now ? nullptr : &*found;
}

const Lane *TimelineView::chosenLane() const
{
    if (m_choice.lane.empty())
        return nullptr;
    const auto &lanes = m_rows.lanes();
    const auto found = std::find_if(lanes.begin(), lanes.end(), [this](const Lane *lane) { return lane->uid == m_choice.lane; });
    return found == lanes.end() ? nullptr : *found;
}

void TimelineView::say()
{
    QString words;
    if (const Lane *const lane = chosenLane()) {
        words = TimelineAccessible::laneWords(*lane, m_now);
        if (const Run *const run = chosenRun())
            words += QStringLiteral(". ") + runLines(*lane, *run, m_now).join(QStringLiteral(". "));
        else if (const ComingRun *const coming = chosenComing())
            words += QStringLiteral(". ") + comingLines(*lane, *coming, m_now).join(QStringLiteral(". "));
    }
    if (words != accessibleDescription())
        setAccessibleDescription(words);
}

QString TimelineView::plainText() const
{
    QStringList lines;
    for (const TimelineRow &row : m_rows.rows()) {
        if (!row.lane) {
            lines << row.heading + QStringLiteral(", ") + row.note;
            continue;
        }
        lines << TimelineAccessible::laneWords(*row.lane, m_now);
        for (const Run *const each : row.runs)
            lines << QStringLiteral("  ") + runLines(*row.lane, *each, m_now).join(QStringLiteral(". "));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace fairlead::ui
