// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/destination.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>

namespace fairlead::ui {

/// An object's name that leads to it: in the accent's colour, unaltered, its hash given up first where there is no room; underlined under the
/// pointer. Tab reaches it, Enter and Space follow it. With Ctrl, or by the middle button, it asks for a tab of its own.
class FactLink : public QAbstractButton {
    Q_OBJECT

public:
    explicit FactLink(const Theme &theme, QWidget *parent = nullptr);

    /// `stem`: how much of it a person wrote (a name gives up its hash first); -1: all.
    void setTarget(const QString &text, int stem, const Destination &target);
    [[nodiscard]] Destination destination() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    [[nodiscard]] bool hitButton(const QPoint &point) const override;

private:
    [[nodiscard]] int wantedWidth() const;
    void updateToolTip();

    const Theme &m_theme;
    QString m_text;
    int m_stem = -1;
    Destination m_target;
    bool m_newTab = false;
};

} // namespace fairlead::ui
