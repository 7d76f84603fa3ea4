// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace fairlead::kube {

/// True if resourceVersion `a` is certainly older than `b`: both are decimal, as every server's are (and as Kubernetes 1.35
/// promises). Anything else is never older: an unknown order must not hide an event.
[[nodiscard]] constexpr bool isOlder(std::string_view a, std::string_view b)
{
    const auto isDecimal = [](std::string_view text) {
        return !text.empty() && text.front() != '0' && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!isDecimal(a) || !isDecimal(b))
        return false;
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

} // namespace fairlead::kube
