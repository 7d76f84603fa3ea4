// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/itempaint.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QFrame>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int indicator = 14;

/// The ring is drawn after a key, not after a click.
QStyle::State keyboard(QStyle::State state)
{
    if (!(state & QStyle::State_KeyboardFocusChange))
        state &= ~QStyle::State(QStyle::State_HasFocus);
    return state;
}

ButtonLook lookOf(const QStyleOptionButton &button)
{
    ButtonLook look;
    look.text = withoutMnemonic(button.text);
    look.menu = button.features & QStyleOptionButton::HasMenu;
    look.kind = button.features & QStyleOptionButton::Flat ? ButtonKind::Flat : ButtonKind::Normal;
    return look;
}

} // namespace

Style::Style(const Theme &theme)
    : QProxyStyle(QStringLiteral("fusion"))
    , m_theme(theme)
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // Nothing is written on them, and every view has two.
    if (auto *bar = qobject_cast<QScrollBar *>(widget); bar != nullptr && bar->accessibleName().isEmpty())
        bar->setAccessibleName(bar->orientation() == Qt::Vertical ? tr("Vertical scroll bar") : tr("Horizontal scroll bar"));
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
    case PM_MenuHMargin:
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_ScrollBarSliderMin:
        return 28;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
        return measure::icon;
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return 18;
    case PM_HeaderMargin:
        return measure::between;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return indicator;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return measure::margin;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return measure::between;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_SupportsSections:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
    case SH_Menu_MouseTracking:
        return 1;
    case SH_EtchDisabledText:
    case SH_Widget_Animation_Duration: // a picture must be final at once
    case SH_ScrollBar_Transient:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_UnderlineShortcut:
    case SH_ComboBox_Popup:
        return 0;
    case SH_TabBar_CloseButtonPosition:
        return QTabBar::RightSide;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

