// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/barfacts.h"

#include <functional>

namespace fairlead::ui {

/// Where marks stand, as far as there is room: those too close to one that stands are told by it. Failures take their places first.
struct MarkSpot {
    int x = 0; ///< its middle
    BarMark::Weight weight = BarMark::Weight::Warning;
    QList<qsizetype> marks; ///< numbers of those that it stands for, by time; the first of its own weight gave it its place
    Moment at;              ///< of that one
};

/// By x. `xOf`: where a moment is; later ones never further left.
[[nodiscard]] QList<MarkSpot> markSpots(const QList<BarMark> &marks, const std::function<int(Moment)> &xOf, int apart);

} // namespace fairlead::ui
