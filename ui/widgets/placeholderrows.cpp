// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/placeholderrows.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"

#include <QAbstractItemModel>
#include <QHeaderView>
#include <QPainter>

#include <algorithm>
#include <array>
#include <vector>

namespace fairlead::ui {

namespace {

struct Column {
    int left = 0;
    int width = 0;
    bool right = false;
    bool marked = false;
};

std::vector<Column> columnsOf(const QHeaderView *header, int marked, int width)
{
    std::vector<Column> columns;
    if (header != nullptr && header->model() != nullptr) {
        for (int visual = 0; visual < header->count(); ++visual) {
            const int section = header->logicalIndex(visual);
            if (header->isSectionHidden(section))
                continue;
            const int alignment = header->model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
            columns.push_back(
                {header->sectionViewportPosition(section), header->sectionSize(section), (alignment & Qt::AlignRight) != 0, section == marked});
        }
    }
    if (columns.empty()) {
        int left = 0;
        for (const auto &[share, right] : {std::pair(0.34, false), {0.18, false}, {0.12, true}, {0.24, false}, {0.12, true}}) {
            columns.push_back({left, int(width * share), right, left == 0});
            left += int(width * share);
        }
    }
    return columns;
}

} // namespace

PlaceholderRows::PlaceholderRows(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("Loading"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(delay);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        show();
        raise();
        Q_EMIT shown();
    });
    hide();
}

void PlaceholderRows::setHeader(const QHeaderView *header)
{
    if (m_header != nullptr)
        m_header->disconnect(this);
    m_header = header;
    if (header != nullptr) {
        const auto follow = [this] { update(); };
        connect(header, &QHeaderView::sectionResized, this, follow);
        connect(header, &QHeaderView::sectionMoved, this, follow);
        connect(header, &QHeaderView::sectionCountChanged, this, follow);
        connect(header, &QObject::destroyed, this, [this] { m_header = nullptr; });
    }
    update();
}

void PlaceholderRows::setMarkedColumn(int column)
{
    m_marked = column;
    update();
}

void PlaceholderRows::setTwoLines()
{
    m_twoLines = true;
    update();
}

void PlaceholderRows::begin()
{
    if (!m_timer.isActive() && isHidden())
        m_timer.start();
}

void PlaceholderRows::end()
{
    m_timer.stop();
    hide();
}

void PlaceholderRows::paintEvent(QPaintEvent *)
{
    // Lengths that look like names and words, the same each time.
    static constexpr std::array lengths{62, 71, 97, 68, 86, 88, 81, 59, 74, 92, 66, 79};
    constexpr int bar = 8;
    constexpr int longest = 190;
    // Of two lines: where their bars stand in a row of the usual height, how high the second is, how long beside the first.
    constexpr int firstTop = 9;
    constexpr int secondTop = 24;
    constexpr int secondBar = 6;
    constexpr int secondShare = 80;
    constexpr int markAir = 7;
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    const auto columns = columnsOf(m_header, m_marked, width());
    const int each = m_twoLines ? m_theme.rows().twoLines : m_theme.rows().table;
    const int rows = std::min(height() / each + 1, m_twoLines ? 7 : 12);
    const int air = m_twoLines ? (each - rowHeights(Density::Usual).twoLines) / 2 + firstTop : (each - bar) / 2;
    const QSize mark = m_twoLines ? QSize(4, each - 2 * markAir) : QSize(10, bar);
    for (int row = 0; row < rows; ++row) {
        const double strength = 1 - row / double(std::max(rows, 8));
        const bool dark = t.scheme == Scheme::Dark;
        const QColor ink = mix(t.surface, dark ? t.edge : t.line, strength);
        const QColor secondInk = mix(t.surface, dark ? t.line : t.lineSoft, strength);
        const int top = row * each;
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const Column &column = columns[at];
            const int before = (column.left <= 0 ? measure::margin : measure::between);
            int left = column.left + before;
            int room = column.width - before - (at + 1 == columns.size() ? measure::margin : measure::between);
            if (column.marked && room > 30) {
                drawBox(painter, QRectF(QPointF(left, top + (m_twoLines ? markAir : air)), mark), ink, {}, 1, m_twoLines ? 0 : 2);
                const int markRoom = m_twoLines ? mark.width() + 6 : measure::shape + 7;
                left += markRoom;
                room -= markRoom;
            }
            if (room < 12)
                continue;
            const int share = lengths[(std::size_t(row) * 5 + at * 7) % lengths.size()];
            const int length = std::max(16, std::min(room, longest) * share / 100 * (column.marked ? 100 : 80) / 100);
            const auto drawBar = [&](int barTop, int height, int wanted, const QColor &colour) {
                const int fit = std::min(wanted, room);
                drawBox(painter, QRectF(column.right ? left + room - fit : left, barTop, fit, height), colour, {}, 1, 2);
            };
            drawBar(top + air, bar, length, ink);
            if (m_twoLines)
                drawBar(top + air + secondTop - firstTop, secondBar, length * secondShare / 100, secondInk);
        }
        drawRule(painter, QRectF(0, top + each - 1, width(), 1), mix(t.surface, t.lineSoft, strength));
    }
}

} // namespace fairlead::ui
