// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"
#include "kube/yaml/yamlwriter.h"

namespace fairlead::app {

/// Gives an object as the server sent it to the writer, without metadata.managedFields, as kubectl's -o yaml leaves them out.
/// Thread: any; no state.
void giveObject(yaml::YamlWriter &writer, const kube::Json &object);

} // namespace fairlead::app
