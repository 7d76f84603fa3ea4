// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// "app=web,tier in (a,b),!legacy", as a server reads it. Thread: any, immutable.
/// Source: k8s.io/apimachinery/pkg/labels/selector.go
class LabelSelector {
public:
    /// An empty text selects everything. Error: Invalid.
    [[nodiscard]] static Result<LabelSelector> parse(std::string_view text);

    /// `labels`: an object's metadata.labels as JSON; empty where it has none.
    [[nodiscard]] bool matches(std::string_view labels) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }

private:
    enum class Operator { In, NotIn, Exists, Absent, Greater, Less };
    struct Term {
        std::string key;
        Operator op = Operator::Exists;
        std::vector<std::string> values;
    };
    [[nodiscard]] static Result<Term> parseTerm(std::string_view text);

    std::vector<Term> m_terms;
};

} // namespace fairlead::recording
