// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/yaml/node.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// A key that stands twice in one map.
struct Duplicate {
    std::string name;
    int firstLine = 0;
    int secondLine = 0; ///< this one is read
    int column = 0;     ///< of the second
};

/// One YAML document, immutable; copies share their data. Thread: any.
class Document {
public:
    Document() = default;
    explicit Document(std::shared_ptr<const Tree> tree);

    [[nodiscard]] Node root() const &; ///< Null for an empty document
    Node root() const && = delete;     ///< the view would outlive what it looks at
    [[nodiscard]] const std::string &fileName() const;
    /// The whole text that the document stands in, as UTF-8 without a byte order mark; byte ranges count in it.
    [[nodiscard]] std::string_view source() const;
    /// At most the first hundred.
    [[nodiscard]] const std::vector<Duplicate> &duplicates() const;
    [[nodiscard]] Place place(const Node &node) const;
    /// Bytes held beside the source: what a bound on memory counts.
    [[nodiscard]] std::size_t memory() const;

private:
    std::shared_ptr<const Tree> m_tree;
};

} // namespace fairlead::yaml
