// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace fairlead::platform {

/// In a child between fork and exec: makes it the first of a group of its own, so that it can be ended with its children; and it
/// ends when the thread that started it does. Async-signal-safe.
void leadOwnGroup();

enum class Ending {
    Asked,  ///< SIGTERM: it may clear up
    Forced, ///< SIGKILL
};

/// Whether this process may do everything.
[[nodiscard]] bool isRoot();

/// Sends it to every process of the group that `leader` began. False: there is none any more. Thread: any.
bool endGroup(std::int64_t leader, Ending ending);

} // namespace fairlead::platform
