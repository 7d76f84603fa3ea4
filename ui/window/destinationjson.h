// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/destination.h"

#include <QJsonObject>
#include <QJsonValue>

namespace fairlead::ui {

// How the settings keep where a tab was and which namespaces were chosen.

[[nodiscard]] QJsonObject toJson(const Destination &destination);
[[nodiscard]] Destination destinationOf(const QJsonObject &json);

/// A list of names, empty for all.
[[nodiscard]] QJsonValue toJson(const kube::Scope &scope);
/// None: it is no list of names.
[[nodiscard]] std::optional<kube::Scope> scopeOf(const QJsonValue &json);

} // namespace fairlead::ui
