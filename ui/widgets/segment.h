// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/segmentedswitch.h"

#include <QAbstractButton>

namespace fairlead::ui {

/// One part of a SegmentedSwitch, which draws the frame round all of them.
class Segment : public QAbstractButton {
    Q_OBJECT

public:
    Segment(const Theme &theme, SegmentedSwitch::Part part, QWidget *parent);

    void setOnlyIcon(bool only);
    /// No line at its left.
    void setFirst(bool first) { m_first = first; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] bool hasMark() const { return m_part.icon || m_part.shape != Shape::None; }

    const Theme &m_theme;
    SegmentedSwitch::Part m_part;
    bool m_onlyIcon = false;
    bool m_first = false;
};

} // namespace fairlead::ui
