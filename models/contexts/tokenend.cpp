// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/tokenend.h"

#include "kube/decode/json.h"
#include "kube/yaml/scalar.h"

#include <algorithm>
#include <string>

namespace fairlead::contexts {

std::optional<std::chrono::system_clock::time_point> tokenEnd(std::string_view token)
{
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    // base64url without padding (RFC 7515 2) to base64 with it.
    std::string claims(token.substr(first + 1, second - first - 1));
    std::replace(claims.begin(), claims.end(), '-', '+');
    std::replace(claims.begin(), claims.end(), '_', '/');
    claims.append((4 - claims.size() % 4) % 4, '=');
    const auto text = yaml::decodeBase64(claims);
    const auto json = text ? kube::Json::parse(*text) : Result<kube::Json>(failure({}));
    const std::int64_t seconds = json ? (*json)["exp"].integer() : 0;
    constexpr std::int64_t latest = 9'000'000'000; // the clock counts nanoseconds in 64 bits, up to the year 2262
    if (seconds <= 0)
        return std::nullopt;
    return std::chrono::system_clock::time_point(std::chrono::seconds(std::min(seconds, latest)));
}

} // namespace fairlead::contexts
