// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/yaml/tree.h"

#include <cstdint>
#include <string>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

namespace fairlead::yaml {

/// Makes a Tree of the parser's events and holds the guards against what the parser would let pass: quotes that never close,
/// strange anchor names, marks that run backwards, more events than bytes could make, aliases that grow without bound.
///
/// A guard that fails throws the parser's own exception, the only way out of its loop; the reader catches it.
class TreeBuilder : public YAML::EventHandler {
public:
    /// `base` is where the parsed chunk begins in the source and `end` where it ends; marks are relative to it.
    TreeBuilder(Tree &tree, std::size_t base, std::size_t end);

    /// Whether the expanded tree passes Kubernetes' bound on aliases.
    [[nodiscard]] bool aliasesWithinBounds() const;
    [[nodiscard]] std::size_t firstAlias() const { return m_firstAlias; }

    void OnDocumentStart(const YAML::Mark &mark) override;
    void OnDocumentEnd() override;
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override;
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;
    void OnAnchor(const YAML::Mark &mark, const std::string &name) override;

private:
    struct Frame {
        std::uint32_t index = 0;
        YAML::anchor_t anchor = 0;
        std::uint64_t nodes = 1; ///< with all aliases expanded
        std::size_t column = 0;  ///< of the collection's first byte, from 0
        std::size_t last = 0;    ///< end of the last child
        std::size_t children = 0;
    };
    struct Anchor {
        std::uint32_t index = 0;
        std::uint64_t nodes = 0; ///< 0 while the node is still open
    };

    [[nodiscard]] std::string_view text() const { return m_tree.source->text; }
    std::size_t position(const YAML::Mark &mark);
    Tree::Record &add(std::size_t begin, std::size_t end, YAML::anchor_t anchor, const std::string &tag);
    void close(const Tree::Record &leaf, YAML::anchor_t anchor, std::uint32_t index, std::uint64_t nodes);
    void begin(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style, Kind kind, char opening);
    void end(char closing);
    void setText(Tree::Record &record, const std::string &value);
    [[nodiscard]] std::size_t skipProperties(std::size_t at) const;
    [[nodiscard]] std::size_t quotedEnd(std::size_t at) const;
    [[nodiscard]] std::size_t blockEnd(std::size_t at) const;
    [[nodiscard]] std::size_t plainEnd(std::size_t at, const std::string &value) const;
    /// Where an empty value stands: after its key's colon or the sequence's dash.
    [[nodiscard]] std::size_t emptyPlace() const;
    /// Whether the value that comes now belongs to a key of a block map that no colon follows: a line that was cut.
    [[nodiscard]] bool keyLacksColon() const;
    [[noreturn]] void fail(std::size_t at, const char *what) const;

    Tree &m_tree;
    std::size_t m_base = 0;
    std::size_t m_end = 0;
    std::size_t m_events = 0;
    std::size_t m_lastPosition = 0;
    std::size_t m_firstAlias = 0;
    std::size_t m_flowDepth = 0;
    std::uint64_t m_expanded = 0;
    std::vector<Frame> m_frames;
    std::vector<Anchor> m_anchors; ///< by the parser's number
};

} // namespace fairlead::yaml
