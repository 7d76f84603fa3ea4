// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runcockpit.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Attempt;
using jobs::Moment;

namespace {

constexpr int line = 18;

QString age(seconds length)
{
    return QString::fromStdString(formatAge(length));
}

} // namespace

RunCockpit::RunCockpit(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(sizeHint().height());
    setAccessibleName(tr("Chosen run"));
}

void RunCockpit::setRun(const jobs::Lane *lane, const jobs::Run *run, Moment now)
{
    m_lane.reset();
    m_run.reset();
    m_now = now;
    if (lane && run) {
        m_lane = jobs::Lane{.space = lane->space, .name = lane->name, .uid = lane->uid, .cron = lane->cron};
        m_lane->plan = lane->plan;
        m_lane->durations = lane->durations;
        m_lane->outcomes = lane->outcomes;
        m_run = *run;
    }
    setAccessibleDescription(lines().join(QStringLiteral(". ")));
    setVisible(m_run.has_value());
    update();
}

QStringList RunCockpit::lines() const
{
    if (!m_run)
        return {};
    const auto coming = [this](Moment at) { return at <= m_now ? tr("now") : tr("in %1").arg(age(ceil<seconds>(at - m_now))); };
    QStringList out = runLines(*m_lane, *m_run, m_now).mid(1);
    if (const auto left = m_run->backOff.left(); left && !m_run->hasEnded())
        out << tr("%1 of %2 tries left").arg(*left).arg(*m_run->backOff.limit);
    if (m_run->backOff.nextRetry)
        out << (m_run->backOff.retryIndex ? tr("Next try of index %1 %2").arg(*m_run->backOff.retryIndex).arg(coming(*m_run->backOff.nextRetry))
                                          : tr("Next try %1").arg(coming(*m_run->backOff.nextRetry)));
    if (m_run->deadline)
        out << tr("Deadline %1").arg(coming(*m_run->deadline));
    if (m_run->removal)
        out << tr("Removed %1").arg(coming(*m_run->removal));
    if (m_run->rule)
        out << QString::fromStdString(m_run->rule->policy) + QStringLiteral(": ") + QString::fromStdString(m_run->rule->words);
    if (const auto rate = m_lane->outcomes.successRate())
        out << tr("%1% of %2 runs succeeded").arg(std::lround(*rate * 100)).arg(m_lane->outcomes.succeeded + m_lane->outcomes.failed);
    return out;
}

void RunCockpit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void RunCockpit::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.surface);
    if (!m_run)
        return;
    const QRectF head(0, 0, width(), measure::bar);
    painter.fillRect(head, tokens.raised);
    drawRule(painter, head, tokens.line);
    drawRule(painter, QRectF(0, head.bottom() - 1, width(), 1), tokens.line);
    drawShape(painter, QRectF(measure::margin, 0, measure::shape, head.height()), shapeOf(m_run->state), colourOf(tokens, m_run->state));
    const QRectF title = head.adjusted(measure::margin + measure::shape + measure::between, 0, -measure::margin, 0);
    const qreal width =
        drawText(painter, title, Qt::AlignLeft, QString::fromStdString(m_run->name), m_theme.font(FontRole::Bold), tokens.text, Shaping::Exact);
    drawText(painter, title.adjusted(width + measure::between, 0, 0, 0), Qt::AlignLeft,
        QString::fromStdString(m_run->space) + QStringLiteral(", ") + QString::fromStdString(m_run->words()), m_theme.font(FontRole::Body),
        tokens.muted);
    const QRectF body(0, head.bottom() + measure::between, rect().width(), height() - head.bottom() - measure::between);
    constexpr int left = 250;
    paintProgress(painter, QRectF(measure::margin, body.top(), left - 2 * measure::margin, body.height()));
    drawRule(painter, QRectF(left, head.bottom(), 1, height()), tokens.line, Qt::Vertical);
    const qreal rest = body.width() - left;
    const qreal middle = m_run->indexed ? rest / 2 : 0;
    if (m_run->indexed) {
        paintGrid(painter, QRectF(left + measure::margin, body.top(), middle - 2 * measure::margin, body.height()));
        drawRule(painter, QRectF(left + middle, head.bottom(), 1, height()), tokens.line, Qt::Vertical);
    }
    paintAttempts(painter, QRectF(left + middle + measure::margin, body.top(), rest - middle - 2 * measure::margin, body.height()));
}

