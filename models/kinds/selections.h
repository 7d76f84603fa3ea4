// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/selector.h"
#include "kube/item.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// Which objects (services) select which others (pods) of their namespace by labels, kept current. By uid.
///
/// Thread: any, one at a time. Cost: of a member in proportion to its labels and to who selects it; of a selector to the members of its
/// namespace.
class Selections {
public:
    struct Change {
        std::string selector;
        std::string member;
        bool selected = false;

        bool operator==(const Change &) const = default;
    };

    Selections();
    ~Selections();
    Selections(const Selections &) = delete;
    Selections &operator=(const Selections &) = delete;

    /// New or changed. None: it selects nothing.
    void putSelector(std::string_view uid, std::string_view space, std::optional<Labels> labels);
    /// New or changed.
    void putMember(const kube::ItemPtr &item);
    /// Either of them; nothing where it is unknown.
    void remove(std::string_view uid);

    /// What has changed since the last call: each pair at most once, in no order; nothing that is as it was then.
    [[nodiscard]] std::vector<Change> takeChanges();
    [[nodiscard]] std::vector<std::string> membersOf(std::string_view selector) const;
    [[nodiscard]] std::vector<std::string> selectorsOf(std::string_view member) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fairlead::kinds
