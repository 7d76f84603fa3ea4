// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/textline.h"

#include <QHash>
#include <QString>

class QFont;

namespace fairlead::ui {

/// Short texts of one font that were made into glyphs, kept up to a bound: shaping is what they cost. Thread: GUI.
class TextLines {
public:
    [[nodiscard]] const TextLine &line(const QString &text, const QFont &font);

private:
    QHash<QString, TextLine> m_lines; ///< by size of the font and text
};

} // namespace fairlead::ui
