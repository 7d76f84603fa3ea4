// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/proxyrules.h"

#include "kube/kubeconfig/serveraddress.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>

namespace fairlead::kube {
namespace {

/// An address of 16 bytes; IPv4 is mapped into IPv6, as Go holds it.
using Ip = std::array<std::uint8_t, 16>;

std::optional<Ip> parseIp(std::string_view text)
{
    const std::string terminated(text);
    Ip ip{};
    if (inet_pton(AF_INET6, terminated.c_str(), ip.data()) == 1)
        return ip;
    std::array<std::uint8_t, 4> four{};
    if (inet_pton(AF_INET, terminated.c_str(), four.data()) != 1)
        return std::nullopt;
    ip = {};
    ip[10] = ip[11] = 0xFF;
    std::copy(four.begin(), four.end(), ip.begin() + 12);
    return ip;
}

bool isIpv4(const Ip &ip)
{
    return std::all_of(ip.begin(), ip.begin() + 10, [](std::uint8_t b) { return b == 0; }) && ip[10] == 0xFF && ip[11] == 0xFF;
}

bool isLoopback(const Ip &ip)
{
    if (isIpv4(ip))
        return ip[12] == 127;
    return std::all_of(ip.begin(), ip.end() - 1, [](std::uint8_t b) { return b == 0; }) && ip[15] == 1;
}

bool inNetwork(const Ip &ip, std::string_view network)
{
    const std::size_t slash = network.find('/');
    if (slash == std::string_view::npos)
        return false;
    const std::optional<Ip> base = parseIp(network.substr(0, slash));
    unsigned bits = 0;
    const std::string_view count = network.substr(slash + 1);
    const auto [end, error] = std::from_chars(count.data(), count.data() + count.size(), bits);
    if (!base || error != std::errc{} || end != count.data() + count.size() || isIpv4(*base) != isIpv4(ip))
        return false;
    if (bits > (isIpv4(ip) ? 32u : 128u))
        return false;
    bits += isIpv4(ip) ? 96 : 0;
    for (unsigned i = 0; i < bits; ++i) {
        const unsigned mask = 0x80u >> (i % 8);
        if ((ip[i / 8] & mask) != ((*base)[i / 8] & mask))
            return false;
    }
    return true;
}

std::string trimmedLower(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    std::string out(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool excepts(std::string rule, const ServerAddress &server, const std::optional<Ip> &ip)
{
    if (rule.empty())
        return false;
    if (rule == "*")
        return true;
    if (rule.find('/') != std::string::npos && parseIp(rule.substr(0, rule.find('/'))))
        return ip && inNetwork(*ip, rule);
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
    if (const std::optional<Ip> ruleIp = parseIp(host))
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
    const std::optional<Ip> ip = parseIp(address->host);
    if (ip && isLoopback(*ip))
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
