// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/loadingrows.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/tableview.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace fairlead::ui {

namespace {

constexpr int mostRows = 7;
/// Of a column's width: no two rows alike, and the same in every picture.
constexpr std::array<double, 5> shares{0.62, 0.48, 0.74, 0.55, 0.66};

} // namespace

LoadingRows::LoadingRows(const Theme &theme, const TableView &table, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_table(table)
{
    setAccessibleName(tr("The kubeconfig is being read"));
}

void LoadingRows::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const int height = m_theme.rows().twoLines;
    const int air = (height - 41) / 2; // beside what two lines need
    for (int row = 0; row < mostRows; ++row) {
        const int top = row * height;
        const double strength = 1 - double(row) / mostRows;
        const QColor first = mix(t.surface, t.line, strength);
        const QColor second = mix(t.surface, t.lineSoft, strength);
        int left = 0;
        for (int column = 0; column < m_table.model()->columnCount(); ++column) {
            const int width = m_table.columnWidth(column);
            const double share = shares[std::size_t(row + 2 * column) % shares.size()];
            const int begin = left + (column == 0 ? measure::margin + 10 : measure::between);
            const int room = std::min(150, width - 2 * measure::between - 10);
            if (column == 0)
                painter.fillRect(QRect(measure::margin, top + 7, 4, height - 14), first);
            painter.fillRect(QRect(begin, top + 9 + air, int(room * share), 8), first);
            if (column < 3)
                painter.fillRect(QRect(begin, top + 24 + air, int(room * share * 0.8), 6), second);
            left += width;
        }
        painter.fillRect(QRect(0, top + height - 1, this->width(), 1), mix(t.surface, t.lineSoft, strength));
    }
}

} // namespace fairlead::ui
