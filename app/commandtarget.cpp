// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandtarget.h"

#include "app/contextscommand.h"
#include "app/demo.h"
#include "app/print/terminaltext.h"
#include "app/recordingmoment.h"

#include <optional>
#include <utility>

namespace fairlead::app {
namespace {

// Where a name is in none of the files, each of them is to blame.
Error withFiles(Error error, const kube::Kubeconfig &kubeconfig)
{
    if (!error.place.file.empty())
        return error;
    std::string files;
    for (const std::string &file : kubeconfig.files())
        files += (files.empty() ? "Read: " : ", ") + file;
    error.remedy += (error.remedy.empty() ? "" : "\n") + files;
    return error;
}

std::string valueOf(const std::map<std::string, std::string> &about, const char *key)
{
    const auto found = about.find(key);
    return found == about.end() ? std::string() : found->second;
}

} // namespace

Result<kube::Target> contextTarget(const Arguments &arguments, Output &messages)
{
    const auto kubeconfig = kube::Kubeconfig::load(
        kube::processSurroundings(), arguments.kubeconfig.empty() ? std::nullopt : std::optional<std::string>(arguments.kubeconfig));
    if (!kubeconfig)
        return failure(kubeconfig.error());
    sayWarnings(kubeconfig->warnings(), messages);
    auto target = kubeconfig->resolve(arguments.context.empty() ? std::nullopt : std::optional<std::string>(arguments.context));
    if (!target)
        return failure(withFiles(std::move(target.error()), *kubeconfig));
    sayWarnings(target->warnings, messages);
    (void)messages.flush();
    return target;
}

CommandTarget::CommandTarget(std::string space, What what)
    : m_space(std::move(space))
    , m_what(std::move(what))
{
}

Result<CommandTarget> CommandTarget::of(const Arguments &arguments, Output &messages)
{
    if (arguments.isOfRecording())
        return ofRecording(arguments, messages);
    auto target = contextTarget(arguments, messages);
    if (!target)
        return failure(std::move(target.error()));
    return CommandTarget(arguments.space.empty() ? target->namespaceName : arguments.space, std::move(target->endpoint));
}

Result<CommandTarget> CommandTarget::ofRecording(const Arguments &arguments, Output &messages)
{
    auto reader = arguments.demo ? openDemo() : recording::Reader::open(arguments.recording);
    if (!reader)
        return failure(std::move(reader.error()));
    if (!reader->find(recording::StreamKind::Document, {"/apis"}))
        return failure({.code = Code::BadInput,
            .message = "holds nothing of a cluster",
            .remedy = reader->file().isBeingWritten() ? "It is being written: its first seconds are not in the file yet. Try again."
                                                      : "Its recorder ended before the server had said what it offers. Record again.",
            .place = {.file = reader->file().path()}});
    auto at = momentIn(arguments.at, reader->first(), reader->last());
    if (!at)
        return failure(std::move(at.error()));
    if (const auto damages = reader->file().damageCount(); damages > 0) {
        messages.write(
            visible("warning: " + reader->file().path() + ": " + std::to_string(damages) + (damages == 1 ? " part of it is" : " parts of it are") +
                    " damaged, and what stood there is missing; 'fairlead recording info' names them\n"));
        (void)messages.flush();
    }
    const auto &about = reader->index().about;
    std::string space = arguments.space;
    for (const char *key : {"only namespace", "namespace"}) {
        if (space.empty())
            space = valueOf(about, key);
    }
    std::string name = arguments.demo ? "the demo" : "the recording " + arguments.recording;
    return CommandTarget(space.empty() ? "default" : std::move(space), Replayed{std::move(*reader), *at, std::move(name)});
}

std::unique_ptr<Engine> CommandTarget::open()
{
    if (auto *replayed = std::get_if<Replayed>(&m_what))
        return std::make_unique<Engine>(std::move(replayed->reader), replayed->at, std::move(replayed->name));
    return std::make_unique<Engine>(std::move(std::get<net::Endpoint>(m_what)));
}

} // namespace fairlead::app
