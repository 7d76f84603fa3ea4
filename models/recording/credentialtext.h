// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/redactions.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// Bytes that must not be written.
struct Hidden {
    std::size_t begin = 0;
    std::size_t end = 0;
    Reason reason = Reason::Named;
};

/// What in an ordinary text looks like a credential: PEM private keys (also in base64), JSON web tokens, "Bearer …" and "Basic …", keys with a
/// cloud's or a forge's own beginning, user:password@host, name=value and name: value with a credential's name, `-u user:password`,
/// `--password value`. The places rise and do not overlap. "$(NAME)" is a reference, and stays.
///
/// Thread: any; no state. Time: linear in the text. Not promised: to find a credential that looks like ordinary text.
[[nodiscard]] std::vector<Hidden> findCredentials(std::string_view text);

} // namespace fairlead::recording
