// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QAbstractButton>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr qreal ring = 1.6;
constexpr int paddingNormal = 12;
constexpr int paddingFlat = 8;
constexpr int iconRoom = measure::icon + 4;
constexpr int shapeRoom = measure::shape + 5;
constexpr int arrow = 14;
constexpr int arrowRoom = arrow + 2;

bool isFilled(ButtonKind kind)
{
    return kind == ButtonKind::Primary || kind == ButtonKind::Danger;
}

int paddingOf(const ButtonLook &look)
{
    if (look.kind == ButtonKind::Link)
        return 4;
    return look.kind == ButtonKind::Normal && !look.menu && !look.icon && !look.small ? paddingNormal : paddingFlat;
}

QFont fontOf(const Theme &theme, const ButtonLook &look)
{
    const bool medium = isFilled(look.kind) || look.kind == ButtonKind::Link || look.strong;
    if (look.small)
        return theme.font(medium ? FontRole::SmallMedium : FontRole::Small);
    return theme.font(medium ? FontRole::Medium : FontRole::Body);
}

qreal captionRoom(const Theme &theme, const ButtonLook &look)
{
    return look.caption.isEmpty() ? 0 : std::ceil(textWidth(look.caption, theme.font(FontRole::Body))) + 6;
}

qreal contentsWidth(const Theme &theme, const ButtonLook &look)
{
    qreal width = captionRoom(theme, look) + (look.text.isEmpty() ? 0 : std::ceil(textWidth(look.text, fontOf(theme, look), Shaping::Exact)));
    if (look.icon)
        width += look.text.isEmpty() && look.caption.isEmpty() ? measure::icon : iconRoom;
    if (look.shape != Shape::None)
        width += shapeRoom;
    if (look.menu)
        width += arrowRoom;
    return width;
}

QColor buttonText(const Tokens &t, const ButtonLook &look, QStyle::State state)
{
    if (!(state & QStyle::State_Enabled))
        return t.faint;
    if (isFilled(look.kind))
        return t.onFill;
    return look.kind == ButtonKind::Link ? t.accent : t.text;
}

void paintButtonGround(QPainter &painter, const Tokens &t, const QRectF &rect, const ButtonLook &look, QStyle::State state)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool held = state & (QStyle::State_Sunken | QStyle::State_On);
    const bool under = enabled && (state & QStyle::State_MouseOver);
    const bool dark = t.scheme == Scheme::Dark;
    switch (look.kind) {
    case ButtonKind::Primary:
    case ButtonKind::Danger: {
        if (!enabled) {
            drawBox(painter, rect, t.raised, t.line);
            return;
        }
        // Darker in both schemes: white words stand on it.
        const QColor fill = look.kind == ButtonKind::Danger ? t.dangerFill : t.accentFill;
        drawBox(painter, rect, held ? mix(fill, Qt::black, 0.16) : under ? mix(fill, Qt::black, 0.08) : fill, {});
        return;
    }
    case ButtonKind::Flat:
        if (held && enabled)
            drawBox(painter, rect, mix(t.surface, t.text, 0.12), {});
        else if (under)
            drawBox(painter, rect, mix(t.surface, t.text, 0.07), {});
        return;
    case ButtonKind::Link:
        return;
    case ButtonKind::Normal:
        drawBox(painter, rect, held && enabled ? mix(t.surface, t.text, dark ? 0.14 : 0.1) : controlGround(t, state), enabled ? t.edge : t.line);
        return;
    }
}

} // namespace

QSize buttonSize(const Theme &theme, const ButtonLook &look)
{
    if (look.text.isEmpty() && look.caption.isEmpty() && !look.menu)
        return {measure::control, measure::control};
    return {int(std::ceil(contentsWidth(theme, look))) + 2 * paddingOf(look), measure::control};
}

