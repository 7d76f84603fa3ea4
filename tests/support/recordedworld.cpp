// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/recordedworld.h"

#include <iterator>

namespace fairlead::test {

RecordedWorld::RecordedWorld(unsigned seed, int rows)
    : m_random(seed)
{
    for (int i = 0; i < rows; ++i) {
        const RowText row = make();
        m_rows[row.space + "/" + row.name] = row;
    }
}

int RecordedWorld::below(int bound)
{
    return static_cast<int>(m_random() % static_cast<unsigned>(bound));
}

RowText RecordedWorld::make()
{
    RowText row;
    row.name = "web-" + std::to_string(++m_last);
    row.space = below(2) == 0 ? "team" : "team-a"; // the server orders "team-a/" before "team/"
    row.uid = "uid-" + std::to_string(m_last);
    row.version = std::to_string(++m_version);
    row.spec = spec();
    return row;
}

std::string RecordedWorld::table() const
{
    return page(0, m_rows.size());
}

std::string RecordedWorld::page(std::size_t from, std::size_t limit) const
{
    std::vector<RowText> rows;
    for (auto row = std::next(m_rows.begin(), static_cast<std::ptrdiff_t>(from)); row != m_rows.end() && rows.size() < limit; ++row)
        rows.push_back(row->second);
    return tableText(rows, version(), from + rows.size() < m_rows.size() ? "more" : "");
}

std::string RecordedWorld::step()
{
    const int what = below(100);
    if (m_rows.empty() || what < 20) {
        const RowText row = make();
        m_rows[row.space + "/" + row.name] = row;
        return eventText("ADDED", row);
    }
    const auto found = std::next(m_rows.begin(), below(static_cast<int>(m_rows.size())));
    RowText &row = found->second;
    row.version = std::to_string(++m_version);
    if (what < 40) {
        const std::string line = eventText("DELETED", row);
        m_rows.erase(found);
        return line;
    }
    row.status = "Status-" + std::to_string(below(10));
    row.spec = spec();
    return eventText("MODIFIED", row);
}

std::map<std::string, std::string> RecordedWorld::truth() const
{
    std::map<std::string, std::string> out;
    for (const auto &[key, row] : m_rows)
        out[key] = row.row();
    return out;
}

} // namespace fairlead::test
