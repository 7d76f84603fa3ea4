// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/endpoint.h"

#include <algorithm>

namespace fairlead::net {

bool Endpoint::secure() const
{
    return !server.starts_with("http:");
}

bool Endpoint::isAddress() const
{
    std::string_view rest = server;
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return false;
    // libcurl would take the first part of a path for the host.
    if (rest.empty() || rest.front() == '/' || rest.front() == ':')
        return false;
    return std::none_of(rest.begin(), rest.end(),
        [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || c == '?' || c == '#' || c == '\\' || c == '"'; });
}

std::string Endpoint::address() const
{
    std::string out = server;
    const std::size_t scheme = out.find("://");
    const std::size_t start = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = out.find('/', start);
    const std::size_t sign = out.substr(0, end).rfind('@');
    if (sign != std::string::npos && sign >= start)
        out.erase(start, sign + 1 - start);
    while (out.ends_with('/'))
        out.pop_back();
    return out;
}

} // namespace fairlead::net
