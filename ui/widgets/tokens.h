// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace fairlead::ui {

enum class Scheme { Light, Dark };

/// Every colour of the program, by what it is for; no widget names a colour of its own.
///
/// Promise, held by a test: text and muted reach 4.5:1, state marks, icons and the focus ring 3:1 on each ground that they
/// are drawn on. Hairlines, control outlines and faint (disabled text) are exempt. Source: the design's look.
struct Tokens {
    QColor surface;  ///< page
    QColor raised;   ///< header, status line
    QColor sunken;   ///< wells: other programs' words
    QColor line;     ///< hairlines
    QColor lineSoft; ///< between rows
    QColor edge;     ///< outline of controls
    QColor text;
    QColor muted;
    QColor faint; ///< disabled only
    QColor hover;
    QColor select;
    QColor selectOff;  ///< selected, but the window or the view is not active
    QColor accent;     ///< focus ring, links, selection bar
    QColor accentFill; ///< filled buttons, under onFill
    QColor dangerFill;
    QColor onFill;
    QColor ok;
    QColor progress;
    QColor warn;
    QColor bad;
    QColor idle;
    QColor unknown;
    Scheme scheme = Scheme::Light;
};

[[nodiscard]] Tokens tokens(Scheme scheme);

/// A colour by what it is for: what a widget keeps, so that it follows a change of the scheme.
using Ink = QColor Tokens::*;

/// Which one `colour` is; text where it is none of these tokens. Inks of text come first where two tokens look the same.
[[nodiscard]] Ink inkOf(const Tokens &tokens, const QColor &colour);

/// How many colours a context can have.
inline constexpr int contextColours = 12;

/// The colour of a context's band, chip and bar; `number` counts from 0 and wraps.
[[nodiscard]] QColor contextColour(Scheme scheme, int number);

/// `share` (0 to 1) of `over` laid on `ground`.
[[nodiscard]] QColor mix(const QColor &ground, const QColor &over, double share);

/// The ground of a notice in a state's colour.
[[nodiscard]] QColor tint(const Tokens &tokens, const QColor &state);

/// Contrast of two opaque colours, 1 to 21, as WCAG 2.2 defines it (relative luminance of sRGB).
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

} // namespace fairlead::ui
