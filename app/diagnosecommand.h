// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/print/output.h"
#include "kinds/cron/zone.h"
#include "kinds/findings/finding.h"
#include "kinds/material/collector.h"
#include "kube/session.h"

#include <QObject>

#include <string>
#include <vector>

namespace fairlead::app {

/// How `diagnose` ends: other codes than the program's, since 1 is an answer here.
enum DiagnoseExit : int {
    NothingFound = 0,
    SomethingFound = 1, ///< of severity broken or risk
    DiagnoseUsage = 2,
    DiagnoseUnreachable = 3,
    NothingRead = 4, ///< the server answered, and lets this user read none of it
    DiagnoseFailed = 5,
};

/// For what fails before anything could be judged.
[[nodiscard]] DiagnoseExit diagnoseExitOf(const Error &error);

/// The findings as a table, one line each, ages counted to `now`; or as a JSON list of {id, severity, object, reason, since, evidence}.
[[nodiscard]] std::string findingsTable(const std::vector<kinds::Finding> &findings, Moment now);
[[nodiscard]] std::string findingsJson(const std::vector<kinds::Finding> &findings);

/// `fairlead diagnose`: lists what the rules look at, once, as the Overview's page reads it, and prints what they find. What may not be listed
/// is said on `messages`, and judged no further. Of one namespace only its own objects are found.
///
/// Thread: the command's only one, in an event loop. All references outlive the command.
class DiagnoseCommand : public QObject {
    Q_OBJECT

public:
    /// `space` is the namespace that counts without -A.
    DiagnoseCommand(
        const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages);

    void start();

Q_SIGNALS:
    /// Once, and last.
    void finished(int exitCode);

private:
    void judge();
    void fail(const Error &error);

    const Arguments &m_arguments;
    const std::string m_space;
    const kinds::cron::ReadZoneFile m_zones;
    Output &m_output;
    Output &m_messages;
    kinds::Collector m_collector;
};

} // namespace fairlead::app
