// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/yaml/document.h"
#include "kube/yaml/lineindex.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// What a Document holds: the nodes in the order of the text, each 28 bytes; a map's are key, value, key, value …
/// Private to this folder. Offsets are 32 bits: the reader refuses larger texts.
struct Tree {
    static constexpr std::uint32_t noTag = 0;

    struct Record {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::uint32_t next = 0;    ///< index after the whole subtree
        std::uint32_t text = 0;    ///< in the source where inSource, else in the arena; of an alias: the target's index
        std::uint32_t length = 0;  ///< of the text
        std::uint32_t tag = noTag; ///< index in tags, from 1
        Kind kind = Kind::Null;
        Style style = Style::Plain;
        bool inSource = false;
        bool alias = false;
    };

    /// A file's text and its lines, shared by the documents in it.
    struct Source {
        std::string fileName;
        std::string text;
        LineIndex lines;
    };

    std::shared_ptr<const Source> source;
    std::vector<Record> records;
    std::string arena;
    std::vector<std::string> tags;
    std::vector<Duplicate> duplicates;

    /// The index of what stands at `index`: an alias' target, else itself.
    [[nodiscard]] std::uint32_t resolved(std::uint32_t index) const { return records[index].alias ? records[index].text : index; }
    [[nodiscard]] std::string_view textOf(const Record &record) const;
    [[nodiscard]] std::string_view tagOf(const Record &record) const;
    /// Whether the key at `index` is a merge key: a plain or !!merge-tagged `<<`.
    [[nodiscard]] bool isMergeKey(std::uint32_t index) const;
};

} // namespace fairlead::yaml
