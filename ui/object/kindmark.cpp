// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/kindmark.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int step = 14;
constexpr int shapeLeft = measure::icon + 5;
constexpr int kindLeft = shapeLeft + measure::shape + 5;

} // namespace

KindMark::KindMark(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KindMark::say(int depth, Icon icon, Shape shape, const QString &kind)
{
    const QSize before = sizeHint();
    m_depth = depth;
    m_icon = icon;
    m_shape = shape;
    m_kind = kind;
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void KindMark::setStale(bool stale)
{
    m_stale = stale;
    update();
}

QSize KindMark::sizeHint() const
{
    return {m_depth * step + kindLeft + int(std::ceil(textWidth(m_kind, m_theme.font(FontRole::Body)))), 22};
}

void KindMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const int left = m_depth * step;
    if (m_depth > 0) {
        const int x = left - step + measure::icon / 2;
        const int middle = height() / 2;
        painter.fillRect(QRect(x, 0, 1, middle), t.edge);
        painter.fillRect(QRect(x, middle, step - measure::icon / 2 + 1, 1), t.edge);
    }
    drawIcon(painter, QRectF(left, 0, measure::icon, height()), m_icon, t.muted);
    drawShape(painter, QRectF(left + shapeLeft, 0, measure::shape, height()), m_shape, m_stale ? t.muted : shapeColour(t, m_shape));
    drawText(
        painter, QRectF(left + kindLeft, 0, width() - left - kindLeft + 1, height()), Qt::AlignLeft, m_kind, m_theme.font(FontRole::Body), t.muted);
}

} // namespace fairlead::ui
