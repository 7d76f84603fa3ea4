// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/hoursdelegate.h"

#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

HoursDelegate::HoursDelegate(const Theme &theme, RowRoles roles, int hours, QObject *parent)
    : RowDelegate(theme, std::move(roles), parent)
    , m_hours(hours)
{
}

void HoursDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    RowDelegate::paint(painter, option, index);
    const auto counts = index.data(m_hours).value<QList<int>>();
    if (counts.isEmpty())
        return;
    const QRect room = option.rect.marginsRemoved(padding(option, index.column())).adjusted(0, 4, 0, -4);
    const int most = std::max(1, *std::max_element(counts.begin(), counts.end()));
    const Tokens &tokens = m_theme.tokens();
    const QColor ground = isStale() ? tokens.idle : tokens.progress;
    // One that stands out is what to look at: two at once where others have one is.
    const QColor top = isStale() ? tokens.idle : most > 1 ? tokens.warn : tokens.progress;
    painter->fillRect(QRect(room.left(), room.bottom(), int(counts.size()) * step - 1, 1), tokens.edge);
    for (int i = 0; i < int(counts.size()); ++i) {
        if (counts[i] == 0)
            continue;
        const int high = std::max(2, (room.height() - 1) * counts[i] / most);
        painter->fillRect(QRect(room.left() + i * step, room.bottom() - high, step - 1, high), counts[i] == most ? top : ground);
    }
}

QSize HoursDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = RowDelegate::sizeHint(option, index);
    const auto counts = index.data(m_hours).value<QList<int>>();
    if (!counts.isEmpty()) {
        const QMargins around = padding(option, index.column());
        size.setWidth(std::max(size.width(), int(counts.size()) * step + around.left() + around.right()));
    }
    return size;
}

} // namespace fairlead::ui
