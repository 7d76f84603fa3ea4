// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Banner;
class PlainLabel;

/// What is wrong with the chosen context, docked below the rows: a banner, and under it what can be done and where.
/// The detail pane grows from it.
class ProblemPane : public QWidget {
    Q_OBJECT

public:
    explicit ProblemPane(const Theme &theme, QWidget *parent = nullptr);

    void say(Shape shape, const QString &name, const QString &why, const QString &remedy, const QString &place);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Banner *m_banner;
    PlainLabel *m_remedy;
    PlainLabel *m_place;
};

} // namespace fairlead::ui
