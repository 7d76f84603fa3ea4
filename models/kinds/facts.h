// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"
#include "kube/decode/row.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fairlead::kinds {

/// A value of an object that a kind wants to know, by a name: a path as kube::Projection has them.
struct Fact {
    std::string_view name;
    std::string_view path;
};

/// One entry of /status/conditions; all empty where there is none of that type.
struct Condition {
    std::string status; ///< "True", "False", "Unknown"
    std::string reason;
    std::string message;
    std::string since; ///< lastTransitionTime

    [[nodiscard]] bool holds() const { return status == "True"; }
    [[nodiscard]] bool fails() const { return status == "False"; }
};

/// The facts of a row by their names. A view: row and names outlive it. Thread: any.
/// The row's projection must have been the paths of `names` in their order, which is how a store of the kind is made.
class Facts {
public:
    /// `first`: where in the projection those of `names` begin.
    Facts(std::span<const Fact> names, const kube::Row &row, std::size_t first = 0)
        : m_names(names)
        , m_row(row)
        , m_first(first)
    {
    }

    /// As JSON text; empty where the object has no such field.
    [[nodiscard]] std::string_view raw(std::string_view name) const;
    /// Null where there is none, or no JSON.
    [[nodiscard]] kube::Json json(std::string_view name) const;
    /// Of strings and numbers; else empty.
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const;
    [[nodiscard]] bool flag(std::string_view name) const;
    /// Of the list that the fact "conditions" holds.
    [[nodiscard]] Condition condition(std::string_view type) const;
    [[nodiscard]] const kube::Row &row() const { return m_row; }

private:
    std::span<const Fact> m_names;
    const kube::Row &m_row;
    std::size_t m_first;
};

} // namespace fairlead::kinds
