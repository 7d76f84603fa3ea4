// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace fairlead::recording {

/// Whether a name in which people are free (an env variable, a key of a ConfigMap, an option, a header) is that of a credential:
/// DB_PASSWORD, apiKey, --auth-token, Authorization. Rather one too many: what is hidden wrongly is a nuisance, what is shown wrongly a leak.
/// Thread: any; no state.
[[nodiscard]] bool isCredentialName(std::string_view name);

/// The same of a field of an object, where names such as secretName tell of a reference and not of its content: only what ends like
/// password, token, apiKey, and what is called pw or pass and no more.
[[nodiscard]] bool isCredentialField(std::string_view name);

} // namespace fairlead::recording
