// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <cstdint>
#include <string>

namespace fairlead::recording {

/// Something that went wrong in the time of a recording. Texts are the cluster's own, cut to bounds; empty where it said nothing.
struct ActivityMark {
    enum class Weight : std::uint8_t {
        Warning, ///< an Event object of type Warning
        Failure, ///< an object began to fail (markrules.h)
    };
    Moment time; ///< when it was told first
    Moment last; ///< and when last, where it is told again and again
    std::uint32_t times = 1;
    Weight weight = Weight::Warning;
    std::string kind; ///< of the object that it is about
    std::string space;
    std::string name;
    std::string reason;  ///< one word: "CrashLoopBackOff"
    std::string message; ///< what more was said of it

    bool operator==(const ActivityMark &) const = default;
};

} // namespace fairlead::recording
