// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "contexts/clusters.h"
#include "contexts/readcontexts.h"

#include <QThreadPool>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fairlead::app {

class Played;

/// By which name a recording is opened.
struct RecordingName {
    enum class Start { Still, Playing };
    std::string name;
    std::string file; ///< empty: the program's own
    std::string at;   ///< where it begins, as --at says it
    Start start = Start::Still;
};

/// The contexts of the kubeconfigs that the program was started with, and an Engine for each that is open; after them recordings.
///
/// Thread: GUI. Owner: runWindow(). Everything that holds an open cluster goes before it.
class Engines : public contexts::Clusters {
public:
    /// `kubeconfig` is --kubeconfig, `context` is --context.
    Engines(std::optional<std::string> kubeconfig, std::optional<std::string> context);
    ~Engines() override;

    [[nodiscard]] Reply<contexts::ContextList> read() override;
    [[nodiscard]] Reply<contexts::ContextList> look(const std::string &file) override;
    void setAddedFiles(std::vector<std::string> files) override { m_files.added = std::move(files); }
    /// The program's own plays by itself, from where much happens; others stand at their end.
    [[nodiscard]] std::string addRecording(const std::string &file) override;
    [[nodiscard]] bool hasDemo() const override;
    /// Without a file the program's own, whatever else is said of it. `at` as --at says it.
    std::string addRecording(const std::string &file, const std::string &at, RecordingName::Start start);
    /// By which it is opened, unless another one was there first.
    [[nodiscard]] static std::string nameOf(const std::string &file);
    [[nodiscard]] Reply<contexts::OpenClusterPtr> open(const std::string &context) override;

private:
    /// `work` on the pool, its answer on the GUI thread.
    template<typename T>
    [[nodiscard]] Reply<T> onPool(std::function<Result<T>()> work);

    [[nodiscard]] Reply<contexts::OpenClusterPtr> openRecording(const RecordingName &recording);
    [[nodiscard]] contexts::OpenClusterPtr begin(const std::shared_ptr<Played> &played, contexts::OpenCluster cluster);

    using Box = std::shared_ptr<void>;
    void finish(Dispatcher::Number number, const Box &box);

    contexts::ConfigFiles m_files;
    std::optional<std::string> m_context;
    std::vector<RecordingName> m_recordings;
    std::map<std::string, std::weak_ptr<const contexts::OpenCluster>> m_open; ///< by context
    std::map<std::string, std::weak_ptr<Played>> m_played;                    ///< by context
    std::unordered_map<Dispatcher::Number, std::function<void(const Box &)>> m_pending;
    QObject m_asker;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
};

} // namespace fairlead::app
