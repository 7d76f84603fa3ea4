// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/itempaint.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QPainter>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int menuRow = 26;
constexpr int menuSeparator = 9;
constexpr int menuIconRoom = 24;
constexpr int pageTab = 32;
constexpr int partTab = 31;
constexpr int widestTab = 260;
constexpr int iconRoom = measure::icon + 5;

struct MenuText {
    QString words;
    QString keys;
};

MenuText split(const QString &text)
{
    const qsizetype tab = text.indexOf(QLatin1Char('\t'));
    return {withoutMnemonic(tab < 0 ? text : text.left(tab)), tab < 0 ? QString() : text.mid(tab + 1)};
}

QString countOf(const QStyleOptionTab &tab, const QTabBar *bar)
{
    return bar != nullptr && tab.tabIndex >= 0 ? bar->tabData(tab.tabIndex).toString() : QString();
}

} // namespace

QString withoutMnemonic(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] == QLatin1Char('&')) {
            ++at;
            if (at == text.size())
                break;
        }
        plain += text[at];
    }
    return plain;
}

QColor menuGround(const Tokens &t)
{
    return t.scheme == Scheme::Dark ? t.raised : t.surface;
}

QSize menuItemSize(const Theme &theme, const QStyleOptionMenuItem &item)
{
    if (item.menuItemType == QStyleOptionMenuItem::Separator)
        return {60, item.text.isEmpty() ? menuSeparator : measure::row};
    const MenuText text = split(item.text);
    qreal width = measure::margin + menuIconRoom + std::ceil(textWidth(text.words, theme.font(FontRole::Body), Shaping::Exact)) + 2 * measure::margin;
    if (!text.keys.isEmpty())
        width += 24 + std::ceil(textWidth(text.keys, theme.font(FontRole::Small)));
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu)
        width += 16;
    return {int(width), menuRow};
}

void paintMenuItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &item)
{
    const Tokens &t = theme.tokens();
    const QRectF rect = item.rect;
    painter.fillRect(rect, menuGround(t));
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        if (item.text.isEmpty()) {
            drawRule(painter, QRectF(rect.left() + 8, rect.center().y(), rect.width() - 16, 1), t.line);
        } else {
            drawText(painter, rect.adjusted(measure::margin, 2, -measure::margin, 0), Qt::AlignLeft, withoutMnemonic(item.text).toUpper(),
                theme.font(FontRole::Caption), t.muted);
        }
        return;
    }
    const bool enabled = item.state & QStyle::State_Enabled;
    if (enabled && (item.state & QStyle::State_Selected)) {
        painter.fillRect(rect, t.select);
        painter.fillRect(onPixels(painter, QRectF(rect.left(), rect.top(), 2, rect.height())), t.accent);
    }
    const QRectF mark(rect.left() + measure::margin - 1, rect.top() + (rect.height() - measure::icon) / 2, measure::icon, measure::icon);
    if (item.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (item.checked)
            drawIcon(painter, mark, Icon::Check, enabled ? t.accent : t.faint, 1.8);
    } else if (!item.icon.isNull()) {
        item.icon.paint(&painter, mark.toAlignedRect(), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
    const MenuText text = split(item.text);
    const QRectF words = rect.adjusted(measure::margin + menuIconRoom, 0, -measure::margin, 0);
    drawText(painter, words, Qt::AlignLeft, text.words, theme.font(FontRole::Body), enabled ? t.text : t.faint, Shaping::Exact);
    drawText(painter, words, Qt::AlignRight, text.keys, theme.font(FontRole::Small), enabled ? t.muted : t.faint);
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu)
        drawIcon(painter, QRectF(rect.right() - 22, rect.top(), 14, rect.height()), Icon::Right, enabled ? t.muted : t.faint, 1.5);
}

QSize tabSize(const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar)
{
    const bool pages = bar == nullptr || bar->documentMode();
    // Of the chosen one's weight, so that choosing moves no other tab.
    qreal width = std::ceil(textWidth(withoutMnemonic(tab.text), theme.font(FontRole::Medium), Shaping::Exact));
    if (!tab.icon.isNull())
        width += iconRoom;
    if (const QString count = countOf(tab, bar); !count.isEmpty())
        width += 5 + std::ceil(textWidth(count, theme.font(FontRole::Small), Shaping::Exact));
    if (!pages)
        return {int(width) + 20, partTab};
    width += measure::margin + (tab.rightButtonSize.isEmpty() ? measure::margin : tab.rightButtonSize.width() + 12) + 1;
    return {std::min(int(width), widestTab), pageTab};
}

