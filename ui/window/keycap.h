// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace fairlead::ui {

enum class KeyCap { Plain, Filled };

/// A key as it is called, in a little frame, in the middle of the height of `rect`. Returns its width.
qreal drawKeyCap(QPainter &painter, const Theme &theme, const QRectF &rect, Qt::Alignment alignment, const QString &keys, KeyCap look);

} // namespace fairlead::ui
