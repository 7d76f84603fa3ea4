// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segment.h"

#include "ui/widgets/accessiblebutton.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <cmath>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int padding = 8;
constexpr int markRoom = measure::icon + 4;

} // namespace

Segment::Segment(const Theme &theme, SegmentedSwitch::Part part, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_part(std::move(part))
{
    AccessibleButton::install();
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(itemText(m_part.text));
    setAccessibleName(m_part.note.isEmpty() ? m_part.text : QStringLiteral("%1 %2").arg(m_part.text, m_part.note));
}

void Segment::setOnlyIcon(bool only)
{
    m_onlyIcon = only && hasMark();
    setToolTip(m_onlyIcon ? toolTipText(m_part.text) : QString());
    updateGeometry();
    update();
}

QSize Segment::sizeHint() const
{
    if (m_onlyIcon)
        return {measure::icon + 2 * padding + 2, measure::control};
    // As wide as the chosen one, so that choosing moves nothing.
    qreal width = 2 * padding + std::ceil(textWidth(m_part.text, m_theme.font(FontRole::Medium), Shaping::Exact));
    if (hasMark())
        width += markRoom;
    if (!m_part.note.isEmpty())
        width += 4 + std::ceil(textWidth(m_part.note, m_theme.font(FontRole::Small)));
    return {int(width) + 1, measure::control};
}

void Segment::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    const bool enabled = isEnabled();
    const QRectF all = rect();
    if (isChecked())
        painter.fillRect(all.adjusted(m_first ? 1 : 0, 1, 0, -1), enabled ? t.select : t.selectOff);
    else if (enabled && (underMouse() || isDown()))
        painter.fillRect(all.adjusted(1, 1, 0, -1), mix(controlGround(t, QStyle::State_Enabled), t.text, isDown() ? 0.1 : 0.05));
    if (!m_first)
        drawRule(painter, all.adjusted(0, 1, 0, -1), t.edge, Qt::Vertical);
    qreal x = all.left() + padding;
    if (m_onlyIcon)
        x = all.left() + (all.width() - measure::icon) / 2;
    if (m_part.icon) {
        drawIcon(painter, QRectF(x, 0, measure::icon, height()), *m_part.icon, !enabled ? t.faint : isChecked() ? t.accent : t.muted);
        x += markRoom;
    } else if (m_part.shape != Shape::None) {
        drawShape(painter, QRectF(x + 1, 0, measure::shape, height()), m_part.shape, enabled ? shapeColour(t, m_part.shape) : t.faint);
        x += markRoom - 2;
    }
    if (!m_onlyIcon) {
        x += drawText(painter, QRectF(x, 0, width() - x, height()), Qt::AlignLeft, m_part.text,
                 m_theme.font(isChecked() ? FontRole::Medium : FontRole::Body),
                 !enabled      ? t.faint
                 : isChecked() ? t.text
                               : t.muted,
                 Shaping::Exact) +
             4;
        drawText(
            painter, QRectF(x, 0, width() - x, height()), Qt::AlignLeft, m_part.note, m_theme.font(FontRole::Small), enabled ? t.muted : t.faint);
    }
    if (stateOf(*this) & QStyle::State_HasFocus)
        paintFocusRing(painter, t, all);
}

} // namespace fairlead::ui
