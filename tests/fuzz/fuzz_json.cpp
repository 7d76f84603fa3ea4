// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/discoverydoc.h"
#include "kube/decode/json.h"
#include "kube/decode/metricslist.h"
#include "kube/decode/status.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

std::size_t walk(const fairlead::kube::Json &json)
{
    std::size_t size = json.text().size();
    for (const auto &element : json.list())
        size += walk(element);
    for (const auto &[key, value] : json.map())
        size += key.size() + walk(value);
    return size;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto json = fairlead::kube::Json::parse(text);
    if (json) {
        // No text grows when it is read: an escape is always longer than what it means.
        if (walk(*json) > size)
            std::abort();
        const auto error = fairlead::kube::errorOfStatus(*json, "https://a.test");
        if (error.message.empty())
            std::abort();
    } else if (json.error().message.empty()) {
        std::abort();
    }
    if (auto doc = fairlead::kube::decodeDiscovery(text)) {
        fairlead::kube::markPreferred(doc->resources);
        for (const auto &version : doc->versions) {
            if (version.path().find(' ') != std::string::npos)
                std::abort(); // whatever a server names stays one path
        }
    }
    (void)fairlead::kube::decodeResourceList(text, {"a.test", "v1"});
    if (const auto metrics = fairlead::kube::decodeMetrics(text)) {
        for (const auto &entry : *metrics) {
            if (entry.name.empty() || entry.name.size() > size)
                std::abort();
        }
    }
    const auto error = fairlead::kube::errorOfAnswer(500, "text/plain", text, "https://a.test", std::nullopt);
    if (error.message.empty() || error.remedy.empty())
        std::abort();
    return 0;
}
