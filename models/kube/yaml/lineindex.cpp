// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/lineindex.h"

#include <algorithm>

namespace fairlead::yaml {

LineIndex::LineIndex(std::string_view text)
{
    m_starts.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        m_starts.push_back(static_cast<std::uint32_t>(at + 1));
}

int LineIndex::line(std::size_t offset) const
{
    return static_cast<int>(std::upper_bound(m_starts.begin(), m_starts.end(), offset) - m_starts.begin());
}

int LineIndex::column(std::size_t offset) const
{
    return static_cast<int>(offset - m_starts[static_cast<std::size_t>(line(offset) - 1)]) + 1;
}

std::size_t LineIndex::start(int line) const
{
    return m_starts[static_cast<std::size_t>(line - 1)];
}

} // namespace fairlead::yaml
