// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/treetablerole.h"

#ifdef FAIRLEAD_TREE_TABLE_ROLE
#include <QtGui/private/qguiapplication_p.h>
#include <QtGui/private/qspi_constant_mappings_p.h>
#include <QtGui/private/qspiaccessiblebridge_p.h>
#include <QtGui/qpa/qplatformintegration.h>

#include <cstring>
#endif

namespace fairlead::ui {

QAccessible::Role treeTableRole()
{
#ifdef FAIRLEAD_TREE_TABLE_ROLE
    constexpr auto role = QAccessible::Role(QAccessible::UserRole - 1); // a value that the enum can hold, and no role of Qt has
    // Qt's own headers of this are for one version of Qt only.
    if (std::strcmp(qVersion(), QT_VERSION_STR) != 0)
        return QAccessible::Tree;
    QPlatformIntegration *const platform = QGuiApplicationPrivate::platformIntegration();
    const auto *bridge = platform != nullptr ? dynamic_cast<const QSpiAccessibleBridge *>(platform->accessibility()) : nullptr;
    if (bridge == nullptr || bridge->spiRoleNames().isEmpty())
        return QAccessible::Tree; // another platform, or nobody reads
    auto &names = const_cast<QSpiAccessibleBridge::SpiRoleMapping &>(bridge->spiRoleNames());
    if (!names.contains(role))
        names.insert(role, RoleNames(ATSPI_ROLE_TREE_TABLE, QStringLiteral("tree table"), QStringLiteral("tree table")));
    return role;
#else
    return QAccessible::Tree;
#endif
}

} // namespace fairlead::ui
