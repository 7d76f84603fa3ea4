// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/triespane.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Attempt;

namespace {

constexpr int line = 18;
constexpr int gutter = 40;     // in which the first index of a band stands
constexpr int bandOf = 100;    // indexes
constexpr int triesShown = 3;  // rows of a band
constexpr qreal leastCell = 2; // of a grid without bands
constexpr std::int64_t mostIndexes = 1'000'000;

bool hasAny(const std::vector<std::int64_t> &sorted, std::int64_t from, std::int64_t to)
{
    const auto found = std::lower_bound(sorted.begin(), sorted.end(), from);
    return found != sorted.end() && *found < to;
}

// How many of the set's indexes lie in from..to-1.
std::int64_t countIn(const jobs::IndexSet &set, std::int64_t from, std::int64_t to)
{
    const auto &ranges = set.ranges();
    auto range = std::lower_bound(ranges.begin(), ranges.end(), from, [](const auto &each, std::int64_t value) { return each.second < value; });
    std::int64_t count = 0;
    for (; range != ranges.end() && range->first < to; ++range)
        count += std::min(range->second, to - 1) - std::max(range->first, from) + 1;
    return count;
}

} // namespace

TriesPane::TriesPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    speakAs(*this, QAccessible::List);
    setAccessibleName(tr("Tries"));
    setFocusPolicy(Qt::StrongFocus);
}

