// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QLabel>

namespace fairlead::ui {

/// A label that shows its text literally: QLabel alone would guess HTML. The only label of the program.
///
/// Promise: one line, elided at the end with the whole text as tool tip, never wider than its place; or, with setWordWrap,
/// as many lines as it needs. Its accessible name is the whole text.
class PlainLabel : public QLabel {
    Q_OBJECT

public:
    PlainLabel(const Theme &theme, FontRole font, Ink ink, Shaping shaping = Shaping::Prose, QWidget *parent = nullptr);
    /// `colour` is one of the theme's tokens.
    PlainLabel(const Theme &theme, FontRole font, const QColor &colour, Shaping shaping = Shaping::Prose, QWidget *parent = nullptr);

    /// The whole text; never setText() of the base, which leaves the tool tip behind.
    void setLine(const QString &text);

    void setInk(Ink ink);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool cut() const; ///< is a part of the line not visible

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateToolTip();

    void takeColour();

    const Theme &m_theme;
    Ink m_ink;
    Shaping m_shaping;
};

} // namespace fairlead::ui
