// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/ownergraph.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// Which objects show which others beneath them, though they do not own them, kept current: by treeLinks(). What its owner references put
/// there already is no guest of its owner; a pod in a slice of a service is a guest of the slice, not of the service. By uid.
///
/// Thread: any, one at a time. Cost: of an object in proportion to its labels, to what it names and to who names it; of a selector to the
/// pods of its namespace.
class TreeLinks {
public:
    struct Change {
        std::string host;
        std::string guest;
        bool shown = false;

        bool operator==(const Change &) const = default;
    };

    TreeLinks();
    ~TreeLinks();
    TreeLinks(const TreeLinks &) = delete;
    TreeLinks &operator=(const TreeLinks &) = delete;

    /// New or changed. Objects of kinds that no link names are passed over. `columns`: of its store.
    void put(const OwnerNode &node, const std::vector<kube::Column> &columns);
    void remove(std::string_view uid); ///< nothing where it is unknown

    /// What has changed since the last call: each pair at most once, in no order; nothing that is as it was then.
    [[nodiscard]] std::vector<Change> takeChanges();
    // As of the last takeChanges().
    [[nodiscard]] std::vector<std::string> guestsOf(std::string_view host) const;
    [[nodiscard]] bool hasHost(std::string_view guest) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fairlead::kinds