void RunCockpit::paintProgress(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    qreal y = rect.top();
    if (m_run->completions.value_or(0) > 0) {
        const QRectF figure(rect.left(), y, rect.width(), 26);
        const qreal width = drawText(
            painter, figure, Qt::AlignLeft, grouped(qsizetype(m_run->succeeded)), m_theme.font(FontRole::Figure), tokens.text, Shaping::Exact);
        drawText(painter, figure.adjusted(width + measure::between, 4, 0, 4), Qt::AlignLeft,
            tr("of %1").arg(grouped(qsizetype(*m_run->completions))) +
                (m_run->active > 0 ? tr(", %1 run").arg(grouped(qsizetype(m_run->active))) : QString()) +
                (m_run->failed > 0 ? tr(", %1 failed").arg(grouped(qsizetype(m_run->failed))) : QString()),
            m_theme.font(FontRole::Body), tokens.muted);
        y += 30;
        const QRectF bar(rect.left(), y, rect.width(), 6);
        painter.fillRect(onPixels(painter, bar), tokens.sunken);
        const auto share = [&](std::int64_t count) {
            return bar.width() * std::min(1.0, static_cast<double>(count) / static_cast<double>(*m_run->completions));
        };
        const qreal done = share(m_run->succeeded);
        painter.fillRect(onPixels(painter, QRectF(bar.left(), bar.top(), done, bar.height())), tokens.ok);
        painter.fillRect(onPixels(painter, QRectF(bar.left() + done, bar.top(), std::min(bar.width() - done, share(m_run->active)), bar.height())),
            tokens.progress);
        y += 14;
    }
    for (const QString &text : lines()) {
        if (y + line > rect.bottom())
            break;
        drawText(painter, QRectF(rect.left(), y, rect.width(), line), Qt::AlignLeft, text, m_theme.font(FontRole::Small), tokens.text);
        y += line;
    }
}

// As many indexes a row as fit, a cell each; of more than have room, the first ones and a word.
void RunCockpit::paintGrid(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    drawText(
        painter, QRectF(rect.left(), rect.top(), rect.width(), line), Qt::AlignLeft, tr("Indexes"), m_theme.font(FontRole::SmallMedium), tokens.text);
    std::vector<std::int64_t> running;
    for (const Attempt &each : m_run->attempts) {
        if (each.index && !each.hasEnded())
            running.push_back(*each.index);
    }
    std::sort(running.begin(), running.end());
    constexpr int cell = 7;
    const QRectF area = rect.adjusted(0, line, 0, -line);
    const auto columns = std::max<std::int64_t>(1, static_cast<std::int64_t>(area.width()) / cell);
    const auto rows = std::max<std::int64_t>(1, static_cast<std::int64_t>(area.height()) / cell);
    const std::int64_t all = m_run->completions.value_or(0);
    const std::int64_t shown = std::min(all, columns * rows);
    for (std::int64_t i = 0; i < shown; ++i) {
        const QRectF square(
            area.left() + static_cast<qreal>(i % columns * cell), area.top() + static_cast<qreal>(i / columns * cell), cell - 1, cell - 1);
        if (m_run->completedIndexes.has(i))
            painter.fillRect(square, mix(tokens.surface, tokens.ok, 0.7));
        else if (m_run->failedIndexes.has(i))
            painter.fillRect(square, tokens.bad);
        else if (std::binary_search(running.begin(), running.end(), i))
            painter.fillRect(square.adjusted(0, square.height() / 2, 0, 0), tokens.progress);
        else
            drawBox(painter, square, QColor(), tokens.line, 1, 0);
    }
    drawText(painter, QRectF(rect.left(), rect.bottom() - line, rect.width(), line), Qt::AlignLeft,
        shown < all
            ? tr("the first %1 of %2").arg(grouped(qsizetype(shown)), grouped(qsizetype(all)))
            : tr("%1 done, %2 failed").arg(grouped(qsizetype(m_run->completedIndexes.size())), grouped(qsizetype(m_run->failedIndexes.size()))),
        m_theme.font(FontRole::Small), tokens.muted);
}

void RunCockpit::paintAttempts(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    drawText(painter, QRectF(rect.left(), rect.top(), rect.width(), line), Qt::AlignLeft,
        m_run->attempts.empty() ? tr("No pod of it is left") : tr("Tries"), m_theme.font(FontRole::SmallMedium), tokens.text);
    qreal y = rect.top() + line;
    // The newest first: how it goes now.
    for (auto each = m_run->attempts.rbegin(); each != m_run->attempts.rend() && y + line <= rect.bottom(); ++each) {
        const bool bad = each->state == Attempt::State::Failed;
        const Shape shape = bad                                        ? Shape::Bad
                            : each->state == Attempt::State::Succeeded ? Shape::Ok
                            : each->state == Attempt::State::Running   ? Shape::Progress
                            : each->state == Attempt::State::Waiting   ? Shape::Warn
                                                                       : Shape::Unknown;
        drawShape(painter, QRectF(rect.left(), y, measure::shape, line), shape, shapeColour(tokens, shape));
        QString words;
        if (each->exitCode && each->hasEnded())
            words = tr("exit %1").arg(*each->exitCode);
        if (!each->reason.empty())
            words += (words.isEmpty() ? QString() : QStringLiteral(", ")) + QString::fromStdString(each->reason);
        if (const auto length = each->length())
            words += QStringLiteral("  ") + age(*length);
        const QFont small = m_theme.font(FontRole::Small);
        const QRectF text(rect.left() + measure::shape + measure::between, y, rect.width() - measure::shape - measure::between, line);
        drawText(painter, text, Qt::AlignRight, words, small, bad ? tokens.bad : tokens.muted);
        drawText(painter, text.adjusted(0, 0, -textWidth(words, small) - measure::between, 0), Qt::AlignLeft, QString::fromStdString(each->pod),
            small, tokens.text, Shaping::Exact);
        y += line;
    }
}

} // namespace fairlead::ui
