// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/controls.h"

#include <QAbstractButton>

namespace fairlead::ui {

/// A button with words, an icon, or both.
///
/// Promise: text is shown literally, whatever it holds; it is the accessible name, and the tool tip where only the icon is shown. Never a
/// dialog's default by itself. Enter presses it as Space does.
class Button : public QAbstractButton {
    Q_OBJECT

public:
    Button(const Theme &theme, ButtonKind kind, const QString &text, QWidget *parent = nullptr);
    Button(const Theme &theme, ButtonKind kind, Icon icon, const QString &text, QWidget *parent = nullptr);
    /// 24 px square; `name` is spoken and stands in the tool tip.
    static Button *onlyIcon(const Theme &theme, Icon icon, const QString &name, QWidget *parent = nullptr);

    void setWords(const QString &text);
    void setKind(ButtonKind kind);
    void showIcon(Icon icon, std::optional<Ink> ink = {});
    /// Before the text: what it leads to.
    void showShape(Shape shape);
    /// In the font of what is secondary.
    void setSmall(bool small);

    [[nodiscard]] QSize sizeHint() const override { return buttonSize(m_theme, m_look); }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    ButtonLook m_look;
};

} // namespace fairlead::ui
