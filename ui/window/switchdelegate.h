// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace fairlead::ui {

/// A context to be chosen: its colour, how its server does, name and address in two lines, at the right its round trip.
class SwitchDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SwitchDelegate(const Theme &theme, QObject *parent = nullptr);

    /// What is looked for, to be marked in the names.
    void setText(const QString &text) { m_text = text; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
    QString m_text;
};

} // namespace fairlead::ui
