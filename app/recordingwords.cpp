// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recordingwords.h"

#include <array>
#include <cmath>
#include <cstddef>

namespace fairlead::app {

std::string sizeText(std::uint64_t bytes)
{
    constexpr std::array<std::string_view, 5> units = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    double amount = static_cast<double>(bytes);
    // As it is shown, so that no 1024 KiB comes out.
    for (; std::round(amount) >= 1024 && unit + 1 < units.size(); ++unit)
        amount /= 1024;
    const auto tenths = static_cast<std::uint64_t>(std::llround(amount * 10));
    std::string text = std::to_string(unit == 0 || tenths >= 100 ? static_cast<std::uint64_t>(std::llround(amount)) : tenths / 10);
    if (unit > 0 && tenths < 100)
        text += "." + std::to_string(tenths % 10);
    return text + " " + std::string(units[unit]);
}

std::string countText(std::uint64_t count, std::string_view one, std::string_view more)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : more);
}

std::string redactionsText(const recording::Redactions &redactions)
{
    std::string text;
    for (std::size_t i = 0; i < recording::reasons; ++i) {
        const auto reason = static_cast<recording::Reason>(i);
        if (redactions.of(reason) == 0)
            continue;
        text += text.empty() ? "" : ", ";
        text += std::to_string(redactions.of(reason)) + " " + std::string(words(reason));
    }
    return text.empty() ? "nothing" : text;
}

} // namespace fairlead::app
