// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// A row of the choice of namespaces: box, name with the part that was typed, what is special about it.
class NamespaceDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int boxRoom = 34; ///< at the left: a click there adds, one at the right of it chooses

    explicit NamespaceDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    /// The view decides what a click means.
    bool editorEvent(QEvent *, QAbstractItemModel *, const QStyleOptionViewItem &, const QModelIndex &) override { return false; }

private:
    const Theme &m_theme;
};

} // namespace fairlead::ui
