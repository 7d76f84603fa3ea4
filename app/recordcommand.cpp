// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recordcommand.h"

#include "app/failurewords.h"
#include "app/print/terminaltext.h"
#include "app/recordingwords.h"
#include "base/age.h"
#include "kube/resourcenames.h"
#include "recording/startrecording.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

namespace fairlead::app {

using namespace std::chrono_literals;
using recording::RecordRun;

namespace {

constexpr qint64 betweenLines = 60'000;

} // namespace

RecordCommand::RecordCommand(
    const Arguments &arguments, std::string context, std::string space, kube::Session &session, Messages kind, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_context(std::move(context))
    , m_space(arguments.allNamespaces ? std::string() : space)
    , m_contextSpace(std::move(space))
    , m_session(session)
    , m_kind(kind)
    , m_output(output)
    , m_messages(messages)
{
    m_timer.setInterval(250ms);
    connect(&m_timer, &QTimer::timeout, this, &RecordCommand::tick);
}

RecordCommand::~RecordCommand() = default;

void RecordCommand::start()
{
    m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (offer)
            takeOffer(*offer);
        else
            end({offer.error()});
    });
}

Result<std::set<std::string>> RecordCommand::wanted(const kube::Offer &offer) const
{
    std::set<std::string> names;
    for (const std::string &typed : m_arguments.operands) {
        const auto resources = kube::resolveResources(offer, typed);
        if (!resources)
            return failure(resources.error());
        for (const kube::Resource &resource : *resources) {
            if (!resource.can("list"))
                return failure({.code = Code::Invalid, .message = resource.qualifiedName() + " cannot be listed, so they cannot be recorded"});
            if (!resource.namespaced && !m_space.empty())
                return failure({.code = Code::Invalid,
                    .message = resource.qualifiedName() + " are in no namespace, and only the namespace " + m_space + " is to be recorded",
                    .remedy = "Record with -A."});
            names.insert(resource.qualifiedName());
        }
    }
    if (m_arguments.logs && !names.empty() && !names.contains("pods"))
        return failure({.code = Code::Invalid, .message = "--logs are the logs of pods, which are not to be recorded", .remedy = "Name pods, too."});
    return names;
}

void RecordCommand::takeOffer(const kube::OfferPtr &offer)
{
    if (m_isOver)
        return;
    auto resources = wanted(*offer);
    if (!resources) {
        end({std::move(resources.error())});
        return;
    }
    recording::RecordOrder order{.file = m_arguments.file,
        .context = m_context,
        .contextSpace = m_contextSpace,
        .wish = {.space = m_space, .resources = std::move(*resources), .logs = m_arguments.logs}};
    auto writer = createRecording(order, std::chrono::floor<std::chrono::milliseconds>(m_session.clock().now()));
    if (!writer) {
        end({std::move(writer.error())});
        return;
    }
    m_run = std::make_unique<RecordRun>(m_session.client().transport(), recording::Recorder(std::move(*writer)), order.wish);
    m_elapsed.start();
    m_nextLine = betweenLines;
    m_run->start();
    m_timer.start();
    sayProgress();
}

void RecordCommand::tick()
{
    const RecordRun::Progress progress = m_run->progress();
    if (progress.failed || (m_arguments.length && m_elapsed.elapsed() >= std::chrono::milliseconds(*m_arguments.length).count())) {
        stop(Done);
        return;
    }
    if (auto nothing = nothingRecorded(progress, {.space = m_space}, m_session.client().server())) {
        (void)m_run->stop().has_value();
        m_run.reset();
        std::error_code ignored;
        std::filesystem::remove(m_arguments.file, ignored); // it is ours, and there is nothing in it
        end({std::move(*nothing)});
        return;
    }
    sayProgress();
}

