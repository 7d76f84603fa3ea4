// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/commonkinds.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

constexpr KindKey common[] = {
    {"", "pods"},
    {"apps", "deployments"},
    {"apps", "statefulsets"},
    {"apps", "daemonsets"},
    {"batch", "jobs"},
    {"batch", "cronjobs"},
    {"", "services"},
    {"networking.k8s.io", "ingresses"},
    {"networking.k8s.io", "networkpolicies"},
    {"", "configmaps"},
    {"", "secrets"},
    {"", "persistentvolumeclaims"},
    {"", "serviceaccounts"},
    {"rbac.authorization.k8s.io", "roles"},
    {"rbac.authorization.k8s.io", "rolebindings"},
    {"", "nodes"},
    {"", "namespaces"},
    {"", "events"},
};

} // namespace

std::span<const KindKey> commonKinds()
{
    return common;
}

bool isCommon(std::string_view group, std::string_view resource)
{
    return std::find(std::begin(common), std::end(common), KindKey{group, resource}) != std::end(common);
}

} // namespace fairlead::kinds
