// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/density.h"
#include "ui/widgets/tokens.h"

#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;

namespace fairlead::ui {

enum class FontRole {
    Body,   ///< 9.5 pt
    Medium, ///< body, a name that is meant
    Bold,   ///< body, semi-bold
    Small,  ///< 8.5 pt, secondary
    SmallMedium,
    Caption, ///< 7.8 pt semi-bold, spaced: column captions
    Title,   ///< 11 pt semi-bold
    Figure,  ///< 20 pt semi-bold: figures on tiles
    Fixed,   ///< 9 pt of the fixed font: other programs' words, commands, paths
};

/// Colours, fonts and row heights of one scheme, as a value: made in the window's start, handed to every widget by constructor.
///
/// Scheme and density can change while widgets live (Appearance does it): they take colours and heights from it when they paint and lay
/// out, or keep an Ink, never a colour; what a widget must do anew it does at QEvent::PaletteChange, for heights at QEvent::StyleChange.
///
/// Thread: GUI, after QGuiApplication. Whoever takes it by reference lives shorter than its owner (ui/window's run).
class Theme {
public:
    explicit Theme(Scheme scheme);

    [[nodiscard]] const Tokens &tokens() const { return m_tokens; }
    [[nodiscard]] const QColor &colour(Ink ink) const { return m_tokens.*ink; }
    /// applyTo() tells the widgets.
    void setScheme(Scheme scheme) { m_tokens = ui::tokens(scheme); }
    [[nodiscard]] Scheme scheme() const { return m_tokens.scheme; }
    /// Usual, as it begins. applyTo() tells the widgets.
    void setDensity(Density density) { m_density = density; }
    [[nodiscard]] Density density() const { return m_density; }
    [[nodiscard]] RowHeights rows() const { return rowHeights(m_density); }
    [[nodiscard]] QFont font(FontRole role) const;
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QColor contextColour(int number) const { return ui::contextColour(scheme(), number); }

    /// Style, palette, font and tool tips of the whole program. No style sheet, here or anywhere: it would push itself over
    /// our style.
    void applyTo(QApplication &application) const;

    /// What the desktop wants: Qt 6.4 has no colour scheme to ask for, so the palette tells.
    [[nodiscard]] static Scheme systemScheme(const QPalette &palette);

private:
    Tokens m_tokens;
    Density m_density = Density::Usual;
    QString m_family;
    QString m_fixedFamily;
};

} // namespace fairlead::ui
