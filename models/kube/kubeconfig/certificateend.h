// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fairlead::kube {

/// When the first certificate of a PEM text ends (notAfter); none where that cannot be told. Judges nothing else: whether
/// the certificate is good is for TLS to say.
///
/// Sources: RFC 5280 4.1 (where the field stands; UTCTime before 2050, GeneralizedTime from then on), X.690 (DER), RFC 7468
/// (PEM). Thread: any. Never reads beyond the text, whatever lengths it claims.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> certificateEnd(std::string_view pem);

} // namespace fairlead::kube
