// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/tree.h"

namespace fairlead::yaml {

std::string_view Tree::textOf(const Record &record) const
{
    return std::string_view(record.inSource ? source->text : arena).substr(record.text, record.length);
}

std::string_view Tree::tagOf(const Record &record) const
{
    if (record.tag != noTag)
        return tags[record.tag - 1];
    return record.style == Style::Plain || record.style == Style::Block || record.style == Style::Flow ? "?" : "!";
}

bool Tree::isMergeKey(std::uint32_t index) const
{
    const Record &record = records[index];
    if (record.alias || record.kind != Kind::Scalar || textOf(record) != "<<")
        return false;
    const std::string_view tag = tagOf(record);
    return tag == "?" || tag == "tag:yaml.org,2002:merge";
}

} // namespace fairlead::yaml
