// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kinds/age.h"
#include "kinds/findings/inventory.h"
#include "kinds/kind.h"
#include "kube/changeset.h"
#include "kube/item.h"
#include "kube/resource.h"
#include "kube/source.h"

#include <deque>
#include <vector>

namespace fairlead::kinds {

/// What was read of a cluster at one moment. A value: it may be handed to pool tasks.
struct Material {
    struct Part {
        kube::Resource resource;
        const Kind *kind = nullptr;
        bool judged = true;    ///< false: read for figures alone, no rule sees it
        bool answered = false; ///< all that was asked for could be listed
        kube::Snapshot rows;
        std::vector<Error> errors; ///< what could not; of several namespaces one each
        Clock::TimePoint since;    ///< of `errors`
    };
    Moment now; ///< the cluster's
    kube::Scope scope;
    std::vector<Part> parts;

    [[nodiscard]] const Part *of(KindKey kind) const; ///< null: the server has none
    /// Whether anything could be read that is worth a judgement: classes alone are not.
    [[nodiscard]] bool isReadable() const;
};

/// Whether rules may see objects of this resource: of one namespace nothing is said about what has none; but a claim's class is looked up.
[[nodiscard]] bool isJudged(const kube::Resource &resource, const kube::Scope &scope);

/// The parts that could be read and may be judged, as rules look at them. Thread: any, one at a time while it is made.
class JudgedRows {
public:
    /// The material outlives it.
    JudgedRows(const Material &material, cron::ReadZoneFile zones);
    JudgedRows(const JudgedRows &) = delete;
    JudgedRows &operator=(const JudgedRows &) = delete;

    [[nodiscard]] const Inventory &inventory() const { return m_inventory; }

private:
    std::deque<std::vector<kube::ItemPtr>> m_held; // what the inventory looks at lives as long as it
    Inventory m_inventory;
};

} // namespace fairlead::kinds
