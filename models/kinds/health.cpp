// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/health.h"

namespace fairlead::kinds {

namespace {

struct Entry {
    std::string_view name;
    int weight;
};

constexpr Entry entries[healthCount] = {{"healthy", 1}, {"progressing", 3}, {"degraded", 4}, {"failed", 5}, {"idle", 0}, {"unknown", 2}};

const Entry &entry(Health health)
{
    return entries[static_cast<std::size_t>(health)];
}

} // namespace

std::string_view name(Health health)
{
    return entry(health).name;
}

int severity(Health health)
{
    return entry(health).weight;
}

Health worse(Health a, Health b)
{
    return entry(a).weight >= entry(b).weight ? a : b;
}

} // namespace fairlead::kinds
