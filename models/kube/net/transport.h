// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::net {

/// All that can be asked of a server today. Nothing here changes a cluster: Review is the POST of a SelfSubject*Review,
/// and a transport refuses a Review of any other path. Changing verbs come with the gate (models/change).
enum class Verb { Get, List, Watch, Review };

/// What a request competes with: a transport bounds each class by itself.
enum class Traffic {
    Interactive, ///< someone waits for it
    Bulk,        ///< lists and other large bodies
    Watch,       ///< lives until it is cancelled
    Log,         ///< as long and as fast as its source; never beside the others on their connection
};

struct Request {
    Verb verb = Verb::Get;
    std::string path;                                       ///< from the root, escaped: "/api/v1/namespaces/default/pods"
    std::string subresource;                                ///< "log", "status"; appended to the path; apart because the gate reads it
    std::vector<std::pair<std::string, std::string>> query; ///< not escaped
    std::string accept = "application/json";
    std::string body;                           ///< of a Review, JSON
    std::chrono::milliseconds deadline{30'000}; ///< whole request; 0 is none (watches)
    Traffic traffic = Traffic::Interactive;
};

/// The answer's status line and the headers that anyone needs.
struct Head {
    int status = 0;
    std::string contentType;
    std::optional<std::chrono::milliseconds> retryAfter;
    std::optional<std::chrono::system_clock::time_point> date; ///< the server's clock
    std::vector<std::string> warnings;                         ///< texts of `Warning: 299` headers
};

/// Where an answer goes. Thread: the transport's own, the same for all calls of one request; each must return soon.
/// Order: head once, data any number of times, end once and last. Where no answer came: end alone.
/// An HTTP status of 400 and above is an answer, not a failure: its body follows as data.
struct Sink {
    std::function<void(const Head &)> head;
    std::function<void(std::string_view)> data; ///< valid during the call only
    /// May be empty. This request was quiet, and its own connection was not: another's byte came on it, or it was asked and
    /// answered. Where one connection carries one request (HTTP/1.1): the server answered on another one, and this one's other end
    /// acknowledges what its kernel is asked.
    std::function<void()> alive;
    std::function<void(Result<void>)> end; ///< Codes: see curltransport.h
};

/// Names a request for its whole life; never re-used by the same transport. 0 is none.
using Ticket = std::uint64_t;

/// What this way to a cluster can do; asked before anything is offered.
struct Capabilities {
    bool readOnly = true;
    std::string whyReadOnly;
    bool replay = false; ///< answers come from a recording, and so does the clock
};

/// The one seam between the engine and a cluster: libcurl, a script of faults, later a recording's replay and the gate
/// implement it; everything above is the real thing. std only, so that ThreadSanitizer can judge what is behind it.
class Transport {
public:
    virtual ~Transport() = default;

    /// Thread: any. Never blocks, never calls the sink on the caller's stack.
    [[nodiscard]] virtual Ticket start(Request request, Sink sink) = 0;

    /// Thread: any. At once for the network; the sink's end comes with Code::Cancelled unless the end was under way.
    /// After the call has returned, the sink may still be in a call on the transport's thread: the receiver looks its
    /// own number up (base/dispatcher.h) and finds nobody home.
    virtual void cancel(Ticket ticket) = 0;

    [[nodiscard]] virtual Capabilities can() const = 0;
};

} // namespace fairlead::net
