// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recordinginfocommand.h"

#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"
#include "app/recordingwords.h"
#include "base/age.h"
#include "recording/jsontext.h"
#include "recording/reader.h"

#include <chrono>
#include <utility>
#include <vector>

namespace fairlead::app {

using recording::Summary;

namespace {

using Lines = std::vector<std::vector<std::string>>;

std::string_view stateName(const Summary &summary)
{
    return summary.isClosed ? "complete" : summary.isBeingWritten ? "recording" : "unfinished";
}

std::string stateText(const Summary &summary)
{
    return std::string(stateName(summary)) + (summary.isClosed            ? ""
                                                 : summary.isBeingWritten ? ": it is being written now"
                                                                          : ": its recorder was ended from outside; its last seconds are missing");
}

std::string valueOf(const Summary &summary, const char *key)
{
    const auto found = summary.about.find(key);
    return found == summary.about.end() ? std::string() : found->second;
}

std::string scopeText(const Summary &summary)
{
    const std::string only = valueOf(summary, "only namespace");
    return only.empty() ? "all namespaces" : "the namespace " + only;
}

std::chrono::seconds lengthOf(const Summary &summary)
{
    return std::chrono::floor<std::chrono::seconds>(summary.last - summary.first);
}

std::string versionOf(recording::Reader &reader)
{
    const auto stream = reader.find(recording::StreamKind::Document, {"/version"});
    const auto document = stream ? reader.document(*stream, reader.last()) : Result<std::optional<std::string>>();
    return document && *document ? recording::textAt(**document, {"gitVersion"}) : std::string();
}

} // namespace

std::string infoTable(const std::string &file, const Summary &summary, const std::string &server)
{
    Lines facts = {{"FILE", file}};
    const auto fact = [&facts](const char *name, std::string value) {
        if (!value.empty())
            facts.push_back({name, std::move(value)});
    };
    fact("CONTEXT", valueOf(summary, "context"));
    fact("OF", scopeText(summary));
    fact("SERVER", server);
    fact("RECORDED BY", valueOf(summary, "program"));
    fact("BEGIN", utcText(summary.first));
    fact("END", utcText(summary.last));
    fact("LENGTH", formatAge(lengthOf(summary)));
    fact("STATE", stateText(summary));
    fact("SIZE", sizeText(summary.stored) + ", unpacked " + sizeText(summary.plain) + ", in " + countText(summary.blocks, "block", "blocks"));
    fact("DOCUMENTS", std::to_string(summary.documents));
    fact("LOGS", std::to_string(summary.logs));
    fact("UNREADABLE", redactionsText(summary.redactions));
    fact("DAMAGED", summary.damageCount == 0 ? "nothing" : countText(summary.damageCount, "part", "parts"));
    std::string out = linesTable(facts);

    Lines kinds = {{"RESOURCE", "VERSION", "KIND", "ROWS", "EVENTS", "LISTS", "KEYFRAMES", "GAPS"}};
    for (const Summary::Kind &kind : summary.kinds)
        kinds.push_back({kind.resource, kind.version, kind.kind, std::to_string(kind.rows), std::to_string(kind.events), std::to_string(kind.lists),
            std::to_string(kind.keyframes), std::to_string(kind.gaps)});
    if (kinds.size() > 1)
        out += '\n' + linesTable(kinds);

    Lines damages = {{"OFFSET", "BYTES", "DAMAGE"}};
    for (const recording::Damage &damage : summary.damages)
        damages.push_back({std::to_string(damage.offset), std::to_string(damage.size), damage.what});
    if (damages.size() > 1)
        out += '\n' + linesTable(damages);
    return out;
}

std::string infoJson(const std::string &file, const Summary &summary, const std::string &server)
{
    const auto count = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    const std::string only = valueOf(summary, "only namespace");
    JsonWriter out;
    out.beginMap();
    out.member("file", file);
    out.member("context", valueOf(summary, "context"));
    out.member("namespace", only);
    out.member("server", server);
    out.member("program", valueOf(summary, "program"));
    out.member("begin", std::optional(summary.first));
    out.member("end", std::optional(summary.last));
    out.member("beginMilliseconds", std::int64_t(summary.first.time_since_epoch().count()));
    out.member("endMilliseconds", std::int64_t(summary.last.time_since_epoch().count()));
    out.member("state", stateName(summary));
    out.member("bytes", count(summary.stored));
    out.member("unpackedBytes", count(summary.plain));
    out.member("blocks", count(summary.blocks));
    out.member("documents", count(summary.documents));
    out.member("logs", count(summary.logs));
    out.key("kinds");
    out.beginList();
    for (const Summary::Kind &kind : summary.kinds) {
        out.beginMap();
        out.member("resource", kind.resource);
        out.member("version", kind.version);
        out.member("kind", kind.kind);
        out.member("rows", count(kind.rows));
        out.member("events", count(kind.events));
        out.member("lists", count(kind.lists));
        out.member("keyframes", count(kind.keyframes));
        out.member("gaps", count(kind.gaps));
        out.endMap();
    }
    out.endList();
    out.key("unreadable");
    out.beginList();
    for (std::size_t i = 0; i < recording::reasons; ++i) {
        const auto reason = static_cast<recording::Reason>(i);
        out.beginMap();
        out.member("what", words(reason));
        out.member("count", count(summary.redactions.of(reason)));
        out.endMap();
    }
    out.endList();
    out.member("damagedParts", count(summary.damageCount));
    out.key("damages");
    out.beginList();
    for (const recording::Damage &damage : summary.damages) {
        out.beginMap();
        out.member("offset", count(damage.offset));
        out.member("bytes", count(damage.size));
        out.member("what", damage.what);
        out.endMap();
    }
    out.endList();
    out.endMap();
    return out.take();
}

ExitCode runRecordingInfo(const Arguments &arguments, Output &output, Output &messages)
{
    const auto fail = [&messages](const Error &error) {
        messages.write(failureLines(error));
        return exitCodeOf(error);
    };
    const std::string &file = arguments.operands.front();
    auto reader = recording::Reader::open(file);
    if (!reader)
        return fail(reader.error());
    const std::string server = versionOf(*reader);
    // What the index tells may be damaged all the same: each block is looked at, and notes what is wrong with it.
    const Summary summary = Summary::withGaps(*reader);
    output.write(arguments.format == Format::Json ? infoJson(file, summary, server) : infoTable(file, summary, server));
    if (const auto written = output.flush(); !written)
        return fail(written.error());
    if (summary.damageCount > 0)
        return fail({.code = Code::BadInput,
            .message = countText(summary.damageCount, "part", "parts") + " of the recording cannot be read",
            .remedy = "The rest can, with --recording. If there is another copy of the file, use that one.",
            .place = {.file = file}});
    return Done;
}

} // namespace fairlead::app
