// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/tile.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSet>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace fairlead::ui {

namespace {

constexpr qreal titleTop = 8;
constexpr qreal titleHigh = 18;
constexpr qreal figureTop = 26;
constexpr qreal figureHigh = 36;
constexpr qreal barTop = 66;
constexpr qreal barHigh = 6;
constexpr int keyTop = 76;
constexpr int keyGap = 4;
constexpr qreal leastBar = 2; // a part that is there is to be seen
constexpr qreal widestTrend = 120;
constexpr qreal trendGap = 14;

} // namespace

Tile::Tile(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(high);
    setMouseTracking(true);
    setMinimumWidth(120);
}

void Tile::show(const TileFacts &facts)
{
    if (facts == m_facts)
        return;
    m_facts = facts;
    setAccessibleName(facts.title);
    setAccessibleDescription(facts.spoken);
    const qsizetype keys = facts.unknown.isEmpty() ? facts.parts.size() : 1;
    while (m_keys.size() > keys)
        delete m_keys.takeLast();
    while (m_keys.size() < keys) {
        auto *key = new TileKey(m_theme, this);
        key->setStale(m_stale);
        const qsizetype place = m_keys.size();
        connect(key, &QAbstractButton::clicked, this, [this, place] {
            if (place < m_facts.parts.size() && !m_facts.parts[place].target.isEmpty())
                Q_EMIT partChosen(m_facts.parts[place].target);
        });
        m_keys.append(key);
        key->QWidget::show();
    }
    for (qsizetype i = 0; i < keys; ++i) {
        if (!facts.unknown.isEmpty()) {
            m_keys[i]->show(Shape::Unknown, facts.unknown, {});
            continue;
        }
        const TileFacts::Part &part = facts.parts[i];
        if (part.shape == Shape::None)
            m_keys[i]->showSquare(part.ink, part.strength, part.words);
        else
            m_keys[i]->show(part.shape, part.words, part.name);
    }
    placeKeys();
    update();
}

void Tile::setStale(bool stale)
{
    m_stale = stale;
    for (TileKey *key : std::as_const(m_keys))
        key->setStale(stale);
    update();
}

void Tile::setTwin(bool twin)
{
    m_twin = twin;
    update();
}

void Tile::placeKeys()
{
    const int room = width() - 2 * measure::margin;
    int wanted = -keyGap;
    for (const TileKey *key : std::as_const(m_keys))
        wanted += key->sizeHint().width() + keyGap;
    // Where there is no room for all, what matters least goes first; the bar and the description still say it.
    QSet<Shape> left;
    for (const Shape least : {Shape::Idle, Shape::Progress, Shape::Ok, Shape::Unknown}) {
        for (qsizetype i = 0; i < m_keys.size() && wanted > room; ++i) {
            if (i < m_facts.parts.size() && m_facts.parts[i].shape == least) {
                left.insert(least);
                wanted -= m_keys[i]->sizeHint().width() + keyGap;
            }
        }
    }
    int x = measure::margin;
    for (qsizetype i = 0; i < m_keys.size(); ++i) {
        const QSize size = m_keys[i]->sizeHint();
        const bool shown =
            !(i < m_facts.parts.size() && m_facts.unknown.isEmpty() && left.contains(m_facts.parts[i].shape)) && x + size.width() <= width();
        m_keys[i]->setVisible(shown);
        if (!shown)
            continue;
        m_keys[i]->setGeometry(x, keyTop, size.width(), size.height());
        x += size.width() + keyGap;
    }
}

void Tile::resizeEvent(QResizeEvent *)
{
    placeKeys();
}

QRectF Tile::bar() const
{
    return {qreal(measure::margin), barTop, qreal(width() - 2 * measure::margin), barHigh};
}

QList<QRectF> Tile::bars() const
{
    const QRectF all = bar();
    double whole = m_facts.whole;
    double sum = 0;
    for (const TileFacts::Part &part : m_facts.parts)
        sum += part.share;
    whole = std::max(whole, sum);
    QList<QRectF> out;
    // Small parts get their least width from the largest.
    double given = 0;
    double large = 0;
    for (const TileFacts::Part &part : m_facts.parts) {
        const double wide = whole > 0 ? part.share / whole * all.width() : 0;
        if (part.share > 0 && wide < leastBar)
            given += leastBar - wide;
        large = std::max(large, wide);
    }
    qreal x = all.left();
    for (const TileFacts::Part &part : m_facts.parts) {
        double wide = whole > 0 ? part.share / whole * all.width() : 0;
        if (wide >= large && large > 0) {
            wide -= given;
            given = 0; // of several that are largest the first
        }
        if (part.share > 0)
            wide = std::max(wide, double(leastBar));
        out.append(QRectF(x, all.top(), wide, all.height()));
        x += wide;
    }
    return out;
}

QRectF Tile::barOf(const QString &target) const
{
    const QList<QRectF> all = bars();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (m_facts.parts[i].target == target)
            return all[i];
    }
    return {};
}

int Tile::partAt(const QPointF &point) const
{
    const QList<QRectF> all = bars();
    for (qsizetype i = 0; i < all.size(); ++i) {
        // Six pixels are hard to hit.
        if (!m_facts.parts[i].target.isEmpty() && m_facts.unknown.isEmpty() && all[i].adjusted(-0.5, -5, 0.5, 4).contains(point))
            return int(i);
    }
    return -1;
}

