// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/transport.h"
#include "kube/resource.h"
#include "recording/recorder.h"
#include "recording/recordlogs.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace fairlead::recording {

class RecordInbox;

/// Asks a server for all that it lists, and feeds a recorder with its answers and with what changes, until it is stopped: discovery and
/// version, then every preferred resource that can be listed and watched, in pages of whole objects, then its watch; what can only be listed
/// (metrics) again every 15 s.
///
/// Thread: made, started and stopped from one; it works on its own. Owner: the command or the window that records. The transport outlives it.
/// Times are the server's: this machine's clock, corrected by its Date. A watch that ends goes on from its last version; one that is lost, or
/// too old (410), is a gap until the resource is listed again; so is one whose changes come faster than they are written. Who may not list
/// something records the rest; what was listed once is tried again.
class RecordRun {
public:
    struct Wish {
        std::string space;               ///< empty: all namespaces
        std::set<std::string> resources; ///< "deployments.apps"; empty: all
        bool logs = false;               ///< those of the pods that are recorded
    };
    struct Progress {
        std::size_t resources = 0; ///< to be recorded
        std::size_t listed = 0;    ///< of them, at least once
        std::size_t rows = 0;      ///< now
        std::uint64_t events = 0;
        std::uint64_t logLines = 0;
        bool areLogsRefused = false;
        bool areLogsFull = false;  ///< the file holds no more of them than it has
        std::uint64_t bytes = 0;   ///< of the file
        std::uint64_t skipped = 0; ///< rows that could not be read or are too large: they are missing
        Redactions redactions;
        std::vector<std::string> refused; ///< resources that may not be listed
        std::optional<Error> failed;      ///< nothing more is recorded
    };

    RecordRun(net::Transport &transport, Recorder recorder, Wish wish);
    ~RecordRun(); ///< as stop()

    void start();
    /// Ends all requests and completes the file; waits for the disk. Error: what went wrong first.
    [[nodiscard]] Result<void> stop();
    [[nodiscard]] Progress progress() const; ///< from any thread

private:
    using TimePoint = std::chrono::system_clock::time_point;
    using Done = std::function<void(const net::Head &head, std::string body, Result<void> result)>;
    struct Target {
        kube::Resource resource;
        std::string path;
        std::uint32_t number = 0;
        std::string rest; // of a line of its watch
        net::Ticket watch = 0;
        std::shared_ptr<int> status;        // of the last watch's answer; tells one from the next
        std::chrono::milliseconds delay{0}; // before the next try
        bool isListed = false;
        bool hasLogs = false; // its rows are pods, whose logs are wanted
    };

    void run(const std::stop_token &stop);
    void ask(net::Request request, Done done);
    void see(const net::Head &head, TimePoint asked, TimePoint answered);
    [[nodiscard]] Moment now() const;
    void noteProgress();
    bool check(const Result<void> &result);
    void takeDiscovery(const std::string &path, const net::Head &head, std::string body, const Result<void> &result);
    void takeResources(const std::vector<kube::Resource> &resources);
    void readDiscovery();
    void listNext();
    void list(Target &target);
    void page(Target &target, const std::string &token);
    void takePage(Target &target, const net::Head &head, const std::string &body, const Result<void> &result);
    void listAgain(Target &target, std::string_view why);
    void watch(Target &target);
    void takeChunk(Target &target, std::string_view chunk);
    void poll(const std::string &path);
    void seePods(std::string_view table, bool areDeleted);

    net::Transport &m_transport;
    Recorder m_recorder; // the thread's, as all that follows
    const Wish m_wish;
    std::shared_ptr<RecordInbox> m_inbox;
    RecordLogs m_logs;
    std::map<std::string, std::string> m_discovery; // by path
    int m_asked = 0;                                // of it, and not answered
    std::vector<kube::Resource> m_resources;
    std::vector<std::unique_ptr<Target>> m_targets;
    std::vector<Target *> m_waiting; // for their list, from the back
    int m_listing = 0;
    std::chrono::milliseconds m_offset{0};
    mutable std::mutex m_mutex;
    Progress m_progress; // guarded
    std::jthread m_thread;
};

} // namespace fairlead::recording
