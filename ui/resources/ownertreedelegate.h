// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace fairlead::ui {

/// Paints the rows of an OwnerTreeModel: as RowDelegate does, with the kind's icon behind the shape, small words behind the name, and what
/// is below as a shape and a count for each health, worst first.
/// Thread: GUI. Owner: the view. `theme` outlives it.
class OwnerTreeDelegate : public RowDelegate {
    Q_OBJECT

public:
    explicit OwnerTreeDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintName(QPainter &painter, QRectF inner, const QModelIndex &index) const;
    void paintBelow(QPainter &painter, QRectF inner, const QModelIndex &index) const;
    [[nodiscard]] qreal belowWidth(const QModelIndex &index) const;

    QFont m_top;   ///< names at the top: what people deploy
    QFont m_small; ///< words beside a name
};

} // namespace fairlead::ui
