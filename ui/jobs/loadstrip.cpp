// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/loadstrip.h"

#include "ui/jobs/timelinecanvas.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Moment;

namespace {

constexpr int step = 3;
constexpr milliseconds marksUpTo = hours(24); // beyond it a minute is far less than a pixel

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::LoadStrip", text);
}

QString clock(Moment at)
{
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()), QStringLiteral("HH:mm"));
}

} // namespace

LoadStrip::LoadStrip(const LaneRows &rows, const TimeScale &scale, Moment now)
    : m_scale(scale)
    , m_now(now)
{
    const auto columns = static_cast<std::size_t>(std::max(1, scale.width / step));
    std::vector<std::pair<Moment, int>> changes; ///< of how many go on
    const auto add = [&](Moment from, Moment until) {
        if (until < scale.from || from > scale.until())
            return;
        changes.emplace_back(from, 1);
        changes.emplace_back(std::max(until, from + milliseconds(1)), -1);
    };
    for (std::size_t i = 0; i < rows.lanes().size(); ++i) {
        for (const jobs::Run &run : rows.lanes()[i]->runs) {
            if (!run.start || run.state == jobs::RunState::Suspended)
                continue;
            const Moment end = run.hasEnded() ? std::max(run.end.value_or(*run.start), *run.start) : std::max(now, *run.start);
            m_nowLevel += run.hasEnded() ? 0 : 1;
            add(*run.start, end);
        }
        for (const jobs::ComingRun &run : rows.coming(i)) {
            if (run.outcome != jobs::ComingRun::Outcome::Skipped && run.start > now)
                add(run.start, run.end.value_or(run.start));
        }
    }
    // One that ends when another begins does not go on at once with it.
    std::sort(changes.begin(), changes.end());
    m_levels.resize(columns);
    std::size_t column = 0;
    int level = 0;
    for (const auto &[at, change] : changes) {
        const auto here = static_cast<std::size_t>(std::clamp(scale.x(at) / step, 0.0, static_cast<double>(columns - 1)));
        for (; column < here; ++column)
            m_levels[column + 1] = level;
        level += change;
        m_levels[here] = std::max(m_levels[here], level);
        if (level > m_peak && at <= scale.until()) {
            m_peak = level;
            m_peakAt = std::max(at, scale.from);
        }
    }
    if (scale.span > marksUpTo)
        return;
    for (const jobs::Minute &each : rows.minutes()) {
        if (!each.hot || each.at < scale.from || each.at > scale.until() || Moment(each.at) < now)
            continue;
        m_hot.push_back(each);
        if (!m_hottest || each.count > m_hottest->count)
            m_hottest = each;
    }
}

QString LoadStrip::words() const
{
    return m_peak > 0 ? tr("now %1, peak %2 at %3").arg(grouped(m_nowLevel), grouped(m_peak), clock(m_peakAt))
                      : tr("now %1").arg(grouped(m_nowLevel));
}

void LoadStrip::paint(QPainter &painter, const Theme &theme, const QRectF &rect, bool stale) const
{
    const Tokens tokens = timelineTokens(theme, stale);
    painter.fillRect(rect, tokens.surface);
    const qreal now = std::clamp(std::round(rect.left() + m_scale.x(m_now)), rect.left(), rect.right());
    painter.fillRect(QRectF(QPointF(now, rect.top()), rect.bottomRight()), tokens.sunken);
    const qreal room = rect.height() - 8;
    const QColor past = mix(tokens.surface, tokens.idle, 0.55);
    const QColor coming = mix(tokens.sunken, tokens.idle, 0.4);
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const qreal height = std::round(room * m_levels[i] / std::max(1, m_peak));
        const qreal x = rect.left() + static_cast<qreal>(i) * step;
        if (height > 0)
            painter.fillRect(QRectF(x, rect.bottom() - 1 - height, step, height), x < now ? past : coming);
    }
    for (const jobs::Minute &each : m_hot) {
        const qreal x = std::round(rect.left() + m_scale.x(each.at));
        const qreal until = std::round(rect.left() + m_scale.x(Moment(each.at) + minutes(1)));
        painter.fillRect(QRectF(x, rect.top() + 8, std::max<qreal>(until - x, 2), rect.height() - 9), tokens.warn);
    }
    if (now > rect.left() && now < rect.right())
        painter.fillRect(QRectF(now, rect.top(), 1, rect.height()), tokens.text);
    if (m_hottest) {
        const QString words = tr("%1 start at %2").arg(m_hottest->count).arg(clock(m_hottest->at));
        const QFont font = theme.font(FontRole::SmallMedium);
        const qreal width = textWidth(words, font, Shaping::Exact) + 30;
        qreal left = std::round(rect.left() + m_scale.x(m_hottest->at)) - width - 3;
        if (left < rect.left() + 2)
            left = std::round(rect.left() + m_scale.x(Moment(m_hottest->at) + minutes(1))) + 3;
        const QRectF box(left, rect.top() + 3, width, 16);
        drawBox(painter, box, tokens.surface, tokens.warn);
        drawShape(painter, QRectF(box.left() + 6, box.top(), measure::shape, box.height()), Shape::Warn, tokens.warn, 0.8);
        drawText(painter, box.adjusted(22, 0, -4, 0), Qt::AlignLeft, words, font, tokens.text, Shaping::Exact);
    }
    drawRule(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tokens.line);
}

} // namespace fairlead::ui
