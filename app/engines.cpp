// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engines.h"

#include "app/demo.h"
#include "app/engine.h"
#include "app/played.h"
#include "app/recordingmoment.h"
#include "kube/kubeconfig/kubeconfig.h"

#include <algorithm>
#include <filesystem>
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

/// Where the program's own recording begins to play: cart crashes, a node is being drained, nobody answers for promotions, and the roll-out that
/// will get stuck has just begun (tests/cluster/demo/story.toml).
constexpr const char *demoBegin = "+4m40s";

struct OpenedRecording {
    ContextFacts facts;
    std::optional<recording::Reader> reader;
    Moment at;
};

bool isOneOf(const std::vector<RecordingName> &recordings, const std::string &name)
{
    return std::any_of(recordings.begin(), recordings.end(), [&](const RecordingName &each) { return each.name == name; });
}

// Recordings stand after the contexts. With one of them there is something to show, whatever is wrong with the files.
ContextList readAll(const contexts::ConfigFiles &files, const std::optional<std::string> &context, const std::vector<RecordingName> &recordings)
{
    const bool ofRecording = context && isOneOf(recordings, *context);
    ContextList list = contexts::readContexts(kube::processSurroundings(), files, ofRecording ? std::nullopt : context);
    if (recordings.empty())
        return list;
    const auto isFile = [](const RecordingName &each) { return !each.file.empty(); };
    if (list.failure && std::any_of(recordings.begin(), recordings.end(), isFile))
        list.problems.push_back(*std::exchange(list.failure, std::nullopt));
    const ContextFacts *const opened = list.opened();
    const std::string name = ofRecording ? *context : opened != nullptr ? opened->name : recordings.front().name;
    for (const RecordingName &each : recordings) {
        ContextFacts facts;
        facts.name = each.name;
        facts.recording = each.file.empty() ? ContextFacts::demoName : each.file;
        facts.place.file = each.file;
        list.contexts.push_back(std::move(facts));
    }
    list.tellApart(name);
    for (ContextFacts &facts : list.contexts)
        facts.production = facts.production && !facts.isRecording(); // it cannot be changed
    return list;
}

Result<recording::Reader> openReader(const RecordingName &recording)
{
    return recording.file.empty() ? openDemo() : recording::Reader::open(recording.file);
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
    return onPool<ContextList>(
        [files = m_files, context = m_context, recordings = m_recordings]() -> Result<ContextList> { return readAll(files, context, recordings); });
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
    for (const RecordingName &each : m_recordings) {
        if (each.name == context)
            return openRecording(each);
    }
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
                .session = std::shared_ptr<kube::Session>(engine, &engine->session()),
                .recording = {}});
            m_open[context] = open;
        }
        promise.give(std::move(open));
    });
    return reply;
}

std::string Engines::nameOf(const std::string &file)
{
    return file.empty() ? "demo recording" : std::filesystem::path(file).filename().string();
}

bool Engines::hasDemo() const
{
    return app::hasDemo();
}

std::string Engines::addRecording(const std::string &file)
{
    if (file.empty() && !app::hasDemo())
        return {};
    return file.empty() ? addRecording({}, demoBegin, RecordingName::Start::Playing) : addRecording(file, {}, RecordingName::Start::Still);
}

std::string Engines::addRecording(const std::string &file, const std::string &at, RecordingName::Start start)
{
    std::error_code error; // then as it was said
    const std::filesystem::path absolute = file.empty() ? std::filesystem::path() : std::filesystem::absolute(file, error);
    const std::string whole = error ? file : absolute.lexically_normal().string();
    for (const RecordingName &each : m_recordings) {
        if (each.file == whole)
            return each.name;
    }
    std::string name = nameOf(file);
    for (int number = 2; isOneOf(m_recordings, name); ++number)
        name = nameOf(file) + " (" + std::to_string(number) + ")";
    m_recordings.push_back({.name = name, .file = whole, .at = at, .start = start});
    return name;
}

OpenClusterPtr Engines::begin(const std::shared_ptr<Played> &played, OpenCluster cluster)
{
    cluster.session = played->begin();
    const std::string name = cluster.facts.name;
    auto open = std::make_shared<const OpenCluster>(std::move(cluster));
    m_open[name] = open;
    return open;
}

Reply<OpenClusterPtr> Engines::openRecording(const RecordingName &recording)
{
    const Promise<OpenClusterPtr> promise;
    auto reply = promise.reply();
    auto work = [files = m_files, recordings = m_recordings, recording]() -> Result<OpenedRecording> {
        auto reader = openReader(recording);
        if (!reader)
            return failure(std::move(reader.error()));
        auto moment = momentIn(recording.at, reader->first(), reader->last());
        if (!moment)
            return failure(std::move(moment.error()));
        OpenedRecording opened{.facts = {}, .reader = std::move(*reader), .at = *moment};
        for (ContextFacts &facts : readAll(files, recording.name, recordings).contexts) {
            if (facts.name == recording.name)
                opened.facts = std::move(facts);
        }
        return opened;
    };
    onPool<OpenedRecording>(std::move(work)).then(&m_asker, [this, recording, promise](auto opened) {
        if (!opened) {
            promise.give(failure(std::move(opened.error())));
            return;
        }
        if (auto open = m_open[recording.name].lock()) { // two may have asked at once
            promise.give(std::move(open));
            return;
        }
        OpenCluster cluster;
        cluster.facts = std::move(opened->facts);
        const auto &about = opened->reader->index().about;
        for (const char *key : {"only namespace", "namespace"}) {
            if (const auto found = about.find(key); cluster.space.empty() && found != about.end())
                cluster.space = found->second;
        }
        if (cluster.space.empty())
            cluster.space = "default";
        const std::uint64_t bytes = opened->reader->file().size();
        const auto &streams = opened->reader->index().streams;
        const auto kinds =
            std::count_if(streams.begin(), streams.end(), [](const auto &each) { return each.second.kind == recording::StreamKind::Resource; });
        auto played = m_played[recording.name].lock();
        if (!played) {
            played = std::make_shared<Played>(
                std::move(*opened->reader), [recording] { return openReader(recording); }, opened->at, recording.name);
            m_played[recording.name] = played;
            // Whoever holds what was opened gives it up; who opens it from now on gets another session.
            QObject::connect(&played->player(), &playback::Player::wentBack, &m_asker, [this, name = recording.name] { m_open.erase(name); });
            if (recording.file.empty())
                played->player().setAtEnd(playback::Player::AtEnd::BeginAgain);
            if (recording.start == RecordingName::Start::Playing)
                played->player().play();
        }
        cluster.recording = played->handle(recording.file.empty() ? std::string() : recording.name, bytes, std::size_t(kinds));
        promise.give(begin(played, std::move(cluster)));
    });
    return reply;
}

} // namespace fairlead::app
