// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// How a row's server does, as a shape: the cross is for a check that failed, the triangle for one
/// that took long, the ring for one that could not be made or was refused.
[[nodiscard]] Shape contextShape(const QModelIndex &index);

/// Paints a row of the contexts in two lines: the colour's bar, the name, "this window" and "kubectl" as small tags, names unaltered,
/// what the file does not say muted, how the server does with its shape, and its last round trips as bars. Never calls the base class: it is three
/// times as slow.
class ContextDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ContextDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// Width: what the cell wants to show all of it; height: of a row.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Line {
        QString text;
        QColor colour;
    };
    [[nodiscard]] Line first(const QModelIndex &index) const;
    [[nodiscard]] Line second(const QModelIndex &index) const;
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintBar(QPainter &painter, const QRectF &rect, const QModelIndex &index) const;
    void paintName(QPainter &painter, const QRectF &rect, const QModelIndex &index) const;
    void paintTrips(QPainter &painter, const QRectF &rect, const QModelIndex &index) const;
    void paintCell(QPainter &painter, const QRectF &top, const QRectF &below, const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace fairlead::ui