void TriesPane::show(const jobs::Run &run, jobs::Moment now)
{
    m_now = now;
    if (m_run == run)
        return;
    if (m_run.uid != run.uid)
        m_chosen.clear();
    m_run = run;
    m_running.clear();
    m_retried.clear();
    std::map<std::string, int> exits;
    for (const Attempt &each : m_run.attempts) {
        if (each.index && !each.hasEnded())
            m_running.push_back(*each.index);
        if (each.state != Attempt::State::Failed)
            continue;
        if (each.index)
            m_retried.push_back(*each.index);
        const std::string reason = each.reason == "Error" || each.reason.empty() ? std::string() : each.reason;
        const std::string code = each.exitCode ? (reason.empty() ? "exit " : "") + std::to_string(*each.exitCode) : std::string();
        ++exits[code.empty() && reason.empty() ? "no exit code" : code + (code.empty() || reason.empty() ? "" : " ") + reason];
    }
    std::sort(m_running.begin(), m_running.end());
    std::sort(m_retried.begin(), m_retried.end());
    std::vector<std::pair<std::string, int>> sorted(exits.begin(), exits.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    m_exits.clear();
    for (const auto &[what, count] : sorted)
        m_exits << QStringLiteral("%1 × %2").arg(QString::fromStdString(what)).arg(count);
    QStringList spoken;
    if (m_run.indexed)
        spoken << tr("%1 indexes done, %2 failed").arg(m_run.completedIndexes.size()).arg(m_run.failedIndexes.size());
    if (const Attempt *const each = attempt())
        spoken << QString::fromStdString(each->pod) + QStringLiteral(" ") + QString::fromUtf8(jobs::name(each->state).data());
    if (!m_exits.isEmpty())
        spoken << tr("Failed pods: %1").arg(m_exits.join(QStringLiteral(", ")));
    if (const QString rule = ruleWords(); !rule.isEmpty())
        spoken << rule;
    setAccessibleDescription(spoken.join(QStringLiteral(". ")));
    lay();
    update();
}

const Attempt *TriesPane::attempt() const
{
    const auto &all = m_run.attempts;
    if (const auto chosen = std::find_if(all.begin(), all.end(), [this](const Attempt &each) { return each.uid == m_chosen; }); chosen != all.end())
        return &*chosen;
    const auto failed = std::find_if(all.rbegin(), all.rend(), [](const Attempt &each) { return each.state == Attempt::State::Failed; });
    return failed != all.rend() ? &*failed : all.empty() ? nullptr : &all.back();
}

QString TriesPane::ruleWords() const
{
    if (!m_run.rule)
        return {};
    const QString words = QString::fromStdString(m_run.rule->words.empty() ? m_run.rule->message : m_run.rule->words);
    return tr("%1, rule %2: %3").arg(QString::fromStdString(m_run.rule->policy)).arg(m_run.rule->index + 1).arg(words);
}

TriesPane::Cell TriesPane::stateOf(std::int64_t from, std::int64_t to) const
{
    if (countIn(m_run.failedIndexes, from, to) > 0)
        return Cell::Failed;
    const std::int64_t done = countIn(m_run.completedIndexes, from, to);
    if (hasAny(m_retried, from, to))
        return Cell::Retried;
    if (hasAny(m_running, from, to))
        return Cell::Runs;
    return done == to - from ? Cell::Done : done > 0 ? Cell::Runs : Cell::Waits;
}

QRectF TriesPane::area() const
{
    int below = 4;
    below += m_exits.isEmpty() ? 0 : line;
    below += m_run.rule ? line : 0;
    return QRectF(rect()).adjusted(measure::margin, 28, -measure::margin, -below);
}

// Bands of a hundred with a row for each try where they fit; else squares as large as there is room for, down to two pixels.
void TriesPane::lay()
{
    m_columns = 0;
    m_indexesACell = 1;
    const std::int64_t all = std::clamp<std::int64_t>(m_run.completions.value_or(0), 0, mostIndexes);
    const QRectF area = this->area();
    if (!m_run.indexed || all == 0 || area.width() < 60 || area.height() < 10)
        return;
    const qreal width = area.width() - gutter;
    const auto across = int(std::min<std::int64_t>(all, bandOf));
    const auto bands = static_cast<qreal>((all + bandOf - 1) / bandOf);
    m_cell = std::min(14.0, std::floor(width / across));
    m_row = std::min(9.0, std::floor((area.height() / bands - 4) / triesShown));
    m_bands = m_cell >= 3 && m_row >= 4;
    m_columns = across;
    if (m_bands)
        return;
    m_cell = std::clamp(std::floor(std::sqrt(width * area.height() / static_cast<qreal>(all))), leastCell, 14.0);
    while (m_cell > leastCell && std::floor(width / m_cell) * std::floor(area.height() / m_cell) < static_cast<qreal>(all))
        --m_cell;
    m_columns = std::max(1, int(width / m_cell));
    const auto cells = std::int64_t(m_columns) * std::max<std::int64_t>(1, std::int64_t(area.height() / m_cell));
    m_indexesACell = (all + cells - 1) / cells;
    m_row = m_cell;
}

std::int64_t TriesPane::indexAt(const QPointF &point) const
{
    const QRectF area = this->area();
    const qreal x = point.x() - area.left() - gutter;
    const qreal y = point.y() - area.top();
    if (m_columns == 0 || x < 0 || y < 0 || x >= m_columns * m_cell || point.y() > area.bottom())
        return -1;
    const qreal step = m_bands ? triesShown * m_row + 4 : m_cell;
    const std::int64_t index = (std::int64_t(y / step) * m_columns + std::int64_t(x / m_cell)) * m_indexesACell;
    return index < m_run.completions.value_or(0) ? index : -1;
}

QColor TriesPane::colourOf(Cell cell) const
{
    const Tokens &tokens = m_theme.tokens();
    switch (cell) {
    case Cell::Done:
        return mix(tokens.surface, tokens.ok, 0.75);
    case Cell::Runs:
        return tokens.progress;
    case Cell::Retried:
        return tokens.warn;
    case Cell::Failed:
        return tokens.bad;
    case Cell::Waits:
        break;
    }
    return mix(tokens.surface, tokens.idle, 0.3);
}

int TriesPane::attemptOf(std::int64_t index) const
{
    int found = -1;
    for (std::size_t i = 0; i < m_run.attempts.size(); ++i) {
        const Attempt &each = m_run.attempts[i];
        if (each.index && *each.index >= index && *each.index < index + m_indexesACell)
            found = int(i);
    }
    return found;
}

void TriesPane::resizeEvent(QResizeEvent *)
{
    lay();
}

void TriesPane::choose(int attempt)
{
    if (attempt < 0 || attempt >= int(m_run.attempts.size()))
        return;
    m_chosen = m_run.attempts[std::size_t(attempt)].uid;
    update();
    const Attempt &each = m_run.attempts[std::size_t(attempt)];
    setAccessibleDescription(QString::fromStdString(each.pod) + QLatin1Char(' ') + QString::fromUtf8(jobs::name(each.state).data()) +
                             (each.exitCode && each.hasEnded() ? tr(", exit %1").arg(*each.exitCode) : QString()));
    Q_EMIT chosenChanged();
}

void TriesPane::mousePressEvent(QMouseEvent *event)
{
    if (m_run.indexed) {
        if (const std::int64_t index = indexAt(event->position()); index >= 0)
            choose(attemptOf(index));
        return;
    }
    const int row = int((event->position().y() - area().top()) / line);
    choose(int(m_run.attempts.size()) - 1 - row);
}

void TriesPane::keyPressEvent(QKeyEvent *event)
{
    const Attempt *const now = attempt();
    const int at = now ? int(now - m_run.attempts.data()) : -1;
    // The newest stands above in the list, behind in the grid.
    const int forward = m_run.indexed ? 1 : -1;
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Right)
        choose(at + forward);
    else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Left)
        choose(at - forward);
    else
        QWidget::keyPressEvent(event);
}

