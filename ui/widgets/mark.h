// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// One icon, one state's shape or one hairline, as a widget for layouts. Says nothing to a screen reader: the text beside it does.
class Mark : public QWidget {
    Q_OBJECT

public:
    static Mark *icon(const Theme &theme, Icon icon, int size, Ink ink = &Tokens::muted);
    static Mark *shape(const Theme &theme, Shape shape);
    static Mark *hairline(const Theme &theme, Ink ink = &Tokens::line);

    /// A shape without its colour: what it says may be old.
    void setStale(bool stale);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    enum class What { Icon, Shape, Line };
    Mark(const Theme &theme, What what, Ink ink, QSize size);

    const Theme &m_theme;
    What m_what;
    Ink m_ink;
    Icon m_icon = Icon::Info;
    Shape m_shape = Shape::None;
    bool m_stale = false;
};

} // namespace fairlead::ui
