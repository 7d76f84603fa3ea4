// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/yaml/scalar.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };
enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

struct Tree;
struct Entry;

/// A node of a Document: a cheap view that must not outlive it. An alias is never seen: the node that it names stands in
/// its place, with the line where it was written.
///
/// A default-made Node is "no node": isValid() is false, kind() Null, all texts empty, all numbers 0.
class Node {
public:
    Node() = default;
    Node(const Tree *tree, std::uint32_t index);

    [[nodiscard]] bool isValid() const { return m_tree != nullptr; }
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] bool isNull() const { return kind() == Kind::Null; } ///< also a plain `null` and `~`
    [[nodiscard]] bool isMap() const { return kind() == Kind::Map; }
    [[nodiscard]] bool isSequence() const { return kind() == Kind::Sequence; }
    [[nodiscard]] bool isScalar() const { return kind() == Kind::Scalar; }
    [[nodiscard]] Style style() const;
    [[nodiscard]] bool isQuoted() const;        ///< in quotes or a block: never read as a number or a boolean
    [[nodiscard]] std::string_view tag() const; ///< "?" for none

    /// The text of a scalar: escapes resolved, lines folded.
    [[nodiscard]] std::string_view scalar() const;
    /// The scalar as Kubernetes reads it (scalar.h); Null for what is no scalar. The reader has made sure that it has a reading.
    [[nodiscard]] Value value() const;

    [[nodiscard]] int line() const;   ///< from 1
    [[nodiscard]] int column() const; ///< from 1, in bytes
    /// The byte range in Document::source(), without anchor and tag. An empty value is an empty range after its key.
    [[nodiscard]] std::size_t begin() const;
    [[nodiscard]] std::size_t end() const;

    /// The items of a sequence; nothing for another kind.
    [[nodiscard]] std::vector<Node> items() const;
    /// The entries of a map as Kubernetes reads them: merge keys expanded, of a key that stands twice the last one, each name
    /// once, in order of their first standing. (A `<<` is applied where it stands: it overrides what stands before it.)
    [[nodiscard]] std::vector<Entry> entries() const;
    /// The entries as written: merge keys unexpanded, duplicates included.
    [[nodiscard]] std::vector<Entry> writtenEntries() const;
    /// The value of a key as entries() gives it; no node where there is none. For several keys of one map ask entries() once.
    [[nodiscard]] Node find(std::string_view name) const;

private:
    const Tree *m_tree = nullptr;
    std::uint32_t m_index = 0;
};

struct Entry {
    std::string name; ///< the key as Kubernetes reads it: `y` is "true"
    Node key;
    Node value;
};

} // namespace fairlead::yaml
