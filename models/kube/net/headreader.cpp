// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/headreader.h"

#include <algorithm>
#include <charconv>

#include <curl/curl.h>

namespace fairlead::net {
namespace {

// A server's word, but not one that keeps anybody waiting for ever.
constexpr long long longestRetry = 24LL * 3600;
constexpr std::size_t mostWarnings = 64;

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
        text.remove_suffix(1);
    return text;
}

bool isName(std::string_view text, std::string_view lower)
{
    return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(),
                                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

std::optional<std::chrono::system_clock::time_point> date(std::string_view text)
{
    const time_t seconds = curl_getdate(std::string(text).c_str(), nullptr);
    if (seconds == -1)
        return std::nullopt;
    return std::chrono::system_clock::from_time_t(seconds);
}

std::optional<long long> number(std::string_view text)
{
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

// A quoted string at the front of `text`, taken off it.
std::string quoted(std::string_view &text)
{
    std::string out;
    std::size_t i = 1;
    while (i < text.size() && text[i] != '"') {
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        out += text[i++];
    }
    text.remove_prefix(std::min(i + 1, text.size()));
    return out;
}

// `299 - "text"[ "date"][, 299 - …]`
void readWarnings(std::string_view text, std::vector<std::string> &out)
{
    while (!text.empty() && out.size() < mostWarnings) {
        const bool kubernetes = text.starts_with("299 ");
        const std::size_t quote = text.find('"');
        if (quote == std::string_view::npos)
            return;
        text.remove_prefix(quote);
        std::string warning = quoted(text);
        if (kubernetes)
            out.push_back(std::move(warning));
        text = trimmed(text);
        if (text.starts_with('"')) { // the date, which nobody needs
            quoted(text);
            text = trimmed(text);
        }
        if (!text.starts_with(','))
            return;
        text = trimmed(text.substr(1));
    }
}

} // namespace

bool HeadReader::line(std::string_view text)
{
    if (m_complete)
        return false;
    text = trimmed(text);
    if (text.empty()) {
        if (m_head.status < 200) {
            m_head = {};
            return false;
        }
        m_complete = true;
        return true;
    }
    if (text.starts_with("HTTP/")) {
        m_head = {};
        const std::size_t space = text.find(' ');
        if (space != std::string_view::npos)
            m_head.status = static_cast<int>(number(text.substr(space + 1, 3)).value_or(0));
        return false;
    }
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos)
        field(text.substr(0, colon), trimmed(text.substr(colon + 1)));
    return false;
}

void HeadReader::field(std::string_view name, std::string_view value)
{
    if (isName(name, "content-type")) {
        m_head.contentType = value;
    } else if (isName(name, "retry-after")) {
        if (const auto seconds = number(value)) {
            m_head.retryAfter = std::chrono::seconds(std::min(*seconds, longestRetry));
        } else if (const auto when = date(value)) {
            const auto from = m_head.date.value_or(std::chrono::system_clock::now());
            const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(*when - from);
            m_head.retryAfter = std::clamp(wait, std::chrono::milliseconds(0), std::chrono::milliseconds(longestRetry * 1000));
        }
    } else if (isName(name, "date")) {
        m_head.date = date(value);
    } else if (isName(name, "warning")) {
        readWarnings(value, m_head.warnings);
    }
}

} // namespace fairlead::net
