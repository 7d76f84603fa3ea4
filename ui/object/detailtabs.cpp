// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/detailtabs.h"

#include "ui/widgets/accessibletabbar.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int padding = 10;
constexpr int countGap = 5;

} // namespace

DetailTabs::DetailTabs(const Theme &theme, QWidget *parent)
    : QTabBar(parent)
    , m_theme(theme)
{
    AccessibleTabBar::install();
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideNone);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Views of the object"));
    setFont(theme.font(FontRole::Body));
    setFixedHeight(measure::bar - 1);
}

void DetailTabs::setCount(int tab, int count)
{
    if (m_counts.value(tab, -1) == count)
        return;
    m_counts[tab] = count;
    // What is spoken is the tab's text with its count.
    setAccessibleTabName(tab, count < 0 ? tabText(tab) : tabText(tab) + QLatin1Char(' ') + QString::number(count));
    setTabText(tab, tabText(tab)); // lays out anew
    updateGeometry();
    update();
}

QString DetailTabs::countText(int tab) const
{
    const int count = m_counts.value(tab, -1);
    return count < 0 ? QString() : QString::number(count);
}

QSize DetailTabs::tabSizeHint(int index) const
{
    qreal width = textWidth(tabText(index), m_theme.font(FontRole::Medium));
    const QString count = countText(index);
    if (!count.isEmpty())
        width += countGap + textWidth(count, m_theme.font(FontRole::Small), Shaping::Exact);
    return {int(std::ceil(width)) + 2 * padding, measure::bar - 1};
}

void DetailTabs::changeEvent(QEvent *event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

void DetailTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    for (int tab = 0; tab < count(); ++tab) {
        if (!isTabVisible(tab))
            continue;
        const QRectF place = tabRect(tab);
        const bool chosen = tab == currentIndex();
        const bool hovered = place.contains(mapFromGlobal(QCursor::pos())) && underMouse();
        const QRectF words = place.adjusted(padding, 0, 0, -1);
        const qreal width = drawText(painter, words, Qt::AlignLeft, tabText(tab), m_theme.font(chosen ? FontRole::Medium : FontRole::Body),
            chosen || hovered ? t.text : t.muted);
        const QString count = countText(tab);
        if (!count.isEmpty())
            drawText(
                painter, words.adjusted(width + countGap, 0, 0, 0), Qt::AlignLeft, count, m_theme.font(FontRole::Small), t.muted, Shaping::Exact);
        if (chosen)
            painter.fillRect(QRectF(place.left() + padding, height() - 2, place.width() - 2 * padding, 2), t.accent);
        if (chosen && hasFocus())
            paintFocusRing(painter, t, place.adjusted(3, 5, -3, -6));
    }
}

} // namespace fairlead::ui
