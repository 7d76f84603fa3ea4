// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>

class QWidget;

/// What must be true of every page, whatever it shows: asked by each page's shots test before any pixel is compared.
namespace fairlead::test {

/// The widget laid out at `size` logical pixels and shown on no screen, active, so that focus and selection look as in use.
[[nodiscard]] QImage picture(QWidget &widget, QSize size, double scale = 1);

/// Each thing that is wrong with what is visible, in words that name the widget; empty where all is well.
/// - Labels are PlainLabels; what is cut has the whole text as its tool tip; a wrapped text has all of its lines.
/// - Buttons, fields and choices are as large as they want to be, lie inside of their parents, and do not lie over each other.
/// - What takes the keyboard's focus, and every table and tree, has an accessible name.
/// - Rows of tables and trees are 20, 22, 24, 27, 28 or 41 px high, all of one view the same; no caption is cut without a tool tip.
[[nodiscard]] QStringList lookFaults(QWidget &window);

/// Labels whose colour has less contrast than 4.5:1 (disabled ones are exempt) with the ground that `picture` shows behind them.
[[nodiscard]] QStringList contrastFaults(QWidget &window, const QImage &picture);

/// How many pixels of `rect`, in pixels of the picture, have this colour.
[[nodiscard]] int pixels(const QImage &picture, const QRect &rect, const QColor &colour);
/// … or nearly: thin lines are drawn smoothed.
[[nodiscard]] int nearlyPixels(const QImage &picture, const QRect &rect, const QColor &colour);

/// The colour that most pixels of `rect` (logical pixels) have.
[[nodiscard]] QColor groundOf(const QImage &picture, const QRect &rect);

} // namespace fairlead::test
