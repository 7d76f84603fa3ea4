// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/requestrules.h"

#include <algorithm>
#include <array>

namespace fairlead::net {
namespace {

constexpr std::array<std::string_view, 3> reviews = {
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
};

constexpr std::array<std::string_view, 4> doors = {"exec", "attach", "portforward", "proxy"};

// What RFC 3986 allows in a path, escapes included.
bool isPathByte(char c)
{
    constexpr std::string_view others = "-._~!$&'()*+,;=:@%/";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
}

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

bool isPath(std::string_view path)
{
    return path.starts_with('/') && std::all_of(path.begin(), path.end(), isPathByte);
}

bool hasDotSegment(std::string_view path)
{
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        const std::string_view segment = path.substr(from, end - from);
        if (segment == "." || segment == "..")
            return true;
        from = end + 1;
    }
    return false;
}

bool isHeaderValue(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

void appendEscaped(std::string &out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (isUnreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
}

tl::unexpected<Error> refused(std::string message)
{
    return failure({.code = Code::Invalid, .message = std::move(message)});
}

} // namespace

Result<void> allowed(const Request &request)
{
    if (!isPath(request.path) || hasDotSegment(request.path))
        return refused("not a path that can be asked for: it must start with / and be escaped");
    if (!request.subresource.empty() && (!isPath("/" + request.subresource) || hasDotSegment(request.subresource)))
        return refused("not a subresource that can be asked for");
    if (!isHeaderValue(request.accept) || request.accept.empty())
        return refused("not a media type that can be asked for");
    if (request.verb == Verb::Review) {
        if (!request.subresource.empty() || std::find(reviews.begin(), reviews.end(), request.path) == reviews.end())
            return refused("only reviews of one's own rights may be posted, not " + request.path);
        return {};
    }
    if (!request.body.empty())
        return refused("a request that reads has no body");
    const std::string_view first = std::string_view(request.subresource).substr(0, request.subresource.find('/'));
    if (std::find(doors.begin(), doors.end(), first) != doors.end())
        return refused("\"" + request.subresource + "\" opens a way into the cluster and is not a read");
    return {};
}

std::string url(const Endpoint &endpoint, const Request &request)
{
    std::string out = endpoint.server;
    while (out.ends_with('/'))
        out.pop_back();
    out += request.path;
    if (!request.subresource.empty())
        out.append("/").append(request.subresource);
    char separator = '?';
    for (const auto &[key, value] : request.query) {
        out += separator;
        appendEscaped(out, key);
        out += '=';
        appendEscaped(out, value);
        separator = '&';
    }
    return out;
}

std::string describe(const Request &request)
{
    std::string out;
    switch (request.verb) {
    case Verb::Get:
        out = "get ";
        break;
    case Verb::List:
        out = "list ";
        break;
    case Verb::Watch:
        out = "watch ";
        break;
    case Verb::Review:
        out = "review ";
        break;
    }
    out += request.path;
    if (!request.subresource.empty())
        out.append("/").append(request.subresource);
    return out;
}

} // namespace fairlead::net
