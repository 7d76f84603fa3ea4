// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

#include <cstdint>
#include <functional>

/// What a row's cells leave unsaid, in words: for tool tips, and for who hears the cells and sees neither shape nor colour. Pure.
namespace fairlead::items::celltips {

enum Cell : std::uint8_t { Name, Other };

/// Of the name, and of cells that speak of health: the kind's word for it. Of lengths of time: the moment that they count from, in the local zone and
/// in UTC. Empty where the cell says it all. `read` answers for a role of TableModel's, of this cell.
[[nodiscard]] QString tip(Cell cell, const std::function<QVariant(int)> &read);

} // namespace fairlead::items::celltips
