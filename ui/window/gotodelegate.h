// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// A row of where one can go: icon, how it does, name with the part that was typed, what it is, where it is, its state in words.
class GoToDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row = 27; ///< logical pixels

    explicit GoToDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

} // namespace fairlead::ui
