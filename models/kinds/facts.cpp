// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/facts.h"

#include <charconv>

namespace fairlead::kinds {

std::string_view Facts::raw(std::string_view name) const
{
    for (std::size_t i = 0; i < m_names.size(); ++i) {
        if (m_names[i].name == name)
            return m_row.fact(m_first + i);
    }
    return {};
}

kube::Json Facts::json(std::string_view name) const
{
    const std::string_view value = raw(name);
    if (value.empty())
        return {};
    auto parsed = kube::Json::parse(value);
    return parsed ? std::move(*parsed) : kube::Json();
}

std::string Facts::text(std::string_view name) const
{
    const std::string_view value = raw(name);
    // Most strings need no reader.
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"' && value.find('\\') == std::string_view::npos)
        return std::string(value.substr(1, value.size() - 2));
    return std::string(json(name).text());
}

std::int64_t Facts::integer(std::string_view name, std::int64_t otherwise) const
{
    const std::string_view value = raw(name);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end == value.data() + value.size() && !value.empty() ? number : otherwise;
}

bool Facts::flag(std::string_view name) const
{
    return raw(name) == "true";
}

Condition Facts::condition(std::string_view type) const
{
    const kube::Json conditions = json("conditions");
    for (const kube::Json &each : conditions.list()) {
        if (each["type"].text() == type)
            return {std::string(each["status"].text()), std::string(each["reason"].text()), std::string(each["message"].text()),
                std::string(each["lastTransitionTime"].text())};
    }
    return {};
}

} // namespace fairlead::kinds
