// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "base/reply.h"
#include "logs/logring.h"

#include <QString>
#include <QThreadPool>

#include <functional>
#include <string>
#include <vector>

namespace fairlead::logs {

/// A part of a log: from a byte of one row up to, not including, a byte of another.
struct LogPart {
    RowNumber fromRow = 0;
    std::size_t fromByte = 0;
    RowNumber toRow = 0; ///< the last one that is touched
    std::size_t toByte = std::string::npos;
};

/// How a row's time is written before its text; empty: it is not. Called on the pool.
using StampWriter = std::function<std::string(LineTime)>;

/// The rows as text, one a line; a line that was too long for one row is whole again, a row of our own stands in "--- … ---". A row that begins
/// in its middle has no stamp. Thread: any.
[[nodiscard]] std::string textOf(const std::vector<PlacedBlock> &blocks, const LogPart &part, const StampWriter &stamp);

/// textOf() on the pool.
[[nodiscard]] Reply<std::string> textLater(
    std::vector<PlacedBlock> blocks, const LogPart &part, StampWriter stamp, Dispatcher &dispatcher, QThreadPool &pool);

/// Writes it to a file on the pool, whole or not at all. The value is how many bytes. Error: BadInput with the file in place.
[[nodiscard]] Reply<std::uint64_t> save(
    std::vector<PlacedBlock> blocks, const LogPart &part, StampWriter stamp, const QString &file, Dispatcher &dispatcher, QThreadPool &pool);

} // namespace fairlead::logs
