// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace fairlead::ui {

Style::Style(const Theme &theme)
    : QProxyStyle(QStringLiteral("fusion"))
    , m_theme(theme)
{
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
        return qobject_cast<const QAbstractScrollArea *>(widget) != nullptr ? 0 : 1;
    case PM_ScrollBarExtent:
        return 11;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return measure::icon;
    case PM_HeaderMargin:
        return measure::between;
    case PM_SplitterWidth:
        return 1;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return measure::margin;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return measure::between;
    case PM_ToolTipLabelFrameWidth:
        return measure::inside;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_EtchDisabledText:
    case SH_Widget_Animation_Duration: // a picture must be final at once
    case SH_ScrollBar_Transient:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = m_theme.tokens();
    switch (element) {
    case PE_FrameFocusRect:
        // Views show focus by their current row, buttons by their outline.
        if (qobject_cast<const QAbstractItemView *>(widget) == nullptr)
            drawBox(*painter, option->rect, {}, t.accent);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelButtonCommand: {
        const bool enabled = option->state & State_Enabled;
        const bool focus = (option->state & State_HasFocus) && (option->state & State_KeyboardFocusChange);
        QColor fill = t.scheme == Scheme::Dark ? mix(t.raised, t.text, 0.04) : t.surface;
        if (option->state & State_Sunken)
            fill = t.sunken;
        else if (enabled && (option->state & State_MouseOver))
            fill = mix(t.surface, t.text, 0.05);
        drawBox(*painter, option->rect, fill, focus ? t.accent : enabled ? t.edge : t.line, focus ? 1.6 : 1);
        return;
    }
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, option->palette.color(QPalette::ToolTipBase));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawCaption(const QStyleOption *option, QPainter &painter) const
{
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (header == nullptr)
        return;
    const Tokens &t = m_theme.tokens();
    const QRect &rect = option->rect;
    painter.fillRect(rect, option->state & State_MouseOver ? t.hover : t.surface);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.line);
    using Header = QStyleOptionHeader;
    // `section` is the model's; only `position` says what stands at the view's edge after columns were moved.
    const bool first = header->position == Header::Beginning || header->position == Header::OnlyOneSection;
    const bool last = header->position == Header::End || header->position == Header::OnlyOneSection;
    const QRectF inner = QRectF(rect).adjusted(first ? measure::margin : measure::between, 0, last ? -measure::margin : -measure::between, -1);
    const bool enabled = option->state & State_Enabled;
    drawText(painter, inner, header->textAlignment, header->text.toUpper(), m_theme.font(FontRole::Caption), enabled ? t.muted : t.faint);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = m_theme.tokens();
    switch (element) {
    case CE_Header:
        drawCaption(option, *painter);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, t.surface);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.line);
        return;
    case CE_ShapedFrame:
        // Frames of views are hairlines that their neighbours draw.
        if (qobject_cast<const QAbstractScrollArea *>(widget) != nullptr)
            return;
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || slider == nullptr) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    const Tokens &t = m_theme.tokens();
    painter->fillRect(option->rect, t.surface);
    if (slider->minimum == slider->maximum)
        return;
    const bool held = (option->state & State_Sunken) && (slider->activeSubControls & SC_ScrollBarSlider);
    const bool under = (option->state & State_MouseOver) && (slider->activeSubControls & SC_ScrollBarSlider);
    const QRectF handle = subControlRect(control, option, SC_ScrollBarSlider, widget).adjusted(2, 2, -2, -2);
    drawBox(*painter, handle, held ? t.muted : under ? mix(t.edge, t.muted, 0.5) : t.edge, {});
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || slider == nullptr)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrow buttons: the groove is the whole bar.
    const bool flat = slider->orientation == Qt::Horizontal;
    const QRect &bar = option->rect;
    const int length = flat ? bar.width() : bar.height();
    const int range = slider->maximum - slider->minimum;
    const int least = std::min(length, proxy()->pixelMetric(PM_ScrollBarSliderMin, option, widget));
    const int handle = range > 0
                           ? std::clamp(int(qint64(length) * slider->pageStep / std::max<qint64>(qint64(range) + slider->pageStep, 1)), least, length)
                           : length;
    const int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length - handle, slider->upsideDown);
    const auto slice = [&](int from, int size) {
        return flat ? QRect(bar.left() + from, bar.top(), size, bar.height()) : QRect(bar.left(), bar.top() + from, bar.width(), size);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return bar;
    case SC_ScrollBarSlider:
        return slice(start, handle);
    case SC_ScrollBarSubPage:
        return slice(0, start);
    case SC_ScrollBarAddPage:
        return slice(start + handle, length - start - handle);
    default:
        return {};
    }
}

} // namespace fairlead::ui
