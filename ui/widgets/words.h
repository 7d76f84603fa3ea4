// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <QString>

/// How pages say amounts and times. Thread: any.
namespace fairlead::ui {

/// Cores: "0.25", "3.4", "38".
[[nodiscard]] QString coresText(double cores);
/// Bytes in the largest unit that leaves a figure of at least one, without and with it: "262" and "Gi".
struct BytesText {
    QString figure;
    QString unit;
    [[nodiscard]] QString both() const { return unit.isEmpty() ? figure : figure + QLatin1Char(' ') + unit; }
};
[[nodiscard]] BytesText bytesText(double bytes);
/// Of a whole, rounded; empty where there is no whole.
[[nodiscard]] QString percentText(double part, double whole);
/// "14:35", in the local zone.
[[nodiscard]] QString clockText(Moment at);
/// "14:35:06", in the local zone: a recording's moment.
[[nodiscard]] QString momentText(Moment at);
/// kubectl's short form, "4h12m".
[[nodiscard]] QString ageText(Moment since, Moment now);
[[nodiscard]] QString exactTime(Moment at); ///< local zone and UTC

} // namespace fairlead::ui
