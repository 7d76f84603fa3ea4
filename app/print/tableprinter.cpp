// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/tableprinter.h"

#include "app/print/terminaltext.h"

#include <array>
#include <charconv>
#include <cstdlib>

namespace fairlead::app {

std::string goNumber(std::string_view digits)
{
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::string(digits);
    // Shortest digits that read back equal; which of the two notations is decided by the exponent, as "%v" does.
    std::array<char, 64> buffer;
    auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    const std::string scientific(buffer.data(), written.ptr);
    const std::size_t mark = scientific.find('e');
    if (mark == std::string::npos)
        return scientific; // inf, nan
    const int exponent = std::atoi(scientific.c_str() + mark + 1);
    if (exponent < -4 || exponent >= 6)
        return scientific;
    written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return std::string(buffer.data(), written.ptr);
}

TablePrinter::TablePrinter(TableStyle style)
    : m_style(std::move(style))
{
}

void TablePrinter::print(std::string &out, const std::vector<kube::Column> &columns, const std::vector<const kube::Row *> &rows)
{
    if (!columns.empty() && columns != m_columns) {
        m_columns = columns;
        m_headersPrinted = false;
        m_shown.clear();
        m_nameColumn = m_columns.size();
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            if (m_style.wide || m_columns[i].priority == 0)
                m_shown.push_back(i);
            if (m_nameColumn == m_columns.size() && m_columns[i].format == "name" && m_columns[i].type == "string")
                m_nameColumn = i;
        }
    }
    if (rows.empty())
        return;

    const bool withHeaders = m_style.headers && !m_headersPrinted;
    m_headersPrinted = true;
    const std::size_t first = m_style.withNamespace ? 1 : 0;
    const std::size_t count = first + m_shown.size();
    // Two passes over the same cells, so that a list of any length is held once, by its owner.
    std::string cell;
    const auto make = [&](const kube::Row *row, std::size_t at) {
        cell.clear();
        if (at < first)
            row ? appendCell(cell, row->space()) : appendCell(cell, "NAMESPACE");
        else if (row)
            appendRowCell(cell, *row, m_shown[at - first]);
        else
            appendCell(cell, upperCase(m_columns[m_shown[at - first]].name));
        return runeCount(cell);
    };
    const auto forEachLine = [&](auto &&line) {
        if (withHeaders)
            line(nullptr);
        for (const kube::Row *row : rows)
            line(row);
    };
    forEachLine([&](const kube::Row *row) {
        for (std::size_t at = 0; at + 1 < count; ++at)
            m_widths.measure(at, make(row, at));
    });
    forEachLine([&](const kube::Row *row) {
        for (std::size_t at = 0; at < count; ++at) {
            const std::size_t runes = make(row, at);
            out += cell;
            if (at + 1 < count)
                m_widths.pad(out, at, runes);
        }
        out += '\n';
    });
}

void TablePrinter::appendRowCell(std::string &out, const kube::Row &row, std::size_t column) const
{
    if (column == m_nameColumn && !m_style.kindPrefix.empty()) {
        out += m_style.kindPrefix;
        out += '/';
    }
    if (column >= row.cellCount())
        return;
    if (row.cellType(column) == kube::CellType::Real)
        out += goNumber(row.cell(column));
    else if (row.cellType(column) != kube::CellType::Null)
        appendCell(out, row.cell(column));
}

} // namespace fairlead::app
