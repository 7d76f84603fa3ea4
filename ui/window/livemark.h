// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>

namespace fairlead::ui {

/// How fresh is what is in front: a shape and a word. The tool tip says more.
class LiveMark : public QWidget {
    Q_OBJECT

public:
    explicit LiveMark(const Theme &theme, QWidget *parent = nullptr);

    /// Without words it takes no room. An icon stands in the shape's place.
    void say(Shape shape, const QString &words, const QString &more, std::optional<Icon> icon = {});

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int markWidth() const;

    const Theme &m_theme;
    Shape m_shape = Shape::None;
    std::optional<Icon> m_icon;
    QString m_words;
};

} // namespace fairlead::ui
