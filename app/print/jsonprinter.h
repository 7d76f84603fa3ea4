// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"

#include <string>
#include <string_view>

namespace fairlead::app {

/// JSON as kubectl prints it: keys sorted by bytes, four blanks a level, `<`, `>`, `&`, U+2028 and U+2029 as escapes, numbers
/// with the digits that came. Beyond kubectl, DEL and the C1 controls are escapes too, so that no control reaches a terminal.
/// Thread: any; no state. Source: Go's encoding/json, MarshalIndent (k8s.io/cli-runtime pkg/printers/json.go).

/// Appends `value`; its first line is not indented, its other lines stand below `depth` levels. No line end after it.
void appendJson(std::string &out, const kube::Json &value, int depth = 0);

/// As above, for an object as the server sent it: metadata.managedFields is left out.
void appendObjectJson(std::string &out, const kube::Json &object, int depth = 0);

/// The text as a JSON string, quotes included.
void appendJsonString(std::string &out, std::string_view text);

} // namespace fairlead::app
