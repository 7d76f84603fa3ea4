// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// One JSON value, given as events in any order of keys, as the YAML text that kubectl would print for it: keys sorted as
/// kubectl sorts them, two spaces a level, lists not indented under their key, `|` for text of several lines, long lines
/// folded behind column 80.
///
///     YamlWriter writer;
///     writer.beginMap();
///     writer.key("kind");
///     writer.string("Pod");
///     writer.endMap();
///     const std::string text = writer.take(); // "kind: Pod\n"
///
/// Promises: the text reads back equal, in Kubernetes' reader and in any of YAML 1.1: what would read as a boolean, a
/// number, a date or nothing stands in quotes. It holds no C0 or C1 control but LF, and no bidi control: they are written as
/// escapes in double quotes. There (and for `=` and a few numbers that only other readers take for such) the bytes differ
/// from kubectl's; elsewhere they are the same.
///
/// Thread: one at a time. Of a key that comes twice in one map the last one counts. Everything is held until take().
class YamlWriter {
public:
    /// What a stretch of the text is.
    enum class Mark : std::uint8_t {
        Blank,
        Key,
        Punctuation, ///< ":", "-", "?", "|" and its signs, "{}"
        Text,        ///< quotes included
        Number,
        Word, ///< true, false, null
    };
    struct Run {
        std::uint32_t length = 0; ///< bytes
        Mark mark = Mark::Blank;
    };
    /// The text with what is known of it while it is written, for who shows it.
    struct Marked {
        std::string text;
        std::vector<Run> runs;            ///< one after the other, all of the text
        std::vector<std::uint16_t> depth; ///< of each line: how many maps and lists it stands in; a line that goes on: one more than where it began
    };
    enum class Lists { AtTheirKey, Indented };

    void beginMap();
    void key(std::string_view name);
    void endMap();
    void beginList();
    void endList();
    void string(std::string_view text); ///< UTF-8; what is none becomes U+FFFD
    void number(std::string_view json); ///< as it stands in JSON
    void boolean(bool value);
    void null();

    /// The text of the value that was given, with a line end; the writer is as new afterwards. "" where nothing was given.
    [[nodiscard]] std::string take();
    /// The same, with lists indented by two spaces if wanted: what stands below a key then stands to the right of it, and can be folded.
    [[nodiscard]] Marked takeMarked(Lists lists);

    enum class Part : std::uint8_t { Map, List, Text, Bare };
    struct Item {
        Part part = Part::Bare;
        std::uint32_t next = 0; ///< index after the subtree
        std::size_t text = 0;   ///< in the arena
        std::size_t length = 0;
    };

private:
    void add(Part part, std::string_view text);
    void close();

    std::vector<Item> m_items; ///< a map's are key, value, key, value …
    std::string m_arena;
    std::vector<std::uint32_t> m_open;
};

} // namespace fairlead::yaml
