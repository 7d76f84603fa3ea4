// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engines.h"

#include "app/engine.h"
#include "kube/kubeconfig/kubeconfig.h"

#include <utility>

namespace fairlead::app {

using contexts::ContextFacts;
using contexts::ContextList;
using contexts::OpenCluster;
using contexts::OpenClusterPtr;

namespace {

struct Opening {
    ContextFacts facts;
    kube::Target target;
};

// Both are read from the same files at the same moment: the facts carry colour and standing, the target all that a connection needs.
Result<Opening> readTarget(const contexts::ConfigFiles &files, const std::string &context)
{
    const kube::Surroundings surroundings = kube::processSurroundings();
    const auto kubeconfig = contexts::loadKubeconfig(surroundings, files);
    if (!kubeconfig)
        return failure(kubeconfig.error());
    auto target = kubeconfig->resolve(context);
    if (!target)
        return failure(std::move(target.error()));
    Opening opening{.facts = {}, .target = std::move(*target)};
    for (const ContextFacts &facts : contexts::readContexts(surroundings, files, context, contexts::Depth::Entries).contexts) {
        if (facts.name == opening.target.context)
            opening.facts = facts;
    }
    return opening;
}

} // namespace

Engines::Engines(std::optional<std::string> kubeconfig, std::optional<std::string> context)
    : m_files{.argument = std::move(kubeconfig), .added = {}}
    , m_context(std::move(context))
{
}

Engines::~Engines()
{
    m_pool.clear();
    m_pool.waitForDone();
}

template<typename T>
Reply<T> Engines::onPool(std::function<Result<T>()> work)
{
    const Promise<T> promise;
    const auto number = m_dispatcher.open();
    // What crosses the threads is a box; the promise never leaves this one.
    m_pending[number] = [promise](const Box &box) { promise.give(std::move(*std::static_pointer_cast<Result<T>>(box))); };
    m_pool.start([this, number, work = std::move(work)] {
        Box box = std::make_shared<Result<T>>(work());
        m_dispatcher.post(number, [this, number, box = std::move(box)] { finish(number, box); });
    });
    return promise.reply();
}

void Engines::finish(Dispatcher::Number number, const Box &box)
{
    m_dispatcher.close(number);
    const auto pending = m_pending.extract(number);
    pending.mapped()(box);
}

Reply<ContextList> Engines::read()
{
    return onPool<ContextList>([files = m_files, context = m_context]() -> Result<ContextList> {
        return contexts::readContexts(kube::processSurroundings(), files, context);
    });
}

Reply<ContextList> Engines::look(const std::string &file)
{
    return onPool<ContextList>([file]() -> Result<ContextList> {
        return contexts::readContexts(kube::processSurroundings(), contexts::ConfigFiles{.argument = file, .added = {}});
    });
}

Reply<OpenClusterPtr> Engines::open(const std::string &context)
{
    if (auto open = m_open[context].lock())
        return answered<OpenClusterPtr>(std::move(open));
    const Promise<OpenClusterPtr> promise;
    auto reply = promise.reply();
    onPool<Opening>([files = m_files, context] { return readTarget(files, context); }).then(&m_asker, [this, context, promise](auto opening) {
        if (!opening) {
            promise.give(failure(std::move(opening.error())));
            return;
        }
        auto open = m_open[context].lock(); // two may have asked at once
        if (!open) {
            const auto engine = std::make_shared<Engine>(std::move(opening->target.endpoint));
            open = std::make_shared<const OpenCluster>(OpenCluster{.facts = std::move(opening->facts),
                .space = std::move(opening->target.namespaceName),
                .session = std::shared_ptr<kube::Session>(engine, &engine->session())});
            m_open[context] = open;
        }
        promise.give(std::move(open));
    });
    return reply;
}

} // namespace fairlead::app
