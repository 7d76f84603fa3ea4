// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"
#include "kube/yaml/yamlwriter.h"

#include <span>
#include <string_view>

namespace fairlead::kube {

enum class ManagedFields { LeftOut, Kept };

/// Stands for a value that is not to be seen.
inline constexpr std::string_view maskText = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";

/// Gives an object as the server sent it to the writer; without metadata.managedFields it is what kubectl's -o yaml prints.
/// `masked`: JSON pointers (RFC 6901); every text and number there and below is given as maskText.
/// Thread: any; no state.
void giveObject(yaml::YamlWriter &writer, const Json &object, ManagedFields managedFields = ManagedFields::LeftOut,
    std::span<const std::string_view> masked = {});

} // namespace fairlead::kube
