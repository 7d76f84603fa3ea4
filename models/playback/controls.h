// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

namespace fairlead::playback {

enum class Step { Previous, Next };

/// How many seconds of a recording a second plays: what is offered.
inline constexpr std::array speeds{0.5, 1.0, 2.0, 4.0, 10.0, 30.0, 60.0};

} // namespace fairlead::playback
