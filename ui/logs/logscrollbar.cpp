// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logscrollbar.h"

#include "ui/logs/logfonts.h"
#include "ui/widgets/shapes.h"

#include <QPainter>
#include <QStyleOptionSlider>

#include <algorithm>

namespace fairlead::ui {

namespace {
constexpr int barWidth = 13;
constexpr int capHeight = 6; // where the dots of a full ring stand
} // namespace

LogScrollBar::LogScrollBar(const Theme &theme, const logs::LogRing &ring, const logs::LogSearch &search, QWidget *parent)
    : QScrollBar(Qt::Vertical, parent)
    , m_theme(theme)
    , m_ring(ring)
    , m_search(search)
{
}

QSize LogScrollBar::sizeHint() const
{
    return {barWidth, QScrollBar::sizeHint().height()};
}

void LogScrollBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), t.raised);
    painter.fillRect(0, 0, 1, height(), t.line);
    if (m_ring.isFull()) {
        for (int x = 2; x + 3 <= width(); x += 4)
            painter.fillRect(x, 1, 3, 3, t.idle);
    }
    const int top = capHeight;
    const std::size_t rows = m_ring.size();
    // Where all rows are in sight, a mark stands beside its row.
    const int room = int(std::min<std::size_t>(std::size_t(std::max(0, height() - capHeight - 2)), rows * LogFonts::rowHeight));
    if (rows > 0 && room > 0) {
        const auto firstOf = [&](int y) { return m_ring.begin() + static_cast<logs::RowNumber>(rows * std::size_t(y) / std::size_t(room)); };
        const auto &hits = m_search.rows();
        const auto &errors = m_ring.errors();
        const auto &ours = m_ring.ours();
        const auto has = [](const auto &list, logs::RowNumber from, logs::RowNumber to, auto row) {
            const auto found = std::lower_bound(list.begin(), list.end(), from, [row](const auto &each, logs::RowNumber n) { return row(each) < n; });
            return found != list.end() && row(*found) < to;
        };
        const auto itself = [](logs::RowNumber number) { return number; };
        for (int y = 0; y < room; ++y) {
            const auto from = firstOf(y);
            if (y > 0 && firstOf(y - 1) == from)
                continue; // a row that is higher than a pixel is marked at its first one
            const auto to = std::max(from + 1, firstOf(y + 1));
            if (has(hits, from, to, [](const logs::LogSearch::Row &row) { return row.row; }))
                painter.fillRect(2, top + y, 5, 1, t.warn);
            if (has(errors, from, to, itself))
                painter.fillRect(8, top + y, 4, 2, t.bad);
            if (has(ours, from, to, itself))
                painter.fillRect(2, top + y, 10, 2, t.unknown);
        }
    }
    if (minimum() == maximum())
        return;
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this);
    QColor fill = t.text;
    fill.setAlphaF(isSliderDown() ? 0.26f : underMouse() ? 0.20f : 0.14f);
    drawBox(painter, QRectF(2, handle.top() + 1, 10, handle.height() - 2), fill, mix(t.raised, t.text, 0.45));
}

} // namespace fairlead::ui
