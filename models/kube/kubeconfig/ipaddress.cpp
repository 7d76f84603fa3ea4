// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/ipaddress.h"

#include <algorithm>
#include <charconv>

namespace fairlead::kube {
namespace {

std::optional<unsigned> number(std::string_view text, int base, std::size_t longest, unsigned most)
{
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || text.size() > longest || error != std::errc{} || end != text.data() + text.size() || value > most)
        return std::nullopt;
    return value;
}

/// Four parts with dots into four bytes.
bool parseV4(std::string_view text, std::uint8_t *out)
{
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = part < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos)
            return false;
        const std::optional<unsigned> value = number(text.substr(0, dot), 10, 3, 255);
        if (!value || (dot > 1 && text[0] == '0'))
            return false;
        out[part] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return text.empty();
}

/// Groups of an IPv6 address into bytes; `count` is how many bytes they made. An IPv4 address may end them.
bool parseGroups(std::string_view text, std::array<std::uint8_t, 16> &out, std::size_t &count)
{
    count = 0;
    while (!text.empty()) {
        const std::size_t colon = std::min(text.find(':'), text.size());
        const std::string_view group = text.substr(0, colon);
        if (colon == text.size() && group.find('.') != std::string_view::npos) {
            if (count > 12 || !parseV4(group, out.data() + count))
                return false;
            count += 4;
            return true;
        }
        const std::optional<unsigned> value = number(group, 16, 4, 0xFFFF);
        if (!value || count > 14)
            return false;
        out[count++] = static_cast<std::uint8_t>(*value >> 8);
        out[count++] = static_cast<std::uint8_t>(*value & 0xFF);
        if (colon + 1 == text.size())
            return false; // ends with a colon
        text.remove_prefix(std::min(colon + 1, text.size()));
    }
    return true;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    IpAddress ip;
    if (text.find(':') == std::string_view::npos) {
        ip.m_bytes[10] = ip.m_bytes[11] = 0xFF;
        return parseV4(text, ip.m_bytes.data() + 12) ? std::optional(ip) : std::nullopt;
    }
    std::array<std::uint8_t, 16> front{};
    std::array<std::uint8_t, 16> back{};
    std::size_t frontCount = 0;
    std::size_t backCount = 0;
    const std::size_t gap = text.find("::");
    if (!parseGroups(text.substr(0, gap), front, frontCount))
        return std::nullopt;
    if (gap == std::string_view::npos) {
        if (frontCount != 16)
            return std::nullopt;
    } else if (!parseGroups(text.substr(gap + 2), back, backCount) || frontCount + backCount > 14) {
        return std::nullopt;
    }
    std::copy_n(front.begin(), frontCount, ip.m_bytes.begin());
    std::copy_n(back.begin(), backCount, ip.m_bytes.end() - static_cast<std::ptrdiff_t>(backCount));
    return ip;
}

bool IpAddress::isV4() const
{
    return std::all_of(m_bytes.begin(), m_bytes.begin() + 10, [](std::uint8_t b) { return b == 0; }) && m_bytes[10] == 0xFF && m_bytes[11] == 0xFF;
}

bool IpAddress::isLoopback() const
{
    if (isV4())
        return m_bytes[12] == 127;
    return std::all_of(m_bytes.begin(), m_bytes.end() - 1, [](std::uint8_t b) { return b == 0; }) && m_bytes[15] == 1;
}

bool IpAddress::isIn(std::string_view network) const
{
    const std::size_t slash = network.find('/');
    if (slash == std::string_view::npos)
        return false;
    const std::optional<IpAddress> base = parse(network.substr(0, slash));
    const std::optional<unsigned> count = number(network.substr(slash + 1), 10, 3, 128);
    if (!base || !count || base->isV4() != isV4() || (isV4() && *count > 32))
        return false;
    const unsigned bits = *count + (isV4() ? 96 : 0);
    for (unsigned i = 0; i < bits; ++i) {
        const unsigned mask = 0x80u >> (i % 8);
        if ((m_bytes[i / 8] & mask) != (base->m_bytes[i / 8] & mask))
            return false;
    }
    return true;
}

} // namespace fairlead::kube
