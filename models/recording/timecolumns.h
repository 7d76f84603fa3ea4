// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "recording/entry.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// The columns of a resource's Table that tell a length of time up to now: a server writes them anew with each answer, so what was recorded is right
/// for the moment of the last change only. They are told again from the object.
///
/// Thread: any, immutable. Source of each row: pkg/printers/internalversion/printers.go of Kubernetes 1.34. Not among them: columns of type date of
/// custom resources other than Age, since which field they tell stands in another object.
class TimeColumns {
public:
    TimeColumns() = default;
    /// `columns`: the Table's definitions, as JSON.
    TimeColumns(const Stream &resource, std::string_view columns);

    [[nodiscard]] bool isEmpty() const { return m_columns.empty(); }
    /// The cells of a row, as JSON, as of `now`.
    [[nodiscard]] std::string cells(std::string_view cells, std::string_view object, Moment now) const;

private:
    /// What the cell says, from the object and the text that was recorded; none: the recorded one stays.
    using Tell = std::optional<std::string> (*)(std::string_view object, std::string_view recorded, Moment now);
    struct Rule;
    static const Rule rules[];

    struct Column {
        std::size_t at = 0;
        Tell tell = nullptr;
    };
    std::vector<Column> m_columns; // by place
};

} // namespace fairlead::recording
