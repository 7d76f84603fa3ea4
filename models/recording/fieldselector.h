// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// "metadata.name=web,status.phase!=Running". Thread: any, immutable.
/// More is allowed than a server allows, which knows a few fields of each kind: every path of names is looked up in the object.
/// Source: k8s.io/apimachinery/pkg/fields/selector.go
class FieldSelector {
public:
    /// An empty text selects everything. Error: Invalid.
    [[nodiscard]] static Result<FieldSelector> parse(std::string_view text);

    /// `object`: JSON.
    [[nodiscard]] bool matches(std::string_view object) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }

private:
    struct Term {
        std::vector<std::string> path;
        std::string value;
        bool isEqual = true;
    };
    std::vector<Term> m_terms;
};

} // namespace fairlead::recording
