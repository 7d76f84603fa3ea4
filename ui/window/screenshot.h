// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QImage>
#include <QSize>
#include <QString>

class QWidget;

namespace fairlead::ui {

/// The window as it would stand on a screen of that scale, without one: `size` in logical pixels, the image's is
/// size * scale. Text and shapes are drawn at that scale, not enlarged. Nothing is animated, so the picture is final at once.
[[nodiscard]] QImage screenshot(QWidget &window, QSize size, double scale);

/// The same as a PNG file; an existing file is replaced whole or left as it was. Errors: BadInput with the file.
[[nodiscard]] Result<void> writeScreenshot(QWidget &window, QSize size, double scale, const QString &file);

} // namespace fairlead::ui
