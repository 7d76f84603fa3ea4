// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/markspots.h"

#include <algorithm>
#include <array>

namespace fairlead::ui {

QList<MarkSpot> markSpots(const QList<BarMark> &marks, const std::function<int(Moment)> &xOf, int apart)
{
    QList<MarkSpot> spots; // by x
    for (const BarMark::Weight weight : {BarMark::Weight::Failure, BarMark::Weight::Warning}) {
        for (qsizetype i = 0; i < marks.size(); ++i) {
            if (marks[i].weight != weight)
                continue;
            const int x = xOf(marks[i].at);
            const auto after = std::lower_bound(spots.begin(), spots.end(), x, [](const MarkSpot &spot, int wanted) { return spot.x < wanted; });
            // The nearer one of the two beside it.
            auto near = spots.end();
            if (after != spots.end() && after->x - x < apart)
                near = after;
            if (after != spots.begin() && x - (after - 1)->x < apart && (near == spots.end() || x - (after - 1)->x <= near->x - x))
                near = after - 1;
            if (near != spots.end())
                near->marks.append(i);
            else
                spots.insert(after, {.x = x, .weight = weight, .marks = {i}, .at = marks[i].at});
        }
    }
    for (MarkSpot &spot : spots)
        std::sort(spot.marks.begin(), spot.marks.end());
    return spots;
}

} // namespace fairlead::ui
