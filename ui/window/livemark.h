// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// How fresh is what is in front: a shape and a word. The tool tip says more.
class LiveMark : public QWidget {
    Q_OBJECT

public:
    explicit LiveMark(const Theme &theme, QWidget *parent = nullptr);

    /// Without words it takes no room.
    void say(Shape shape, const QString &words, const QString &more);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Shape m_shape = Shape::None;
    QString m_words;
};

} // namespace fairlead::ui
