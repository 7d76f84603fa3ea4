// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/serveraddress.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace fairlead::kube {
namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

tl::unexpected<Error> wrong(std::string what)
{
    return failure({.code = Code::BadInput, .message = "the server's address " + std::move(what), .remedy = "Write it as https://HOST:PORT."});
}

} // namespace

std::string ServerAddress::text() const
{
    std::string out = secure ? "https://" : "http://";
    out += host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (secure ? 443 : 80))
        out += ":" + std::to_string(port);
    return out + path;
}

Result<ServerAddress> parseServer(std::string_view text)
{
    ServerAddress address;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}')
            return wrong("holds a space or another character that no address has");
    }
    if (text.find_first_of("?#") != std::string_view::npos)
        return wrong("holds a ? or #");
    const std::size_t mark = text.find("://");
    if (mark != std::string_view::npos) {
        const std::string scheme = lower(text.substr(0, mark));
        if (scheme != "https" && scheme != "http")
            return wrong("is neither https nor http");
        address.secure = scheme == "https";
        text.remove_prefix(mark + 3);
    } else {
        address.schemeGiven = false;
    }
    const std::size_t slash = std::min(text.find('/'), text.size());
    address.path = text.substr(slash);
    while (address.path.ends_with('/'))
        address.path.pop_back();
    if (!address.schemeGiven && !address.path.empty())
        return wrong("has a path but no scheme");
    std::string_view authority = text.substr(0, slash);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        address.user = true;
        authority.remove_prefix(at + 1);
    }
    std::string_view port;
    bool hasPort = false;
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos)
            return wrong("has a [ without a ]");
        address.host = lower(authority.substr(1, close - 1));
        const std::string_view rest = authority.substr(close + 1);
        if (!rest.empty() && rest[0] != ':')
            return wrong("has text between ] and the port");
        hasPort = !rest.empty();
        port = rest.substr(std::min<std::size_t>(1, rest.size()));
    } else {
        const std::size_t colon = authority.find(':');
        if (colon != authority.rfind(':'))
            return wrong("is an IPv6 address without brackets");
        address.host = lower(authority.substr(0, colon));
        hasPort = colon != std::string_view::npos;
        port = hasPort ? authority.substr(colon + 1) : std::string_view();
    }
    if (address.host.empty())
        return wrong("names no host");
    address.port = address.secure ? 443 : 80;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
        if (error != std::errc{} || end != port.data() + port.size() || address.port < 1 || address.port > 65535)
            return wrong("has a wrong port");
    }
    return address;
}

} // namespace fairlead::kube
