// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/tablecolumns.h"
#include "metrics/usages.h"

#include <QString>

/// What stands in the columns of a table that are not the server's. Pure; a usage that is not known is null.
namespace fairlead::items::usagecells {

/// Of Cpu and Memory.
[[nodiscard]] QString text(const metrics::Usage *usage, TableColumns::Own what);
[[nodiscard]] kinds::SortKey sortKey(const metrics::Usage *usage, TableColumns::Own what);
/// The widest that a column's text usually comes to be: it gets its room before anything is known.
[[nodiscard]] QString longest(TableColumns::Own what);

} // namespace fairlead::items::usagecells
