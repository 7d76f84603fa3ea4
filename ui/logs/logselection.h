// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logexport.h"
#include "logs/logring.h"

#include <QtGlobal>

#include <compare>
#include <optional>
#include <utility>

class QKeyEvent;

namespace fairlead::ui {

class LogLines;

/// What is selected in a log: from an anchor to a cursor, each a row and a place in its text. Kept by row number while older rows are dropped.
class LogSelection {
public:
    struct Place {
        logs::RowNumber row = 0;
        qsizetype at = 0; ///< QChars of the row's text
        auto operator<=>(const Place &) const = default;
    };

    LogSelection(const logs::LogRing &ring, const LogLines &lines);

    [[nodiscard]] bool hasCursor() const { return m_cursor.has_value(); }
    [[nodiscard]] std::optional<Place> cursor() const { return m_cursor; }
    [[nodiscard]] std::optional<Place> anchor() const { return m_anchor; }
    /// In order; none: nothing is selected.
    [[nodiscard]] std::optional<std::pair<Place, Place>> range() const;
    [[nodiscard]] std::optional<logs::LogPart> part() const;

    void clear();
    void set(const Place &anchor, const Place &cursor);
    void selectAll();
    void selectWord(const Place &place);
    void selectRow(logs::RowNumber row);
    /// A key with Shift moves the cursor, from `top` where there is none. False: the key means nothing here.
    [[nodiscard]] bool extend(const QKeyEvent &event, logs::RowNumber top, int page);

private:
    [[nodiscard]] std::optional<Place> moved(const QKeyEvent &event, Place from, logs::RowNumber page) const;

    const logs::LogRing &m_ring;
    const LogLines &m_lines;
    std::optional<Place> m_anchor;
    std::optional<Place> m_cursor;
};

} // namespace fairlead::ui
