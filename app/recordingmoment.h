// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "base/result.h"

#include <string_view>

namespace fairlead::app {

/// The moment of a recording that --at names: RFC 3339, "+5m" after its begin, "-30s" before its end; empty is its end. A time without fraction
/// means the whole second: what lies less than a second outside of the recording is its begin or end. Thread: any; no state.
/// Errors: Invalid, for what is no time, and for what lies outside.
[[nodiscard]] Result<Moment> momentIn(std::string_view text, Moment first, Moment last);

} // namespace fairlead::app
