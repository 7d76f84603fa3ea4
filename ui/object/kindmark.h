// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// In front of a related object's name: an elbow that says whose it is, its kind's icon, its state's shape, its kind. Says nothing to a screen
/// reader: the link beside it does.
class KindMark : public QWidget {
    Q_OBJECT

public:
    explicit KindMark(const Theme &theme, QWidget *parent = nullptr);

    /// `depth`: how many owners stand above it.
    void say(int depth, Icon icon, Shape shape, const QString &kind);
    /// The shape without its colour: what it says may be old.
    void setStale(bool stale);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    int m_depth = 0;
    Icon m_icon = Icon::Custom;
    Shape m_shape = Shape::None;
    QString m_kind;
    bool m_stale = false;
};

} // namespace fairlead::ui
