// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/endpoint.h"

namespace fairlead::net {

bool Endpoint::secure() const
{
    return !server.starts_with("http:");
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
