// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::yaml {

/// What a scalar is to Kubernetes.
enum class Type : std::uint8_t { Null, Boolean, Integer, Unsigned, Float, String };

/// A scalar as Kubernetes reads it: by YAML 1.1, so that a plain `y` is true and 0o14 is 12. Dates are strings.
struct Value {
    Type type = Type::Null;
    bool boolean = false;
    std::int64_t integer = 0;          ///< of an Integer
    std::uint64_t unsignedInteger = 0; ///< of an Unsigned: what is too large for int64
    double number = 0;                 ///< of a Float; may be infinite or not a number, which no JSON can hold
    std::string string;                ///< of a String
};

/// How a plain scalar reads. Source: the table that sigs.k8s.io/yaml 1.6 applies (platform facts, 5).
[[nodiscard]] Value resolvePlain(std::string_view text);

/// How a scalar with a tag reads; `tag` as the parser gives it: "?" plain, "!" quoted, "tag:yaml.org,2002:int" and the like.
/// Errors: BadInput without a place where the text is not of that type ("!!int abc"), or "!!binary" is not base64.
[[nodiscard]] Result<Value> resolveTagged(std::string_view tag, std::string_view text);

/// Whether the text, written without quotes, would read as something other than this very string: a boolean, a number,
/// nothing, a merge key, a date, or a number of base 60 (which Kubernetes reads as a string and other readers do not).
[[nodiscard]] bool plainIsNotString(std::string_view text);

/// The key that a scalar becomes in JSON: `y` is "true", 014 is "12". Null has none and gives "".
[[nodiscard]] std::string keyText(const Value &value);

/// A number as Go prints it in its shortest form ('g'): 1e+06, 0.5. The float form keeps float's precision.
[[nodiscard]] std::string shortest(double number);
[[nodiscard]] std::string shortest(float number);

/// Standard base64 with padding, as Go's decoder takes it: line ends inside are skipped, anything else is an error.
/// Error: BadInput without a place; the text itself never stands in the message.
[[nodiscard]] Result<std::string> decodeBase64(std::string_view text);

} // namespace fairlead::yaml