QString TriesPane::cellWords(std::int64_t index) const
{
    static const char *const words[] = {
        QT_TR_NOOP("waits"), QT_TR_NOOP("done"), QT_TR_NOOP("runs"), QT_TR_NOOP("was tried again"), QT_TR_NOOP("failed")};
    const QString state = tr(words[std::size_t(stateOf(index, std::min(index + m_indexesACell, m_run.completions.value_or(0))))]);
    if (m_indexesACell > 1)
        return tr("Indexes %1 to %2: %3").arg(index).arg(std::min(index + m_indexesACell, m_run.completions.value_or(0)) - 1).arg(state);
    QString out = tr("Index %1: %2").arg(index).arg(state);
    if (const int attempt = attemptOf(index); attempt >= 0 && m_run.attempts[std::size_t(attempt)].exitCode)
        out += tr(", exit %1").arg(*m_run.attempts[std::size_t(attempt)].exitCode);
    return out;
}

bool TriesPane::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *const help = static_cast<QHelpEvent *>(event);
    if (const std::int64_t index = indexAt(help->pos()); m_run.indexed && index >= 0)
        QToolTip::showText(help->globalPos(), toolTipText(cellWords(index)), this);
    else
        QToolTip::hideText();
    return true;
}

void TriesPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.surface);
    const QRectF head(measure::margin, 5, width() - 2 * measure::margin, line);
    const QString title = m_run.indexed ? tr("Index × try") : m_run.attempts.empty() ? tr("No pod of it is left") : tr("Tries");
    drawText(painter, head, Qt::AlignLeft, title, m_theme.font(FontRole::SmallMedium), tokens.text);
    if (m_columns > 0) {
        paintKey(painter, head);
        paintGrid(painter);
    } else {
        paintList(painter);
    }
    paintFoot(painter);
    if (hasFocus())
        paintFocusRing(painter, tokens, QRectF(rect()).adjusted(1, 1, -1, -1));
}

void TriesPane::paintKey(QPainter &painter, const QRectF &rect) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont font = m_theme.font(FontRole::Small);
    const std::pair<Cell, QString> keys[] = {{Cell::Waits, tr("waits")}, {Cell::Failed, tr("failed")}, {Cell::Retried, tr("tried again")},
        {Cell::Runs, tr("runs")}, {Cell::Done, tr("done")}};
    qreal x = rect.right();
    for (const auto &[cell, text] : keys) {
        const qreal width = textWidth(text, font);
        if (x - width - 80 < rect.left())
            break;
        drawText(painter, QRectF(x - width - 1, rect.top(), width + 1, rect.height()), Qt::AlignLeft, text, font, tokens.muted);
        x -= width + 13;
        painter.fillRect(QRectF(std::round(x), std::round(rect.center().y()) - 3, 7, 7), colourOf(cell));
        x -= 10;
    }
}

void TriesPane::paintGrid(QPainter &painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRectF area = this->area();
    const QFont font = m_theme.font(FontRole::Small);
    const std::int64_t all = std::min(m_run.completions.value_or(0), mostIndexes);
    if (m_bands) {
        qreal y = area.top();
        for (std::int64_t from = 0; from < all; from += bandOf) {
            drawText(
                painter, QRectF(area.left(), y - 3, gutter - 8, 12), Qt::AlignRight, grouped(qsizetype(from)), font, tokens.muted, Shaping::Exact);
            paintBand(painter, QRectF(area.left() + gutter, y, area.width() - gutter, triesShown * m_row), from, std::min(from + bandOf, all));
            y += triesShown * m_row + 4;
        }
        return;
    }
    const qreal gap = m_cell >= 4 ? 1 : 0;
    qreal labelled = -100;
    for (std::int64_t from = 0; from < all; from += m_indexesACell) {
        const std::int64_t cell = from / m_indexesACell;
        const qreal y = area.top() + static_cast<qreal>(cell / m_columns) * m_cell;
        painter.fillRect(QRectF(area.left() + gutter + static_cast<qreal>(cell % m_columns) * m_cell, y, m_cell - gap, m_cell - gap),
            colourOf(stateOf(from, std::min(from + m_indexesACell, all))));
        if (cell % m_columns == 0 && y - labelled >= 24) {
            labelled = y;
            drawText(
                painter, QRectF(area.left(), y - 3, gutter - 8, 12), Qt::AlignRight, grouped(qsizetype(from)), font, tokens.muted, Shaping::Exact);
        }
    }
}

