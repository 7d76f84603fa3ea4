// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::app {

/// JSON of our own, a value at a time, indented as kubectl indents: four blanks a level. Whoever calls it keeps the order of begin and end, and gives
/// keys in maps only. Thread: one.
class JsonWriter {
public:
    void beginMap() { begin('{'); }
    void endMap() { end('}'); }
    void beginList() { begin('['); }
    void endList() { end(']'); }
    void key(std::string_view name);

    void text(std::string_view value);
    void number(std::int64_t value);
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void null() { raw("null"); }

    void member(std::string_view name, std::string_view value);
    void member(std::string_view name, const char *value) { member(name, std::string_view(value)); }
    void member(std::string_view name, std::int64_t value);
    void flag(std::string_view name, bool value);
    /// Null where there is none.
    void member(std::string_view name, std::optional<std::int64_t> value);
    /// RFC 3339 in UTC, on the second; null where there is none.
    void member(std::string_view name, std::optional<Moment> value);

    /// All of it, with a line end.
    [[nodiscard]] std::string take();

private:
    void begin(char bracket);
    void end(char bracket);
    void raw(std::string_view value);
    void separate();

    std::string m_out;
    std::vector<bool> m_any; ///< of each open level: whether something stands in it
    bool m_afterKey = false;
};

/// RFC 3339 in UTC, on the second.
[[nodiscard]] std::string utcText(Moment at);

} // namespace fairlead::app
