// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// How a row of the side bar looks: captions with a hairline over them, contexts with their colour and how their server does, kinds with
/// icon, count and how many of them do badly.
class SideBarDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SideBarDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintSection(QPainter &painter, const QRectF &rect, const QModelIndex &index, bool open) const;
    void paintContext(QPainter &painter, QRectF rect, const QModelIndex &index) const;
    void paintKind(QPainter &painter, QRectF rect, const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace fairlead::ui
