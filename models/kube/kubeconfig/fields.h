// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/yaml/document.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// A text of a file and where it stands.
struct Text {
    std::string value;
    Place place; ///< line 0 where the field is missing

    [[nodiscard]] bool empty() const { return value.empty(); }
};

/// The fields of one map of a kubeconfig, read with the types that they must have. What is missing or null is empty.
///
/// Errors: BadInput with the place and the field's name, never its value.
class Fields {
public:
    /// `owner` names the map for people: `user "dev"`.
    Fields(const yaml::Document &document, const yaml::Node &map, std::string owner);

    [[nodiscard]] const std::string &owner() const { return m_owner; }
    [[nodiscard]] const std::vector<yaml::Entry> &entries() const { return m_entries; }
    [[nodiscard]] yaml::Node node(std::string_view name) const; ///< no node where there is none
    [[nodiscard]] Place place(std::string_view name) const;     ///< of the key; line 0 where there is none
    [[nodiscard]] Result<Text> text(std::string_view name) const;
    [[nodiscard]] Result<bool> flag(std::string_view name) const;
    [[nodiscard]] Result<Text> bytes(std::string_view name) const; ///< of base64

private:
    [[nodiscard]] Error wrong(const yaml::Node &node, std::string message, std::string remedy) const;

    const yaml::Document &m_document;
    std::vector<yaml::Entry> m_entries;
    std::string m_owner;
};

} // namespace fairlead::kube
