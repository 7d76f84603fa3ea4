// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/activitymark.h"
#include "recording/entry.h"
#include "recording/markrules.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace fairlead::recording {

/// Gathers what went wrong from a recording's entries, in the file's order.
///
/// Decided: an object that fails is one mark, until it has been well for `forgets`, failed in another way or was made anew: so long the
/// kubelet remembers a crash too. What fails in the first list of its kind did so before, and is no mark; what fails in a later list (after a
/// gap) is, at the list's time. A warning about the same object for the same reason is one mark, unless it was not told for `forgets`.
///
/// Thread: one at a time; the streams outlive it. Memory: the marks, whose texts are cut, and those that fail now, both bounded.
class MarkGatherer {
public:
    static constexpr std::chrono::minutes forgets{10};
    static constexpr std::size_t mostFailing = 100'000; ///< objects; of more it is not known whether they did before
    static constexpr std::size_t longestName = 256;     ///< bytes
    static constexpr std::size_t longestMessage = 300;

    MarkGatherer(const std::map<std::uint32_t, Stream> &streams, std::size_t mostOfEach);

    void take(const Entry &entry);
    [[nodiscard]] std::uint64_t leftOut() const { return m_leftOut; }
    /// By time. Afterwards there are none.
    [[nodiscard]] std::vector<ActivityMark> takeMarks();

private:
    struct Failing {
        std::string_view family;
        std::optional<Moment> wellSince;
        bool hasMark = true; ///< false: so since it was made, or before anybody looked
    };
    using AllFailing = std::unordered_map<std::string, Failing>; // by namespace/name
    struct Found {
        std::string space;
        std::string name;
        Trouble trouble;
        Moment time;
    };
    struct Listing {
        std::vector<Found> failing;
        std::uint32_t rows = 0;
    };
    struct Kind {
        AllFailing failing;
        std::optional<Listing> listing;
        bool isListed = false;
    };

    void takeWarning(const Entry &entry, const Stream &stream);
    void takeFailure(const Entry &entry, const Stream &stream);
    void endList(const Entry &entry, const Stream &stream, Kind &kind);
    void becameWell(Kind &kind, AllFailing::iterator which, Moment time);
    void fails(Kind &kind, const Stream &stream, Found found, bool isMark);
    void add(ActivityMark mark);

    const std::map<std::uint32_t, Stream> &m_streams;
    const std::size_t m_most;
    std::map<std::uint32_t, Kind> m_kinds;
    std::size_t m_failing = 0;
    std::unordered_map<std::string, std::size_t> m_warnings; // by object and reason, the last mark of it
    std::vector<ActivityMark> m_marks;
    std::size_t m_counts[2] = {0, 0}; // by weight
    std::uint64_t m_leftOut = 0;
};

} // namespace fairlead::recording
