// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/controls.h"

#include <QAbstractButton>

namespace fairlead::ui {

/// A state, or another part of a list, that can be chosen: its shape, its name, how many there are.
///
/// Checked, it is outlined in the state's colour on a tint of it; a count of 0 turns it grey, but it can still be chosen: it may be on
/// while the last one goes. Its accessible name is name and count: "Failing 7".
class Chip : public QAbstractButton {
    Q_OBJECT

public:
    Chip(const Theme &theme, Shape shape, const QString &name, QWidget *parent = nullptr);

    /// None: no count is known.
    void setCount(std::optional<qsizetype> count);
    /// The name is not drawn, only spoken and in the tool tip: where there is little room.
    void setNarrow(bool narrow);

    [[nodiscard]] QSize sizeHint() const override { return chipSize(m_theme, look()); }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] ChipLook look() const;
    void name();

    const Theme &m_theme;
    Shape m_shape;
    QString m_name;
    std::optional<qsizetype> m_count;
    bool m_narrow = false;
};

} // namespace fairlead::ui
