// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/text.h"

#include <QGlyphRun>
#include <QList>
#include <QStaticText>

namespace fairlead::ui {

/// One line of text made into glyphs once, to be measured and drawn many times: shaping is what text costs. A value.
class TextLine {
public:
    TextLine() = default;
    TextLine(const QString &text, const QFont &font, Shaping shaping);

    [[nodiscard]] qreal width() const { return m_width; }
    /// Each character is its own glyph; else the font lacks one, or prose was asked for, and Qt has shaped the line.
    [[nodiscard]] bool isExact() const { return m_exact; }
    /// Where each character ends; empty unless exact.
    [[nodiscard]] const QList<qreal> &ends() const { return m_ends; }

    /// From `base`, the left end of the base line.
    void draw(QPainter &painter, const QPointF &base, const QColor &colour) const;

private:
    void makeExact(const QString &text, const QFont &font);

    QGlyphRun m_glyphs;
    QStaticText m_shaped;
    QFont m_font;
    QList<qreal> m_ends;
    qreal m_width = 0;
    qreal m_ascent = 0;
    bool m_exact = false;
};

} // namespace fairlead::ui
