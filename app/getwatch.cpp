// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/getwatch.h"

#include "app/failurewords.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace fairlead::app {

GetWatch::GetWatch(
    const Arguments &arguments, kube::Resource resource, std::shared_ptr<kube::Store> store, GetPrinter &printer, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_resource(std::move(resource))
    , m_store(std::move(store))
    , m_printer(printer)
    , m_output(output)
    , m_messages(messages)
    , m_table(printer.styleFor(m_resource, false))
{
}

void GetWatch::start()
{
    const bool bodies = m_arguments.format == Format::Json || m_arguments.format == Format::Yaml;
    m_subscription = m_store->subscribe(
        bodies ? kube::Detail::Whole : kube::Detail::Meta, this, [this](const kube::ChangeSet &changes) { takeChanges(changes); },
        [this](const kube::State &state) { takeState(state); });
}

void GetWatch::takeChanges(const kube::ChangeSet &changes)
{
    // A difference is printed in the order in which it is to be applied: a name may go and come back within one. A last
    // change that comes with the removal is the removal's own line, as kubectl has it.
    std::vector<kube::ItemPtr> gone;
    std::set<kube::RowId> goneIds;
    for (const kube::ChangeSet::Removed &removed : changes.removed) {
        gone.push_back(removed.last);
        goneIds.insert(removed.id);
    }
    print(std::move(gone));
    std::vector<kube::ItemPtr> current = changes.added;
    std::copy_if(changes.changed.begin(), changes.changed.end(), std::back_inserter(current),
        [&goneIds](const kube::ItemPtr &item) { return !goneIds.contains(item->id()); });
    print(std::move(current));
    (void)m_output.flush();
}

void GetWatch::print(std::vector<kube::ItemPtr> items)
{
    inOrderOfArrival(items);
    std::vector<const kube::Row *> rows;
    for (const kube::ItemPtr &item : items) {
        if (m_arguments.format == Format::Name)
            m_printer.printName(m_resource, item->name());
        else if (m_arguments.format == Format::Json || m_arguments.format == Format::Yaml)
            m_printer.printDocument(item->body());
        else
            rows.push_back(&item->meta());
    }
    if (m_arguments.format == Format::Table || m_arguments.format == Format::Wide)
        m_table.print(m_output.buffer(), m_store->snapshot().columns(), rows);
}

void GetWatch::takeState(const kube::State &state)
{
    const bool live = state.phase == kube::Phase::Live;
    // To ask again helps against neither a missing right nor a resource that cannot be watched.
    const bool isFinal =
        state.why && (state.why->code == Code::Forbidden || state.why->code == Code::Invalid || state.why->code == Code::Unsupported);
    if (state.why && (!m_wasLive || isFinal || state.phase == kube::Phase::Ended)) {
        const Error why = asListFailure(kube::withWayOut(*state.why, m_resource), m_store->source());
        m_subscription.end();
        Q_EMIT failed(why);
        return;
    }
    if (m_wasLive && state.why && !m_saidLost) {
        m_saidLost = true;
        m_messages.write(failureLines(*state.why));
    } else if (live && std::exchange(m_saidLost, false)) {
        m_messages.write("Connected again.\n");
    }
    (void)m_messages.flush();
    if (live && !std::exchange(m_wasLive, true))
        Q_EMIT begun();
}

} // namespace fairlead::app
