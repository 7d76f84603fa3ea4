// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include "base/age.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>

namespace fairlead::app {
namespace {

struct ShortOption {
    char letter;
    std::string_view longForm;
};

constexpr std::array<ShortOption, 5> shortOptions = {
    {{'n', "--namespace"}, {'l', "--selector"}, {'o', "--output"}, {'A', "--all-namespaces"}, {'w', "--watch"}}};

constexpr std::array<std::string_view, 23> optionsWithValue = {"--kubeconfig", "--context", "--namespace", "--selector", "--field-selector",
    "--output", "--screenshot", "--page", "--kind", "--name", "--select", "--view", "--tab", "--theme", "--size", "--scale", "--zone", "--from",
    "--count", "--days", "--recording", "--at", "--for"};

// CLI11 reads "-n=x" as the value "=x", and takes the next word where "--selector=" gives an empty one: both are brought
// into a form that it reads as Go's pflag would.
std::vector<std::string> normalised(const std::vector<std::string> &words)
{
    std::vector<std::string> out;
    for (const std::string &word : words) {
        std::string changed = word;
        if (word.size() > 2 && word[0] == '-' && word[1] != '-' && word[2] == '=') {
            const auto *const known =
                std::find_if(shortOptions.begin(), shortOptions.end(), [&](const ShortOption &option) { return option.letter == word[1]; });
            if (known != shortOptions.end())
                changed = std::string(known->longForm) + word.substr(2);
        }
        if (changed.size() > 3 && changed.back() == '=' && changed.find('=') == changed.size() - 1 &&
            std::find(optionsWithValue.begin(), optionsWithValue.end(), changed.substr(0, changed.size() - 1)) != optionsWithValue.end()) {
            changed.pop_back();
            out.push_back(changed);
            out.emplace_back();
            continue;
        }
        out.push_back(changed);
    }
    return out;
}

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

std::string trimmed(const std::string &text)
{
    constexpr std::string_view blanks = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blanks);
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::optional<Format> formatOf(const std::string &typed)
{
    static const std::map<std::string, Format> formats = {{"", Format::Table}, {"table", Format::Table}, {"wide", Format::Wide},
        {"json", Format::Json}, {"yaml", Format::Yaml}, {"name", Format::Name}};
    if (const auto found = formats.find(typed); found != formats.end())
        return found->second;
    const auto found = formats.find(lowerCase(typed)); // kubectl takes JSON, YAML and NAME too, but not WIDE
    if (found != formats.end() && found->second != Format::Wide && found->second != Format::Table)
        return found->second;
    return std::nullopt;
}

// "1280x800"
bool readSize(const std::string &text, Arguments &arguments)
{
    const char *const end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, arguments.width);
    if (width.ec != std::errc() || width.ptr == end || *width.ptr != 'x')
        return false;
    const auto height = std::from_chars(width.ptr + 1, end, arguments.height);
    return height.ec == std::errc() && height.ptr == end;
}

// Why what was said of recordings does not go together; empty where it does. A file's name in place of a context becomes one.
std::string takeRecording(Arguments &arguments, bool isReading, bool isNamed, bool hasMoment)
{
    if (isReading && !isNamed && arguments.context.ends_with(".flrec")) {
        arguments.recording = std::exchange(arguments.context, {});
        isNamed = true;
    }
    if (!isReading && (isNamed || hasMoment || arguments.demo))
        return "--recording, --at and --demo stand with a command that reads a cluster";
    if (isNamed && arguments.recording.empty())
        return "--recording names no file";
    if (isNamed && arguments.demo)
        return "--recording and --demo are two recordings: one is read at a time";
    if (arguments.isOfRecording() && !arguments.context.empty())
        return "a recording stands in a cluster's place: with it there is no --context";
    if (arguments.isOfRecording() && !arguments.kubeconfig.empty())
        return "a recording stands in a cluster's place: with it there is no --kubeconfig";
    if (hasMoment && !arguments.isOfRecording())
        return "--at is a moment of a recording: it stands with --recording or --demo";
    return {};
}

Error usage(std::string message, std::string_view command)
{
    return {.code = Code::Invalid,
        .message = std::move(message),
        .remedy = "See 'fairlead " + (command.empty() ? std::string() : std::string(command) + " ") + "--help'."};
}

} // namespace

