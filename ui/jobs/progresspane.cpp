// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/progresspane.h"

#include "ui/jobs/hovercard.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Moment;

namespace {

constexpr int line = 18;
constexpr std::int64_t mostBoxes = 8; // of a budget; more are told as a number

QString percent(double part)
{
    return QStringLiteral("%1 %").arg(int(std::floor(part * 100)));
}

} // namespace

ProgressPane::ProgressPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    speakAs(*this, QAccessible::Grouping);
    setAccessibleName(tr("Progress"));
}

void ProgressPane::show(const jobs::Lane &lane, const jobs::Run &run, Moment now)
{
    m_now = now;
    m_counts = {.wanted = run.completions.value_or(0),
        .succeeded = run.succeeded,
        .active = run.active,
        .ready = run.ready,
        .terminating = run.terminating,
        .failed = run.failed};
    m_estimate = jobs::estimateEnd(run, lane.durations, now);
    m_lengths = lengthsOf(lane);
    m_length = run.length().value_or(run.start && !run.hasEnded() ? floor<seconds>(std::max(now, *run.start) - *run.start) : seconds(0));
    m_left.reset();
    m_limit = run.backOff.limit.value_or(0);
    m_facts.clear();
    if (!run.hasEnded())
        m_left = run.backOff.left();
    if (run.backOff.perIndex)
        m_facts << RunFact{tr("Tries that may fail, an index"), grouped(qsizetype(*run.backOff.perIndex))};
    if (run.backOff.nextRetry)
        m_facts << RunFact{
            run.backOff.retryIndex ? tr("Next try, index %1").arg(*run.backOff.retryIndex) : tr("Next try"), untilWords(*run.backOff.nextRetry, now)};
    if (run.deadline)
        m_facts << RunFact{tr("Deadline"), *run.deadline <= now ? tr("now") : tr("%1 left").arg(lengthWords(ceil<seconds>(*run.deadline - now)))};
    if (run.removal)
        m_facts << RunFact{tr("Removed"), untilWords(*run.removal, now)};
    if (const auto length = run.length()) {
        const auto unusual = lane.durations ? jobs::outlierWords(*length, *lane.durations) : std::nullopt;
        m_facts << RunFact{tr("Took"), lengthWords(*length) + (unusual ? QStringLiteral(", ") + QString::fromStdString(*unusual) : QString())};
    }
    if (lane.durations && lane.durations->count > 1)
        m_facts << RunFact{tr("Median of %1 runs").arg(grouped(qsizetype(lane.durations->count))),
            tr("%1 (%2 – %3)")
                .arg(lengthWords(lane.durations->median), lengthWords(lane.durations->lowerQuartile), lengthWords(lane.durations->upperQuartile))};
    if (const auto rate = lane.outcomes.successRate(); rate && lane.cron)
        m_facts << RunFact{tr("Succeeded"), tr("%1% of %2 runs").arg(std::lround(*rate * 100)).arg(lane.outcomes.succeeded + lane.outcomes.failed)};
    if (run.gone)
        m_facts << RunFact{tr("Object"), tr("no longer in the cluster")};
    if (!run.oddity.empty())
        m_facts << RunFact{tr("Odd"), QString::fromStdString(run.oddity)};
    QStringList spoken = {progressWords()};
    if (m_estimate)
        spoken << tr("Ends about %1, between %2 and %3")
                      .arg(localTime(m_estimate->likely, now), localTime(m_estimate->early, now), localTime(m_estimate->late, now));
    if (m_left)
        spoken << tr("%1 of %2 tries left").arg(*m_left).arg(m_limit);
    for (const RunFact &each : std::as_const(m_facts))
        spoken << each.label + QLatin1Char(' ') + each.value;
    if (const QString words = spoken.join(QStringLiteral(". ")); words != accessibleDescription())
        setAccessibleDescription(words);
    update();
}

