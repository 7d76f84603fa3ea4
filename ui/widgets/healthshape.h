// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/health.h"
#include "ui/widgets/shapes.h"

namespace fairlead::ui {

/// How a health is drawn, everywhere.
[[nodiscard]] constexpr Shape shapeOf(kinds::Health health)
{
    switch (health) {
    case kinds::Health::Healthy:
        return Shape::Ok;
    case kinds::Health::Progressing:
        return Shape::Progress;
    case kinds::Health::Degraded:
        return Shape::Warn;
    case kinds::Health::Failed:
        return Shape::Bad;
    case kinds::Health::Idle:
        return Shape::Idle;
    case kinds::Health::Unknown:
        return Shape::Unknown;
    }
    return Shape::None;
}

} // namespace fairlead::ui
