// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fairlead::recording {

/// Why something was made unreadable. The order is that of the file: new ones come last.
enum class Reason : std::uint8_t {
    SecretValue,      ///< data or stringData of a Secret
    SecretAnnotation, ///< any annotation of a Secret: kubectl keeps a copy of it there
    Named,            ///< its name says so: an env variable, a field, a header, a key of a ConfigMap, "password=…" in a text
    Argument,         ///< a word of a command line after an option that says so
    Token,            ///< looks like a token by itself: a JSON web token, "Bearer …", a key of a cloud
    PrivateKey,       ///< PEM, also in base64
    Url,              ///< the password of user:password@host
};
inline constexpr std::size_t reasons = 7;

/// How many by reason.
struct Redactions {
    std::array<std::uint64_t, reasons> counts{};

    [[nodiscard]] std::uint64_t of(Reason reason) const { return counts[static_cast<std::size_t>(reason)]; }
    [[nodiscard]] std::uint64_t total() const
    {
        std::uint64_t sum = 0;
        for (const std::uint64_t count : counts)
            sum += count;
        return sum;
    }
    bool operator==(const Redactions &) const = default;
};

/// "secret values", for a summary that people read.
[[nodiscard]] std::string_view words(Reason reason);

} // namespace fairlead::recording
