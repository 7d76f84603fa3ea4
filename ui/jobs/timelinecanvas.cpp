// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelinecanvas.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Attempt;
using jobs::ComingRun;
using jobs::Moment;
using jobs::RunState;

namespace {

constexpr qreal narrow = 8;           // below it a bar is a solid mark
constexpr qreal wide = 74;            // from it on a bar has words
constexpr std::size_t mostTries = 50; // more are no longer told apart in a bar
constexpr qreal badge = 66;

double fillShare(const Tokens &tokens)
{
    return tokens.scheme == Scheme::Dark ? 0.34 : 0.24;
}

// Crisp, unlike drawBox: a thousand of them a frame.
void fillOutlined(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &line)
{
    const QRectF whole = onPixels(painter, rect);
    const qreal thin = hairline(painter);
    painter.fillRect(whole, line);
    painter.fillRect(whole.adjusted(thin, thin, -thin, -thin), fill);
}

// One try after the other: then a bar is made of them.
bool followEachOther(const std::vector<Attempt> &attempts)
{
    for (std::size_t i = 1; i < attempts.size(); ++i) {
        if (!attempts[i - 1].end || !attempts[i].created || *attempts[i].created < *attempts[i - 1].end)
            return false;
    }
    return attempts.size() <= mostTries;
}

} // namespace

Tokens timelineTokens(const Theme &theme, bool stale)
{
    Tokens tokens = theme.tokens();
    if (stale)
        tokens.ok = tokens.progress = tokens.warn = tokens.bad = tokens.idle;
    return tokens;
}

TimelineCanvas::TimelineCanvas(
    QPainter &painter, const Theme &theme, const TimeScale &scale, Moment now, TextLines &lines, std::optional<Moment> stale)
    : m_painter(painter)
    , m_theme(theme)
    , m_tokens(timelineTokens(theme, stale.has_value()))
    , m_scale(scale)
    , m_now(now)
    , m_stale(stale)
    , m_lines(lines)
{
}

QRectF TimelineCanvas::barOf(const QRectF &lane, const TimeScale &scale, Moment known, const jobs::Run &run)
{
    const auto place = run.place();
    if (!place)
        return {};
    const Moment end = run.hasEnded() ? std::max(run.end.value_or(*place), *place) : std::max(known, *place);
    const qreal left = std::round(lane.left() + scale.x(*place));
    const qreal right = std::round(lane.left() + scale.x(end));
    return {left, std::round(lane.center().y() - timeline::bar / 2.0), std::max<qreal>(right - left, timeline::least), timeline::bar};
}

QRectF TimelineCanvas::barOf(const QRectF &lane, const TimeScale &scale, const ComingRun &run)
{
    const Moment at = run.outcome == ComingRun::Outcome::Late ? run.start : Moment(run.at);
    const qreal left = std::round(lane.left() + scale.x(at));
    const qreal top = std::round(lane.center().y() - timeline::bar / 2.0);
    if (run.outcome == ComingRun::Outcome::Skipped)
        return {left - 6, top + 2, 12, 12};
    const qreal right = run.end ? std::round(lane.left() + scale.x(*run.end)) : left;
    return {left, top, std::max<qreal>(timeline::least, right - left), timeline::bar};
}

void TimelineCanvas::paintGround(const QRectF &area, std::optional<Moment> knownUntil)
{
    const Tokens &tokens = m_tokens;
    m_painter.fillRect(area, tokens.surface);
    const qreal now = std::clamp(std::round(area.left() + m_scale.x(m_now)), area.left(), area.right());
    m_painter.fillRect(QRectF(QPointF(now, area.top()), area.bottomRight()), tokens.sunken);
    if (knownUntil && *knownUntil < m_scale.until()) {
        const qreal known = std::max(std::round(area.left() + m_scale.x(*knownUntil)), now);
        m_painter.fillRect(QRectF(QPointF(known, area.top()), area.bottomRight()), QBrush(tokens.line, Qt::BDiagPattern));
    }
    if (m_stale && *m_stale < m_now) {
        const QRectF silent(
            QPointF(std::clamp(std::round(area.left() + m_scale.x(*m_stale)), area.left(), now), area.top()), QPointF(now, area.bottom()));
        m_painter.fillRect(silent, QBrush(tokens.unknown, Qt::BDiagPattern));
    }
    for (const TimeScale::Tick &each : m_scale.ticks())
        drawRule(m_painter, QRectF(std::round(area.left() + m_scale.x(each.at)), area.top(), 1, area.height()),
            each.major ? tokens.line : tokens.lineSoft, Qt::Vertical);
}

