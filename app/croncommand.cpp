// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/croncommand.h"

#include "app/print/jsonprinter.h"
#include "kinds/cron/schedule.h"

#include <chrono>
#include <optional>
#include <string>

namespace fairlead::app {

using namespace std::chrono;

namespace {

ExitCode fail(const Error &error, Output &messages)
{
    messages.write(failureLines(error));
    return exitCodeOf(error);
}

} // namespace

ExitCode runCronNext(const Arguments &arguments, Moment now, const kinds::cron::ReadZoneFile &zones, Output &output, Output &messages)
{
    const auto schedule = kinds::cron::Schedule::parse(arguments.operands.front());
    if (!schedule)
        return fail(schedule.error(), messages);
    const auto zone = kinds::cron::zoneNamed(arguments.zone, zones);
    if (!zone) {
        Error error = zone.error();
        // A machine without the files knows no zone but UTC, and then the name is not to blame.
        if (!zones("Etc/UTC"))
            error.remedy = "This machine has no time zone files: install its package tzdata.";
        return fail(error, messages);
    }
    std::optional<Moment> from = now;
    if (arguments.from != "now")
        from = parseTime(arguments.from);
    if (!from)
        return fail({.code = Code::Invalid,
                        .message = "--from \"" + arguments.from + "\": this is no RFC 3339 time",
                        .remedy = "It looks like 2026-03-29T00:30:00Z or 2026-03-29T01:30:00+01:00."},
            messages);

    const bool json = arguments.format == Format::Json;
    int found = 0;
    // A reader that has gone wants no more of them.
    while (found < arguments.count && !output.closed()) {
        const auto next = schedule->next(*from, *zone);
        if (!next)
            break;
        from = *next;
        if (json) {
            output.write(found == 0 ? "[\n    " : ",\n    ");
            appendJsonString(output.buffer(), zone->text(*next));
        } else {
            output.write(zone->text(*next) + '\n');
        }
        ++found;
    }
    if (json)
        output.write(found == 0 ? "[]\n" : "\n]\n");
    if (found < arguments.count && !output.closed()) {
        // A length of time always has a next one; only the calendar ends.
        const bool ends = arguments.operands.front().starts_with("@every") || *from >= Moment(sys_days(year(9994) / January / 1));
        messages.write((found == 0 ? "no time" : "no further time") + std::string(" after ") + zone->text(floor<seconds>(*from)) +
                       (ends ? ": RFC 3339 ends with the year 9999\n" : ": the controller looks five years ahead and finds none\n"));
    }
    if (const auto written = output.flush(); !written)
        return fail(written.error(), messages);
    return Done;
}

} // namespace fairlead::app
