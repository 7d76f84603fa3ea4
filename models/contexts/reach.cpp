// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/reach.h"

#include <tuple>

namespace fairlead::contexts {

bool Reach::operator==(const Reach &other) const
{
    const auto all = [](const Reach &reach) {
        return std::tie(reach.state, reach.checking, reach.roundTrip, reach.version, reach.checkedAt, reach.since);
    };
    const auto said = [](const Reach &reach) { return reach.error ? reach.error->text() : std::string(); };
    return all(*this) == all(other) && said(*this) == said(other);
}

Reach::State stateOf(const Error &error)
{
    return error.code == Code::Unauthorized || error.code == Code::Forbidden ? Reach::State::Refused : Reach::State::Failed;
}

} // namespace fairlead::contexts