void TimelineCanvas::paintBadge(const QRectF &rect, const QString &text, const QColor &fill, const QColor &ink)
{
    drawBox(m_painter, rect, fill, fill);
    drawText(m_painter, rect, Qt::AlignHCenter, text, m_theme.font(FontRole::SmallMedium), ink, Shaping::Exact);
}

void TimelineCanvas::paintAxis(const QRectF &rect)
{
    const Tokens &tokens = m_tokens;
    m_painter.fillRect(rect, tokens.raised);
    m_painter.save();
    m_painter.setClipRect(rect, Qt::IntersectClip);
    const QFont font = m_theme.font(FontRole::Small);
    const QFont strong = m_theme.font(FontRole::SmallMedium);
    const qreal half = rect.height() / 2;
    const qreal now = std::round(rect.left() + m_scale.x(m_now));
    const QRectF mark(std::clamp(now - badge / 2, rect.left() + 2, rect.right() - badge - 2), rect.top() + half + 1, badge, half - 4);
    const bool nowShown = now >= rect.left() && now <= rect.right();
    // The first head stays at the left until the next one pushes it out.
    const std::vector<TimeScale::Tick> heads = m_scale.heads();
    qreal lastHead = rect.left();
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const qreal begin = std::max(rect.left(), std::round(rect.left() + m_scale.x(heads[i].at)));
        const qreal end = i + 1 < heads.size() ? std::round(rect.left() + m_scale.x(heads[i + 1].at)) : rect.right();
        lastHead = begin;
        if (begin > rect.left())
            drawRule(m_painter, QRectF(begin, rect.top(), 1, half), tokens.line, Qt::Vertical);
        if (end - begin > 30)
            drawText(
                m_painter, QRectF(begin + 7, rect.top(), end - begin - 14, half), Qt::AlignLeft, heads[i].text, strong, tokens.text, Shaping::Exact);
    }
    const qreal future = rect.right() - std::max(now, rect.left());
    if (future > 110 && rect.right() - lastHead > 240)
        drawText(m_painter, QRectF(rect.right() - 70, rect.top(), 60, half), Qt::AlignRight,
            QCoreApplication::translate("TimelineCanvas", "forecast"), font, tokens.muted);
    for (const TimeScale::Tick &each : m_scale.ticks()) {
        const qreal x = std::round(rect.left() + m_scale.x(each.at));
        if (x < rect.left())
            continue;
        drawRule(m_painter, QRectF(x, rect.top() + half, 1, half), tokens.line, Qt::Vertical);
        const QRectF text(x + 4, rect.top() + half, textWidth(each.text, font, Shaping::Exact) + 1, half);
        if (!nowShown || !text.intersects(mark))
            drawText(m_painter, text, Qt::AlignLeft, each.text, each.major ? strong : font, each.major ? tokens.text : tokens.muted, Shaping::Exact);
    }
    if (nowShown) {
        const QString clock = QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(m_now.time_since_epoch().count()), QStringLiteral("HH:mm"));
        paintBadge(mark, QCoreApplication::translate("TimelineCanvas", "now %1").arg(clock), tokens.text, tokens.surface);
    }
    m_painter.restore();
    drawRule(m_painter, QRectF(rect.left(), rect.top() + half - 1, rect.width(), 1), tokens.lineSoft);
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line);
}

void TimelineCanvas::paintHeading(const QRectF &rect, const TimelineRow &row, bool current)
{
    const Tokens &tokens = m_tokens;
    m_painter.fillRect(rect, current ? tokens.select : tokens.raised);
    if (current)
        m_painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), tokens.accent);
    m_painter.save();
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(tokens.muted, 1.3));
    const QPointF middle(rect.left() + measure::margin + 5, std::round(rect.center().y()) + 0.5);
    if (row.folded)
        m_painter.drawPolyline(QPolygonF({middle + QPointF(-1.5, -3.5), middle + QPointF(2, 0), middle + QPointF(-1.5, 3.5)}));
    else
        m_painter.drawPolyline(QPolygonF({middle + QPointF(-3.5, -1.5), middle + QPointF(0, 2), middle + QPointF(3.5, -1.5)}));
    m_painter.restore();
    const QRectF text = rect.adjusted(measure::margin + 14, 0, -measure::margin, 0);
    const qreal width = drawText(m_painter, text, Qt::AlignLeft, row.heading, m_theme.font(FontRole::SmallMedium), tokens.text, Shaping::Exact);
    drawText(m_painter, text.adjusted(width + measure::between, 0, 0, 0), Qt::AlignLeft, row.note, m_theme.font(FontRole::Small), tokens.muted);
    if (row.folded) {
        // What is hidden in it leaves a trace: one mark a run.
        m_painter.save();
        const QRectF area = rect.adjusted(timeline::laneColumn, 0, 0, 0);
        m_painter.setClipRect(area, Qt::IntersectClip);
        m_painter.fillRect(area, tokens.raised);
        const auto first = std::lower_bound(row.latest.begin(), row.latest.end(), m_scale.from) - row.latest.begin();
        for (std::size_t i = std::size_t(first); i < row.runs.size() && *row.runs[i]->place() <= m_scale.until(); ++i) {
            QRectF bar = barOf(area, m_scale, m_stale.value_or(m_now), *row.runs[i]);
            bar.setTop(std::round(rect.center().y()) - 3);
            bar.setHeight(6);
            m_painter.fillRect(bar, colourOf(tokens, row.runs[i]->state));
        }
        m_painter.restore();
    }
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
}

