// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/resource.h"

#include <algorithm>

namespace fairlead::kube {

bool Resource::can(std::string_view verb) const
{
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::string Resource::qualifiedName() const
{
    return id.group.empty() ? id.resource : id.resource + "." + id.group;
}

} // namespace fairlead::kube
