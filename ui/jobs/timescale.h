// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"

#include <QString>

#include <chrono>
#include <vector>

namespace fairlead::ui {

/// Which piece of time a width shows. A value; logical pixels. Words are of the desktop's zone.
struct TimeScale {
    kinds::Moment from;
    std::chrono::milliseconds span{std::chrono::hours(1)};
    int width = 1;

    [[nodiscard]] kinds::Moment until() const { return from + span; }
    /// May lie outside; never further than a painter can take.
    [[nodiscard]] qreal x(kinds::Moment at) const;
    [[nodiscard]] kinds::Moment at(qreal x) const;

    struct Tick {
        kinds::Moment at;
        QString text;
        bool major = false; ///< a day begins; where ticks are days, a week
    };
    /// At full minutes, hours or days of the desktop's zone, at least 70 px apart.
    [[nodiscard]] std::vector<Tick> ticks() const;
    /// What stands above them: days, or months where ticks are days. The first is that which `from` lies in; it may begin before.
    [[nodiscard]] std::vector<Tick> heads() const;

private:
    [[nodiscard]] std::chrono::milliseconds step() const;
};

} // namespace fairlead::ui