void Style::drawFrame(const QStyleOption &option, QPainter &painter, const QWidget *widget) const
{
    // Frames of views are hairlines that their neighbours draw.
    if (qobject_cast<const QAbstractScrollArea *>(widget) != nullptr)
        return;
    drawBox(painter, option.rect, {}, m_theme.tokens().line, 1, 0);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = m_theme.tokens();
    switch (element) {
    case PE_FrameFocusRect:
        // Views show focus by their current row, buttons by their own ring.
        if (qobject_cast<const QAbstractItemView *>(widget) == nullptr && qobject_cast<const QAbstractButton *>(widget) == nullptr &&
            qobject_cast<const QTabBar *>(widget) == nullptr && qobject_cast<const QComboBox *>(widget) == nullptr)
            paintFocusRing(*painter, t, option->rect);
        return;
    case PE_FrameDefaultButton:
    case PE_FrameTabBarBase:
    case PE_FrameLineEdit: // with the panel
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
    case PE_PanelToolBar:
    case PE_IndicatorTabTear:
        return;
    case PE_Frame:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameWindow:
        drawFrame(*option, *painter, widget);
        return;
    case PE_PanelLineEdit:
        if (qobject_cast<const QComboBox *>(widget != nullptr ? widget->parentWidget() : nullptr) == nullptr)
            paintField(*painter, t, option->rect, option->state, widget != nullptr && !widget->property("problem").toString().isEmpty());
        return;
    case PE_PanelButtonCommand:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            ButtonLook look = lookOf(*button);
            look.text.clear();
            look.menu = false;
            paintButton(*painter, m_theme, option->rect, look, keyboard(option->state));
        }
        return;
    case PE_PanelButtonTool:
        paintButton(*painter, m_theme, option->rect, {.kind = ButtonKind::Flat}, keyboard(option->state));
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paintCheckBox(*painter, t, option->rect, keyboard(option->state));
        return;
    case PE_IndicatorRadioButton:
        paintRadioButton(*painter, t, option->rect, keyboard(option->state));
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        if (option->state & State_Selected) {
            const bool focused = widget == nullptr || widget->hasFocus();
            painter->fillRect(option->rect, (option->state & State_Active) && focused ? t.select : t.selectOff);
        } else if (option->state & State_MouseOver && option->state & State_Enabled) {
            painter->fillRect(option->rect, t.hover);
        }
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            const QRectF place(option->rect.right() - 15, option->rect.top(), measure::icon, option->rect.height());
            drawIcon(*painter, place, option->state & State_Open ? Icon::Down : Icon::Right, t.muted, 1.4);
        }
        return;
    case PE_IndicatorArrowDown:
        drawIcon(*painter, option->rect, Icon::Down, option->state & State_Enabled ? t.muted : t.faint, 1.5);
        return;
    case PE_IndicatorTabClose: {
        const bool under = option->state & State_MouseOver;
        if (under)
            drawBox(*painter, option->rect, mix(t.surface, t.text, option->state & State_Sunken ? 0.14 : 0.08), {});
        drawIcon(*painter, QRectF(option->rect).adjusted(2, 2, -2, -2), Icon::Close, under ? t.text : t.muted, 1.4);
        return;
    }
    case PE_PanelMenu:
    case PE_FrameMenu:
        drawBox(*painter, option->rect, menuGround(t), t.edge, 1, 0);
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, t.surface);
        return;
    case PE_PanelTipLabel:
        drawBox(*painter, option->rect, option->palette.color(QPalette::ToolTipBase), t.scheme == Scheme::Dark ? t.edge : QColor(), 1, 0);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawLabel(const QStyleOption *option, QPainter &painter) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (button == nullptr)
        return;
    const Tokens &t = m_theme.tokens();
    drawText(painter, option->rect, Qt::AlignLeft, withoutMnemonic(button->text), m_theme.font(FontRole::Body),
        option->state & State_Enabled ? t.text : t.faint, Shaping::Exact);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = m_theme.tokens();
    switch (element) {
    case CE_Header:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            paintCaption(*painter, m_theme, *header);
        return;
    case CE_HeaderEmptyArea: {
        painter->fillRect(option->rect, t.surface);
        const qreal line = hairline(*painter);
        painter->fillRect(onPixels(*painter, QRectF(option->rect.left(), option->rect.bottom() + 1 - line, option->rect.width(), line)), t.line);
        return;
    }
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->frameShape == QFrame::HLine)
                drawRule(*painter, option->rect.translated(0, option->rect.height() / 2), t.line);
            else if (frame->frameShape == QFrame::VLine)
                drawRule(*painter, option->rect.translated(option->rect.width() / 2, 0), t.line, Qt::Vertical);
            else if (frame->frameShape != QFrame::NoFrame)
                drawFrame(*option, *painter, widget);
        }
        return;
    case CE_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            paintButton(*painter, m_theme, option->rect, lookOf(*button), keyboard(option->state));
        return;
    case CE_CheckBoxLabel:
    case CE_RadioButtonLabel:
        drawLabel(option, *painter);
        return;
    case CE_ComboBoxLabel:
        if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            drawText(*painter, QRectF(option->rect).adjusted(8, 0, -24, 0), Qt::AlignLeft, box->currentText, m_theme.font(FontRole::Body),
                option->state & State_Enabled ? t.text : t.faint, Shaping::Exact);
        }
        return;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            paintMenuItem(*painter, m_theme, *item);
        return;
    case CE_MenuEmptyArea:
    case CE_MenuHMargin:
    case CE_MenuVMargin:
        painter->fillRect(option->rect, menuGround(t));
        return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            paintTabShape(*painter, m_theme, *tab, qobject_cast<const QTabBar *>(widget));
        return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            paintTabLabel(*painter, m_theme, *tab, qobject_cast<const QTabBar *>(widget));
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, t.line);
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const Tokens &t = m_theme.tokens();
    if (const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option); control == CC_ComboBox && box != nullptr) {
        if (box->editable)
            paintField(*painter, t, option->rect, option->state, false);
        else
            drawBox(*painter, option->rect, controlGround(t, option->state), option->state & State_Enabled ? t.edge : t.line);
        if (!box->editable && (option->state & State_HasFocus))
            paintFocusRing(*painter, t, option->rect);
        drawIcon(*painter, QRectF(option->rect.right() - 21, option->rect.top(), 14, option->rect.height()), Icon::Down,
            option->state & State_Enabled ? t.muted : t.faint, 1.5);
        return;
    }
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || slider == nullptr) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->fillRect(option->rect, t.surface);
    if (slider->minimum == slider->maximum)
        return;
    const bool held = (option->state & State_Sunken) && (slider->activeSubControls & SC_ScrollBarSlider);
    const bool under = (option->state & State_MouseOver) && (slider->activeSubControls & SC_ScrollBarSlider);
    const QRectF handle = subControlRect(control, option, SC_ScrollBarSlider, widget).adjusted(2, 2, -2, -2);
    drawBox(*painter, handle, held ? t.muted : under ? mix(t.edge, t.muted, 0.5) : t.edge, {});
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return buttonSize(m_theme, lookOf(*button));
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return menuItemSize(m_theme, *item);
        break;
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return tabSize(m_theme, *tab, qobject_cast<const QTabBar *>(widget));
        break;
    case CT_ComboBox:
        return {contents.width() + 36, measure::control};
    case CT_LineEdit:
        return {contents.width(), measure::control};
    case CT_CheckBox:
    case CT_RadioButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const qreal text = std::ceil(textWidth(withoutMnemonic(button->text), m_theme.font(FontRole::Body), Shaping::Exact));
            return {indicator + 7 + int(text) + 2, 22};
        }
        break;
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_TabBarTabRightButton) {
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            const QSize size = tab->rightButtonSize;
            return {
                tab->rect.right() - size.width() - 6, tab->rect.top() + (tab->rect.height() - size.height()) / 2 + 1, size.width(), size.height()};
        }
    }
    return QProxyStyle::subElementRect(element, option, widget);
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
