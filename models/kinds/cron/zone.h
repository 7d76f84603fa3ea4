// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kinds/cron/zonerule.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds::cron {

/// A time on a wall clock, without a word of its zone.
using WallTime = std::chrono::time_point<std::chrono::local_t, std::chrono::seconds>;

/// A time zone as the controller's Go reads it: the same files, and the same answers about times that a change-over leaves out or gives twice.
/// A value; copies are cheap enough for one a schedule. Thread: any.
/// Not promised: that the cluster's own zone data is as new as this machine's.
/// Source: Go's time/zoneinfo.go and time/zoneinfo_read.go; RFC 9636.
class Zone {
public:
    /// UTC.
    Zone() = default;
    /// From the bytes of a zone file. None: they are none.
    [[nodiscard]] static std::optional<Zone> read(std::string_view bytes);

    /// East of UTC.
    [[nodiscard]] std::chrono::seconds offset(std::chrono::sys_seconds at) const;
    [[nodiscard]] WallTime wall(std::chrono::sys_seconds at) const;
    /// Whether clocks go on evenly from one to the other, an hour at most later.
    [[nodiscard]] bool isEven(std::chrono::sys_seconds from, std::chrono::sys_seconds until) const;
    /// When clocks show it. Of two such moments the one that Go's time.Date chooses, of none the one that it makes up: neither is always the
    /// earlier or the later one.
    [[nodiscard]] std::chrono::sys_seconds at(WallTime wall) const;
    /// RFC 3339 with this zone's offset, "Z" where that is zero; in UTC where the offset has seconds, as before standard time, since the
    /// format cannot say them.
    [[nodiscard]] std::string text(std::chrono::sys_seconds at) const;

private:
    [[nodiscard]] std::size_t changesBefore(std::chrono::sys_seconds at) const; ///< and at it
    [[nodiscard]] std::chrono::seconds offset(std::chrono::sys_seconds at, std::size_t changes) const;

    struct Change {
        std::chrono::sys_seconds when;
        std::chrono::seconds offset;
    };

    std::chrono::seconds m_before{0}; ///< ahead of the first change
    std::vector<Change> m_changes;
    std::optional<ZoneRule> m_rule; ///< after the last change
};

/// The bytes of a zone file by the zone's name; none where there is no such file.
using ReadZoneFile = std::function<std::optional<std::string>(const std::string &name)>;

/// The zone of spec.timeZone, refused as the API server refuses it: "Local", "", names of other than letters, digits, ".", "-", "_", "+",
/// of parts longer than 14, and those that `read` does not know.
/// Error: Code::Invalid, whose message names the field. Source: validateTimeZone of k8s.io/kubernetes pkg/apis/batch/validation.
[[nodiscard]] Result<Zone> zoneNamed(const std::string &name, const ReadZoneFile &read);

} // namespace fairlead::kinds::cron
