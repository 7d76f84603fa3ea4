// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/barfacts.h"

namespace fairlead::recording {
struct Activity;
struct Change;
} // namespace fairlead::recording

namespace fairlead::playback {
class ActivityFeed;
class Player;
} // namespace fairlead::playback

namespace fairlead::ui {

class TimeBar;

/// The bar shows what is played, and moves it. All three may die in any order.
void connectBar(TimeBar &bar, playback::Player &player, playback::ActivityFeed &feed);

[[nodiscard]] BarFacts barFacts(const recording::Activity &activity);
[[nodiscard]] BarChange barChange(const recording::Change &change);

} // namespace fairlead::ui
