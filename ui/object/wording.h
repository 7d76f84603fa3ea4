// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/relatedfeed.h"
#include "kinds/age.h"
#include "kinds/health.h"
#include "ui/widgets/destination.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QString>

#include <optional>

namespace fairlead::ui {

/// The colour in which a word that says how something does is written: what does well takes none.
[[nodiscard]] Ink inkOfHealth(std::optional<kinds::Health> health);
[[nodiscard]] Shape shapeOfHealth(std::optional<kinds::Health> health); ///< None where nothing can be told

/// "4h12m ago"
[[nodiscard]] QString agoText(kinds::Moment moment, kinds::Moment now);
/// A moment to the second, in the local zone and in UTC, for tool tips.
[[nodiscard]] QString exactText(kinds::Moment moment);

/// Where a related object is to be seen; none: the cluster does not offer its kind.
[[nodiscard]] std::optional<Destination> destinationOf(const items::Related &related);
/// The same of any reference; the kind as `get` takes it, though nobody has asked the cluster for it.
[[nodiscard]] std::optional<Destination> destinationOf(const kinds::Reference &reference);
[[nodiscard]] Icon iconOfReference(const kinds::Reference &reference);

} // namespace fairlead::ui
