// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fairlead::kube {

/// An IP address as 16 bytes; IPv4 is mapped into IPv6 (::ffff:a.b.c.d), so that both compare as Go compares them.
class IpAddress {
public:
    /// None where the text is no address. IPv4 takes four decimal parts without leading zeros; an IPv6 zone is not taken.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool isV4() const;
    [[nodiscard]] bool isLoopback() const;
    /// Whether it lies in the network: "10.0.0.0/8", "fd00::/16". False for what is no network.
    [[nodiscard]] bool isIn(std::string_view network) const;

    friend bool operator==(const IpAddress &, const IpAddress &) = default;

private:
    std::array<std::uint8_t, 16> m_bytes{};
};

} // namespace fairlead::kube
