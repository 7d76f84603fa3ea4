// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/yaml/node.h"
#include "kube/yaml/yamlwriter.h"

#include <QJsonValue>

namespace fairlead::test {

/// What Kubernetes would make of a node: the same JSON that kubectl prints for it.
[[nodiscard]] QJsonValue toJson(const yaml::Node &node);

/// A JSON value as the writer's events.
void write(yaml::YamlWriter &writer, const QJsonValue &value);

} // namespace fairlead::test