void TimelineCanvas::paintLane(const QRectF &rect, const TimelineRow &row, const ChosenRun *chosen)
{
    const Tokens &tokens = m_tokens;
    m_painter.save();
    m_painter.setClipRect(rect, Qt::IntersectClip);
    if (chosen) {
        QColor ground = tokens.select;
        ground.setAlphaF(0.6F);
        m_painter.fillRect(rect, ground);
    }
    for (const jobs::Stretch &each : row.unknown) {
        if (each.until <= m_scale.from || each.from >= m_scale.until())
            continue;
        const QRectF piece(QPointF(std::round(rect.left() + m_scale.x(each.from)), rect.top()),
            QPointF(std::round(rect.left() + m_scale.x(each.until)), rect.bottom() - 1));
        const QRectF seen = piece.intersected(rect);
        m_painter.fillRect(seen, QBrush(tokens.line, Qt::BDiagPattern));
        if (seen.width() < wide * 2)
            continue;
        const QFont font = m_theme.font(FontRole::Small);
        const TextLine &line = m_lines.line(QCoreApplication::translate("TimelineCanvas", "not known"), font);
        const QRectF text(std::round(seen.center().x() - line.width() / 2), seen.top() + 9, line.width(), 16);
        if (!isFree(rect, row, text.adjusted(-8, 0, 8, 0)))
            continue;
        m_painter.fillRect(text.adjusted(-5, 0, 5, 0), chosen ? mix(tokens.surface, tokens.select, 0.6) : tokens.surface);
        line.draw(m_painter, {text.left(), baseLine(m_painter, text, font)}, tokens.muted);
    }
    drawRule(m_painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.lineSoft);
    // By the time at which they come due; how long each takes is known of none beforehand.
    qreal drawnUpTo = rect.left() - 1;
    for (const ComingRun &each : row.coming) {
        if (Moment(each.at) <= m_now || (each.end.value_or(each.at) < m_scale.from && each.start < m_scale.from))
            continue;
        if (each.at > m_scale.until())
            break;
        // Of marks that would lie on each other the first one is enough.
        if (const QRectF bar = barOf(rect, m_scale, each); bar.width() > timeline::least || bar.left() >= drawnUpTo) {
            if (each.outcome == ComingRun::Outcome::Skipped && bar.left() < drawnUpTo)
                continue;
            paintComing(rect, each);
            drawnUpTo = std::max(drawnUpTo, each.outcome == ComingRun::Outcome::Skipped ? bar.right() : bar.left() + 1);
        }
        if (chosen && chosen->coming == each.at)
            drawBox(m_painter, barOf(rect, m_scale, each).adjusted(-3, -3, 3, 3), QColor(), tokens.text, 1, 0);
    }
    paintRuns(rect, row, chosen ? chosen->uid : std::string());
    m_painter.restore();
}

// No run's bar, nor its cross, lies there.
bool TimelineCanvas::isFree(const QRectF &lane, const TimelineRow &row, const QRectF &place) const
{
    const Moment from = m_scale.at(place.left() - lane.left() - 20);
    const Moment until = m_scale.at(place.right() - lane.left());
    const auto first = std::lower_bound(row.latest.begin(), row.latest.end(), from) - row.latest.begin();
    for (auto i = std::size_t(first); i < row.runs.size() && *row.runs[i]->place() <= until; ++i) {
        if (barOf(lane, m_scale, m_stale.value_or(m_now), *row.runs[i]).adjusted(0, 0, 18, 0).intersects(place))
            return false;
    }
    return true;
}

