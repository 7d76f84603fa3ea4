// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/getplan.h"
#include "app/listing.h"
#include "app/print/output.h"
#include "app/print/treeprinter.h"
#include "kinds/ownergraph.h"
#include "kube/discovery.h"

#include <QObject>

#include <set>
#include <string>
#include <vector>

namespace fairlead::app {

/// `fairlead tree`: who owns whom, from all that the server lists (but its events), each below its owner. Without an operand all of it;
/// else what was named, with what it owns. Of one namespace; cluster-wide owners of what is in it are looked up. What may not be listed is
/// said on `messages`.
///
/// Thread: the command's only one, in an event loop. All references outlive the command.
class TreeCommand : public QObject {
    Q_OBJECT

public:
    /// `space` is the namespace that counts without -A. `operands` empty: everything.
    TreeCommand(const Arguments &arguments, GetOperands operands, std::string space, kube::Session &session, Output &output, Output &messages);

    void start();

Q_SIGNALS:
    /// Once, and last.
    void finished(int exitCode);

private:
    void takeOffer(const kube::OfferPtr &offer);
    void takeListing();
    void graphNew();
    /// Resources without namespaces that own something here and were not listed.
    [[nodiscard]] std::vector<kube::Resource> ownersElsewhere() const;
    void print();
    [[nodiscard]] std::vector<const kinds::OwnerNode *> named(std::vector<Error> &missing) const;
    void sayErrors(const std::vector<Error> &errors);
    void fail(const Error &error);

    const Arguments &m_arguments;
    const GetOperands m_operands;
    const std::string m_space;
    kube::Session &m_session;
    Output &m_output;
    Output &m_messages;
    kube::OfferPtr m_offer;
    GetPlan m_plan;
    bool m_everywhere = false; ///< all namespaces
    Listing m_listing;
    kinds::OwnerGraph m_graph;
    std::vector<TreeSource> m_sources; ///< of the graph, and in the order of the listing's parts
};

} // namespace fairlead::app
