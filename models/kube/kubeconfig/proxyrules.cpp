// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/proxyrules.h"

#include "kube/kubeconfig/ipaddress.h"
#include "kube/kubeconfig/serveraddress.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace fairlead::kube {
namespace {

std::string trimmedLower(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    std::string out(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool excepts(std::string rule, const ServerAddress &server, const std::optional<IpAddress> &ip)
{
    if (rule.empty())
        return false;
    if (rule == "*")
        return true;
    if (rule.find('/') != std::string::npos && IpAddress::parse(rule.substr(0, rule.find('/'))))
        return ip && ip->isIn(rule);
    // HOST, HOST:PORT, [IPV6]:PORT; several colons without brackets are an IPv6 address.
    std::string host = rule;
    std::string port;
    if (rule.front() == '[') {
        const std::size_t close = rule.find(']');
        if (close == std::string::npos)
            return false;
        host = rule.substr(1, close - 1);
        if (rule.size() > close + 2)
            port = rule.substr(close + 2);
    } else if (const std::size_t colon = rule.find(':'); colon != std::string::npos && colon == rule.rfind(':')) {
        host = rule.substr(0, colon);
        port = rule.substr(colon + 1);
    }
    if (host.empty() || (!port.empty() && port != std::to_string(server.port)))
        return false;
    if (const std::optional<IpAddress> ruleIp = IpAddress::parse(host))
        return ip == ruleIp;
    if (host.starts_with("*."))
        host.erase(0, 1);
    if (host.front() != '.') {
        if (server.host == host)
            return true;
        host.insert(0, 1, '.');
    }
    return server.host.ends_with(host);
}

} // namespace

std::optional<std::string> proxyVariable(const std::string &server, const Surroundings &surroundings)
{
    const Result<ServerAddress> address = parseServer(server);
    if (!address)
        return std::nullopt;
    const auto firstSet = [&](std::string upper, std::string lower) -> std::pair<std::string, std::string> {
        for (std::string &name : std::array<std::string, 2>{std::move(upper), std::move(lower)}) {
            if (std::optional<std::string> value = surroundings.environment(name); value && !value->empty())
                return {std::move(name), std::move(*value)};
        }
        return {};
    };
    const auto [name, proxy] = address->secure ? firstSet("HTTPS_PROXY", "https_proxy") : firstSet("HTTP_PROXY", "http_proxy");
    if (proxy.empty() || address->host == "localhost")
        return std::nullopt;
    const std::optional<IpAddress> ip = IpAddress::parse(address->host);
    if (ip && ip->isLoopback())
        return std::nullopt;
    const std::string exceptions = firstSet("NO_PROXY", "no_proxy").second;
    for (std::size_t at = 0; at <= exceptions.size();) {
        const std::size_t comma = std::min(exceptions.find(',', at), exceptions.size());
        if (excepts(trimmedLower(std::string_view(exceptions).substr(at, comma - at)), *address, ip))
            return std::nullopt;
        at = comma + 1;
    }
    return name;
}

} // namespace fairlead::kube
