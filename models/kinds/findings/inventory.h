// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/cron/zone.h"
#include "kinds/facts.h"
#include "kinds/findings/finding.h"
#include "kinds/kind.h"
#include "kinds/selector.h"
#include "kube/decode/row.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::kinds {

/// When an event was last observed, of its facts: of a series, of a count, or of its only time. None: it does not say.
[[nodiscard]] std::optional<Moment> lastSeen(const Facts &event);

/// What is known of a cluster at one moment: rows with their facts, by kind, and how they belong together. What could not be listed is not
/// there, and rules then say less, never something else.
///
/// A view: rows, columns and kinds outlive it. Not changed once it is filled. Thread: any, one at a time while it is filled.
class Inventory {
public:
    struct Entry {
        const Kind *kind = nullptr;
        const std::vector<kube::Column> *columns = nullptr;
        const kube::Row *row = nullptr;

        [[nodiscard]] Facts facts() const { return {kind->facts, *row}; }
    };
    /// What somebody said of an object.
    struct Event {
        bool warning = false;
        std::string_view reason;
        std::string message;
        std::optional<Moment> last;
    };

    /// `now`: the cluster's clock. `zones`: for schedules.
    Inventory(Moment now, cron::ReadZoneFile zones);

    /// All rows of a kind that could be listed, none included. Each kind once.
    void add(const Kind &kind, const std::vector<kube::Column> &columns, const std::vector<const kube::Row *> &rows);

    [[nodiscard]] Moment now() const { return m_now; }
    [[nodiscard]] const cron::ReadZoneFile &zones() const { return m_zones; }
    [[nodiscard]] bool has(KindKey kind) const; ///< it was listed
    [[nodiscard]] const std::vector<Entry> &all(KindKey kind) const;
    [[nodiscard]] const Entry *find(KindKey kind, std::string_view space, std::string_view name) const; ///< null: not there
    /// Where a service's endpoints stand: the slices that bear its name.
    [[nodiscard]] std::vector<const Entry *> slicesOf(std::string_view space, std::string_view service) const;
    /// Newest first.
    [[nodiscard]] std::vector<Event> eventsOf(const Entry &entry) const;

    [[nodiscard]] static FoundObject nameOf(const Entry &entry);
    /// Who has to be mended for this object to be well: its controller, that one's, and so on; itself where it has none. An owner that was
    /// not listed is known by its name alone. A node's own pods are their own.
    [[nodiscard]] FoundObject topOwnerOf(const Entry &entry) const;
    /// Whether one of that kind is among its controllers.
    [[nodiscard]] const Entry *controllerOf(const Entry &entry) const;

private:
    Moment m_now;
    cron::ReadZoneFile m_zones;
    std::map<std::pair<std::string, std::string>, std::vector<Entry>> m_kinds; // by group and resource
    std::unordered_map<std::string_view, const Entry *> m_byUid;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<const Entry *>> m_slices; // by namespace and service
    std::unordered_map<std::string, std::vector<const Entry *>> m_events;                         // by uid of the object
};

} // namespace fairlead::kinds
