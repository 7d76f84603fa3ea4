// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/namespacedelegate.h"

#include "items/namespacechoice.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"
#include "ui/window/matchtext.h"

#include <QPainter>
#include <QPoint>

namespace fairlead::ui {

using items::NamespaceChoice;

NamespaceDelegate::NamespaceDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize NamespaceDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, measure::row};
}

void NamespaceDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF rect = option.rect;
    const auto type = NamespaceChoice::Type(index.data(NamespaceChoice::TypeRole).toInt());
    const bool chosen = index.data(NamespaceChoice::ChosenRole).toBool();
    const bool current = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(rect, current ? t.select : option.state & QStyle::State_MouseOver ? t.hover : t.surface);
    if (current)
        painter->fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), t.accent);
    const QRectF mark(rect.left() + measure::margin, rect.top() + (rect.height() - 14) / 2, 14, 14);
    if (type == NamespaceChoice::Type::Name) {
        QStyle::State state = QStyle::State_Enabled | (chosen ? QStyle::State_On : QStyle::State_Off);
        paintCheckBox(*painter, t, mark, state);
    } else if (type == NamespaceChoice::Type::Typed) {
        drawIcon(*painter, mark, Icon::Plus, t.muted);
    } else if (chosen) {
        drawIcon(*painter, mark, Icon::Check, t.accent, 1.8);
    }
    const QRectF words = rect.adjusted(NamespaceDelegate::boxRoom, 0, -measure::margin, 0);
    const QString note = type == NamespaceChoice::Type::Typed               ? tr("as typed")
                         : index.data(NamespaceChoice::RecentRole).toBool() ? tr("recent")
                                                                            : QString();
    const qreal room = note.isEmpty() ? 0 : textWidth(note, m_theme.font(FontRole::Small)) + measure::margin;
    drawMatch(*painter, m_theme, words.adjusted(0, 0, -room, 0), index.data().toString(), index.data(NamespaceChoice::MatchRole).toPoint(), t.text);
    if (!note.isEmpty())
        drawText(*painter, words, Qt::AlignRight, note, m_theme.font(FontRole::Small), t.muted);
    painter->restore();
}

} // namespace fairlead::ui
