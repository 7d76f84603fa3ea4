// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/materialworld.h"

#include "kinds/kinds.h"
#include "support/jobsworld.h"

#include <memory>

namespace fairlead::test {

MaterialWorld::MaterialWorld(const char *now)
{
    m_material.now = at(now);
}

void MaterialWorld::add(const std::string &resource, const std::vector<std::string> &objects)
{
    kinds::Material::Part &part = addPart(resource);
    part.answered = true;
    auto chunk = std::make_shared<const kube::Snapshot::Chunk>(itemsOf(resource, objects));
    auto chunks = std::make_shared<const kube::Snapshot::Chunks>(kube::Snapshot::Chunks{chunk});
    part.rows = kube::Snapshot(1, chunk->size(), chunks, nullptr);
}

void MaterialWorld::refuse(const std::string &resource)
{
    addPart(resource).errors.push_back({.code = Code::Forbidden, .http = 403, .reason = "Forbidden", .message = resource + " is forbidden"});
}

kinds::Material::Part &MaterialWorld::addPart(const std::string &resource)
{
    const std::size_t dot = resource.find('.');
    kinds::Material::Part &part = m_material.parts.emplace_back();
    part.resource.id = {.group = dot == std::string::npos ? "" : resource.substr(dot + 1), .version = "v1", .resource = resource.substr(0, dot)};
    part.resource.namespaced = true;
    part.kind = &kinds::kindOf(part.resource.id.group, part.resource.id.resource);
    return part;
}

} // namespace fairlead::test