void paintTabShape(QPainter &painter, const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar)
{
    const Tokens &t = theme.tokens();
    const QRectF rect = tab.rect;
    const bool chosen = tab.state & QStyle::State_Selected;
    const bool under = (tab.state & QStyle::State_MouseOver) && (tab.state & QStyle::State_Enabled);
    if (bar != nullptr && !bar->documentMode()) {
        if (chosen)
            painter.fillRect(onPixels(painter, QRectF(rect.left() + 10, rect.bottom() - 2, rect.width() - 20, 2)), t.accent);
        return;
    }
    painter.fillRect(rect, chosen ? t.surface : under ? mix(t.raised, t.text, 0.04) : t.raised);
    const qreal line = hairline(painter);
    painter.fillRect(onPixels(painter, QRectF(rect.right() - line, rect.top(), line, rect.height())), t.line);
    if (chosen)
        painter.fillRect(onPixels(painter, QRectF(rect.left(), rect.top(), rect.width() - line, 2)), t.accent);
    else
        painter.fillRect(onPixels(painter, QRectF(rect.left(), rect.bottom() - line, rect.width(), line)), t.line);
}

void paintTabLabel(QPainter &painter, const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar)
{
    const Tokens &t = theme.tokens();
    const bool pages = bar == nullptr || bar->documentMode();
    const bool enabled = tab.state & QStyle::State_Enabled;
    const bool chosen = tab.state & QStyle::State_Selected;
    const bool under = enabled && (tab.state & QStyle::State_MouseOver);
    QRectF rect = QRectF(tab.rect).adjusted(pages ? measure::margin : 10, pages ? 1 : 0, pages ? -1 : -10, pages ? -1 : 0);
    if (!tab.rightButtonSize.isEmpty())
        rect.setRight(rect.right() - tab.rightButtonSize.width() - 8);
    const QColor ink = !enabled ? t.faint : chosen || under ? t.text : t.muted;
    if (!tab.icon.isNull()) {
        const QRectF place(rect.left() - 1, rect.top() + (rect.height() - measure::icon) / 2, measure::icon, measure::icon);
        tab.icon.paint(&painter, place.toAlignedRect(), Qt::AlignCenter, !enabled ? QIcon::Disabled : chosen ? QIcon::Selected : QIcon::Normal);
        rect.setLeft(rect.left() + iconRoom);
    }
    const QString count = countOf(tab, bar);
    const QFont small = theme.font(FontRole::Small);
    const qreal countRoom = count.isEmpty() ? 0 : 5 + std::ceil(textWidth(count, small, Shaping::Exact));
    const qreal end = drawText(painter, rect.adjusted(0, 0, -countRoom, 0), Qt::AlignLeft, withoutMnemonic(tab.text),
        theme.font(chosen ? FontRole::Medium : FontRole::Body), ink, Shaping::Exact);
    if (!count.isEmpty())
        drawText(painter, rect.adjusted(end + 5, 0, 0, 0), Qt::AlignLeft, count, small, enabled ? t.muted : t.faint, Shaping::Exact);
    if (chosen && (tab.state & QStyle::State_HasFocus))
        paintFocusRing(painter, t, QRectF(tab.rect).adjusted(4, 4, pages ? -5 : -4, -4));
}

void paintCaption(QPainter &painter, const Theme &theme, const QStyleOptionHeader &header)
{
    const Tokens &t = theme.tokens();
    const QRect &rect = header.rect;
    painter.fillRect(rect, header.state & QStyle::State_MouseOver ? t.hover : t.surface);
    const qreal line = hairline(painter);
    painter.fillRect(onPixels(painter, QRectF(rect.left(), rect.bottom() + 1 - line, rect.width(), line)), t.line);
    using Header = QStyleOptionHeader;
    // `section` is the model's; only `position` says what stands at the view's edge after columns were moved.
    const bool first = header.position == Header::Beginning || header.position == Header::OnlyOneSection;
    const bool last = header.position == Header::End || header.position == Header::OnlyOneSection;
    QRectF inner = QRectF(rect).adjusted(first ? measure::margin : measure::between, 0, last ? -measure::margin : -measure::between, -1);
    const bool enabled = header.state & QStyle::State_Enabled;
    const bool sorted = header.sortIndicator != Header::None;
    const QFont font = theme.font(FontRole::Caption);
    const QString text = header.text.toUpper();
    const bool right = header.textAlignment & Qt::AlignRight;
    constexpr qreal arrow = 12;
    if (sorted) {
        // Beside the caption, on the side where there is room, so that captions stand exactly over their cells.
        const qreal width = std::min(textWidth(text, font), inner.width() - arrow - 2);
        const qreal x = right ? inner.right() - width - arrow - 2 : inner.left() + width + 2;
        // Qt calls the ascending order SortDown. Small above large, as a step leads up.
        drawIcon(painter, QRectF(x, inner.top(), arrow, inner.height()), header.sortIndicator == Header::SortDown ? Icon::Up : Icon::Down, t.text, 2);
        if (!right)
            inner.setRight(std::max(inner.left(), inner.right() - arrow - 2));
        else
            inner.setLeft(std::min(inner.right(), inner.left() + arrow + 2));
    }
    drawText(painter, inner, header.textAlignment, text, font, !enabled ? t.faint : sorted ? t.text : t.muted);
}

} // namespace fairlead::ui
