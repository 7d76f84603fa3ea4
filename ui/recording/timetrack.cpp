// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/timetrack.h"

#include "ui/recording/barwords.h"
#include "ui/recording/trackaccessible.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairlead::ui {

namespace {

// From above; as drawn in the design's picture.
constexpr int all = 60;
constexpr int markMiddle = 12;
constexpr int marksEnd = 20; // above it a press means a mark
constexpr int barsTop = 20;
constexpr int barsEnd = 38;
constexpr int labelsTop = 42;
constexpr int labelHeight = 15;
constexpr int handleTop = 2;
constexpr int spotSize = 13;
constexpr int ticksApart = 110;
constexpr int placeholder = 2; // height of a bar
constexpr qsizetype mostTold = 6;

} // namespace

TimeTrack::TimeTrack(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    TrackAccessible::install();
    setFocusPolicy(Qt::StrongFocus);
    setFixedHeight(all);
    setMouseTracking(true);
    setAccessibleName(tr("Moment of the recording"));
    setAccessibleDescription(tr("Left and Right go from change to change, with Shift by ten seconds, Page Up and Page Down from failure to failure, "
                                "Home and End to the ends, Space plays and pauses"));
}

QSize TimeTrack::sizeHint() const
{
    return {1280, all};
}

QSize TimeTrack::minimumSizeHint() const
{
    return {200, all};
}

qreal TimeTrack::room() const
{
    return std::max(1, width() - 2 * measure::margin);
}

int TimeTrack::xOf(Moment at) const
{
    const auto span = (m_last - m_first).count();
    const qreal share = span > 0 ? static_cast<qreal>((at - m_first).count()) / static_cast<qreal>(span) : 0;
    return measure::margin + int(std::lround(std::clamp(share, 0.0, 1.0) * room()));
}

Moment TimeTrack::momentAt(qreal x) const
{
    const qreal share = std::clamp((x - measure::margin) / room(), 0.0, 1.0);
    return m_first + std::chrono::milliseconds(std::llround(share * static_cast<qreal>((m_last - m_first).count())));
}

qreal TimeTrack::barLeft(qsizetype bar) const
{
    return std::round(measure::margin + room() * static_cast<qreal>(bar) / static_cast<qreal>(std::max<qsizetype>(1, m_bars.size())));
}

void TimeTrack::setSpan(Moment first, Moment last)
{
    m_first = first;
    m_last = std::max(first, last);
    m_now = std::clamp(m_now, m_first, m_last);
    layOut();
}

void TimeTrack::setNow(Moment now)
{
    now = std::clamp(now, m_first, m_last);
    if (now == m_now)
        return;
    const int before = xOf(shown());
    m_now = now;
    if (xOf(shown()) != before)
        update();
}

void TimeTrack::tell()
{
    TrackAccessible::valueChanged(*this);
    Q_EMIT told();
}

void TimeTrack::setFacts(const std::optional<BarFacts> &facts)
{
    m_facts = facts;
    m_sums.clear();
    if (m_facts) {
        m_sums.reserve(std::size_t(m_facts->pieces.size()) + 1);
        double sum = 0;
        m_sums.push_back(sum);
        for (const quint32 piece : std::as_const(m_facts->pieces))
            m_sums.push_back(sum += piece);
    }
    layOut();
}

// A piece that a bar's edge goes through counts by its share on either side.
double TimeTrack::changesUntil(double share) const
{
    const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(m_sums.size() - 1);
    const auto whole = std::min(static_cast<std::size_t>(at), m_sums.size() - 1);
    const double rest = whole + 1 < m_sums.size() ? (m_sums[whole + 1] - m_sums[whole]) * (at - static_cast<double>(whole)) : 0;
    return m_sums[whole] + rest;
}

