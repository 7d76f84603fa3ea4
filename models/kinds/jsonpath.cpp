// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/jsonpath.h"

#include <string>

namespace fairlead::kinds {
namespace {

std::string unescaped(std::string_view part)
{
    std::string key;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        key += !escape ? part[i] : part[i + 1] == '0' ? '~' : '/';
        i += escape ? 1 : 0;
    }
    return key;
}

void collect(const kube::Json &value, std::string_view path, std::vector<const kube::Json *> &into)
{
    if (path.empty()) {
        into.push_back(&value);
        return;
    }
    const std::size_t end = path.find('/', 1);
    const std::string_view part = path.substr(1, end == std::string_view::npos ? end : end - 1);
    const std::string_view rest = end == std::string_view::npos ? std::string_view() : path.substr(end);
    if (part != "*") {
        collect(part.find('~') == std::string_view::npos ? value[part] : value[unescaped(part)], rest, into);
        return;
    }
    for (const kube::Json &each : value.list())
        collect(each, rest, into);
}

} // namespace

std::vector<const kube::Json *> valuesAt(const kube::Json &root, std::string_view path)
{
    std::vector<const kube::Json *> values;
    collect(root, path, values);
    return values;
}

} // namespace fairlead::kinds
