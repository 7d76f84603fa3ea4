// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/commandtarget.h"
#include "app/contextscommand.h"
#include "app/croncommand.h"
#include "app/diagnosecommand.h"
#include "app/engine.h"
#include "app/failurewords.h"
#include "app/getcommand.h"
#include "app/getplan.h"
#include "app/interferencecommand.h"
#include "app/interruption.h"
#include "app/jobscommand.h"
#include "app/print/output.h"
#include "app/print/terminaltext.h"
#include "app/recordcommand.h"
#include "app/recordinginfocommand.h"
#include "app/replayclock.h"
#include "app/treecommand.h"
#ifdef FAIRLEAD_UI
#include "app/windowcommand.h"
#endif
#include "base/log.h"
#include "base/platform/zonefile.h"

#include <QCoreApplication>

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <unistd.h>

using namespace fairlead;
using namespace fairlead::app;

namespace {

int fail(const Error &error, Output &messages)
{
    messages.write(failureLines(error));
    return exitCodeOf(error);
}

int runGet(int argc, char **argv, const Arguments &arguments, Output &output, Output &messages)
{
    auto operands = readOperands(arguments);
    if (!operands)
        return fail(operands.error(), messages);
    auto target = CommandTarget::of(arguments, messages);
    if (!target)
        return fail(target.error(), messages);

    const QCoreApplication application(argc, argv);
    installRedactingLog();
    std::optional<Interruption> interruption; // before the engine's threads, which inherit what it does to signals
    if (arguments.watch) {
        interruption.emplace(STDOUT_FILENO);
        QObject::connect(&*interruption, &Interruption::interrupted, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    }
    const auto engine = target->open();
    GetCommand command(arguments, std::move(*operands), target->space(), engine->session(), output, messages);
    QObject::connect(&command, &GetCommand::finished, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    std::optional<ReplayClock> clock;
    if (engine->replay()) {
        clock.emplace(*engine->replay(), engine->session().clock());
        QObject::connect(&command, &GetCommand::watchBegun, &*clock, &ReplayClock::start, Qt::QueuedConnection);
        QObject::connect(&*clock, &ReplayClock::ended, &application, [] { QCoreApplication::exit(Done); });
    }
    command.start();
    return QCoreApplication::exec();
}

/// A command that asks a cluster, in an event loop: `make` is given the namespace that counts without -A, and the session.
template<typename Make>
int runOnCluster(int argc, char **argv, CommandTarget target, Output &messages, Make make)
{
    const QCoreApplication application(argc, argv);
    installRedactingLog();
    const auto engine = target.open();
    std::set<std::string> warned;
    // Of a recording's gaps and damages: what a server warns of is for who asks it by name, which is get.
    if (engine->replay())
        QObject::connect(&engine->session().client(), &kube::Client::warned, &application, [&](const std::string &text) {
            if (warned.insert(text).second)
                messages.write("Warning: " + visible(text) + '\n');
        });
    const auto command = make(target.space(), engine->session());
    using Command = typename decltype(command)::element_type;
    QObject::connect(command.get(), &Command::finished, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    command->start();
    return QCoreApplication::exec();
}

int runDiagnose(int argc, char **argv, const Arguments &arguments, Output &output, Output &messages)
{
    auto target = CommandTarget::of(arguments, messages);
    if (!target) {
        messages.write(failureLines(target.error()));
        return diagnoseExitOf(target.error());
    }
    return runOnCluster(argc, argv, std::move(*target), messages, [&](const std::string &space, kube::Session &session) {
        return std::make_unique<DiagnoseCommand>(arguments, space, session, platform::readZoneFile, output, messages);
    });
}

int runTree(int argc, char **argv, const Arguments &arguments, Output &output, Output &messages)
{
    auto operands = arguments.operands.empty() ? Result<GetOperands>(GetOperands()) : readOperands(arguments);
    if (!operands)
        return fail(operands.error(), messages);
    auto target = CommandTarget::of(arguments, messages);
    if (!target)
        return fail(target.error(), messages);
    return runOnCluster(argc, argv, std::move(*target), messages, [&](const std::string &space, kube::Session &session) {
        return std::make_unique<TreeCommand>(arguments, std::move(*operands), space, session, output, messages);
    });
}

template<typename Command>
int runJobs(int argc, char **argv, const Arguments &arguments, Output &output, Output &messages)
{
    auto target = CommandTarget::of(arguments, messages);
    if (!target)
        return fail(target.error(), messages);
    return runOnCluster(argc, argv, std::move(*target), messages, [&](const std::string &space, kube::Session &session) {
        return std::make_unique<Command>(arguments, space, session, platform::readZoneFile, output, messages);
    });
}

int runRecord(int argc, char **argv, const Arguments &arguments, Output &output, Output &messages)
{
    auto target = contextTarget(arguments, messages);
    if (!target)
        return fail(target.error(), messages);
    const QCoreApplication application(argc, argv);
    installRedactingLog();
    Interruption interruption(-1); // before the engine's threads; who reads its last lines may go
    Engine engine(std::move(target->endpoint));
    RecordCommand command(arguments, target->context, arguments.space.empty() ? target->namespaceName : arguments.space, engine.session(),
        isatty(STDERR_FILENO) != 0 ? RecordCommand::Messages::Terminal : RecordCommand::Messages::Lines, output, messages);
    QObject::connect(&command, &RecordCommand::finished, &application, &QCoreApplication::exit, Qt::QueuedConnection);
    QObject::connect(&interruption, &Interruption::interrupted, &command, &RecordCommand::stop);
    command.start();
    return QCoreApplication::exec();
}

int run(int argc, char **argv, Output &output, Output &messages)
{
    const auto arguments = parseArguments({argv + 1, argv + argc});
    if (!arguments)
        return fail(arguments.error(), messages);
    switch (arguments->command) {
    case Arguments::Command::Text:
        output.write(arguments->text);
        return Done;
    case Arguments::Command::Contexts:
        return runContexts(*arguments, kube::processSurroundings(), output, messages);
    case Arguments::Command::CronNext:
        return runCronNext(
            *arguments, std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()), platform::readZoneFile, output, messages);
    case Arguments::Command::Get:
        return runGet(argc, argv, *arguments, output, messages);
    case Arguments::Command::Diagnose:
        return runDiagnose(argc, argv, *arguments, output, messages);
    case Arguments::Command::Tree:
        return runTree(argc, argv, *arguments, output, messages);
    case Arguments::Command::JobsList:
    case Arguments::Command::JobsRuns:
    case Arguments::Command::JobsShow:
    case Arguments::Command::JobsForecast:
        return runJobs<JobsCommand>(argc, argv, *arguments, output, messages);
    case Arguments::Command::JobsBeside:
        return runJobs<InterferenceCommand>(argc, argv, *arguments, output, messages);
    case Arguments::Command::Record:
        return runRecord(argc, argv, *arguments, output, messages);
    case Arguments::Command::RecordingInfo:
        return runRecordingInfo(*arguments, output, messages);
    case Arguments::Command::Window:
    case Arguments::Command::Screenshot:
        break;
    }
#ifdef FAIRLEAD_UI
    installRedactingLog();
    return runWindow(*arguments);
#else
    return fail({.code = Code::Unsupported,
                    .message = "this build has no window",
                    .remedy = "Use a command (fairlead --help lists them), or a build with FAIRLEAD_UI=ON."},
        messages);
#endif
}

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that has gone is an error of write(), not a death
    Output output(STDOUT_FILENO);
    Output messages(STDERR_FILENO);
    return run(argc, argv, output, messages);
}
