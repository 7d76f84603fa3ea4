// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/decode/table.h"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

struct WatchEvent {
    enum class Type { Added, Modified, Deleted, Bookmark, Error };
    Type type = Type::Bookmark;
    std::vector<Column> columns; ///< only with the first event of a stream
    std::vector<Row> rows;       ///< one; none for Bookmark and Error
    std::string version;         ///< where to go on from
    bool isPlain = false;        ///< as TablePage::isPlain
    Error error;                 ///< of Type::Error: Code::Gone means list again
};

/// Cuts the bytes of a watch into lines and decodes each, at whatever points the network split them.
/// Thread: one at a time, any. An undecodable line ends the stream with an error; what came before it is kept. A line may be
/// at most 64 MiB long. A watch that answers with whole objects instead of Tables is read as decodeTable() reads them.
class WatchLines {
public:
    struct Batch {
        std::vector<WatchEvent> events;
        std::optional<Error> broken; ///< why the stream cannot be read on; the events before it hold
    };

    /// `stop`: who listens has gone; looked at with each line, and no more come.
    WatchLines(Detail detail, Projection projection, std::stop_token stop = {});

    [[nodiscard]] Batch feed(std::string_view chunk);
    /// True if the bytes so far end in the middle of a line.
    [[nodiscard]] bool isPartial() const { return !m_rest.empty(); }

private:
    Detail m_detail;
    Projection m_projection;
    std::stop_token m_stop;
    std::size_t m_columns = 0; // of the stream's first event
    std::string m_rest;
    std::size_t m_searched = 0; // bytes of m_rest that hold no line end
};

} // namespace fairlead::kube
