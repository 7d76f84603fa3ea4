// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::app {

enum class Format { Table, Wide, Json, Yaml, Name, Calendar };

/// What was asked for on the command line.
struct Arguments {
    enum class Command {
        Window,     ///< no command
        Screenshot, ///< --screenshot FILE
        Contexts,
        Get,
        CronNext,
        Diagnose,
        Tree,
        JobsList,
        JobsRuns,
        JobsShow,
        JobsForecast,
        JobsBeside,
        Record,
        RecordingInfo,
        Text, ///< print `text` and end: --help, --version
    };
    Command command = Command::Window;
    std::string text;

    std::string kubeconfig; ///< --kubeconfig; empty: KUBECONFIG, then ~/.kube/config
    std::string context;    ///< --context; empty: the current one
    std::string space;      ///< -n; empty: the context's
    std::string recording;  ///< --recording, or --context FILE.flrec: read in a cluster's place; empty: none
    std::string at;         ///< --at: which moment of it, as momentIn() takes it; empty: its end
    bool demo = false;      ///< --demo: the recording that is part of the program

    std::string screenshot; ///< --screenshot: where the picture goes
    std::string page;       ///< --page: which page the window opens with
    std::string kind;       ///< --kind: what its table shows
    std::string name;       ///< --name: the object that its page is about
    std::string select;     ///< --select: name of the row that is selected
    std::string view;       ///< --view: table, tree; empty: as it was left
    std::string tab;        ///< --tab: of the object's page
    std::string theme;      ///< --theme: light, dark; empty: the system's
    int width = 1280;       ///< --size, logical pixels
    int height = 800;
    double scale = 1; ///< --scale, of the picture

    Format format = Format::Table;
    std::vector<std::string> operands; ///< what stands after `get`, as typed; of `cron next`: the schedule alone; of `jobs`: one name at most;
                                       ///< of `record`: kinds; of `recording info`: the file alone
    std::string labels;                ///< -l
    std::string fields;                ///< --field-selector
    bool allNamespaces = false;
    bool watch = false;
    bool headers = true;

    std::string zone = "UTC"; ///< --zone, of `cron next`
    std::string from = "now"; ///< --from: RFC 3339, or "now"
    int count = 5;            ///< --count: at least 1
    int days = 1;             ///< --days, of `jobs forecast`: 1 to 366

    std::string file;                           ///< -o, of `record`: what is written
    std::optional<std::chrono::seconds> length; ///< --for: more than none
    bool logs = false;                          ///< --logs

    /// There is no cluster to be asked.
    [[nodiscard]] bool isOfRecording() const { return demo || !recording.empty(); }
};

/// Reads the command line (without the program's name) as kubectl's parser would: options stand before or after the
/// command and between its operands, `--long=value`, `--long value`, `-s value`, `-svalue`, `-s=value`, short switches
/// together (`-Aw`), the last of a repeated option counts, `--` ends them.
/// Error: Code::Invalid, a usage error, whose remedy says where help is.
[[nodiscard]] Result<Arguments> parseArguments(std::vector<std::string> words);

} // namespace fairlead::app
