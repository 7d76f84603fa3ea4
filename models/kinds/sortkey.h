// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kube/decode/row.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::kinds {

/// How a column's cells are to be compared.
enum class SortType : std::uint8_t {
    Text,        ///< natural order
    Number,      ///< "14", "-10", "99.5", "50%"
    Quantity,    ///< "250m", "1Gi"
    Created,     ///< an age, counted from the row's creation time: the youngest first
    Since,       ///< an age that grows while it is shown: what happened last first
    Length,      ///< a length of time that stands still
    Date,        ///< RFC 3339 by time, or an age as Since
    Ratio,       ///< "1/2": the share, then the whole; "0/0" lacks nothing
    Restarts,    ///< "14 (2m ago)": the count, then the latest
    Utilization, ///< "cpu: 5%/80%": how much of the target is used
    Address,     ///< IPv4 by value before IPv6, the first of several
    Version,     ///< "v1.34.4"; a pre-release before its release
    Boolean,     ///< False before True
};

/// What a row is sorted by in one column. Keys of one SortType are comparable with each other, and in a total order.
/// What is of no value for its type ("<unknown>", a word where a number was due) comes after the values, in natural order; the
/// empty cell last. Thread: any, a value.
struct SortKey {
    enum class Rank : std::uint8_t { Value, Word, Empty };

    Rank rank = Rank::Empty;
    double first = 0; ///< never NaN
    double second = 0;
    std::string text; ///< of words, and of types that are compared as text

    [[nodiscard]] std::strong_ordering operator<=>(const SortKey &other) const;
    [[nodiscard]] bool operator==(const SortKey &other) const { return (*this <=> other) == 0; }
};

/// The key of a cell alone. `receivedAt`: when the server said so; rows whose ages were told at different times compare rightly with it.
[[nodiscard]] SortKey sortKey(SortType type, std::string_view cell, Moment receivedAt = {});
/// The key of a row's cell; what the metadata knows better than the cell (Created) is taken from there.
[[nodiscard]] SortKey sortKey(SortType type, const kube::Row &row, std::size_t column, Moment receivedAt = {});

} // namespace fairlead::kinds
