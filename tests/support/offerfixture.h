// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/discoverydoc.h"
#include "kube/discovery.h"
#include "support/paths.h"

#include <fstream>
#include <iterator>
#include <string>

namespace fairlead::test {

/// A file of tests/fixtures, whole; empty where there is none. Answers of a real Kubernetes 1.34 stand under discovery/.
[[nodiscard]] inline std::string fixture(const std::string &path)
{
    std::ifstream in(sourcePath("tests/fixtures/" + path), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// What Kubernetes 1.34 offers by itself.
[[nodiscard]] inline kube::Offer standardOffer()
{
    kube::Offer offer;
    for (const char *name : {"discovery/aggregated-v2/api.json", "discovery/aggregated-v2/apis.json"}) {
        auto doc = kube::decodeDiscovery(fixture(name));
        if (doc)
            offer.resources.insert(offer.resources.end(), doc->resources.begin(), doc->resources.end());
    }
    kube::markPreferred(offer.resources);
    return offer;
}

} // namespace fairlead::test
