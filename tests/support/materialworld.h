// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/material/material.h"

#include <string>
#include <vector>

namespace fairlead::test {

/// What was read of a cluster, made of objects as a server sends them; ` stands for a quotation mark, as in jobsworld.h.
class MaterialWorld {
public:
    explicit MaterialWorld(const char *now = "2026-01-01T00:30:00Z"); ///< RFC 3339

    /// Of one kind, once: "jobs.batch", "pods".
    void add(const std::string &resource, const std::vector<std::string> &objects);
    /// Instead: it may not be listed.
    void refuse(const std::string &resource);
    void setScope(kube::Scope scope) { m_material.scope = std::move(scope); }

    [[nodiscard]] const kinds::Material &material() const { return m_material; }

private:
    kinds::Material::Part &addPart(const std::string &resource);

    kinds::Material m_material;
};

} // namespace fairlead::test