void TimeTrack::layOut()
{
    const auto bars = std::max<qsizetype>(1, qsizetype(room()) / barEvery);
    m_bars.fill(placeholder, bars);
    m_spots.clear();
    if (m_facts) {
        std::vector<double> counts;
        double most = 0;
        for (qsizetype i = 0; i < bars && m_sums.size() > 1; ++i) {
            const auto part = [bars](qsizetype bar) { return static_cast<double>(bar) / static_cast<double>(bars); };
            counts.push_back(changesUntil(part(i + 1)) - changesUntil(part(i)));
            most = std::max(most, counts.back());
        }
        m_bars.fill(0);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            if (counts[i] > 0)
                m_bars[qsizetype(i)] = std::max(2, int(std::lround(std::sqrt(counts[i] / most) * (barsEnd - barsTop))));
        }
        m_spots = markSpots(
            m_facts->marks, [this](Moment at) { return xOf(at); }, spotSize);
    }
    m_ticks = axisTicks(m_first, m_last, int(room()), ticksApart);
    update();
}

void TimeTrack::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void TimeTrack::wantJump(Moment moment)
{
    Q_EMIT jumped(std::clamp(moment, m_first, m_last));
}

QRect TimeTrack::spotRect(const MarkSpot &spot) const
{
    return {spot.x - spotSize / 2, markMiddle - spotSize / 2, spotSize, spotSize};
}

QRect TimeTrack::handleRect() const
{
    return {xOf(shown()) - 6, handleTop, 12, barsEnd - handleTop + 2};
}

const MarkSpot *TimeTrack::spotAt(const QPoint &point) const
{
    if (point.y() >= marksEnd)
        return nullptr;
    for (const MarkSpot &spot : m_spots) {
        if (std::abs(spot.x - point.x()) <= spotSize / 2)
            return &spot;
    }
    return nullptr;
}

QString TimeTrack::tipAt(const QPoint &point) const
{
    if (const MarkSpot *spot = spotAt(point)) {
        QStringList lines;
        for (const qsizetype mark : spot->marks.first(std::min(mostTold, spot->marks.size())))
            lines.append(markText(m_facts->marks[mark]));
        if (spot->marks.size() > mostTold)
            lines.append(tr("and %1 more").arg(grouped(spot->marks.size() - mostTold)));
        return lines.join(QLatin1Char('\n'));
    }
    if (point.x() < measure::margin || point.x() > width() - measure::margin || m_last == m_first)
        return {};
    if (!m_facts || m_sums.size() < 2)
        return momentText(momentAt(point.x()));
    const auto bars = m_bars.size();
    const auto bar = std::clamp<qsizetype>(qsizetype((point.x() - measure::margin) * bars / room()), 0, bars - 1);
    const auto share = [bars](qsizetype each) { return static_cast<double>(each) / static_cast<double>(bars); };
    const auto length = std::chrono::duration_cast<std::chrono::seconds>((m_last - m_first) / bars);
    const auto count = qsizetype(std::llround(changesUntil(share(bar + 1)) - changesUntil(share(bar))));
    const QString from = momentText(m_first + std::chrono::milliseconds(std::llround(share(bar) * static_cast<double>((m_last - m_first).count()))));
    const QString changes = count == 1 ? tr("1 change") : tr("%1 changes").arg(grouped(count));
    return length.count() < 1 ? tr("%1: %2").arg(from, changes) : tr("%1: %2 in %3").arg(from, changes, lengthText(length));
}

bool TimeTrack::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), toolTipText(tip), this);
        return true;
    }
    return QWidget::event(event);
}

void TimeTrack::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_last == m_first) {
        QWidget::mousePressEvent(event);
        return;
    }
    m_byKey = false;
    const QPoint at = event->position().toPoint();
    const MarkSpot *spot = spotAt(at);
    // The handle is taken where it is held; it goes before a mark behind it.
    if (handleRect().contains(at)) {
        m_grip = xOf(m_now) - event->position().x();
        m_dragged = m_now;
    } else {
        m_grip = spot ? spot->x - event->position().x() : 0;
        m_dragged = spot ? spot->at : momentAt(event->position().x());
    }
    update();
    Q_EMIT scrubbed(*m_dragged);
}

void TimeTrack::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    setCursor(spotAt(at) || handleRect().contains(at) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    const qreal x = event->position().x() + m_grip;
    if (!m_dragged || int(std::lround(x)) == xOf(*m_dragged)) // a mark's own moment stays while the pointer does
        return;
    m_dragged = momentAt(x);
    update();
    Q_EMIT scrubbed(*m_dragged);
}