void Tile::mouseReleaseEvent(QMouseEvent *event)
{
    const int part = partAt(event->position());
    if (event->button() == Qt::LeftButton && part >= 0)
        Q_EMIT partChosen(m_facts.parts[part].target);
    else
        QWidget::mouseReleaseEvent(event);
}

void Tile::mouseMoveEvent(QMouseEvent *event)
{
    const int part = partAt(event->position());
    setCursor(part >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setToolTip(part >= 0 ? toolTipText(m_facts.parts[part].name) : QString());
}

void Tile::paintTrend(QPainter &painter, const QRectF &room) const
{
    const auto [low, top] = std::minmax_element(m_facts.trend.begin(), m_facts.trend.end());
    const double span = *top - *low;
    const qreal step = room.width() / qreal(m_facts.trend.size() - 1);
    QPolygonF line;
    for (qsizetype i = 0; i < m_facts.trend.size(); ++i) {
        const double share = span > 0 ? (m_facts.trend[i] - *low) / span : 0.5;
        line << QPointF(room.left() + step * qreal(i), room.bottom() - 2 - share * (room.height() - 4));
    }
    const Tokens &t = m_theme.tokens();
    const QColor ink = m_stale ? t.muted : m_theme.colour(m_facts.trendInk);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPolygonF area = line;
    area << QPointF(line.last().x(), room.bottom()) << QPointF(line.first().x(), room.bottom());
    painter.setPen(Qt::NoPen);
    painter.setBrush(mix(t.surface, ink, t.scheme == Scheme::Dark ? 0.16 : 0.10));
    painter.drawPolygon(area);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(ink, 1.25, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.drawPolyline(line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(line.last(), 2, 2);
    painter.restore();
}

void Tile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), t.surface);
    const QRectF inner(measure::margin, 0, width() - 2 * measure::margin, high);

    const QFont caption = m_theme.font(FontRole::Caption);
    const QFont small = m_theme.font(FontRole::Small);
    const qreal titleWide =
        drawText(painter, QRectF(inner.left(), titleTop, inner.width(), titleHigh), Qt::AlignLeft, m_facts.title.toUpper(), caption, t.muted);
    const QRectF noteRoom(inner.left() + titleWide + measure::between, titleTop, inner.width() - titleWide - measure::between, titleHigh);
    if (noteRoom.width() > 24)
        drawText(painter, noteRoom, Qt::AlignRight, m_facts.note, small, m_stale ? t.muted : m_theme.colour(m_facts.noteInk), Shaping::Exact);

    const QFont figure = m_theme.font(FontRole::Figure);
    if (m_facts.figure.isEmpty()) {
        // It loads: where the figure will stand.
        painter.fillRect(onPixels(painter, QRectF(inner.left(), figureTop + 9, 56, 18)), t.lineSoft);
        painter.fillRect(onPixels(painter, bar()), t.lineSoft);
    } else {
        const QRectF line(inner.left(), figureTop, inner.width(), figureHigh);
        qreal x = inner.left() + drawText(painter, line, Qt::AlignLeft, m_facts.figure, figure, m_stale ? t.muted : t.text, Shaping::Exact);
        if (!m_facts.unit.isEmpty()) {
            x += 6;
            const QRectF unitLine(x, line.top() + 4, inner.right() - x, line.height());
            x += drawText(painter, unitLine, Qt::AlignLeft, m_facts.unit, m_theme.font(FontRole::Body), t.muted);
        }
        const qreal left = std::max(x + trendGap, inner.right() - widestTrend);
        if (m_facts.trend.size() > 1 && inner.right() - left >= 30) {
            const QRectF room(left, figureTop + 6, inner.right() - left, figureHigh - 12);
            if (!m_twin) {
                paintTrend(painter, onPixels(painter, room));
            } else {
                const qreal half = (figureHigh - 4) / 2;
                for (const auto &[word, value, top] :
                    {std::tuple(tr("high"), m_facts.trendHigh, figureTop + 2), std::tuple(tr("low"), m_facts.trendLow, figureTop + 2 + half)}) {
                    drawText(painter, QRectF(inner.right() - 100, top, 56, half), Qt::AlignRight, word, small, t.muted);
                    drawText(painter, QRectF(inner.right() - 44, top, 44, half), Qt::AlignRight, value, small, t.text, Shaping::Exact);
                }
            }
        }
        if (!m_facts.unknown.isEmpty()) {
            painter.fillRect(onPixels(painter, bar()), mix(t.surface, t.unknown, 0.14));
            drawHatch(painter, onPixels(painter, bar()), mix(t.surface, t.unknown, 0.14), mix(t.surface, t.unknown, 0.45), 4);
        } else {
            painter.fillRect(onPixels(painter, bar()), t.sunken);
            const QList<QRectF> all = bars();
            for (qsizetype i = 0; i < all.size(); ++i) {
                if (all[i].width() <= 0)
                    continue;
                const TileFacts::Part &part = m_facts.parts[i];
                const QColor ink =
                    m_stale ? mix(t.surface, t.muted, 0.4 + 0.1 * double(i % 3)) : mix(t.surface, m_theme.colour(part.ink), part.strength);
                QRectF drawn = onPixels(painter, all[i]);
                if (i + 1 < all.size() && all[i].width() > 2 * leastBar)
                    drawn.setRight(drawn.right() - hairline(painter)); // a line between parts: colour alone does not tell them apart
                painter.fillRect(drawn, ink);
            }
        }
    }
    // Between tiles and below them.
    painter.fillRect(onPixels(painter, QRectF(width() - 1, 0, 1, high)), t.line);
}

} // namespace fairlead::ui
