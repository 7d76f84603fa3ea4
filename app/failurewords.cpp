// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failurewords.h"

#include "app/print/terminaltext.h"

#include <algorithm>

namespace fairlead::app {
namespace {

std::string firstLine(const Error &error)
{
    if (error.http >= 400) {
        if (error.reason == "Unauthorized" || (error.reason.empty() && error.code == Code::Unauthorized))
            return "error: You must be logged in to the server (" + error.message + ")";
        if (error.reason.empty())
            return "Error from server: " + error.message;
        return "Error from server (" + error.reason + "): " + error.message;
    }
    std::string place;
    if (!error.place.file.empty()) {
        place = error.place.file;
        if (error.place.line > 0)
            place += ':' + std::to_string(error.place.line);
        place += ": ";
    }
    return "error: " + place + error.message;
}

// Go's %q for the plain ASCII that selectors and kinds are made of.
std::string quoted(const std::string &text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '"';
}

} // namespace

ExitCode exitCodeOf(const Error &error)
{
    switch (error.code) {
    case Code::Forbidden:
        return Forbidden;
    case Code::Unreachable:
    case Code::Untrusted:
    case Code::Timeout:
        return error.http == 0 ? Unreachable : Failed; // an answer came, if only to say that it takes too long
    case Code::Invalid:
        return error.http == 0 ? WrongUsage : Failed;
    default:
        return Failed;
    }
}

ExitCode exitCodeOf(const std::vector<Error> &errors)
{
    if (errors.empty())
        return Done;
    const ExitCode first = exitCodeOf(errors.front());
    return std::all_of(errors.begin(), errors.end(), [&](const Error &error) { return exitCodeOf(error) == first; }) ? first : Failed;
}

std::string failureLines(const Error &error)
{
    std::string out = firstLine(error);
    for (const Cause &cause : error.causes) {
        if (error.message.find(cause.message) == std::string::npos)
            out += "\n* " + (cause.field.empty() ? std::string() : cause.field + ": ") + cause.message;
    }
    // Where the server refuses, its address is the one thing that its own words leave out.
    if (!error.server.empty() && error.message.find(error.server) == std::string::npos)
        out += "\nServer: " + error.server;
    if (!error.remedy.empty())
        out += '\n' + error.remedy;
    out += '\n';
    return visible(out);
}

Error asListFailure(Error error, const kube::Source &source)
{
    if (error.reason != "BadRequest" && error.reason != "NotFound")
        return error;
    const std::string subject = quoted(source.resource.group + '/' + source.resource.version + ", Resource=" + source.resource.resource);
    if (source.selector.labels.empty() && source.selector.fields.empty())
        error.message = "Unable to list " + subject + ": " + error.message;
    else
        error.message = "Unable to find " + subject + " that match label selector " + quoted(source.selector.labels) + ", field selector " +
                        quoted(source.selector.fields) + ": " + error.message;
    return error;
}

} // namespace fairlead::app
