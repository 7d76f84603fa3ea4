// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"
#include "ui/widgets/shapes.h"

namespace fairlead::ui {

/// How a context stands, as the side bar and the choice of contexts draw it.
[[nodiscard]] constexpr Shape shapeOf(contexts::Standing standing, contexts::Reach::State reach)
{
    if (standing == contexts::Standing::Broken)
        return Shape::Bad;
    if (standing == contexts::Standing::NotYet)
        return Shape::Idle;
    switch (reach) {
    case contexts::Reach::State::NotAsked:
        return Shape::None;
    case contexts::Reach::State::Reachable:
        return Shape::Ok;
    case contexts::Reach::State::Refused:
        return Shape::Warn;
    case contexts::Reach::State::Failed:
        return Shape::Unknown;
    }
    return Shape::None;
}

} // namespace fairlead::ui
