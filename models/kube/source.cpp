// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/source.h"

namespace fairlead::kube {
namespace {

void appendEscaped(std::string &path, std::string_view part)
{
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char c : part) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            path += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        path += '%';
        path += digits[byte >> 4];
        path += digits[byte & 15];
    }
}

} // namespace

std::string collectionPath(const GroupVersionResource &resource, std::string_view space)
{
    std::string path = resource.group.empty() ? "/api/" : "/apis/";
    if (!resource.group.empty()) {
        appendEscaped(path, resource.group);
        path += '/';
    }
    appendEscaped(path, resource.version);
    if (!space.empty()) {
        path += "/namespaces/";
        appendEscaped(path, space);
    }
    path += '/';
    appendEscaped(path, resource.resource);
    return path;
}

std::string objectPath(const GroupVersionResource &resource, std::string_view space, std::string_view name)
{
    std::string path = collectionPath(resource, space) + '/';
    // "." and ".." would be taken as steps of the path.
    if (name == "." || name == "..") {
        for (std::size_t i = 0; i < name.size(); ++i)
            path += "%2E";
    } else {
        appendEscaped(path, name);
    }
    return path;
}

} // namespace fairlead::kube