Result<Arguments> parseArguments(std::vector<std::string> words)
{
    Arguments arguments;
    std::string output;
    bool version = false;

    CLI::App program("Fairlead, a client for Kubernetes. Without a command it opens its window.", "fairlead");
    program.require_subcommand(0, 1); // so that a kind may be called "contexts"
    program.option_defaults()->take_last();
    program.add_option("--kubeconfig", arguments.kubeconfig, "Read this file instead of those named in KUBECONFIG or ~/.kube/config")
        ->type_name("FILE");
    program.add_option("--context", arguments.context, "Use this context instead of the current one")->type_name("NAME");
    program.add_option("-n,--namespace", arguments.space, "Use this namespace instead of the context's")->type_name("NAME");
    program.add_option("--recording", arguments.recording, "Read this recording instead of a cluster; --context FILE.flrec is the same")
        ->type_name("FILE");
    program
        .add_option("--at", arguments.at,
            "The moment of the recording: 2026-03-29T00:30:00Z, or so long after its begin, +5m, or before its end, -30s; its end if not given")
        ->type_name("TIME");
    program.add_flag("--demo", arguments.demo, "Read the recording that is part of the program: no cluster is needed");
    program.add_option("--screenshot", arguments.screenshot, "Write a picture of the window to this PNG file and end")->type_name("FILE");
    program.add_option("--page", arguments.page, "The page that the window opens with")->type_name("NAME");
    program.add_option("--kind", arguments.kind, "The kind that the page shows, as get takes it")->type_name("KIND");
    program.add_option("--name", arguments.name, "The object that the page shows")->type_name("OBJECT");
    program.add_option("--select", arguments.select, "The row that is selected, by its name")->type_name("NAME");
    program.add_option("--view", arguments.view, "How the page shows it: table or tree; jobs: timeline, table or beside")->type_name("NAME");
    program.add_option("--tab", arguments.tab, "Of the object's page: summary, events, yaml, log")->type_name("NAME");
    program.add_flag("-A,--all-namespaces", arguments.allNamespaces, "The page shows objects of all namespaces");
    std::string size;
    program.add_option("--theme", arguments.theme, "light, dark or system")->type_name("NAME");
    program.add_option("--size", size, "Of the window, in logical pixels: 1280x800")->type_name("WxH");
    program.add_option("--scale", arguments.scale, "Device pixels for a logical one, of the picture: 0.5 to 4")->type_name("FACTOR");
    program.add_flag("--version", version, "Print the version and end");
    program.footer("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 server unreachable, 4 forbidden.");

    CLI::App *contexts = program.add_subcommand("contexts", "List the contexts of the kubeconfig, and where each stands");
    contexts->fallthrough();
    contexts->option_defaults()->take_last();
    contexts->add_option("-o,--output", output, "table or json")->type_name("FORMAT");

    CLI::App *get = program.add_subcommand("get", "Print objects of a cluster, as kubectl does");
    get->fallthrough();
    get->option_defaults()->take_last();
    get->add_option("KIND", arguments.operands,
           "KIND[,KIND...] [NAME...] or KIND/NAME...: plural, singular, short name, with group or version, or a category such as \"all\"")
        ->expected(0, -1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("");
    get->add_flag("-A,--all-namespaces", arguments.allNamespaces, "Objects of all namespaces");
    get->add_option("-l,--selector", arguments.labels, "Only objects with these labels: app=web,tier!=db")->type_name("SELECTOR");
    get->add_option("--field-selector", arguments.fields, "Only objects with these fields: status.phase=Running")->type_name("SELECTOR");
    get->add_option("-o,--output", output, "table, wide, json, yaml or name")->type_name("FORMAT");
    get->add_flag("-w,--watch", arguments.watch, "Then print every change, until interrupted");
    bool noHeaders = false;
    get->add_flag("--no-headers", noHeaders, "Tables without their headers");

    CLI::App *cron = program.add_subcommand("cron", "Schedules, as the cluster's cron job controller reads them");
    cron->require_subcommand(1);
    CLI::App *next = cron->add_subcommand("next", "Print when a schedule comes due next, one RFC 3339 time a line");
    for (CLI::App *each : {cron, next}) {
        each->fallthrough();
        each->option_defaults()->take_last();
    }
    next->add_option("SCHEDULE", arguments.operands, "Five fields in quotes, or @hourly and its like, or \"@every 1h30m\"")
        ->expected(0, -1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("");
    next->add_option("--zone", arguments.zone, "The time zone, as in spec.timeZone; UTC if not given")->type_name("ZONE");
    next->add_option("--from", arguments.from, "Times after this one, RFC 3339; now if not given")->type_name("TIME");
    next->add_option("--count", arguments.count, "How many; 5 if not given")->type_name("N");
    next->add_option("-o,--output", output, "table or json")->type_name("FORMAT");

    CLI::App *diagnose = program.add_subcommand("diagnose", "Say what is broken in a namespace or a cluster, and why");
    diagnose->fallthrough();
    diagnose->option_defaults()->take_last();
    diagnose->add_flag("-A,--all-namespaces", arguments.allNamespaces, "In all namespaces, and of what has none");
    diagnose->add_option("-o,--output", output, "table or json")->type_name("FORMAT");
    diagnose->footer(
        "Exit codes: 0 nothing is broken, 1 something is, or is at risk, 2 wrong usage, 3 server unreachable, 4 nothing may be read, 5 other failure.");

    CLI::App *tree = program.add_subcommand("tree", "Show who owns whom: deployments, their replica sets, their pods; and how each does");
    tree->fallthrough();
    tree->option_defaults()->take_last();
    tree->add_option("KIND", arguments.operands, "KIND/NAME... or KIND [NAME...]: with all that they own; without it everything")
        ->expected(0, -1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("");
    tree->add_flag("-A,--all-namespaces", arguments.allNamespaces, "In all namespaces, and what has none");
    tree->add_option("-o,--output", output, "table or json")->type_name("FORMAT");
    tree->add_flag("--no-headers", noHeaders, "The table without its headers");

    CLI::App *jobs = program.add_subcommand("jobs", "Jobs in time: what ran, what runs, what is going to run");
    jobs->require_subcommand(1);
    CLI::App *jobsList = jobs->add_subcommand("list", "List cron jobs, and jobs that stand alone");
    CLI::App *jobsRuns = jobs->add_subcommand("runs", "List runs: jobs, with their cron jobs");
    CLI::App *jobsShow = jobs->add_subcommand("show", "Print one job with its tries, what is left of its budgets, and what ended it");
    CLI::App *jobsForecast = jobs->add_subcommand("forecast", "Print when cron jobs come due, what will be skipped or killed, and full minutes");
    CLI::App *jobsBeside = jobs->add_subcommand("beside", "Print where jobs may disturb services: pods without limits, shared databases, by hour");
    for (CLI::App *each : {jobs, jobsList, jobsRuns, jobsShow, jobsForecast, jobsBeside}) {
        each->fallthrough();
        each->option_defaults()->take_last();
    }
    for (CLI::App *each : {jobsList, jobsRuns, jobsShow, jobsForecast, jobsBeside}) {
        each->add_flag("-A,--all-namespaces", arguments.allNamespaces, "In all namespaces");
        each->add_option("-o,--output", output, each == jobsForecast ? "table, json or ics" : "table or json")->type_name("FORMAT");
    }
    for (CLI::App *each : {jobsRuns, jobsShow})
        each->add_option(each == jobsRuns ? "CRONJOB" : "JOB", arguments.operands, each == jobsRuns ? "Only runs of this cron job" : "The job's name")
            ->expected(0, -1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->type_name("");
    jobsForecast->add_option("--days", arguments.days, "How far to look; 1 if not given")->type_name("N");

    CLI::App *record = program.add_subcommand("record", "Record a cluster into a file, without its secrets, until --for is over or Ctrl+C");
    record->fallthrough();
    record->option_defaults()->take_last();
    record->add_option("RESOURCE", arguments.operands, "Kinds, as get takes them; without any, all that can be listed")
        ->expected(0, -1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("");
    std::string length;
    record->add_option("-o,--output", arguments.file, "The file to write, FILE.flrec; one that is there already is refused")->type_name("FILE");
    record->add_flag("-A,--all-namespaces", arguments.allNamespaces, "All namespaces, and what has none; else one namespace");
    record->add_option("--for", length, "How long: 90s, 10m, 1h30m; until it is interrupted if not given")->type_name("TIME");
    record->add_flag("--logs", arguments.logs, "The logs of all its pods, too");

    CLI::App *recording = program.add_subcommand("recording", "What is to be known of a recording");
    recording->require_subcommand(1);
    CLI::App *info =
        recording->add_subcommand("info", "Print what a recording holds: its time, kinds, size, what was made unreadable, what is damaged");
    for (CLI::App *each : {recording, info}) {
        each->fallthrough();
        each->option_defaults()->take_last();
    }
    info->add_option("FILE", arguments.operands, "The recording")
        ->expected(0, -1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("");
    info->add_option("-o,--output", output, "table or json")->type_name("FORMAT");
    info->footer("Exit codes: 0 all of it can be read, 1 it cannot, or some of it is damaged, 2 wrong usage.");

    // CLI11 forgets in a subcommand what "--" has ended: what stands behind it never gets there.
    const auto ended = std::find(words.begin(), words.end(), "--");
    const std::vector<std::string> rest(ended == words.end() ? ended : ended + 1, words.end());
    words.erase(ended, words.end());
    words = normalised(words);
    std::reverse(words.begin(), words.end()); // as CLI11 wants them
    const auto command = [&] {
        return get->parsed()            ? std::string_view("get")
               : contexts->parsed()     ? std::string_view("contexts")
               : next->parsed()         ? std::string_view("cron next")
               : cron->parsed()         ? std::string_view("cron")
               : diagnose->parsed()     ? std::string_view("diagnose")
               : tree->parsed()         ? std::string_view("tree")
               : jobsList->parsed()     ? std::string_view("jobs list")
               : jobsRuns->parsed()     ? std::string_view("jobs runs")
               : jobsShow->parsed()     ? std::string_view("jobs show")
               : jobsForecast->parsed() ? std::string_view("jobs forecast")
               : jobsBeside->parsed()   ? std::string_view("jobs beside")
               : jobs->parsed()         ? std::string_view("jobs")
               : record->parsed()       ? std::string_view("record")
               : info->parsed()         ? std::string_view("recording info")
               : recording->parsed()    ? std::string_view("recording")
                                        : std::string_view();
    };
    try {
        program.parse(std::move(words));
    } catch (const CLI::CallForHelp &) {
        arguments.command = Arguments::Command::Text;
        arguments.text = program.help();
        return arguments;
    } catch (const CLI::ParseError &error) {
        return failure(usage(error.what(), command()));
    }

    arguments.operands.insert(arguments.operands.end(), rest.begin(), rest.end());
    if (!rest.empty() && !get->parsed() && !next->parsed() && !tree->parsed() && !jobsRuns->parsed() && !jobsShow->parsed() && !record->parsed() &&
        !info->parsed())
        return failure(usage("The following argument was not expected: " + rest.front(), command()));
    if (version) {
        arguments.command = Arguments::Command::Text;
        arguments.text = "fairlead " FAIRLEAD_VERSION "\n";
        return arguments;
    }
    const auto format = jobsForecast->parsed() && lowerCase(output) == "ics" ? Format::Calendar : formatOf(output);
    const bool plain = contexts->parsed() || next->parsed() || diagnose->parsed() || jobs->parsed() || tree->parsed() || recording->parsed();
    if (!format || (plain && *format != Format::Table && *format != Format::Json && *format != Format::Calendar))
        return failure(usage("unable to match a printer suitable for the output format \"" + output + "\", allowed formats are: " +
                                 (jobsForecast->parsed() ? "ics,json,table"
                                     : plain             ? "json,table"
                                                         : "json,name,table,wide,yaml"),
            command()));
    arguments.format = *format;
    arguments.headers = !noHeaders;
    arguments.labels = trimmed(arguments.labels);
    arguments.fields = trimmed(arguments.fields);
    if (!arguments.theme.empty() && arguments.theme != "light" && arguments.theme != "dark" && arguments.theme != "system")
        return failure(usage("there is no theme \"" + arguments.theme + "\": it is light, dark or system", command()));
    constexpr std::array<std::string_view, 4> views = {"table", "tree", "timeline", "beside"};
    if (!arguments.view.empty() && std::find(views.begin(), views.end(), arguments.view) == views.end())
        return failure(usage("there is no view \"" + arguments.view + "\": it is table or tree, of jobs timeline, table or beside", command()));
    if (!size.empty() && !readSize(size, arguments))
        return failure(usage("\"" + size + "\" is not a size: it looks like 1280x800", command()));
    if (arguments.page == "object" && (arguments.kind.empty() || arguments.name.empty()))
        return failure(usage("--page object is about one object: name it by --kind KIND and --name OBJECT", command()));
    const bool isReading = !(next->parsed() || contexts->parsed() || record->parsed() || recording->parsed());
    if (auto why = takeRecording(arguments, isReading, program.count("--recording") > 0, program.count("--at") > 0); !why.empty())
        return failure(usage(std::move(why), command()));
    if (record->parsed()) {
        arguments.length = parseAge(length);
        if (arguments.file.empty())
            return failure(usage("there is no file to write: -o FILE.flrec", command()));
        if (record->count("--for") > 0 && (!arguments.length || arguments.length->count() <= 0))
            return failure(usage("--for \"" + length + "\" is no length of time: it looks like 90s, 10m or 1h30m", command()));
        arguments.command = Arguments::Command::Record;
    } else if (recording->parsed()) {
        if (arguments.operands.size() != 1)
            return failure(usage(arguments.operands.empty() ? "there is no file to look at" : "one recording is looked at at a time", command()));
        arguments.command = Arguments::Command::RecordingInfo;
    } else if (next->parsed()) {
        if (arguments.operands.size() != 1)
            return failure(usage(arguments.operands.empty() ? "there is no schedule to read"
                                                            : "a schedule is one argument: put its fields in quotes, as in '0 5 * * 1'",
                command()));
        if (arguments.count < 1)
            return failure(usage("--count is how many times to print: at least 1", command()));
        arguments.command = Arguments::Command::CronNext;
    } else if (jobs->parsed()) {
        if (jobsShow->parsed() && arguments.operands.size() != 1)
            return failure(usage(arguments.operands.empty() ? "there is no job to show" : "one job is shown at a time", command()));
        if (arguments.operands.size() > 1)
            return failure(usage("the runs of one cron job are listed, or those of all", command()));
        if (arguments.days < 1 || arguments.days > 366)
            return failure(usage("--days is how far to look: 1 to 366", command()));
        arguments.command = jobsList->parsed()     ? Arguments::Command::JobsList
                            : jobsRuns->parsed()   ? Arguments::Command::JobsRuns
                            : jobsShow->parsed()   ? Arguments::Command::JobsShow
                            : jobsBeside->parsed() ? Arguments::Command::JobsBeside
                                                   : Arguments::Command::JobsForecast;
    } else if (diagnose->parsed())
        arguments.command = Arguments::Command::Diagnose;
    else if (tree->parsed())
        arguments.command = Arguments::Command::Tree;
    else if (contexts->parsed())
        arguments.command = Arguments::Command::Contexts;
    else if (get->parsed())
        arguments.command = Arguments::Command::Get;
    else if (program.count("--screenshot") > 0)
        arguments.command = Arguments::Command::Screenshot;
    if (program.count("--screenshot") > 0 && (get->parsed() || record->parsed() || plain))
        return failure(usage("--screenshot is of the window, and stands without a command", command()));
    return arguments;
}

} // namespace fairlead::app