QString ProgressPane::progressWords() const
{
    QString words = m_counts.wanted > 0 ? tr("%1 of %2 succeeded").arg(grouped(qsizetype(m_counts.succeeded)), grouped(qsizetype(m_counts.wanted)))
                                        : tr("%1 succeeded").arg(grouped(qsizetype(m_counts.succeeded)));
    const auto add = [&](const QString &what, std::int64_t count) {
        if (count > 0)
            words += QStringLiteral(", ") + what.arg(grouped(qsizetype(count)));
    };
    add(tr("%1 active"), m_counts.active);
    add(tr("%1 ready"), m_counts.ready);
    add(tr("%1 terminating"), m_counts.terminating);
    add(tr("%1 failed tries"), m_counts.failed);
    return words;
}

// "412 of 600   69 %", and the bar.
qreal ProgressPane::paintFigure(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRectF figure(rect.left(), rect.top(), rect.width(), 28);
    const qreal width =
        drawText(painter, figure, Qt::AlignLeft, grouped(qsizetype(m_counts.succeeded)), m_theme.font(FontRole::Figure), tokens.text, Shaping::Exact);
    const bool known = m_counts.wanted > 0;
    const QRectF beside = figure.adjusted(width + measure::between, 4, 0, 4);
    drawText(painter, beside, Qt::AlignLeft, known ? tr("of %1").arg(grouped(qsizetype(m_counts.wanted))) : tr("succeeded"),
        m_theme.font(FontRole::Body), tokens.muted);
    if (!known)
        return figure.bottom() + 2;
    const auto wanted = static_cast<double>(m_counts.wanted);
    drawText(painter, beside, Qt::AlignRight, percent(std::min(1.0, static_cast<double>(m_counts.succeeded) / wanted)), m_theme.font(FontRole::Bold),
        tokens.text, Shaping::Exact);
    const QRectF bar(rect.left(), figure.bottom() + 2, rect.width(), 6);
    painter.fillRect(onPixels(painter, bar), tokens.line);
    const qreal done = bar.width() * std::min(1.0, static_cast<double>(m_counts.succeeded) / wanted);
    const qreal active = std::min(bar.width() - done, bar.width() * static_cast<double>(m_counts.active) / wanted);
    if (done > 0)
        painter.fillRect(onPixels(painter, QRectF(bar.left(), bar.top(), done, bar.height())), tokens.ok);
    if (active > 0)
        painter.fillRect(onPixels(painter, QRectF(bar.left() + done, bar.top(), active, bar.height())), tokens.progress);
    return bar.bottom() + 4;
}

qreal ProgressPane::paintCounts(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont font = m_theme.font(FontRole::Small);
    qreal x = rect.left();
    const auto add = [&](Shape shape, std::int64_t count, const QString &word) {
        drawShape(painter, QRectF(x, rect.top(), measure::shape, line), shape, count > 0 ? shapeColour(tokens, shape) : tokens.idle, 0.85);
        x += measure::shape + 4;
        x += drawText(painter, QRectF(x, rect.top(), rect.right() - x, line), Qt::AlignLeft, grouped(qsizetype(count)) + word, font, tokens.text,
                 Shaping::Exact) +
             12;
    };
    add(Shape::Ok, m_counts.succeeded, {});
    add(Shape::Progress, m_counts.active,
        m_counts.ready != m_counts.active && m_counts.active > 0 ? tr(" (%1 ready)").arg(m_counts.ready) : QString());
    add(Shape::Bad, m_counts.failed, {});
    const std::int64_t waits = std::max<std::int64_t>(0, m_counts.wanted - m_counts.succeeded - m_counts.active);
    const QString rest = m_counts.terminating > 0 ? tr("%1 end").arg(grouped(qsizetype(m_counts.terminating)))
                         : waits > 0              ? tr("%1 wait").arg(grouped(qsizetype(waits)))
                                                  : QString();
    drawText(painter, QRectF(x, rect.top(), rect.right() - x, line), Qt::AlignLeft, rest, font, tokens.muted, Shaping::Exact);
    return rect.top() + line + 4;
}

