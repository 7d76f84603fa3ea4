// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QPoint>
#include <QRectF>
#include <QString>

class QPainter;

namespace fairlead::ui {

/// A name whose part from `match.x()`, `match.y()` letters long, was looked for: bold, on a tint. What a controller has made up behind
/// the first `stem` letters is muted; -1: nothing is. Elided at its end. Returns the width drawn.
qreal drawMatch(QPainter &painter, const Theme &theme, const QRectF &rect, const QString &text, QPoint match, const QColor &ink, int stem = -1);

} // namespace fairlead::ui
