// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/reply.h"
#include "contexts/contextlist.h"
#include "kube/session.h"

#include <QLatin1String>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fairlead::playback {
class ActivityFeed;
class Player;
} // namespace fairlead::playback

namespace fairlead::contexts {

/// How a recording's file is called.
inline constexpr QLatin1String recordingEnding(".flrec");

/// What plays a recording that stands in a cluster's place. It outlives the sessions that were made of it: after a move backward there is another.
struct OpenRecording {
    std::shared_ptr<playback::Player> player;
    std::shared_ptr<playback::ActivityFeed> happened;
    std::string file; ///< its name, without folders; empty: the program's own
    std::uint64_t bytes = 0;
    std::size_t kinds = 0;
};

/// An open cluster as its context names it. Immutable; closes when the last holder lets go.
struct OpenCluster {
    ContextFacts facts;
    std::string space; ///< the context's namespace; "default" where it names none
    std::shared_ptr<kube::Session> session;
    std::shared_ptr<const OpenRecording> recording; ///< null: it is a server
};
using OpenClusterPtr = std::shared_ptr<const OpenCluster>;

/// All contexts of the kubeconfigs, and the way to open one. app/ implements it: only there are transports made.
///
/// Thread: GUI. Owner: app/. Promise: files are read on the pool, never on the GUI thread; several who open the same context share one
/// session; opening asks no server.
class Clusters {
public:
    Clusters() = default;
    virtual ~Clusters() = default;
    Clusters(const Clusters &) = delete;
    Clusters &operator=(const Clusters &) = delete;

    /// The kubeconfigs as they are now.
    [[nodiscard]] virtual Reply<ContextList> read() = 0;
    /// What one file alone holds. Never answers with an error: what is wrong with it is in the list.
    [[nodiscard]] virtual Reply<ContextList> look(const std::string &file) = 0;
    /// Files that read() and open() take after all others, as if KUBECONFIG named them too; absolute paths.
    virtual void setAddedFiles(std::vector<std::string> files) = 0;
    /// A recording among the contexts from the next reading on; without a file the program's own, which plays by itself. The answer is the name by
    /// which it is opened. Empty: none can be.
    [[nodiscard]] virtual std::string addRecording(const std::string &) { return {}; }
    /// Has the program a recording of its own.
    [[nodiscard]] virtual bool hasDemo() const { return false; }
    /// Errors: those of kube::Kubeconfig::load() and resolve(): NotFound, BadInput, Unsupported; of recording::Reader.
    [[nodiscard]] virtual Reply<OpenClusterPtr> open(const std::string &context) = 0;
};

} // namespace fairlead::contexts
