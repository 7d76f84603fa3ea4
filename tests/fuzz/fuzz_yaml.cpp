// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/reader.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace fairlead;

// Walks all that was read, so that a view out of its bounds is found; the bound on aliases keeps this finite.
std::size_t walk(const yaml::Document &document, const yaml::Node &node)
{
    if (node.begin() > node.end() || node.end() > document.source().size() || (node.isValid() && node.line() < 1))
        std::abort();
    std::size_t size = node.scalar().size() + yaml::keyText(node.value()).size();
    for (const yaml::Node &item : node.items())
        size += walk(document, item);
    for (const yaml::Entry &entry : node.entries())
        size += entry.name.size() + walk(document, entry.value);
    return size;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    for (const Result<yaml::Document> &document : yaml::readEach(std::string(reinterpret_cast<const char *>(data), size), "fuzz")) {
        if (document)
            walk(*document, document->root());
        else if (document.error().message.empty() || document.error().remedy.empty() || document.error().place.file.empty())
            std::abort(); // every refusal says where and what to do
    }
    return 0;
}
