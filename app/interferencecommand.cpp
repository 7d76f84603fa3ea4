// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interferencecommand.h"

#include "app/failurewords.h"
#include "app/interferenceprinter.h"
#include "app/print/terminaltext.h"
#include "jobs/interference.h"
#include "kube/source.h"

#include <utility>
#include <vector>

namespace fairlead::app {

using kinds::Collector;

namespace {

std::vector<kinds::KindKey> wantedKinds()
{
    const auto kinds = jobs::interferenceKinds();
    return {kinds.begin(), kinds.end()};
}

} // namespace

InterferenceCommand::InterferenceCommand(
    const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_space(std::move(space))
    , m_zones(std::move(zones))
    , m_output(output)
    , m_messages(messages)
    , m_collector(session, wantedKinds(), arguments.allNamespaces ? kube::Scope::all() : kube::Scope::of({m_space}), Collector::Follow::Once)
{
    connect(&m_collector, &Collector::settled, this, &InterferenceCommand::print);
    connect(&m_collector, &Collector::failed, this, &InterferenceCommand::fail);
}

void InterferenceCommand::start()
{
    m_collector.start();
}

void InterferenceCommand::print()
{
    const jobs::Interference found = jobs::interferenceOf(m_collector.material(), m_zones);
    for (const Error &error : found.errors)
        m_messages.write(failureLines(error));
    if (m_arguments.format == Format::Json)
        m_output.write(interferenceJson(found));
    else if (!found.nodes.empty() || !found.shared.empty())
        m_output.write(interferenceTable(found));
    else if (found.errors.empty())
        m_messages.write(visible("No jobs beside services found" + (m_arguments.allNamespaces ? "\n" : " in " + m_space + " namespace.\n")));
    if (const auto written = m_output.flush(); !written) {
        fail(written.error());
        return;
    }
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(found.errors));
}

void InterferenceCommand::fail(const Error &error)
{
    m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(error));
}

} // namespace fairlead::app
