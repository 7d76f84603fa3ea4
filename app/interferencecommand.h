// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/print/output.h"
#include "kinds/cron/zone.h"
#include "kinds/material/collector.h"
#include "kube/session.h"

#include <QObject>

#include <string>

namespace fairlead::app {

/// `fairlead jobs beside`: lists pods, what makes them, and services, once, and prints where jobs may disturb services. What may not be read is a
/// word on `messages`, and the exit code; the rest is told all the same.
///
/// Thread: the command's only one, in an event loop. All references outlive the command.
class InterferenceCommand : public QObject {
    Q_OBJECT

public:
    /// `space` is the namespace that counts without -A.
    InterferenceCommand(
        const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages);

    void start();

Q_SIGNALS:
    /// Once, and last.
    void finished(int exitCode);

private:
    void print();
    void fail(const Error &error);

    const Arguments &m_arguments;
    const std::string m_space;
    const kinds::cron::ReadZoneFile m_zones;
    Output &m_output;
    Output &m_messages;
    kinds::Collector m_collector;
};

} // namespace fairlead::app
