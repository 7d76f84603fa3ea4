// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <QString>

#include <vector>

namespace fairlead::ui {

struct AxisTick {
    Moment at;
    QString text;
};

/// At full seconds, minutes, hours or days of the desktop's zone, at least `apart` of `width` pixels from each other. Bounded, whatever the times
/// are.
[[nodiscard]] std::vector<AxisTick> axisTicks(Moment first, Moment last, int width, int apart);

/// What stands at an end of the axis: "13:34:58", where more than a day is shown with its day.
[[nodiscard]] QString axisEndText(Moment at, Moment first, Moment last);

} // namespace fairlead::ui
