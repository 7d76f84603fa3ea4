// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/failurewords.h"
#include "app/print/output.h"
#include "base/age.h"
#include "kinds/cron/zone.h"

namespace fairlead::app {

/// `fairlead cron next`: when a schedule comes due, one RFC 3339 time a line in the zone asked for, or a JSON list of them. Needs neither a
/// cluster nor a display. Fewer than asked for, or none, where the controller would find no more: a word of it on `messages`, and Done.
[[nodiscard]] ExitCode runCronNext(const Arguments &arguments, Moment now, const kinds::cron::ReadZoneFile &zones, Output &output, Output &messages);

} // namespace fairlead::app
