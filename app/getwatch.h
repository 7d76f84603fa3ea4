// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/getprinter.h"
#include "kube/resource.h"
#include "kube/store.h"

#include <QObject>

#include <memory>
#include <vector>

namespace fairlead::app {

/// `get --watch`: prints what is there, then every change as it comes, a deleted object's last state too. A lost
/// connection is said once on `messages`, and so is its return; the rows go on.
///
/// Thread: the command's only one. It runs until it is destroyed.
class GetWatch : public QObject {
    Q_OBJECT

public:
    GetWatch(const Arguments &arguments, kube::Resource resource, std::shared_ptr<kube::Store> store, GetPrinter &printer, Output &output,
        Output &messages);

    void start();

Q_SIGNALS:
    /// What was there is printed; changes follow.
    void begun();
    /// Before anything came, or what is watched has ceased to be; nothing follows.
    void failed(const fairlead::Error &error);

private:
    void takeChanges(const kube::ChangeSet &changes);
    void takeState(const kube::State &state);
    void print(std::vector<kube::ItemPtr> items);

    const Arguments &m_arguments;
    const kube::Resource m_resource;
    const std::shared_ptr<kube::Store> m_store;
    GetPrinter &m_printer;
    Output &m_output;
    Output &m_messages;
    TablePrinter m_table;
    bool m_wasLive = false;
    bool m_saidLost = false;
    kube::Subscription m_subscription; // last: it ends before what it reports to
};

} // namespace fairlead::app
