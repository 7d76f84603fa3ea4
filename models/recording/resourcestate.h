// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "recording/entry.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// One object as it was: the server's row of it, cells and whole object in one.
struct StateRow {
    std::string space;
    std::string name;
    std::string version;
    std::string json; ///< {"cells":…,"object":…}; without cells where the server gave no Table
};

/// All objects of one resource at one moment: a list, and the events after it. Copies share their rows.
/// Thread: one at a time; the rows are immutable.
class ResourceState {
public:
    using Rows = std::map<std::string, std::shared_ptr<const StateRow>>;

    /// A list begins: what was known is dropped.
    void begin(const ListHead &list);
    void add(const RowText &row);
    /// A watch event. What stood there before; none for what is new, and for bookmarks.
    std::shared_ptr<const StateRow> apply(EventKind kind, const RowText &row);

    /// In the order in which a server lists them: by namespace/name, as bytes.
    [[nodiscard]] const Rows &rows() const { return m_rows; }
    [[nodiscard]] const std::string &version() const { return m_version; } ///< resourceVersion of the whole
    [[nodiscard]] const std::string &columns() const { return m_columns; } ///< JSON; empty where the server gave no Table
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }          ///< of the rows: what it costs to hold them

    bool isKnown = false;           ///< there is a list of it
    bool isDamaged = false;         ///< something between the list and the moment could not be read
    std::optional<Moment> gapSince; ///< nobody watched since then

    [[nodiscard]] static std::string key(std::string_view space, std::string_view name);

private:
    Rows m_rows;
    std::string m_version;
    std::string m_columns;
    std::uint64_t m_bytes = 0;
};

} // namespace fairlead::recording
