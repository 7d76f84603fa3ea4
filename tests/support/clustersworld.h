// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "contexts/contextbook.h"
#include "support/fakeclock.h"
#include "support/scriptedtransport.h"

#include <QThreadPool>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fairlead::test {

/// Contexts whose servers are scripts: real sessions and a real decoder over transports that answer when the test says so.
/// Thread: the test's own. Everything that asks goes before it.
class ClustersWorld : public contexts::Clusters {
public:
    explicit ClustersWorld(FakeClock &clock);
    ~ClustersWorld() override;

    contexts::ContextList list;                         ///< what read() answers
    std::map<std::string, contexts::ContextList> files; ///< what look() answers; others are not there
    std::map<std::string, Error> refusals;              ///< of open()
    std::vector<std::string> added;                     ///< what setAddedFiles() was told last
    std::vector<std::string> recordings;                ///< what addRecording() was told; they are in `list` only where the test puts them
    bool demo = false;                                  ///< hasDemo()
    bool readsForEver = false;                          ///< read() gives no answer
    int reads = 0;
    int opens = 0;

    [[nodiscard]] Reply<contexts::ContextList> read() override;
    [[nodiscard]] Reply<contexts::ContextList> look(const std::string &file) override;
    void setAddedFiles(std::vector<std::string> paths) override { added = std::move(paths); }
    [[nodiscard]] std::string addRecording(const std::string &file) override
    {
        recordings.push_back(file);
        return file.empty() ? "demo recording" : file.substr(file.rfind('/') + 1);
    }
    [[nodiscard]] bool hasDemo() const override { return demo; }
    [[nodiscard]] Reply<contexts::OpenClusterPtr> open(const std::string &context) override;

    /// The context's server tells this version; the second request takes `roundTrip` of the clock.
    void answer(const std::string &context, const std::string &version, std::chrono::milliseconds roundTrip);
    /// Its server answers with a refusal; or no answer comes.
    void refuse(const std::string &context, int status, std::string_view reason, std::string_view message);
    void fail(const std::string &context, Error error);

    /// Servers that have been asked and have not answered, in the order in which they were opened.
    [[nodiscard]] std::vector<std::string> asked();
    /// How often a server was asked in all.
    [[nodiscard]] int requests(const std::string &context);
    /// Delivers until nothing is left to do.
    void settle();

private:
    ScriptedTransport &server(const std::string &context);

    FakeClock &m_clock;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::map<std::string, std::unique_ptr<ScriptedTransport>> m_servers;
    std::vector<std::string> m_order;
    std::vector<Promise<contexts::ContextList>> m_held;
};

} // namespace fairlead::test
