// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/laidrow.h"

#include <QChar>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace fairlead::ui {
namespace {

constexpr int tab = 8;

// Unicode's East Asian Width W and F by their large blocks, and pictographs.
bool isWide(char32_t c)
{
    struct Block {
        char32_t first;
        char32_t last;
    };
    constexpr std::array<Block, 14> blocks = {
        {{0x1100, 0x115f}, {0x231a, 0x231b}, {0x2705, 0x2705}, {0x274c, 0x274c}, {0x2e80, 0x303e}, {0x3041, 0x33ff}, {0x3400, 0x4dbf},
            {0x4e00, 0x9fff}, {0xa000, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f}, {0xff00, 0xff60}, {0x1f300, 0x3fffd}}};
    return c >= 0x1100 && std::any_of(blocks.begin(), blocks.end(), [c](const Block &block) { return c >= block.first && c <= block.last; });
}

int width(char32_t c, int column)
{
    if (c == '\t')
        return tab - column % tab;
    if (c < 0x300)
        return 1;
    const auto category = QChar::category(c);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || (c >= 0xfe00 && c <= 0xfe0f))
        return 0;
    return isWide(c) ? 2 : 1;
}

bool isSimple(std::string_view utf8)
{
    return std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Calls with each character and its size in UTF-8.
template<typename Visit>
void forEachCharacter(std::string_view utf8, Visit visit)
{
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[at]);
        const std::size_t size = std::min<std::size_t>(first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4, utf8.size() - at);
        char32_t c = size == 1 ? first : first & (0x7f >> size);
        for (std::size_t i = 1; i < size; ++i)
            c = (c << 6) | (static_cast<unsigned char>(utf8[at + i]) & 0x3f);
        visit(c, at);
        at += size;
    }
}

QColor levelColour(const Tokens &t, logs::Level level)
{
    switch (level) {
    case logs::Level::Error:
        return t.bad;
    case logs::Level::Warning:
        return t.warn;
    case logs::Level::Info:
        return t.ok;
    case logs::Level::Notice:
        return t.unknown;
    case logs::Level::Debug:
        return t.muted;
    case logs::Level::None:
        break;
    }
    return t.text;
}

} // namespace

int columnsOf(std::string_view utf8)
{
    if (isSimple(utf8))
        return int(utf8.size());
    int columns = 0;
    forEachCharacter(utf8, [&columns](char32_t c, std::size_t) { columns += width(c, columns); });
    return columns;
}

LaidRow::LaidRow(std::string_view utf8, std::span<const logs::Span> spans, const logs::LogRow &row, const LogFonts &fonts, int wrapAt)
    : m_advance(fonts.advance())
    , m_base(fonts.base())
    , m_wrapAt(wrapAt)
{
    readText(utf8);
    m_lines = wrapAt > 0 ? std::max(1, (m_columnCount + wrapAt - 1) / wrapAt) : 1;
    // The level's word has its colour, unless the program has given it one.
    const qsizetype word = placeOfByte(row.word);
    const qsizetype wordEnd = placeOfByte(std::size_t(row.word) + row.wordLength);
    const QColor wordColour = levelColour(fonts.theme().tokens(), row.level);
    const auto add = [&](qsizetype begin, qsizetype end, const logs::Ink &ink) {
        const bool coloured = ink == logs::Ink{} && row.isLine() && row.level != logs::Level::None && row.wordLength > 0;
        const QColor front = fonts.front(ink);
        if (!coloured || wordEnd <= begin || word >= end)
            return addStretch(begin, end, ink, front, fonts);
        addStretch(begin, std::max(begin, word), ink, front, fonts);
        addStretch(std::max(begin, word), std::min(end, wordEnd), ink, wordColour, fonts);
        addStretch(std::min(end, wordEnd), end, ink, front, fonts);
    };
    qsizetype begin = 0;
    logs::Ink ink;
    for (const logs::Span &span : spans) {
        const qsizetype next = placeOfByte(span.begin);
        add(begin, next, ink);
        begin = next;
        ink = span.ink;
    }
    add(begin, m_text.size(), ink);
}

void LaidRow::readText(std::string_view utf8)
{
    m_text = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    if (isSimple(utf8)) {
        m_columnCount = int(m_text.size());
        return;
    }
    m_columns.reserve(m_text.size() + 1);
    m_bytes.reserve(m_text.size() + 1);
    int column = 0;
    forEachCharacter(utf8, [&](char32_t c, std::size_t at) {
        const int units = QChar::requiresSurrogates(c) ? 2 : 1;
        for (int i = 0; i < units; ++i) {
            m_columns.append(column);
            m_bytes.append(std::uint32_t(at));
        }
        column += width(c, column);
    });
    m_columns.append(column);
    m_bytes.append(std::uint32_t(utf8.size()));
    m_columnCount = column;
}

