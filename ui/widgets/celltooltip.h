// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QString>

namespace fairlead::ui {

/// What a view tells of a cell under the pointer, for toolTipText(): its whole text, where the view shows less of it, then the model's own words.
/// Empty: nothing is to be told.
[[nodiscard]] QString cellToolTip(const QModelIndex &index, bool isCut);

} // namespace fairlead::ui
