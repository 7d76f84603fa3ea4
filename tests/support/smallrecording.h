// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <chrono>
#include <map>
#include <string>

namespace fairlead::test {

/// A recording with a cluster's discovery, its pods, which change every second, and its deployments, which do not.
struct SmallRecording {
    static constexpr Moment start{std::chrono::milliseconds(1'767'323'200'000)}; // 2026-01-02T03:06:40Z

    std::string path;
    std::map<std::string, std::string> about = {{"context", "here"}, {"program", "fairlead test"}, {"namespace", "team-a"}};
    int seconds = 600;
    bool isClosed = true; ///< else as a recorder leaves it that was killed

    /// By second the pods that were there then, by namespace/name. Any failure ends the program.
    [[nodiscard]] std::map<int, std::map<std::string, std::string>> write() const;
};

} // namespace fairlead::test
