// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kinds/kind.h"
#include "kinds/usage.h"
#include "kube/item.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::items {

/// The columns of a table of one kind, and what stands in their cells: NAMESPACE first where several namespaces are shown, then the
/// server's, all priorities, in its order. Cells are the server's own text; lengths of time alone are advanced to now, in its form.
/// Columns of our own may stand among them, before Age: CPU and Memory of kinds that have metrics, Work of kinds that run something. What stands in
/// their cells is not in the row, and TableModel has it.
///
/// Thread: any; a value. Texts are UTF-8 as the server sent them: to be shown through plainText().
class TableColumns {
public:
    enum class Namespaces { Hidden, First };
    enum class Own : std::uint8_t { None, Work, Cpu, Memory };
    /// Which of our own there are.
    struct Owns {
        const kinds::UsageKind *usage = nullptr; ///< CPU and Memory; lives as long as the program
        bool work = false;
    };

    struct Column {
        std::string name; ///< as the server writes it ("Restarts")
        std::string description;
        bool wide = false;           ///< not shown unless it is asked for: the server's priority, but for those that the kind names
        bool isName = false;         ///< of the object
        bool isNumber = false;       ///< numbers, quantities, ratios and lengths of time: to be aligned at the right
        bool speaksOfHealth = false; ///< its cells say how the object does: STATUS, READY
        kinds::SortType sortType = kinds::SortType::Text;
        const kinds::DurationColumn *duration = nullptr; ///< null: holds no length of time
        std::optional<std::size_t> cell;                 ///< of the row; none: the namespace, or our own
        Own own = Own::None;
    };

    /// The moment that a length of time counts from.
    struct Since {
        kinds::Moment moment;
        bool exact = false; ///< else reckoned from the server's text, which is as coarse as its last unit
    };

    TableColumns() = default;
    /// `kind` lives as long as the program.
    TableColumns(const kinds::Kind &kind, const std::vector<kube::Column> &columns, Namespaces namespaces, const Owns &owns);

    [[nodiscard]] std::size_t size() const { return m_columns.size(); }
    [[nodiscard]] const Column &at(std::size_t column) const { return m_columns[column]; }

    [[nodiscard]] const std::vector<kube::Column> &sent() const { return m_sent; } ///< as the server defines them

    [[nodiscard]] std::string text(std::size_t column, const kube::Item &item, Clock::TimePoint now) const;
    /// The widest that the cell's text comes to be while nothing but time passes; none: it stays as it is. For who gives it room once.
    [[nodiscard]] std::optional<std::string> longest(std::size_t column, const kube::Item &item) const;
    /// None where the cell holds no length of time that grows. `health`: of the row; ends what counts until the object is done.
    [[nodiscard]] std::optional<Since> since(std::size_t column, const kube::Item &item, std::optional<kinds::Health> health) const;
    /// How many bytes of the name a person has written; the rest was made up. None: not the name, or all of it was written.
    [[nodiscard]] std::optional<std::size_t> stem(std::size_t column, const kube::Item &item) const;
    [[nodiscard]] kinds::SortKey sortKey(std::size_t column, const kube::Item &item) const;
    /// What a filter searches: each cell as it is shown, a line each, folded as RowFilter::folded() does. What changes by itself while it
    /// is shown (ages) is left out: a filter's answer depends on the row alone.
    [[nodiscard]] std::string searchText(const kube::Item &item) const;

private:
    void addOwn(std::vector<Column> own, std::string_view before);
    [[nodiscard]] std::string_view cell(const Column &column, const kube::Item &item) const;

    const kinds::Kind *m_kind = nullptr;
    std::vector<kube::Column> m_sent;
    std::vector<Column> m_columns;
};

} // namespace fairlead::items
