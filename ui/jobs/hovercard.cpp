// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/hovercard.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using namespace std::chrono;

namespace {

constexpr int wide = 312;
constexpr int line = 19;
constexpr int label = 74;
constexpr int dots = 40;
constexpr std::size_t mostLengths = 24;

} // namespace

std::vector<seconds> lengthsOf(const jobs::Lane &lane)
{
    std::vector<seconds> out;
    for (auto each = lane.runs.rbegin(); each != lane.runs.rend() && out.size() < mostLengths; ++each) {
        if (const auto length = each->length(); length && each->state == jobs::RunState::Succeeded)
            out.push_back(*length);
    }
    return out;
}

void paintLengths(QPainter &painter, const Theme &theme, const QRectF &rect, const std::vector<seconds> &lengths, seconds own)
{
    if (lengths.empty())
        return;
    const Tokens &tokens = theme.tokens();
    const auto [least, most] = std::minmax_element(lengths.begin(), lengths.end());
    const seconds low = std::min(*least, own.count() > 0 ? own : *least);
    const seconds high = std::max({*most, own, low + seconds(1)});
    const auto x = [&](seconds length) {
        return std::round(
            rect.left() + 5 + (rect.width() - 10) * static_cast<qreal>((length - low).count()) / static_cast<qreal>((high - low).count()));
    };
    const qreal middle = std::round(rect.top() + 12);
    painter.fillRect(QRectF(rect.left(), middle, rect.width(), 1), tokens.line);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor dot = tokens.idle;
    dot.setAlphaF(0.6F);
    painter.setBrush(dot);
    for (const seconds each : lengths)
        painter.drawEllipse(QPointF(x(each), middle + 0.5), 2.5, 2.5);
    painter.restore();
    if (own.count() > 0)
        painter.fillRect(QRectF(x(own), middle - 7, 2, 15), tokens.progress);
    const QFont font = theme.font(FontRole::Small);
    const QRectF below(rect.left(), middle + 8, rect.width(), 16);
    drawText(painter, below, Qt::AlignLeft, lengthWords(low), font, tokens.muted, Shaping::Exact);
    drawText(painter, below, Qt::AlignRight, lengthWords(high), font, tokens.muted, Shaping::Exact);
    drawText(painter, below, Qt::AlignHCenter, HoverCard::tr("its last %1 lengths").arg(lengths.size()), font, tokens.muted);
}

HoverCard::HoverCard(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void HoverCard::showRun(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now, const QRect &at)
{
    m_title = QString::fromStdString(run.name);
    m_shape = shapeOf(run.state);
    m_facts = {{tr("State"), QString::fromStdString(run.words())}};
    m_facts += runFacts(lane, run, now);
    m_lengths = lengthsOf(lane);
    m_length = run.length().value_or(run.start && !run.hasEnded() ? floor<seconds>(std::max(now, *run.start) - *run.start) : seconds(0));
    if (m_lengths.size() < 2)
        m_lengths.clear();
    place(at);
}

void HoverCard::showComing(const jobs::Lane &lane, const jobs::ComingRun &run, jobs::Moment now, const QRect &at)
{
    m_title = QString::fromStdString(lane.name);
    m_shape = run.outcome == jobs::ComingRun::Outcome::Starts && !run.killed ? Shape::None : Shape::Warn;
    m_facts = {{tr("Due"), localTime(run.at, now) + QStringLiteral(", ") + untilWords(run.at, now)}};
    for (const QString &each : comingLines(lane, run, now).mid(1))
        m_facts << RunFact{m_facts.size() == 1 ? tr("Forecast") : QString(), each};
    m_lengths = lengthsOf(lane);
    m_length = seconds(0);
    if (m_lengths.size() < 2)
        m_lengths.clear();
    place(at);
}

void HoverCard::place(const QRect &at)
{
    const QFont font = m_theme.font(FontRole::Small);
    qreal widest = wide - 2 * measure::margin - label;
    for (const RunFact &each : m_facts)
        widest = std::max(widest, textWidth(each.value, font, Shaping::Exact) + 1);
    const int width = std::min(int(widest) + label + 2 * measure::margin, parentWidget()->width() - 16);
    const int height = 36 + line * int(m_facts.size()) + (m_lengths.empty() ? 4 : dots) + 4;
    const QRect room = parentWidget()->rect().adjusted(4, 4, -4, -4);
    QRect rect(at.left(), at.bottom() + 8, width, height);
    if (rect.bottom() > room.bottom())
        rect.moveBottom(at.top() - 8);
    rect.moveLeft(std::clamp(rect.left(), room.left(), std::max(room.left(), room.right() - width)));
    rect.moveTop(std::clamp(rect.top(), room.top(), std::max(room.top(), room.bottom() - height)));
    setGeometry(rect);
    show();
    raise();
    update();
}

void HoverCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(rect(), tokens.edge);
    painter.fillRect(rect().adjusted(1, 1, -1, -1), tokens.raised);
    QRectF head(measure::margin, 8, width() - 2 * measure::margin, 20);
    if (m_shape != Shape::None) {
        drawShape(painter, QRectF(head.left(), head.top(), measure::shape, head.height()), m_shape, shapeColour(tokens, m_shape));
        head.setLeft(head.left() + measure::shape + measure::between);
    }
    drawText(painter, head, Qt::AlignLeft, m_title, m_theme.font(FontRole::Bold), tokens.text, Shaping::Exact);
    const QFont font = m_theme.font(FontRole::Small);
    qreal y = 32;
    for (const RunFact &each : m_facts) {
        drawText(painter, QRectF(measure::margin, y, label - measure::inside, line), Qt::AlignLeft, each.label, font, tokens.muted);
        drawText(painter, QRectF(measure::margin + label, y, width() - 2 * measure::margin - label, line), Qt::AlignLeft, each.value, font,
            tokens.text, Shaping::Exact);
        y += line;
    }
    paintLengths(painter, m_theme, QRectF(measure::margin, y + 2, width() - 2 * measure::margin, dots), m_lengths, m_length);
}

} // namespace fairlead::ui
