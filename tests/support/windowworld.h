// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "contexts/contextbook.h"
#include "support/fakeclock.h"
#include "support/objectworld.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fairlead::test {

/// What a window stands on: the contexts of someContexts(), each with a server of its own that answers once the context is opened. The one
/// of "staging-eu" holds what go-to, side bar and namespace choice show; the others hold one pod, named after their context.
/// Thread: the test's own; nothing happens but in settle(). Whatever shows it goes before it.
class WindowWorld : public contexts::Clusters {
public:
    WindowWorld();
    ~WindowWorld() override;

    contexts::ContextList list;                         ///< what read() answers
    std::map<std::string, Error> refusals;              ///< of open()
    std::map<std::string, contexts::ContextList> files; ///< what look() answers; others are not there
    std::vector<std::string> added;                     ///< what setAddedFiles() was told last
    FakeClock clock;                                    ///< of the reachability: a round trip takes 12 ms of it

    [[nodiscard]] Reply<contexts::ContextList> read() override;
    [[nodiscard]] Reply<contexts::ContextList> look(const std::string &file) override;
    void setAddedFiles(std::vector<std::string> paths) override { added = std::move(paths); }
    [[nodiscard]] Reply<contexts::OpenClusterPtr> open(const std::string &context) override;

    [[nodiscard]] ObjectWorld &server(const std::string &context);
    /// Lists of that collection that the context's server was asked for, whole or the first page.
    [[nodiscard]] int lists(const std::string &context, const std::string &path);
    void settle();
    /// All connections are gone, and what was asked is forgotten: for the program's next start. Nothing shows it meanwhile.
    void restart();

private:
    void fill(ObjectWorld &world);

    std::map<std::string, std::unique_ptr<ObjectWorld>> m_servers;
    std::map<std::string, contexts::OpenClusterPtr> m_clusters;
};

} // namespace fairlead::test
