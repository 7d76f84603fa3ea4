// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace fairlead::ui {

/// How one line of text becomes glyphs.
enum class Shaping {
    Prose, ///< our own sentences: kerned and shaped by Qt
    Exact, ///< names and figures: each character its own glyph, digits as wide as the widest. Inter's contextual alternates
           ///< would draw p9x6t with a multiplication sign, and QFont::setFeature is not in Qt 6.4. Falls back to Prose where
           ///< the font lacks a glyph.
};

/// Width of the line in logical pixels.
[[nodiscard]] qreal textWidth(const QString &text, const QFont &font, Shaping shaping = Shaping::Prose);

/// Which part of a text too long is given up: a path is known by its end, all else by its beginning.
enum class Cut { End, Beginning };

/// The text as it fits into `width`: whole, or cut with an ellipsis. Measures only as much of a long text as can be seen, so
/// a megabyte costs what a line costs.
[[nodiscard]] QString elided(const QString &text, const QFont &font, qreal width, Shaping shaping = Shaping::Prose, Cut cut = Cut::End);

/// A name whose first `stem` characters a person wrote and whose rest was made up (payments-worker-6d4f8c9b7-2m5kp), as it fits into
/// `width`: the hash in the middle is given up first, its last part never while three letters of the stem have room beside it.
/// `stemShown`: how many characters of the result are the stem's. Stem 0 or all: no part was made up.
[[nodiscard]] QString elidedName(const QString &text, qsizetype stem, const QFont &font, qreal width, qsizetype *stemShown = nullptr);

/// Where the letters of a line stand in `rect`: on a device pixel, capitals in the middle of the height.
[[nodiscard]] qreal baseLine(const QPainter &painter, const QRectF &rect, const QFont &font);

/// Draws the line elided in `rect`, on one base line for all fonts: capitals stand in the middle of the height (centring
/// ascent and descent lets Inter sit a pixel high). Returns the width drawn.
qreal drawText(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text, const QFont &font, const QColor &colour,
    Shaping shaping = Shaping::Prose, Cut cut = Cut::End);

/// A count as people read it: 1,204. The same in every language of the desktop, since the cluster's own figures are.
[[nodiscard]] QString grouped(qsizetype count);

/// Foreign text for a menu's or a tab's item, where & would be a mnemonic.
[[nodiscard]] QString itemText(const QString &text);

/// Text for a tool tip, shown literally whatever it holds: Qt would take a text that looks like HTML for HTML.
[[nodiscard]] QString toolTipText(const QString &text);

} // namespace fairlead::ui