void paintButton(QPainter &painter, const Theme &theme, const QRectF &rect, const ButtonLook &look, QStyle::State state)
{
    const Tokens &t = theme.tokens();
    painter.save();
    paintButtonGround(painter, t, rect, look, state);
    const QColor ink = buttonText(t, look, state);
    const QFont font = fontOf(theme, look);
    const int padding = paddingOf(look);
    const bool onlyIcon = look.text.isEmpty() && look.caption.isEmpty();
    const qreal wanted = contentsWidth(theme, look);
    const qreal room = rect.width() - (onlyIcon ? 0 : 2 * padding);
    qreal x = rect.left() + (onlyIcon ? 0 : padding) + std::max(0.0, (room - wanted) / 2);
    x = onPixels(painter, QPointF(x, 0)).x();
    const qreal end = rect.right() - (onlyIcon ? 0 : padding) - (look.menu ? arrowRoom : 0);
    if (look.icon) {
        const QColor iconInk = !(state & QStyle::State_Enabled) ? t.faint
                               : look.iconInk                   ? theme.colour(*look.iconInk)
                               : isFilled(look.kind)            ? t.onFill
                                                                : t.muted;
        drawIcon(painter, QRectF(x, rect.top(), measure::icon, rect.height()), *look.icon, iconInk);
        x += onlyIcon ? measure::icon : iconRoom;
    }
    if (!look.caption.isEmpty()) {
        const qreal own = captionRoom(theme, look);
        drawText(painter, QRectF(x, rect.top(), own, rect.height()), Qt::AlignLeft, look.caption, theme.font(FontRole::Body),
            state & QStyle::State_Enabled ? t.muted : t.faint);
        x += own;
    }
    if (look.shape != Shape::None) {
        drawShape(painter, QRectF(x, rect.top(), measure::shape, rect.height()), look.shape,
            state & QStyle::State_Enabled ? shapeColour(t, look.shape) : t.faint);
        x += shapeRoom;
    }
    x += drawText(painter, QRectF(x, rect.top(), end - x, rect.height()), Qt::AlignLeft, look.text, font, ink, Shaping::Exact);
    if (look.menu) {
        drawIcon(painter, QRectF(x + 2, rect.top(), arrow, rect.height()), Icon::Down, state & QStyle::State_Enabled ? t.muted : t.faint, 1.5);
    }
    if (look.kind == ButtonKind::Link && (state & QStyle::State_MouseOver) && (state & QStyle::State_Enabled))
        drawRule(painter, QRectF(rect.left() + padding, baseLine(painter, rect, font) + 2, rect.width() - 2 * padding, 1), t.accent);
    if (state & QStyle::State_HasFocus) {
        paintFocusRing(painter, t, rect);
        if (isFilled(look.kind)) // the ring alone would vanish in the fill
            drawBox(painter, rect.adjusted(2, 2, -2, -2), {}, t.onFill, 1, 2);
    }
    painter.restore();
}

QSize chipSize(const Theme &theme, const ChipLook &look)
{
    qreal width = 16;
    if (look.shape != Shape::None)
        width += look.text.isEmpty() && look.count.isEmpty() ? measure::shape : measure::shape + 4;
    if (!look.text.isEmpty())
        width += std::ceil(textWidth(look.text, theme.font(FontRole::Small)));
    if (!look.text.isEmpty() && !look.count.isEmpty())
        width += 6;
    width += std::ceil(textWidth(look.count, theme.font(FontRole::SmallMedium), Shaping::Exact));
    return {int(width), 22};
}