void TimelineCanvas::paintRuns(const QRectF &rect, const TimelineRow &row, const std::string &chosen)
{
    const Tokens &tokens = m_tokens;
    const auto first = std::lower_bound(row.latest.begin(), row.latest.end(), m_scale.from - m_scale.span / 40) - row.latest.begin();
    qreal drawnUpTo = -1;
    RunState drawn = RunState::Unknown;
    for (std::size_t i = std::size_t(first); i < row.runs.size(); ++i) {
        const jobs::Run &run = *row.runs[i];
        if (*run.place() > m_scale.until())
            break;
        const QRectF bar = barOf(rect, m_scale, m_stale.value_or(m_now), run);
        // What would lie on the very pixels of another mark of its kind is not drawn again.
        if (bar.width() < narrow && bar.right() <= drawnUpTo && run.state == drawn && run.uid != chosen)
            continue;
        paintRun(bar, run, *row.lane);
        drawnUpTo = bar.right();
        drawn = run.state;
        if (!chosen.empty() && run.uid == chosen)
            drawBox(m_painter, bar.adjusted(-3, -3, 3, 3), QColor(), tokens.text, 1, 0);
    }
}

void TimelineCanvas::paintRun(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane)
{
    const Tokens &tokens = m_tokens;
    const QColor colour = colourOf(tokens, run.state);
    const bool failed = run.state == RunState::Failed || run.state == RunState::Killed;
    const bool over = run.hasEnded() || run.state == RunState::Suspended;
    if (bar.width() < narrow) {
        m_painter.fillRect(bar, colour);
    } else {
        const QColor line = mix(tokens.surface, colour, 0.8);
        // What is suspended takes a place, and does not run.
        const QColor fill = run.state == RunState::Suspended ? tokens.surface : mix(tokens.surface, colour, fillShare(tokens));
        fillOutlined(m_painter, bar, fill, line);
        if (!over) // open-ended
            m_painter.fillRect(bar.adjusted(bar.width() - 1, 1, 0, -1), fill);
        paintPhases(bar, run, colour);
    }
    if (failed) {
        const QRectF square(bar.right() + 3, bar.center().y() - 6, 12, 12);
        m_painter.fillRect(square, tokens.surface);
        drawShape(m_painter, square, Shape::Bad, colour);
    }
    if (!over) {
        if (const auto done = run.progress(); done && *done > 0 && bar.width() >= narrow)
            m_painter.fillRect(QRectF(bar.left(), bar.bottom() - 3, std::round(bar.width() * std::min(1.0, *done)), 3), colour);
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(colour, 1.6));
        m_painter.drawPolyline(QPolygonF({{bar.right() - 4, bar.top() + 2}, {bar.right(), bar.center().y()}, {bar.right() - 4, bar.bottom() - 2}}));
        m_painter.restore();
        paintEstimate(bar, run, lane, colour);
    }
    if (bar.width() >= wide)
        paintWords(bar, run);
}

// Pull and wait hatched, a failed try ends with a line, dots until the next one: only where tries follow each other. Else each failure is a line.
void TimelineCanvas::paintPhases(const QRectF &bar, const jobs::Run &run, const QColor &colour)
{
    const Tokens &tokens = m_tokens;
    const auto xOf = [&](Moment at) { return std::clamp(std::round(bar.left() + m_scale.x(at) - m_scale.x(*run.place())), bar.left(), bar.right()); };
    const QRectF inside = bar.adjusted(1, 1, -1, -1);
    const auto piece = [&](qreal from, qreal to) { return QRectF(from, inside.top(), to - from, inside.height()).intersected(inside); };
    const bool row = followEachOther(run.attempts);
    std::optional<Moment> lastEnd;
    for (const Attempt &each : run.attempts) {
        if (row && each.created) {
            const qreal created = xOf(*each.created);
            if (lastEnd) {
                const QRectF wait = piece(xOf(*lastEnd) + 1, created);
                if (wait.width() >= 2) {
                    m_painter.fillRect(wait, tokens.surface);
                    for (qreal x = wait.left() + 2; x + 1 < wait.right(); x += 4)
                        m_painter.fillRect(QRectF(std::round(x), std::round(bar.center().y()), 1, 1), colour);
                }
            }
            const Moment started = each.start.value_or(each.hasEnded() ? each.end.value_or(*each.created) : m_now);
            const QRectF pull = piece(created, xOf(started));
            if (pull.width() >= 2)
                m_painter.fillRect(pull, QBrush(mix(tokens.surface, colour, 0.7), Qt::BDiagPattern));
        }
        if (each.end && each.hasEnded())
            lastEnd = each.end;
        if (each.end && each.state == Attempt::State::Failed && run.attempts.size() <= mostTries)
            m_painter.fillRect(piece(xOf(*each.end) - 2, xOf(*each.end)), tokens.bad);
    }
}

