// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/ownergraph.h"

#include <string>
#include <vector>

namespace fairlead::app {

class JsonWriter;

/// Where a graph's nodes come from, by OwnerNode::source.
struct TreeSource {
    std::string kind; ///< as owner references write it
    std::vector<kube::Column> columns;
};

/// Some nodes of a graph with all that they own. Thread: any; no state but what it is made of, all of which outlives it.
class TreePrinter {
public:
    TreePrinter(const std::vector<TreeSource> &sources, Moment now)
        : m_sources(sources)
        , m_now(now)
    {
    }

    /// As people look for them: by source, then by namespace and name; what owns nothing any more at the end. `nodes` stays as it is.
    [[nodiscard]] std::vector<const kinds::OwnerNode *> sorted(std::vector<const kinds::OwnerNode *> nodes) const;
    /// A line each, below what owns it: NAME (kind and name), READY, STATUS, AGE, before them NAMESPACE if wanted; nothing of nothing.
    [[nodiscard]] std::string text(const std::vector<const kinds::OwnerNode *> &roots, bool withNamespace, bool headers) const;
    /// A list of {kind, namespace, name, uid, health, children, orphan}; `orphan` only where it is true; `health` one of the six words,
    /// "unknown" also where a kind has none.
    [[nodiscard]] std::string json(const std::vector<const kinds::OwnerNode *> &roots) const;

private:
    using Lines = std::vector<std::vector<std::string>>;
    void addLines(Lines &lines, const kinds::OwnerNode &node, const std::string &guide, const std::string &below, bool withNamespace) const;
    void addJson(JsonWriter &out, const kinds::OwnerNode &node) const;

    const std::vector<TreeSource> &m_sources;
    Moment m_now;
};

/// Owns nothing, is owned by nobody, and is of a kind that says nothing of health: a tree has nothing to tell of it.
[[nodiscard]] bool isAlone(const kinds::OwnerNode &node);

} // namespace fairlead::app
