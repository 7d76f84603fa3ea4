// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>

namespace fairlead::ui {

/// A part of a tile's bar in shape and number, or a square of the bar's colour and words: below the bar, and a way to its rows.
///
/// Its accessible name says what it counts. Without a name it is no button: it takes no focus and leads nowhere.
class TileKey : public QAbstractButton {
    Q_OBJECT

public:
    explicit TileKey(const Theme &theme, QWidget *parent = nullptr);

    void show(Shape shape, const QString &words, const QString &name);
    /// A square instead of a shape, as what the bar paints with it.
    void showSquare(Ink ink, double share, const QString &words);
    void setStale(bool stale);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void take(const QString &words, const QString &name);

    const Theme &m_theme;
    Shape m_shape = Shape::None;
    Ink m_square = nullptr;
    double m_share = 1;
    QString m_words;
    bool m_stale = false;
};

} // namespace fairlead::ui