void RecordCommand::stop(int exitCode)
{
    if (m_isOver)
        return;
    if (!m_run) {
        m_isOver = true;
        (void)m_messages.flush();
        Q_EMIT finished(exitCode);
        return;
    }
    m_timer.stop();
    auto stopped = m_run->stop();
    const RecordRun::Progress progress = m_run->progress();
    printSummary(progress);
    std::vector<Error> errors;
    if (!stopped) {
        Error error = recording::withRecordingRemedy(std::move(stopped.error()));
        error.remedy += (error.remedy.empty() ? "" : "\n") + std::string("What was recorded until then can be read: 'fairlead recording info ") +
                        m_arguments.file + "'.";
        errors.push_back(std::move(error));
    }
    end(std::move(errors));
}

void RecordCommand::sayProgress()
{
    const RecordRun::Progress progress = m_run->progress();
    if (m_kind == Messages::Terminal) {
        m_messages.write("\r" + visible(progressText(progress)) + "\x1b[K");
        m_hasLine = true;
        (void)m_messages.flush();
        return;
    }
    const bool isListed = progress.resources > 0 && progress.listed + progress.refused.size() >= progress.resources;
    const bool isDue = m_elapsed.elapsed() >= m_nextLine;
    if (isDue)
        m_nextLine += betweenLines;
    if (isDue || (isListed && !std::exchange(m_wasListed, true))) {
        m_messages.write(visible(progressText(progress)) + "\n");
        (void)m_messages.flush();
    }
}

std::string RecordCommand::elapsedText() const
{
    return formatAge(std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(m_elapsed.elapsed())));
}

std::string RecordCommand::progressText(const RecordRun::Progress &progress) const
{
    return "Recording " + m_context + (m_space.empty() ? "" : ", namespace " + m_space) + ": " + std::to_string(progress.listed) + " of " +
           countText(progress.resources, "kind", "kinds") + ", " + countText(progress.rows, "row", "rows") + ", " +
           countText(progress.events, "event", "events") + ", " +
           (m_arguments.logs ? countText(progress.logLines, "line", "lines") + " of logs, " : "") + sizeText(progress.bytes) + ", " +
           countText(progress.redactions.total(), "secret", "secrets") + " made unreadable, " + elapsedText();
}

void RecordCommand::printSummary(const RecordRun::Progress &progress)
{
    if (std::exchange(m_hasLine, false))
        m_messages.write("\n");
    m_output.write(visible(m_arguments.file + ": " + countText(progress.listed, "kind", "kinds") + ", " + countText(progress.rows, "row", "rows") +
                           ", " + countText(progress.events, "event", "events") + " in " + elapsedText() + ", " + sizeText(progress.bytes) + "\n" +
                           "Made unreadable: " + redactionsText(progress.redactions) + "\n"));
    if (m_arguments.logs)
        m_output.write("Logs: " + countText(progress.logLines, "line", "lines") + "\n");
    if (progress.skipped > 0)
        m_output.write("Missing: " + countText(progress.skipped, "row that could not be read", "rows that could not be read") + "\n");
    std::string refused;
    for (const std::string &name : progress.refused)
        refused += (refused.empty() ? "" : ", ") + name;
    if (progress.areLogsRefused)
        refused += (refused.empty() ? "" : ", ") + std::string("logs");
    if (progress.areLogsFull)
        m_messages.write("The file holds no more logs than it has: those of later pods are missing.\n");
    if (!refused.empty())
        m_messages.write(visible("Not recorded, since you may not read them: " + refused + "\n"));
    if (progress.listed + progress.refused.size() < progress.resources)
        m_messages.write(
            countText(progress.resources - progress.listed - progress.refused.size(), "kind was", "kinds were") + " not listed yet when it ended.\n");
}

void RecordCommand::end(std::vector<Error> errors)
{
    m_isOver = true;
    m_timer.stop();
    if (std::exchange(m_hasLine, false))
        m_messages.write("\n");
    if (auto written = m_output.flush(); !written)
        errors.push_back(std::move(written.error()));
    for (const Error &error : errors)
        m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(errors));
}

} // namespace fairlead::app
