// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"
#include "kinds/names.h"
#include "kube/decode/json.h"
#include "kube/resource.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The registry of kinds: one constant table, and questions to it. Thread: any.
namespace fairlead::kinds {

/// All that the registry knows, in the side bar's order: by Group, then as listed.
[[nodiscard]] const std::vector<const Kind *> &allKinds();

/// The kind of a resource, whatever its version. Unknown ones (CRDs) get one Kind that stands for all of them: without id and title,
/// with health from the conditions that most kinds have.
[[nodiscard]] const Kind &kindOf(std::string_view group, std::string_view resource);
/// By the name that owner references and events use; null if the registry has none.
[[nodiscard]] const Kind *kindNamed(std::string_view group, std::string_view kind);

/// As people say it: the kind's own title, else made of its names: "certificaterequests", "CertificateRequest" give "Certificate requests".
[[nodiscard]] std::string titleOf(const kube::Resource &resource);
[[nodiscard]] Group groupOf(const kube::Resource &resource);
/// Stem and made-up tail of a row's name.
[[nodiscard]] NameParts splitName(const Kind &kind, const kube::Row &row);

/// Another object that an object names, or several by their labels.
struct Reference {
    std::string group;    ///< without version
    std::string resource; ///< empty where only the kind is known, and the registry does not know it
    std::string kind;
    std::string space; ///< empty: no namespace, or none is known
    std::string name;  ///< empty: those in `space` that `labels` select
    std::vector<std::pair<std::string, std::string>> labels;

    bool operator==(const Reference &) const = default;
};

/// What an object uses, by its kind's links: each once, in the links' order. `object`: the whole object. Selections with
/// matchExpressions are left out: what they select cannot be said by labels alone.
[[nodiscard]] std::vector<Reference> references(const Kind &kind, const kube::Json &object);

} // namespace fairlead::kinds
