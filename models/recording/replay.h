// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/transport.h"
#include "recording/fieldselector.h"
#include "recording/labelselector.h"
#include "recording/reader.h"
#include "recording/replayform.h"
#include "recording/requestpath.h"
#include "recording/statewalk.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fairlead::recording {

/// A recording as the server that it was made of, at one moment after the other: discovery, lists in pages, single objects, watches, logs, in
/// the forms that are asked for (JSON), with label and field selectors. Nothing in it can change anything.
///
/// Thread: one at a time (ReplayTransport's). Memory: the states of the resources that were asked for, at the present moment.
/// Decided: "now" moves by advance(). Forward by up to `stride` the watches are told each change; further, or backward, they end with 410, and
/// whoever listens lists again. Versions are the recorded ones.
/// Not promised: that a resource version which the recording does not hold is waited for.
class Replay {
public:
    static constexpr std::chrono::minutes stride{2};

    struct Answer {
        int status = 200;
        std::string contentType = "application/json";
        std::string body;
        std::vector<std::string> warnings{}; ///< of a gap or a damage behind what is told, as a server warns
        bool isOpen = false;                 ///< a watch, or a log that is followed: more comes by advance()
    };
    struct Chunk {
        std::uint64_t ticket = 0;
        std::string bytes;
        bool isLast = false;
    };

    Replay(Reader reader, Moment at);

    [[nodiscard]] Moment now() const { return m_now; }
    [[nodiscard]] Moment first() const { return m_reader.first(); }
    [[nodiscard]] Moment last() const { return m_reader.last(); }
    [[nodiscard]] Answer answer(const net::Request &request, std::uint64_t ticket);
    /// Whoever asked is gone.
    void close(std::uint64_t ticket);
    /// To another moment; what there is to tell the open requests.
    [[nodiscard]] std::vector<Chunk> advance(Moment to);

private:
    struct Choice {
        std::string space;
        LabelSelector labels;
        FieldSelector fields;
        [[nodiscard]] bool has(const StateRow &row) const;
    };
    struct Watch {
        std::uint32_t stream = 0;
        Choice choice;
        ReplayForm form;
        bool wantsBookmarks = false;
        bool isFirst = true;
    };
    struct Follower {
        std::uint32_t stream = 0;
        bool hasTimes = false;
    };

    [[nodiscard]] Answer review(const net::Request &request) const;
    [[nodiscard]] std::optional<Answer> document(const net::Request &request, const std::optional<RequestPath> &path);
    [[nodiscard]] Answer list(const net::Request &request, const RequestPath &path, std::uint32_t stream);
    [[nodiscard]] Answer get(const net::Request &request, const RequestPath &path, std::uint32_t stream);
    [[nodiscard]] Answer watch(const net::Request &request, const RequestPath &path, std::uint32_t stream, std::uint64_t ticket);
    [[nodiscard]] Answer log(const net::Request &request, const RequestPath &path, std::uint64_t ticket);
    [[nodiscard]] Result<Choice> choiceOf(const net::Request &request, const RequestPath &path) const;
    [[nodiscard]] std::string notThere(const RequestPath &path);
    [[nodiscard]] Result<const ResourceState *> stateOf(std::uint32_t stream);
    [[nodiscard]] Result<bool> catchUp(std::uint32_t stream, const std::string &version, const StateWalk::Changed &changed);
    [[nodiscard]] std::string tell(Watch &watch, const StateChange &change, Moment now) const;

    Reader m_reader;
    Moment m_now;
    std::map<std::uint32_t, StateWalk> m_states; // at m_now
    std::map<std::uint64_t, Watch> m_watches;
    std::map<std::uint64_t, Follower> m_followers;
    // Of the list whose pages were last asked for at another moment than now.
    std::uint32_t m_pagedStream = 0;
    Moment m_pagedAt;
    ResourceState m_paged;
};

} // namespace fairlead::recording