void LaidRow::addStretch(qsizetype begin, qsizetype end, const logs::Ink &ink, const QColor &front, const LogFonts &fonts)
{
    if (begin >= end)
        return;
    Stretch stretch{.ink = ink, .front = front, .back = fonts.back(ink), .begin = begin, .end = end, .glyphs = {}, .others = {}};
    const QRawFont &raw = fonts.raw(ink);
    QList<quint32> glyphs;
    QList<QPointF> places;
    const QString part = m_text.mid(begin, end - begin);
    QList<quint32> all = m_columns.isEmpty() ? raw.glyphIndexesForString(part) : QList<quint32>();
    const bool plain = all.size() == part.size();
    glyphs.reserve(part.size());
    places.reserve(part.size());
    for (qsizetype i = begin; i < end; ++i) {
        const QChar c = m_text[i];
        if (c == u' ' || c == u'\t')
            continue;
        quint32 glyph = 0;
        if (plain) {
            glyph = all[i - begin];
        } else if (!c.isSurrogate() && columnAt(i + 1) - columnAt(i) == 1) {
            const auto one = raw.glyphIndexesForString(QString(c));
            glyph = one.size() == 1 ? one[0] : 0;
        }
        // A mark on the next place would have to stand on this one: the two are drawn together.
        const bool marked = !m_columns.isEmpty() && i + 1 < end && characterEnd(i) != i + 1;
        if (glyph != 0 && !marked) {
            glyphs.append(glyph);
            places.append(topLeft(columnAt(i)) + QPointF(0, m_base));
        } else {
            stretch.others.append(i);
            i = characterEnd(i) - 1;
        }
    }
    stretch.glyphs.setRawFont(raw);
    stretch.glyphs.setGlyphIndexes(glyphs);
    stretch.glyphs.setPositions(places);
    m_stretches.push_back(std::move(stretch));
    m_fonts.push_back(m_stretches.back().others.isEmpty() ? QFont() : fonts.font(ink));
}

// With its second half and the marks on it.
qsizetype LaidRow::characterEnd(qsizetype place) const
{
    qsizetype end = place + (m_text[place].isHighSurrogate() ? 2 : 1);
    while (end < m_text.size() && columnAt(end) == columnAt(end + 1))
        ++end;
    return std::min(end, m_text.size());
}

QPointF LaidRow::topLeft(int column) const
{
    const int line = m_wrapAt > 0 ? column / m_wrapAt : 0;
    return {(column - line * m_wrapAt) * m_advance, qreal(line * LogFonts::rowHeight)};
}

void LaidRow::drawGrounds(QPainter &painter, const QPointF &at) const
{
    for (const Stretch &stretch : m_stretches) {
        if (!stretch.back.isValid())
            continue;
        for (const QRectF &box : boxes(stretch.begin, stretch.end))
            painter.fillRect(box.translated(at), stretch.back);
    }
}

void LaidRow::drawText(QPainter &painter, const QPointF &at, const QColor &instead) const
{
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        const Stretch &stretch = m_stretches[i];
        const QColor colour = instead.isValid() ? instead : stretch.front;
        painter.setPen(colour);
        if (!stretch.glyphs.glyphIndexes().isEmpty())
            painter.drawGlyphRun(at, stretch.glyphs);
        if (!stretch.others.isEmpty()) {
            painter.setFont(m_fonts[i]);
            for (const qsizetype place : stretch.others)
                painter.drawText(at + topLeft(columnAt(place)) + QPointF(0, m_base), m_text.mid(place, characterEnd(place) - place));
        }
        if ((stretch.ink.flags & (logs::Ink::Underlined | logs::Ink::Struck)) == 0)
            continue;
        for (const QRectF &box : boxes(stretch.begin, stretch.end)) {
            const qreal y = (stretch.ink.flags & logs::Ink::Underlined) != 0 ? m_base + 2 : m_base - 4;
            painter.fillRect(QRectF(at.x() + box.left(), at.y() + box.top() + y, box.width(), 1), colour);
        }
    }
}

QList<QRectF> LaidRow::boxes(qsizetype begin, qsizetype end) const
{
    QList<QRectF> out;
    int from = columnAt(std::clamp<qsizetype>(begin, 0, m_text.size()));
    const int to = columnAt(std::clamp<qsizetype>(end, 0, m_text.size()));
    while (from < to) {
        const int stop = m_wrapAt > 0 ? std::min(to, (from / m_wrapAt + 1) * m_wrapAt) : to;
        out.append(QRectF(topLeft(from), QSizeF((stop - from) * m_advance, LogFonts::rowHeight)));
        from = stop;
    }
    return out;
}

qsizetype LaidRow::placeAt(const QPointF &point) const
{
    const int line = m_wrapAt > 0 ? std::clamp(int(std::floor(point.y() / LogFonts::rowHeight)), 0, m_lines - 1) : 0;
    int column = std::max(0, int(std::lround(point.x() / m_advance)));
    if (m_wrapAt > 0)
        column = line * m_wrapAt + std::min(column, m_wrapAt);
    if (column >= m_columnCount)
        return m_text.size();
    if (m_columns.isEmpty())
        return column;
    const auto after = std::upper_bound(m_columns.cbegin(), m_columns.cend(), column);
    qsizetype place = std::max<qsizetype>(0, after - m_columns.cbegin() - 1);
    while (place > 0 && (m_columns[place - 1] == m_columns[place] || m_text[place].isLowSurrogate()))
        --place; // not between a character and its mark
    return place;
}

std::size_t LaidRow::byteOfPlace(qsizetype place) const
{
    const qsizetype within = std::clamp<qsizetype>(place, 0, m_text.size());
    return m_bytes.isEmpty() ? std::size_t(within) : m_bytes[within];
}

qsizetype LaidRow::placeOfByte(std::size_t byte) const
{
    if (m_bytes.isEmpty())
        return std::min(qsizetype(byte), m_text.size());
    return std::lower_bound(m_bytes.cbegin(), m_bytes.cend(), std::uint32_t(byte)) - m_bytes.cbegin();
}

} // namespace fairlead::ui
