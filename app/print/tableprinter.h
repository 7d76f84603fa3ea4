// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/print/columnwidths.h"
#include "kube/decode/row.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::app {

struct TableStyle {
    bool wide = false;          ///< columns with a priority above 0 too
    bool withNamespace = false; ///< a NAMESPACE column first
    bool headers = true;
    std::string kindPrefix; ///< "deployment.apps": names become "deployment.apps/web"; empty for plain names
};

/// One kind's rows as the lines that kubectl prints. Headers come before the first row, and again when the columns change;
/// no rows, no headers. What is printed later keeps the widths of what was printed before.
///
/// Thread: any, one at a time. Source: k8s.io/cli-runtime pkg/printers/tableprinter.go; where we differ: terminaltext.h.
class TablePrinter {
public:
    explicit TablePrinter(TableStyle style);

    /// Appends the lines. `columns` may be empty: then the last ones count, as in the events of a watch.
    void print(std::string &out, const std::vector<kube::Column> &columns, const std::vector<const kube::Row *> &rows);

private:
    void appendRowCell(std::string &out, const kube::Row &row, std::size_t column) const;

    TableStyle m_style;
    ColumnWidths m_widths;
    std::vector<kube::Column> m_columns;
    std::vector<std::size_t> m_shown; // indexes of m_columns
    std::size_t m_nameColumn = 0;     // of m_columns; its size if there is none
    bool m_headersPrinted = false;
};

/// A number that is not whole as Go's fmt.Sprint prints it: shortest digits that read back equal, with an exponent below
/// 1e-04 and from 1e+06 on. What is not a number comes back as it is.
[[nodiscard]] std::string goNumber(std::string_view digits);

} // namespace fairlead::app
