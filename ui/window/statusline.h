// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QStringList>
#include <QWidget>

namespace fairlead::ui {

class PlainLabel;

/// The 22 px at the window's foot: short facts, the most important first.
class StatusLine : public QWidget {
    Q_OBJECT

public:
    explicit StatusLine(const Theme &theme, QWidget *parent = nullptr);

    void say(Shape shape, const QStringList &facts, const QString &right);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Shape m_shape = Shape::None;
    QStringList m_facts;
    PlainLabel *m_right;
};

} // namespace fairlead::ui