void TimeTrack::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_dragged)
        return;
    const Moment to = *std::exchange(m_dragged, std::nullopt);
    update();
    if (to != m_now)
        wantJump(to);
    else
        Q_EMIT scrubbed(m_now);
}

void TimeTrack::keyPressEvent(QKeyEvent *event)
{
    if (!std::exchange(m_byKey, true))
        update();
    if (event->key() == Qt::Key_Escape && m_dragged) {
        m_dragged.reset();
        update();
        Q_EMIT scrubbed(m_now);
        return;
    }
    QWidget::keyPressEvent(event); // the bar knows what keys mean
}

void TimeTrack::focusInEvent(QFocusEvent *event)
{
    m_byKey = event->reason() != Qt::MouseFocusReason;
    QWidget::focusInEvent(event);
}

void TimeTrack::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().raised);
    paintBars(painter);
    paintMarks(painter);
    paintAxis(painter);
    paintHandle(painter);
    if (hasFocus() && m_byKey)
        paintFocusRing(painter, m_theme.tokens(), QRectF(handleRect()).adjusted(-2, -2, 2, 2));
}

void TimeTrack::paintBars(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    const bool dark = t.scheme == Scheme::Dark;
    const QColor past = m_facts ? mix(t.raised, t.accent, dark ? 0.62 : 0.55) : t.edge;
    const QColor coming = m_facts ? mix(t.raised, t.text, dark ? 0.28 : 0.22) : t.line;
    const int now = xOf(shown());
    for (qsizetype i = 0; i < m_bars.size(); ++i) {
        const qreal x = barLeft(i);
        if (m_bars[i] > 0)
            painter.fillRect(onPixels(painter, QRectF(x, barsEnd - m_bars[i], barWidth, m_bars[i])), x <= now ? past : coming);
    }
    drawRule(painter, QRectF(measure::margin, barsEnd, room(), 1), t.edge);
}

void TimeTrack::paintMarks(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    for (const MarkSpot &spot : m_spots) {
        const Shape shape = spot.weight == BarMark::Weight::Failure ? Shape::Bad : Shape::Warn;
        drawShape(painter, spotRect(spot), shape, shapeColour(t, shape));
    }
}

void TimeTrack::paintAxis(QPainter &painter) const
{
    const Tokens &t = m_theme.tokens();
    const QFont font = m_theme.font(FontRole::Small);
    const QString from = axisEndText(m_first, m_first, m_last);
    const QString until = axisEndText(m_last, m_first, m_last);
    const QRectF line(measure::margin, labelsTop, room(), labelHeight);
    qreal free = line.left() + drawText(painter, line, Qt::AlignLeft, from, font, t.muted, Shaping::Exact) + measure::between;
    if (m_last == m_first)
        return;
    const qreal end = line.right() - drawText(painter, line, Qt::AlignRight, until, font, t.muted, Shaping::Exact) - measure::between;
    for (const AxisTick &tick : m_ticks) {
        const int x = xOf(tick.at);
        const qreal width = textWidth(tick.text, font, Shaping::Exact);
        if (x - width / 2 < free || x + width / 2 > end)
            continue;
        drawRule(painter, QRectF(x, barsEnd + 1, 1, 4), t.edge, Qt::Vertical);
        drawText(painter, QRectF(x - width / 2, labelsTop, width + 1, labelHeight), Qt::AlignLeft, tick.text, font, t.muted, Shaping::Exact);
        free = x + width / 2 + measure::between;
    }
}

void TimeTrack::paintHandle(QPainter &painter) const
{
    const QColor colour = m_theme.tokens().accent;
    const QPointF at = onPixels(painter, QPointF(xOf(shown()), handleTop));
    painter.fillRect(onPixels(painter, QRectF(at.x() - 1, at.y() + 3, 2, barsEnd - handleTop - 2)), colour);
    QPainterPath head;
    head.moveTo(at + QPointF(-5, 0));
    head.lineTo(at + QPointF(5, 0));
    head.lineTo(at + QPointF(5, 5));
    head.lineTo(at + QPointF(0, 10));
    head.lineTo(at + QPointF(-5, 5));
    head.closeSubpath();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(head, colour);
    painter.restore();
}

} // namespace fairlead::ui
