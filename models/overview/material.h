// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kinds/findings/finding.h"
#include "kinds/findings/inventory.h"
#include "kinds/kind.h"
#include "kube/changeset.h"
#include "kube/resource.h"
#include "kube/source.h"

#include <optional>
#include <vector>

namespace fairlead::overview {

/// What was read of a cluster at one moment. A value: it may be handed to pool tasks.
struct Material {
    struct Part {
        kube::Resource resource;
        const kinds::Kind *kind = nullptr;
        bool judged = true;    ///< false: read for figures alone, no rule sees it
        bool answered = false; ///< all that was asked for could be listed
        kube::Snapshot rows;
        std::vector<Error> errors; ///< what could not; of several namespaces one each
        Clock::TimePoint since;    ///< of `errors`
    };
    Moment now; ///< the cluster's
    kube::Scope scope;
    std::vector<Part> parts;

    [[nodiscard]] const Part *of(kinds::KindKey kind) const; ///< null: the server has none
    /// Whether anything could be read that is worth a judgement: classes alone are not.
    [[nodiscard]] bool isReadable() const;
};

/// Whether rules may see objects of this resource: of one namespace nothing is said about what has none; but a claim's class is looked up.
[[nodiscard]] bool isJudged(const kube::Resource &resource, const kube::Scope &scope);

/// All that is broken, the worst first, folded by owner; in a choice of namespaces only what lies in it. Thread: any.
[[nodiscard]] std::vector<kinds::Finding> findingsOf(const Material &material, const kinds::cron::ReadZoneFile &zones);

} // namespace fairlead::overview
