// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Whether a workload is a job, which ends, or a service, which goes on. Pure functions of one row. Thread: any.
namespace fairlead::kinds {

struct Work {
    static constexpr std::size_t count = 3;
    enum class What : std::uint8_t {
        Job,     ///< is to end
        Service, ///< is to go on
        Mixed,   ///< is to go on, and does by itself what a cron job would do
    };
    What what = What::Service;
    std::string reason; ///< for people, in a few words: "cron job", "is probed, serves :8080", "a container sleeps in a loop"

    bool operator==(const Work &) const = default;
};

/// "job", "service", "mixed".
[[nodiscard]] std::string_view name(Work::What what);

/// Whether tables of a kind tell it.
enum class WorkColumn : std::uint8_t {
    None,    ///< its objects run nothing
    Offered, ///< where somebody asks for it
    Shown,
};
[[nodiscard]] WorkColumn workColumnOf(const Kind &kind);

/// By its kind, by who owns it, by its label app.kubernetes.io/component, and by what its pods run. Of a row without facts only what owners and
/// kind say: what they call a service may be mixed. None: its objects run nothing, or nobody can tell.
[[nodiscard]] std::optional<Work> workOf(const Kind &kind, const kube::Row &row);

} // namespace fairlead::kinds
