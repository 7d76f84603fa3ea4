// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/source.h"

#include <optional>
#include <string>

namespace fairlead::ui {

/// Where something is, so that a page can ask to go there without knowing other pages; also what a restored tab remembers.
/// A value. Empty fields are not said. Texts are the cluster's, UTF-8.
struct Destination {
    std::string page;                 ///< as --page takes it: "clusters", "resources", "object", "jobs", "gallery"
    std::string context;              ///< empty: the window's own
    std::string kind;                 ///< as `get` takes it; what pages write is kube::Resource::qualifiedName()
    std::optional<kube::Scope> scope; ///< none: the window's choice of namespaces stays
    std::string space;                ///< of the object
    std::string name;                 ///< of the object
    std::string select;               ///< name of the row that is to be selected
    std::string filter;               ///< of rows, as it is typed
    std::string states;               ///< of rows: names of kinds::Health with commas; empty: all
    std::string view;                 ///< of rows: "table", "tree"; empty: as it was left
    std::string tab;                  ///< of the object page: "summary", "events", "yaml", "log"
    bool newTab = false;              ///< else the tab that shows the same page is used, or the one in front

    bool operator==(const Destination &) const = default;
};

} // namespace fairlead::ui
