// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/yaml/document.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// What reading may cost.
struct Limits {
    std::size_t text = 16u << 20;
    /// For a text that is one flow collection (JSON): its tokens are all held until it closes, about 30 bytes for each byte.
    std::size_t flowText = 4u << 20;
};

/// Each document of the text by itself, so that a broken one hides no other; none for a text without content.
///
/// The text is cut at lines that start with `---`, as kubectl cuts it. JSON is read too (it is YAML in flow style).
/// Thread: any; no state. Cost: about a second for 10 MB of block style, and 28 bytes a node beside the text.
/// Errors: BadInput with file, line, column and a remedy for what Kubernetes' parser refuses: bytes that are no text, tabs in
/// indentation, unterminated quotes, keys that are null, maps or lists, aliases that grow beyond its bound (an alias bomb),
/// `%` directives. And for a few things that it takes and no two parsers read alike: lone carriage returns, the line ends
/// U+0085, U+2028 and U+2029, anchor names of other than letters, digits, `_` and `-`, content on a `---` line.
/// Not promised: comments; an error's text quotes nothing of the file (it may be a secret).
[[nodiscard]] std::vector<Result<Document>> readEach(std::string text, const std::string &fileName, const Limits &limits = {});

/// All documents of the text, or the first error.
[[nodiscard]] Result<std::vector<Document>> parse(std::string text, const std::string &fileName, const Limits &limits = {});

} // namespace fairlead::yaml
