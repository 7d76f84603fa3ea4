// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/tilebar.h"

#include "ui/widgets/pixels.h"

#include <QPainter>

namespace fairlead::ui {

TileBar::TileBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(Tile::high + 1);
    for (Tile *&tile : m_tiles) {
        tile = new Tile(theme, this);
        connect(tile, &Tile::partChosen, this, &TileBar::partChosen);
    }
}

void TileBar::setStale(bool stale)
{
    for (Tile *tile : m_tiles)
        tile->setStale(stale);
}

void TileBar::setTwin(bool twin)
{
    for (Tile *tile : m_tiles)
        tile->setTwin(twin);
}

void TileBar::resizeEvent(QResizeEvent *)
{
    for (int i = 0; i < tiles; ++i) {
        const int left = width() * i / tiles;
        m_tiles[std::size_t(i)]->setGeometry(left, 0, width() * (i + 1) / tiles - left, Tile::high);
    }
}

void TileBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(onPixels(painter, QRectF(0, height() - 1, width(), 1)), m_theme.tokens().line);
}

} // namespace fairlead::ui
