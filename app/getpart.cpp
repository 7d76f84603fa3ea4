// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/getpart.h"

#include <algorithm>

namespace fairlead::app {

void inOrderOfArrival(std::vector<kube::ItemPtr> &items)
{
    std::sort(items.begin(), items.end(), [](const kube::ItemPtr &a, const kube::ItemPtr &b) { return a->id() < b->id(); });
}

} // namespace fairlead::app
