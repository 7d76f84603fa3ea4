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

Error withWayOut(Error error, const Resource &resource)
{
    const bool isEverywhere = error.message.find("at the cluster scope") != std::string::npos;
    if (error.code == Code::Forbidden && isEverywhere && resource.namespaced)
        error.remedy = "Choose a namespace in which you may see " + resource.qualifiedName() + ". " + error.remedy;
    return error;
}

} // namespace fairlead::kube
