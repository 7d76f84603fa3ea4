// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "kube/discovery.h"
#include "kube/resource.h"

#include <string>
#include <vector>

namespace fairlead::app {

/// What the operands of `get` mean, before anyone knows what the server offers.
struct GetOperands {
    struct Named {
        std::string kind;
        std::string name;
    };
    std::string kinds;              ///< "pods", "pods,svc", "all": lists, or the kind of `names`
    std::vector<std::string> names; ///< `KIND NAME…`
    std::vector<Named> pairs;       ///< `KIND/NAME …` and `KIND,KIND NAME…`; then `kinds` is empty
};

/// Reads the operands by kubectl's rules, in its words. Error: Code::Invalid (usage).
/// Source: k8s.io/cli-runtime pkg/resource/builder.go.
[[nodiscard]] Result<GetOperands> readOperands(const Arguments &arguments);

/// What is to be asked of the server.
struct GetPlan {
    struct Object {
        kube::Resource resource;
        std::string name;
    };
    std::vector<kube::Resource> lists; ///< whole collections, in the order of printing
    std::vector<Object> objects;       ///< or single objects
    bool single = false;               ///< one object was named: printed bare, not in a list
};

/// Finds the kinds in what the server offers. Errors: Code::NotFound for an unknown kind, Code::Invalid for what cannot be
/// asked for together; both in kubectl's words.
[[nodiscard]] Result<GetPlan> planGet(const GetOperands &operands, const Arguments &arguments, const kube::Offer &offer);

} // namespace fairlead::app
