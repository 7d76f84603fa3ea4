// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>

namespace fairlead::ui {

class PlainLabel;

/// The 22 px at the window's foot: short facts, the most important first.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(const Theme &theme, QWidget *parent = nullptr);

    /// An icon stands in the shape's place.
    void say(Shape shape, const QStringList &facts, const QString &right, std::optional<Icon> icon = {});

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Shape m_shape = Shape::None;
    std::optional<Icon> m_icon;
    QStringList m_facts;
    PlainLabel *m_right;
};

} // namespace fairlead::ui
