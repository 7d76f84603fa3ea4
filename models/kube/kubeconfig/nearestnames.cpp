// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/nearestnames.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t mostShown = 5;
constexpr std::size_t mostCompared = 2000; // a file of 10 MB may hold a hundred thousand
constexpr std::size_t longestCompared = 64;

std::size_t distance(std::string_view a, std::string_view b)
{
    a = a.substr(0, longestCompared);
    b = b.substr(0, longestCompared);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row[b.size()];
}

} // namespace

std::string nearestNames(const std::string &name, const std::vector<NamedItem> &items)
{
    std::vector<std::pair<std::size_t, std::string_view>> ranked;
    for (std::size_t i = 0; i < std::min(items.size(), mostCompared); ++i) {
        // Part of a name is what people type when they do not know it all.
        const bool contained = !name.empty() && items[i].name.find(name) != std::string::npos;
        ranked.emplace_back(name.empty() ? i : contained ? 1 : distance(name, items[i].name) + 1, items[i].name);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::string out;
    for (std::size_t i = 0; i < std::min(ranked.size(), mostShown); ++i) {
        out += out.empty() ? "" : ", ";
        out += ranked[i].second;
    }
    return items.size() > mostShown ? out + ", …" : out;
}

} // namespace fairlead::kube
