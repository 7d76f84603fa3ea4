// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/tilekey.h"

#include "ui/widgets/accessiblebutton.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int high = 20;
constexpr int gap = 4;
constexpr qreal square = 7;

} // namespace

TileKey::TileKey(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    AccessibleButton::install();
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setFont(theme.font(FontRole::Small));
}

void TileKey::take(const QString &words, const QString &name)
{
    const QSize before = sizeHint();
    m_words = words;
    setFocusPolicy(name.isEmpty() ? Qt::NoFocus : Qt::TabFocus);
    setCursor(name.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setAttribute(Qt::WA_TransparentForMouseEvents, name.isEmpty());
    setAccessibleName(name.isEmpty() ? words : name);
    setToolTip(name.isEmpty() ? QString() : toolTipText(name));
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void TileKey::show(Shape shape, const QString &words, const QString &name)
{
    m_shape = shape;
    m_square = nullptr;
    take(words, name);
}

void TileKey::showSquare(Ink ink, double share, const QString &words)
{
    m_shape = Shape::None;
    m_square = ink;
    m_share = share;
    take(words, {});
}

void TileKey::setStale(bool stale)
{
    m_stale = stale;
    update();
}

QSize TileKey::sizeHint() const
{
    const qreal mark = m_square != nullptr ? square : measure::shape;
    return {int(std::ceil(mark + gap + textWidth(m_words, font(), Shaping::Exact))) + 3, high};
}

void TileKey::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const QStyle::State state = stateOf(*this);
    QRectF rest = rect();
    if (m_square != nullptr) {
        painter.fillRect(onPixels(painter, QRectF(0, (height() - square) / 2, square, square)), mix(t.surface, t.*m_square, m_share));
        rest.setLeft(square + gap);
    } else {
        drawShape(painter, QRectF(0, 0, measure::shape, height()), m_shape, m_stale ? t.muted : shapeColour(t, m_shape));
        rest.setLeft(measure::shape + gap);
    }
    drawText(painter, rest, Qt::AlignLeft, m_words, font(), m_stale ? t.muted : t.text, Shaping::Exact);
    if (state & QStyle::State_MouseOver && focusPolicy() != Qt::NoFocus)
        painter.fillRect(onPixels(painter, QRectF(rest.left(), height() - 3, rest.width() - 3, 1)), t.muted);
    if (state & QStyle::State_HasFocus)
        paintFocusRing(painter, t, rect());
}

void TileKey::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace fairlead::ui
