// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/failurewords.h"
#include "app/print/output.h"
#include "jobs/jobsources.h"
#include "kube/discovery.h"
#include "kube/session.h"

#include <QObject>

#include <string>
#include <vector>

namespace fairlead::app {

/// `fairlead jobs list`, `runs`, `show`, `forecast`: lists cron jobs, jobs and their pods once, through the session's stores, and prints what
/// the timeline makes of them. Ends as `get` does; what may not be read and is not what was asked for is a word on `messages`.
///
/// Thread: the command's only one, in an event loop. All references outlive the command.
class JobsCommand : public QObject {
    Q_OBJECT

public:
    /// `space` is the namespace that counts without -A.
    JobsCommand(
        const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages);

    void start();

Q_SIGNALS:
    /// Once, and last.
    void finished(int exitCode);

private:
    void print();
    [[nodiscard]] Result<std::string> text(Moment now);
    [[nodiscard]] Result<std::string> runs(Moment now) const;
    [[nodiscard]] Result<std::string> show(Moment now) const;
    [[nodiscard]] std::string forecast(Moment now);
    /// What the command cannot do without.
    [[nodiscard]] std::vector<Error> errorsThatCount() const;
    void fail(const Error &error);

    const Arguments &m_arguments;
    const std::string m_space;
    kube::Session &m_session;
    Output &m_output;
    Output &m_messages;
    jobs::JobSources m_sources;
};

} // namespace fairlead::app