void paintChip(QPainter &painter, const Theme &theme, const QRectF &rect, const ChipLook &look, QStyle::State state)
{
    const Tokens &t = theme.tokens();
    const bool enabled = state & QStyle::State_Enabled;
    const bool on = state & QStyle::State_On;
    const QColor own = look.shape == Shape::None ? t.accent : shapeColour(t, look.shape);
    if (on)
        drawBox(painter, rect, mix(t.surface, own, t.scheme == Scheme::Dark ? 0.20 : 0.10), mix(t.surface, own, 0.75));
    else
        drawBox(painter, rect,
            state & QStyle::State_Sunken                   ? mix(t.surface, t.text, 0.1)
            : enabled && (state & QStyle::State_MouseOver) ? t.hover
                                                           : QColor(),
            t.edge);
    qreal x = rect.left() + 8;
    if (look.shape != Shape::None) {
        drawShape(painter, QRectF(x - 1, rect.top(), measure::shape, rect.height()), look.shape, look.none || !enabled ? t.faint : own);
        x += measure::shape + 4;
    }
    const QColor ink = !enabled ? t.faint : look.none && !on ? t.muted : t.text;
    if (!look.text.isEmpty())
        x += std::ceil(drawText(
                 painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignLeft, look.text, theme.font(FontRole::Small), ink)) +
             6;
    drawText(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), Qt::AlignLeft, look.count, theme.font(FontRole::SmallMedium),
        !enabled           ? t.faint
        : on && !look.none ? own
                           : t.muted,
        Shaping::Exact);
    if (state & QStyle::State_HasFocus)
        paintFocusRing(painter, t, rect);
}

QColor controlGround(const Tokens &t, QStyle::State state)
{
    if (!(state & QStyle::State_Enabled))
        return t.raised;
    const QColor ground = t.scheme == Scheme::Dark ? mix(t.raised, t.text, 0.04) : t.surface;
    return state & QStyle::State_MouseOver ? mix(ground, t.text, 0.05) : ground;
}

void paintFocusRing(QPainter &painter, const Tokens &t, const QRectF &rect)
{
    drawBox(painter, rect, {}, t.accent, ring);
}

void paintCheckBox(QPainter &painter, const Tokens &t, const QRectF &rect, QStyle::State state)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool on = state & (QStyle::State_On | QStyle::State_NoChange);
    if (on)
        drawBox(painter, rect, enabled ? t.accentFill : t.faint, {}, 1, 2);
    else
        drawBox(painter, rect, controlGround(t, state), enabled ? t.edge : t.line, 1, 2);
    if (state & QStyle::State_NoChange)
        painter.fillRect(onPixels(painter, QRectF(rect.left() + 3, rect.center().y() - 1, rect.width() - 6, 2)), t.onFill);
    else if (on)
        drawIcon(painter, rect.adjusted(-1, -1, 1, 1), Icon::Check, t.onFill, 1.8);
    if (state & QStyle::State_HasFocus)
        drawBox(painter, rect.adjusted(-2, -2, 2, 2), {}, t.accent, ring);
}

void paintRadioButton(QPainter &painter, const Tokens &t, const QRectF &rect, QStyle::State state)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool on = state & QStyle::State_On;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal line = on ? 4 : hairline(painter);
    painter.setPen(QPen(on ? (enabled ? t.accentFill : t.faint) : enabled ? t.edge : t.line, line));
    painter.setBrush(on ? (enabled ? t.onFill : t.raised) : controlGround(t, state));
    painter.drawEllipse(onPixels(painter, rect).adjusted(line / 2, line / 2, -line / 2, -line / 2));
    if (state & QStyle::State_HasFocus) {
        painter.setPen(QPen(t.accent, ring));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(rect.adjusted(-1.2, -1.2, 1.2, 1.2));
    }
    painter.restore();
}

void paintField(QPainter &painter, const Tokens &t, const QRectF &rect, QStyle::State state, bool wrong)
{
    const bool enabled = state & QStyle::State_Enabled;
    const bool focus = state & QStyle::State_HasFocus;
    const QColor outline = wrong ? t.bad : focus ? t.accent : enabled ? t.edge : t.line;
    drawBox(painter, rect, enabled ? t.surface : t.raised, outline, focus ? ring : 1);
}

QStyle::State stateOf(const QAbstractButton &button)
{
    QStyle::State state = QStyle::State_None;
    state.setFlag(QStyle::State_Enabled, button.isEnabled());
    state.setFlag(QStyle::State_MouseOver, button.isEnabled() && button.underMouse());
    state.setFlag(QStyle::State_Sunken, button.isDown());
    state.setFlag(QStyle::State_On, button.isChecked());
    state.setFlag(QStyle::State_HasFocus, button.hasFocus() && button.window()->testAttribute(Qt::WA_KeyboardFocusChange));
    return state;
}

} // namespace fairlead::ui
