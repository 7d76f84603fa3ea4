// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::kube {

/// A JSON value, read whole into memory: for answers that are small (Status, discovery, one object). Lists and watches
/// have decoders of their own (table.h, watchlines.h).
///
/// Thread: any, immutable. Members keep the text's order; a repeated key counts with its last value when looked up.
class Json {
public:
    enum class Type : std::uint8_t { Null, Boolean, Number, String, List, Map };

    /// Deeper nesting is refused, so that a hostile text cannot use up the stack, here or in whoever walks the value.
    static constexpr int depthLimit = 256;

    /// Exactly one value (RFC 8259); a byte order mark before it is skipped. Errors carry line and column in place:
    /// Interrupted where the text ends in the middle of a value, Unsupported below depthLimit, else BadInput (also for
    /// bytes that are not UTF-8 and for halves of surrogate pairs).
    [[nodiscard]] static Result<Json> parse(std::string_view text);

    [[nodiscard]] Type type() const { return m_type; }
    [[nodiscard]] bool boolean() const { return m_type == Type::Boolean && m_text == "true"; }
    /// Of a string its content (UTF-8), of a number the digits as they were written, else empty.
    [[nodiscard]] std::string_view text() const
    {
        return m_type == Type::String || m_type == Type::Number ? std::string_view(m_text) : std::string_view();
    }
    /// `otherwise` for all that is not a whole number of 64 bits.
    [[nodiscard]] std::int64_t integer(std::int64_t otherwise = 0) const;
    [[nodiscard]] const std::vector<Json> &list() const { return m_list; }
    [[nodiscard]] const std::vector<std::pair<std::string, Json>> &map() const { return m_map; }
    /// The member, or a Null value that lives for ever: look-ups may be chained.
    [[nodiscard]] const Json &operator[](std::string_view key) const;

private:
    friend class JsonBuilder;
    Type m_type = Type::Null;
    std::string m_text;
    std::vector<Json> m_list;
    std::vector<std::pair<std::string, Json>> m_map;
};

} // namespace fairlead::kube
