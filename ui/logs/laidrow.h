// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logblock.h"
#include "ui/logs/logfonts.h"

#include <QGlyphRun>
#include <QList>
#include <QRectF>
#include <QString>

#include <span>
#include <string_view>
#include <vector>

class QPainter;

namespace fairlead::ui {

/// How many columns a text takes: 8 to a tab, 2 for wide characters, none for marks that stand on others.
[[nodiscard]] int columnsOf(std::string_view utf8);

/// One line of a log made into glyphs, to be painted many times. No shaping: a character stands at its column. A value.
///
/// Units: logical pixels from the text's own left top; places in the text are QChars.
class LaidRow {
public:
    LaidRow() = default;
    /// `wrapAt`: columns in a line, 0 for as many as there are.
    LaidRow(std::string_view utf8, std::span<const logs::Span> spans, const logs::LogRow &row, const LogFonts &fonts, int wrapAt);

    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] int lines() const { return m_lines; }
    [[nodiscard]] int columns() const { return m_columnCount; }

    void drawGrounds(QPainter &painter, const QPointF &at) const;
    /// In their own colours, or all in one.
    void drawText(QPainter &painter, const QPointF &at, const QColor &instead = {}) const;

    /// The boxes of a stretch, one a line.
    [[nodiscard]] QList<QRectF> boxes(qsizetype begin, qsizetype end) const;
    /// The place under a point; before the first, after the last where it is beside the text.
    [[nodiscard]] qsizetype placeAt(const QPointF &point) const;
    [[nodiscard]] qsizetype placeOfByte(std::size_t byte) const;
    [[nodiscard]] std::size_t byteOfPlace(qsizetype place) const;

private:
    struct Stretch {
        logs::Ink ink;
        QColor front;
        QColor back;
        qsizetype begin = 0;
        qsizetype end = 0;
        QGlyphRun glyphs;
        QList<qsizetype> others; ///< characters that the font lacks: drawn one by one
    };

    void readText(std::string_view utf8);
    void addStretch(qsizetype begin, qsizetype end, const logs::Ink &ink, const QColor &front, const LogFonts &fonts);
    [[nodiscard]] int columnAt(qsizetype place) const { return m_columns.isEmpty() ? int(place) : m_columns[place]; }
    [[nodiscard]] QPointF topLeft(int column) const;
    [[nodiscard]] qsizetype characterEnd(qsizetype place) const;

    QString m_text;
    QList<int> m_columns;         ///< where each QChar begins, and one more; empty: its own number
    QList<std::uint32_t> m_bytes; ///< where each QChar begins in UTF-8, and one more; empty: its own number
    std::vector<Stretch> m_stretches;
    std::vector<QFont> m_fonts; ///< of stretches with other characters
    qreal m_advance = 0;
    qreal m_base = 0;
    int m_columnCount = 0;
    int m_wrapAt = 0;
    int m_lines = 1;
};

} // namespace fairlead::ui