// From now to the latest end: the range, and what is likely.
qreal ProgressPane::paintEstimate(QPainter &painter, const QRectF &rect) const
{
    if (!m_estimate)
        return rect.top();
    const Tokens &tokens = m_theme.tokens();
    const QFont font = m_theme.font(FontRole::Small);
    const QRectF words(rect.left(), rect.top(), rect.width(), line);
    drawText(painter, words, Qt::AlignLeft, tr("Ends about"), font, tokens.muted);
    drawText(painter, words, Qt::AlignRight, localTime(m_estimate->likely, m_now), m_theme.font(FontRole::SmallMedium), tokens.text, Shaping::Exact);
    if (m_estimate->late <= m_estimate->early)
        return words.bottom();
    const auto whole = static_cast<qreal>(std::max<std::int64_t>(1, (m_estimate->late - m_now).count()));
    const auto x = [&](Moment at) { return std::round(rect.left() + rect.width() * static_cast<qreal>((at - m_now).count()) / whole); };
    const qreal middle = words.bottom() + 5;
    painter.fillRect(QRectF(rect.left(), middle, rect.width(), 1), tokens.line);
    painter.fillRect(QRectF(rect.left(), middle - 3, 1, 7), tokens.text);
    painter.fillRect(QRectF(x(m_estimate->early), middle - 2, std::max<qreal>(2, x(m_estimate->late) - x(m_estimate->early)), 5),
        mix(tokens.surface, tokens.progress, 0.5));
    painter.fillRect(QRectF(std::min(x(m_estimate->likely), rect.right() - 2), middle - 5, 2, 11), tokens.progress);
    return middle + 9;
}

void ProgressPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.surface);
    const QRectF inside = QRectF(rect()).adjusted(measure::margin, 6, -measure::margin, -2);
    qreal y = paintFigure(painter, inside);
    y = paintCounts(painter, QRectF(inside.left(), y, inside.width(), line));
    y = paintEstimate(painter, QRectF(inside.left(), y, inside.width(), line));
    const QFont font = m_theme.font(FontRole::Small);
    const auto row = [&] {
        const QRectF out(inside.left(), y, inside.width(), line);
        y += line;
        return out;
    };
    if (m_left && y + line <= inside.bottom()) {
        const QRectF rect = row();
        const QString label = tr("Tries that may fail");
        drawText(painter, rect, Qt::AlignLeft, label, font, tokens.muted);
        if (m_limit <= mostBoxes && m_limit > 0) {
            // Used ones are filled.
            for (std::int64_t i = 0; i < m_limit; ++i) {
                const QRectF box(rect.right() - static_cast<qreal>((m_limit - i) * 14) + 3, rect.top() + 4, 11, 11);
                const bool used = i < m_limit - *m_left;
                drawBox(painter, box, used ? tokens.warn : QColor(), used ? tokens.warn : tokens.muted, 1, 0);
            }
        } else {
            drawText(painter, rect, Qt::AlignRight, tr("%1 of %2 left").arg(grouped(qsizetype(*m_left)), grouped(qsizetype(m_limit))), font,
                tokens.text, Shaping::Exact);
        }
    }
    for (const RunFact &each : m_facts) {
        if (y + line > inside.bottom())
            break;
        const QRectF rect = row();
        const qreal width = drawText(painter, rect, Qt::AlignLeft, each.label, font, tokens.muted);
        drawText(painter, rect.adjusted(width + measure::between, 0, 0, 0), Qt::AlignRight, each.value, font, tokens.text, Shaping::Exact);
    }
    if (m_lengths.size() > 1 && y + 40 <= inside.bottom())
        paintLengths(painter, m_theme, QRectF(inside.left(), y + 2, inside.width(), 38), m_lengths, m_length);
}

} // namespace fairlead::ui