void TimelineCanvas::paintEstimate(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane, const QColor &colour)
{
    const auto estimate = jobs::estimateEnd(run, lane.durations, m_now);
    if (!estimate)
        return;
    const qreal width = std::round(m_scale.x(estimate->likely) - m_scale.x(m_now));
    if (width < 3)
        return;
    m_painter.save();
    m_painter.setPen(QPen(mix(m_tokens.sunken, colour, 0.8), 1, Qt::CustomDashLine));
    QPen pen = m_painter.pen();
    pen.setDashPattern({3, 2});
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    const QRectF box(bar.right() + 0.5, bar.top() + 0.5, width, bar.height() - 1);
    m_painter.drawPolyline(QPolygonF({box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()}));
    m_painter.restore();
}

// "69 %", "4m12s", "BackoffLimitExceeded": what a wide bar has room for.
void TimelineCanvas::paintWords(const QRectF &bar, const jobs::Run &run)
{
    const Tokens &tokens = m_tokens;
    QString words;
    if (!run.hasEnded() && run.completions.value_or(0) > 1)
        words = QStringLiteral("%1 %").arg(int(run.progress().value_or(0) * 100));
    else if (run.state == RunState::Succeeded)
        words = run.length() ? lengthWords(*run.length()) : QString();
    else if (run.state == RunState::Running)
        words = run.start ? lengthWords(floor<seconds>(std::max(m_now, *run.start) - *run.start)) : QString();
    else
        words = QString::fromStdString(run.reason.empty() ? std::string(jobs::name(run.state)) : run.reason);
    const QRectF visible = bar.intersected(QRectF(bar.left(), bar.top(), bar.width(), bar.height()));
    // Where a bar tells of several tries, those are not hidden behind a word.
    if (words.isEmpty() || (run.hasEnded() && run.attempts.size() > 1))
        return;
    const QFont font = m_theme.font(FontRole::SmallMedium);
    const TextLine &line = m_lines.line(words, font);
    const qreal left = std::max(visible.left(), m_painter.clipBoundingRect().left()) + 8;
    if (left + line.width() + 8 > bar.right())
        return;
    const QRectF text(left, bar.top(), line.width(), bar.height());
    // Its own ground: phases below it would break the letters.
    m_painter.fillRect(text.adjusted(-3, 1, 3, run.hasEnded() ? -1 : -3), mix(tokens.surface, colourOf(tokens, run.state), fillShare(tokens)));
    line.draw(m_painter, {text.left(), baseLine(m_painter, text, font)}, tokens.text);
}

void TimelineCanvas::paintComing(const QRectF &lane, const ComingRun &run)
{
    using Outcome = ComingRun::Outcome;
    const Tokens &tokens = m_tokens;
    const QRectF bar = barOf(lane, m_scale, run);
    if (run.outcome == Outcome::Skipped) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(QPen(tokens.warn, 1.3));
        m_painter.setBrush(tokens.surface);
        const QPointF middle(bar.center().x(), lane.center().y());
        m_painter.drawPolygon(QPolygonF({middle + QPointF(-5, 0), middle + QPointF(0, -5), middle + QPointF(5, 0), middle + QPointF(0, 5)}));
        m_painter.restore();
        return;
    }
    const QColor line = run.outcome != Outcome::Starts || run.killed ? tokens.warn : tokens.muted;
    if (bar.width() < narrow)
        m_painter.fillRect(bar, mix(tokens.sunken, line, 0.55));
    else
        fillOutlined(m_painter, bar, tokens.surface, line);
    if (run.killed)
        drawShape(m_painter, QRectF(bar.right() - 14, bar.top() + 2, 12, 12), Shape::Bad, tokens.warn, 0.8);
}

void TimelineCanvas::paintNow(const QRectF &area)
{
    const qreal x = std::round(area.left() + m_scale.x(m_now));
    if (x >= area.left() && x <= area.right())
        m_painter.fillRect(QRectF(x, area.top(), 1, area.height()), m_tokens.text);
}

} // namespace fairlead::ui
