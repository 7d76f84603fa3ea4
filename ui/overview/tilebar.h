// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/overview/tile.h"

#include <QWidget>

#include <array>

namespace fairlead::ui {

/// The six tiles side by side, each as wide as the others, with a hairline below.
class TileBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int tiles = 6;

    explicit TileBar(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] Tile &tile(int number) const { return *m_tiles[std::size_t(number)]; }
    void setStale(bool stale);
    void setTwin(bool twin);

Q_SIGNALS:
    void partChosen(const QString &target);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    std::array<Tile *, tiles> m_tiles{};
};

} // namespace fairlead::ui
