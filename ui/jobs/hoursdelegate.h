// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

namespace fairlead::ui {

/// Rows of what jobs and services share: in one column a bar for each of the next 24 hours, as high as many jobs start in it, of the most in any.
class HoursDelegate : public RowDelegate {
    Q_OBJECT

public:
    /// `hours`: the role of a QList<int>; where a cell has one, it is drawn.
    HoursDelegate(const Theme &theme, RowRoles roles, int hours, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static constexpr int step = 6; // px from hour to hour, a gap of one in it

    const int m_hours;
};

} // namespace fairlead::ui
