// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// Paints a row of the contexts: the colour's bar, the name, "current" and "this window" as small tags, names unaltered,
/// what the file does not say muted, what is broken with its shape. Never calls the base class: it is three times as slow.
class ContextDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ContextDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Width: what the cell wants to show all of it; height: of a row.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintName(QPainter &painter, QRectF rect, const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace fairlead::ui
