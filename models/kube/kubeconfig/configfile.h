// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/yaml/document.h"

#include <optional>
#include <string>
#include <vector>

namespace fairlead::kube {

/// One entry of a kubeconfig's lists: `- name: x` with its cluster, user or context.
struct NamedItem {
    std::string name;
    Place place;          ///< of the name
    yaml::Node body;      ///< may be no node, or null: an empty cluster, user or context. Lives as long as its file's document
    std::size_t file = 0; ///< which of the files, in their order of precedence
    int twiceOnLine = 0;  ///< the name stands again in the same list, on this line; 0 if not
};

/// One kubeconfig file, read but not judged: what stands in the bodies is looked at when a context is asked for.
///
/// With a `problem` the file is not to be trusted (kubectl refuses it), yet what could be read of it is there for listing.
struct ConfigFile {
    std::string path;
    yaml::Document document;
    std::vector<NamedItem> contexts;
    std::vector<NamedItem> clusters;
    std::vector<NamedItem> users;
    std::string currentContext;
    Place currentContextPlace;
    std::optional<Error> problem;
    std::vector<Error> warnings; ///< duplicate keys, unknown fields, further documents; at most a hundred
};

/// Never fails: an unreadable text is a file with a problem. Errors never quote a value of the file.
[[nodiscard]] ConfigFile readConfigFile(std::string text, const std::string &path);

} // namespace fairlead::kube
