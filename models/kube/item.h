// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/decode/row.h"
#include "kube/source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace fairlead::kube {

/// Names an object. Two objects can bear the same name one after the other: the uid tells them apart.
struct ObjectRef {
    GroupVersionResource resource;
    std::string space; ///< the namespace, empty where the kind has none
    std::string name;

    auto operator<=>(const ObjectRef &) const = default;
};

/// One per uid, for as long as the row stays; never given to another. An object that leaves a selector and comes back is a new
/// row. 0 is none.
using RowId = std::uint64_t;

/// One row of a store at one version. Immutable; accessors only, so that the storage may change.
class Item {
public:
    Item(RowId id, Row row, Clock::TimePoint receivedAt)
        : m_id(id)
        , m_row(std::move(row))
        , m_receivedAt(receivedAt)
    {
    }

    [[nodiscard]] RowId id() const { return m_id; }
    [[nodiscard]] std::string_view name() const { return m_row.name(); }
    [[nodiscard]] std::string_view space() const { return m_row.space(); }
    [[nodiscard]] std::string_view uid() const { return m_row.uid(); }
    [[nodiscard]] std::string_view version() const { return m_row.version(); }
    [[nodiscard]] const Row &meta() const { return m_row; } ///< labels, annotations, owners, times
    [[nodiscard]] std::string_view cell(std::size_t column) const { return m_row.cell(column); }
    [[nodiscard]] std::string_view fact(std::size_t i) const { return m_row.fact(i); }
    [[nodiscard]] std::string_view body() const { return m_row.body(); }
    [[nodiscard]] Clock::TimePoint receivedAt() const { return m_receivedAt; } ///< by the session's clock

private:
    RowId m_id;
    Row m_row;
    Clock::TimePoint m_receivedAt;
};

using ItemPtr = std::shared_ptr<const Item>;

} // namespace fairlead::kube
