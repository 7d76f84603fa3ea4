// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/servicehost.h"

#include "jobs/settingname.h"

#include <algorithm>
#include <charconv>

namespace fairlead::jobs {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t longestHost = 253; // RFC 1035
constexpr int leastPort = 21;            // below it stands the tag of an image: "postgres:16"
constexpr int greatestPort = 65535;

// What a name may hold; with "_" and all beyond ASCII, which no host has, so that no part of a longer word is taken for one.
bool isNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80U;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Between hosts in a list, round a value, at the end of an address.
bool isSeparator(char c)
{
    return isBlank(c) || std::string_view(",;\"'()[]<>|`").find(c) != npos;
}

std::vector<std::string_view> labelsOf(std::string_view host)
{
    std::vector<std::string_view> labels;
    for (std::size_t at = 0; at <= host.size();) {
        const std::size_t end = std::min(host.find('.', at), host.size());
        labels.push_back(host.substr(at, end - at));
        at = end + 1;
    }
    return labels;
}

// Empty: no host has such a name. A service's begins with a letter.
std::string hostOf(std::string_view name)
{
    if (name.ends_with('.'))
        name.remove_suffix(1);
    if (name.empty() || name.size() > longestHost)
        return {};
    std::string host(name);
    for (char &c : host) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
        else if (c == '_' || static_cast<unsigned char>(c) >= 0x80U)
            return {};
    }
    const std::vector<std::string_view> labels = labelsOf(host);
    const bool well = std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
        return !label.empty() && label.size() <= 63 && label.front() >= 'a' && label.front() <= 'z' && label.back() != '-';
    });
    return well ? host : std::string();
}

bool isService(std::string_view host)
{
    const std::vector<ServiceHost> services = servicesOf(host);
    return !services.empty() && services.front().certain;
}

bool hasPortAt(std::string_view text, std::size_t at)
{
    if (at >= text.size() || text[at] != ':')
        return false;
    int port = 0;
    const char *const end = text.data() + text.size();
    const auto [after, error] = std::from_chars(text.data() + at + 1, end, port);
    return error == std::errc() && port >= leastPort && port <= greatestPort && (after == end || !isNamePart(*after));
}

// The word that ends before `at`.
std::string_view wordBefore(std::string_view text, std::size_t at)
{
    std::size_t begin = at;
    while (begin > 0 && isNamePart(text[begin - 1]))
        --begin;
    return text.substr(begin, at - begin);
}

// Of a word that is an option's value: the option. Empty: it is none's.
std::string_view optionBefore(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end > 0 && (isBlank(text[end - 1]) || text[end - 1] == '"' || text[end - 1] == '\''))
        --end;
    const std::string_view word = end < at ? wordBefore(text, end) : std::string_view();
    return word.starts_with('-') ? word : std::string_view();
}

// Whether a name that stands alone is a host, by what it is said to be.
bool isHostBy(std::string_view setting, std::string_view host)
{
    if (setting.empty())
        return false;
    if (saysHost(setting))
        return true;
    // One letter of an option says nothing, and neither does an ordinary word.
    return !setting.starts_with('-') && !saysLabel(setting) && host.find_first_of("-.") != npos;
}

// Of "postgres://orders:secret@db/x" the host comes behind the "@".
bool isUser(std::string_view text, std::size_t end)
{
    const std::size_t authority = std::min(text.find_first_of("/?# \t\n\"'", end), text.size());
    return text.substr(end, authority - end).find('@') != npos;
}

bool isHost(std::string_view text, std::size_t begin, std::size_t end, std::string_view host, std::string_view setting)
{
    const char before = begin > 0 ? text[begin - 1] : ' ';
    const char after = end < text.size() ? text[end] : ' ';
    const bool port = hasPortAt(text, end);
    const bool ends = isSeparator(after) ? after != '(' && after != '[' : after == '/' || after == '?' || after == '&';
    if (!port && !ends)
        return false;
    if (begin >= 3 && text.substr(begin - 3, 3) == "://")
        return !isUser(text, end);
    if (before == '@')
        return true;
    if (before != '=' && !isSeparator(before))
        return false;
    const std::string_view key = before == '=' ? wordBefore(text, begin - 1) : std::string_view();
    const std::string_view option = before == '=' ? std::string_view() : optionBefore(text, begin);
    const std::string_view says = before == '=' ? key : !option.empty() ? option : setting;
    if (port || isService(host))
        return saysHost(says) || !saysLabel(says);
    if (before == '=' || !option.empty())
        return isHostBy(says, host);
    return begin == 0 && end == text.size() && isHostBy(says, host);
}

} // namespace

std::vector<std::string> hostsIn(std::string_view text, std::string_view setting)
{
    std::vector<std::string> hosts;
    for (std::size_t at = 0; at < text.size();) {
        if (!isNamePart(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isNamePart(text[end]))
            ++end;
        std::string host = hostOf(text.substr(at, end - at));
        if (!host.empty() && isHost(text, at, end, host, setting))
            hosts.push_back(std::move(host));
        at = end;
    }
    return hosts;
}

std::vector<std::string> hostsIn(const std::vector<std::string_view> &words)
{
    std::vector<std::string> hosts;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool isValue = i > 0 && words[i - 1].starts_with('-') && words[i - 1].find('=') == npos && words[i - 1].find(' ') == npos;
        for (std::string &host : hostsIn(words[i], isValue ? words[i - 1] : std::string_view()))
            hosts.push_back(std::move(host));
    }
    return hosts;
}

std::vector<ServiceHost> servicesOf(std::string_view host)
{
    const std::vector<std::string_view> labels = labelsOf(host);
    const auto service = [&labels](std::size_t name, bool certain) {
        return ServiceHost{.space = std::string(labels[name + 1]), .name = std::string(labels[name]), .certain = certain};
    };
    const auto own = [&labels](std::size_t name) { return ServiceHost{.space = {}, .name = std::string(labels[name]), .certain = false}; };
    // "NAME.NAMESPACE.svc", with a pod's name before it or without.
    for (std::size_t i = 2; i < labels.size() && i < 4; ++i) {
        if (labels[i] == "svc")
            return {service(i - 2, true)};
    }
    if (labels.size() == 1 && !labels[0].empty())
        return {own(0)};
    if (labels.size() == 2)
        return {service(0, false), own(1)};
    if (labels.size() == 3)
        return {service(1, false)};
    return {};
}

} // namespace fairlead::jobs
