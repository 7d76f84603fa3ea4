// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/requestpath.h"

#include <algorithm>
#include <vector>

namespace fairlead::recording {
namespace {

std::optional<int> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
        return (c | 0x20) - 'a' + 10;
    return std::nullopt;
}

std::string unescapedPart(std::string_view part)
{
    std::string out;
    for (std::size_t at = 0; at < part.size(); ++at) {
        const auto high = part[at] == '%' && at + 2 < part.size() ? hexDigit(part[at + 1]) : std::nullopt;
        const auto low = high ? hexDigit(part[at + 2]) : std::nullopt;
        if (low) {
            out += static_cast<char>(*high << 4 | *low);
            at += 2;
        } else {
            out += part[at];
        }
    }
    return out;
}

} // namespace

std::optional<RequestPath> RequestPath::parse(std::string_view path)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 1; begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        parts.push_back(unescapedPart(path.substr(begin, end - begin)));
        begin = end + 1;
    }
    RequestPath out;
    std::size_t at = 0;
    if (parts.size() >= 3 && parts[0] == "api") {
        out.resource.version = parts[1];
        at = 2;
    } else if (parts.size() >= 4 && parts[0] == "apis") {
        out.resource.group = parts[1];
        out.resource.version = parts[2];
        at = 3;
    } else {
        return std::nullopt;
    }
    // "namespaces/a" is an object, "namespaces/a/pods" a collection in it; "namespaces/a/status" is neither more nor less than the server says.
    const bool isInSpace = parts[at] == "namespaces" && parts.size() >= at + 3 && parts[at + 2] != "status" && parts[at + 2] != "finalize";
    if (isInSpace) {
        out.space = parts[at + 1];
        at += 2;
    }
    out.resource.resource = parts[at];
    if (parts.size() > at + 1)
        out.name = parts[at + 1];
    for (std::size_t i = at + 2; i < parts.size(); ++i)
        out.subresource += (out.subresource.empty() ? "" : "/") + parts[i];
    return out;
}

} // namespace fairlead::recording
