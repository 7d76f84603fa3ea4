// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

namespace fairlead::kinds {

// What columns show; the decoder of lists without a Table writes it too, so it lives below.
using fairlead::formatAge;
using fairlead::Moment;
using fairlead::parseAge;
using fairlead::parseTime;
using fairlead::widestAge;

} // namespace fairlead::kinds
