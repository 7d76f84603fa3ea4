// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/selector.h"

#include <algorithm>

namespace fairlead::kinds {

std::optional<Labels> parseSelector(std::string_view cell)
{
    Labels labels;
    if (cell.empty() || cell.starts_with('<'))
        return std::nullopt;
    while (!cell.empty()) {
        const std::string_view part = cell.substr(0, cell.find(','));
        cell.remove_prefix(part.size() == cell.size() ? part.size() : part.size() + 1);
        const std::size_t equals = part.find('=');
        // Neither keys nor values of labels hold these.
        if (equals == std::string_view::npos || equals == 0 || part.find_first_of(" !()<>") != std::string_view::npos)
            return std::nullopt;
        labels.emplace_back(part.substr(0, equals), part.substr(equals + 1));
    }
    return labels;
}

bool selects(const Labels &labels, const kube::Row &row)
{
    const auto has = [&row](const std::pair<std::string, std::string> &wanted) {
        for (std::size_t i = 0; i < row.labelCount(); ++i) {
            const auto label = row.label(i);
            if (label.first == wanted.first && label.second == wanted.second)
                return true;
        }
        return false;
    };
    return !labels.empty() && std::all_of(labels.begin(), labels.end(), has);
}

} // namespace fairlead::kinds
