// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gototarget.h"

namespace fairlead::ui {

Destination destinationOf(const items::GoToModel::Target &target, bool newTab)
{
    using Type = items::GoToModel::Type;
    switch (target.type) {
    case Type::Kind:
        return {.page = "resources", .kind = target.resource.qualifiedName(), .newTab = newTab};
    case Type::Context:
        return {.context = target.name};
    case Type::Object:
        return {.page = "object",
            .context = target.context,
            .kind = target.resource.qualifiedName(),
            .space = target.space,
            .name = target.name,
            .newTab = newTab};
    case Type::Namespace:
        break;
    }
    return {};
}

} // namespace fairlead::ui
