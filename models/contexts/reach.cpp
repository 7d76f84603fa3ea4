// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/reach.h"

#include <algorithm>
#include <cstddef>
#include <tuple>

namespace fairlead::contexts {

bool Reach::operator==(const Reach &other) const
{
    const auto all = [](const Reach &reach) {
        return std::tie(reach.state, reach.checking, reach.roundTrip, reach.version, reach.checkedAt, reach.since, reach.trips);
    };
    const auto said = [](const Reach &reach) { return reach.error ? reach.error->text() : std::string(); };
    return all(*this) == all(other) && said(*this) == said(other);
}

std::optional<std::chrono::milliseconds> usualTrip(const Reach &reach, std::size_t last)
{
    std::vector<std::chrono::milliseconds> before;
    for (std::size_t at = 0; at < std::min(last, reach.trips.size()); ++at) {
        if (reach.trips[at])
            before.push_back(*reach.trips[at]);
    }
    constexpr std::size_t enough = 3;
    if (before.size() < enough)
        return std::nullopt;
    const auto middle = before.begin() + std::ptrdiff_t(before.size() / 2);
    std::nth_element(before.begin(), middle, before.end());
    return *middle;
}

Pace paceOf(const Reach &reach, std::size_t at)
{
    using namespace std::chrono_literals;
    constexpr auto felt = 50ms;
    constexpr int slow = 3;
    if (at >= reach.trips.size() || !reach.trips[at])
        return Pace::Unknown;
    const auto trip = *reach.trips[at];
    if (trip >= 1s)
        return Pace::Crawling;
    const auto usual = usualTrip(reach, at);
    return trip >= felt && usual && trip >= slow * *usual ? Pace::Slow : Pace::Usual;
}

Pace paceOf(const Reach &reach)
{
    return reach.trips.empty() || reach.state != Reach::State::Reachable ? Pace::Unknown : paceOf(reach, reach.trips.size() - 1);
}

Reach::State stateOf(const Error &error)
{
    return error.code == Code::Unauthorized || error.code == Code::Forbidden ? Reach::State::Refused : Reach::State::Failed;
}

} // namespace fairlead::contexts
