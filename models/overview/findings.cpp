// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/findings.h"

#include "kinds/findings/rules.h"

namespace fairlead::overview {

std::vector<kinds::Finding> findingsOf(const kinds::Material &material, const kinds::cron::ReadZoneFile &zones)
{
    const kinds::JudgedRows judged(material, zones);
    std::vector<kinds::Finding> findings = kinds::diagnose(judged.inventory());
    if (!material.scope.isAll())
        std::erase_if(findings, [&](const kinds::Finding &each) { return material.scope.namespaces.count(each.object.space) == 0; });
    return findings;
}

} // namespace fairlead::overview