// A column an index: its state above, below it one cell for each try that failed before.
void TriesPane::paintBand(QPainter &painter, const QRectF &rect, std::int64_t from, std::int64_t to) const
{
    const Tokens &tokens = m_theme.tokens();
    const qreal gap = m_cell >= 3 ? 1 : 0;
    const auto square = [&](std::int64_t index, int row) {
        return QRectF(rect.left() + static_cast<qreal>(index - from) * m_cell, rect.top() + row * m_row, m_cell - gap, m_row - 1);
    };
    std::map<std::int64_t, std::vector<const Attempt *>> tries;
    for (const Attempt &each : m_run.attempts) {
        if (each.index && *each.index >= from && *each.index < to)
            tries[*each.index].push_back(&each);
    }
    const Attempt *const chosen = attempt();
    for (std::int64_t index = from; index < to; ++index) {
        const auto found = tries.find(index);
        if (found == tries.end() || found->second.size() < 2) {
            Cell cell = stateOf(index, index + 1);
            if (cell == Cell::Retried && m_run.completedIndexes.has(index))
                cell = Cell::Done;
            const QRectF at = square(index, 0);
            if (cell == Cell::Runs) {
                painter.fillRect(at, mix(tokens.surface, tokens.progress, 0.35));
                painter.fillRect(at.adjusted(0, at.height() / 2, 0, 0), tokens.progress);
            } else {
                painter.fillRect(at, colourOf(cell));
            }
        } else {
            const std::size_t first = found->second.size() > triesShown ? found->second.size() - triesShown : 0;
            for (std::size_t i = first; i < found->second.size(); ++i) {
                const Attempt &each = *found->second[i];
                const Cell cell = each.state == Attempt::State::Failed      ? Cell::Failed
                                  : each.state == Attempt::State::Succeeded ? Cell::Done
                                  : each.hasEnded()                         ? Cell::Waits
                                                                            : Cell::Runs;
                painter.fillRect(square(index, int(i - first)), colourOf(cell));
            }
        }
        if (chosen && chosen->index == index) {
            const int rows = found == tries.end() ? 1 : int(std::clamp<std::size_t>(found->second.size(), 1, triesShown));
            drawBox(painter, square(index, 0).adjusted(-2, -2, 2, (rows - 1) * m_row + 2), QColor(), tokens.text, 1, 0);
        }
    }
}

// The newest first: how it goes now.
void TriesPane::paintList(QPainter &painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont small = m_theme.font(FontRole::Small);
    const QRectF area = this->area();
    const Attempt *const chosen = attempt();
    qreal y = area.top();
    for (auto each = m_run.attempts.rbegin(); each != m_run.attempts.rend(); ++each) {
        const auto left = m_run.attempts.rend() - each;
        if (y + 2 * line > area.bottom() + 1 && left > 1) {
            drawText(painter, QRectF(area.left(), y, area.width(), line), Qt::AlignLeft, tr("and %1 before").arg(left), small, tokens.muted);
            break;
        }
        const bool bad = each->state == Attempt::State::Failed;
        if (&*each == chosen)
            painter.fillRect(
                QRectF(area.left() - measure::margin, y, area.width() + 2 * measure::margin, line), hasFocus() ? tokens.select : tokens.selectOff);
        drawShape(painter, QRectF(area.left(), y, measure::shape, line), shapeOf(*each), shapeColour(tokens, shapeOf(*each)));
        QString words;
        if (each->exitCode && each->hasEnded())
            words = tr("exit %1").arg(*each->exitCode);
        if (!each->reason.empty() && !(each->reason == "Error" && !words.isEmpty()))
            words += (words.isEmpty() ? QString() : QStringLiteral(", ")) + QString::fromStdString(each->reason);
        if (each->restarts > 0)
            words += (words.isEmpty() ? QString() : QStringLiteral(", ")) + tr("%1 restarts").arg(each->restarts);
        if (const auto length = each->length())
            words += QStringLiteral("   ") + lengthWords(*length);
        const QRectF text(area.left() + measure::shape + measure::between, y, area.width() - measure::shape - measure::between, line);
        drawText(painter, text, Qt::AlignRight, words, small, bad ? tokens.bad : tokens.muted, Shaping::Exact);
        drawText(painter, text.adjusted(0, 0, -textWidth(words, small, Shaping::Exact) - measure::between, 0), Qt::AlignLeft,
            QString::fromStdString(each->pod), small, tokens.text, Shaping::Exact);
        y += line;
    }
}

void TriesPane::paintFoot(QPainter &painter) const
{
    const Tokens &tokens = m_theme.tokens();
    const QFont font = m_theme.font(FontRole::Small);
    qreal y = area().bottom() + 1;
    const auto say = [&](const QString &label, const QString &words) {
        if (words.isEmpty())
            return;
        const QRectF rect(measure::margin, y, width() - 2 * measure::margin, line);
        const qreal width = drawText(painter, rect, Qt::AlignLeft, label, font, tokens.muted);
        drawText(painter, rect.adjusted(width + measure::between, 0, 0, 0), Qt::AlignLeft, words, m_theme.font(FontRole::SmallMedium), tokens.text,
            Shaping::Exact);
        y += line;
    };
    say(tr("Failed pods"), m_exits.join(QStringLiteral("   ")));
    say(tr("Rule"), ruleWords());
}

} // namespace fairlead::ui
