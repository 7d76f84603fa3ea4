// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/getpart.h"
#include "app/getplan.h"
#include "app/getprinter.h"
#include "kube/session.h"
#include "kube/subscription.h"

#include <QObject>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fairlead::app {

class GetWatch;

/// `fairlead get`: asks through the session's stores, as the window does, and prints as kubectl does.
///
/// Thread: the command's only one, in an event loop. What could be had is printed first, then the reasons why the rest
/// could not. With --watch it goes on until it is destroyed, over reconnects too, unless it fails before the first list.
/// Source of the rules: k8s.io/kubectl pkg/cmd/get/get.go.
class GetCommand : public QObject {
    Q_OBJECT

public:
    /// `space` is the namespace that counts without -A. All references outlive the command.
    GetCommand(const Arguments &arguments, GetOperands operands, std::string space, kube::Session &session, Output &output, Output &messages);
    ~GetCommand() override;

    void start();

Q_SIGNALS:
    /// With --watch: what was there is printed; changes follow.
    void watchBegun();
    /// Once, and last.
    void finished(int exitCode);

private:
    void takeOffer(const kube::OfferPtr &offer);
    void warn(const std::string &text);
    void startList(std::size_t index);
    void takeState(std::size_t index, const kube::State &state);
    void startObject(std::size_t index);
    void partDone();
    void printAll();
    void startWatch();
    void end(const std::vector<Error> &errors);

    [[nodiscard]] bool isHuman() const { return m_arguments.format == Format::Table || m_arguments.format == Format::Wide; }
    [[nodiscard]] bool wantsBodies() const { return m_arguments.format == Format::Json || m_arguments.format == Format::Yaml; }
    [[nodiscard]] kube::Source sourceOf(const kube::Resource &resource) const;

    struct Listening {
        std::shared_ptr<kube::Store> store;
        kube::Subscription subscription;
    };

    const Arguments &m_arguments;
    const GetOperands m_operands;
    const std::string m_space;
    kube::Session &m_session;
    Output &m_output;
    Output &m_messages;
    GetPrinter m_printer;

    GetPlan m_plan;
    std::vector<GetPart> m_parts;
    std::vector<Listening> m_listening; // by part
    std::size_t m_waiting = 0;
    std::unique_ptr<GetWatch> m_watch;
    std::set<std::string> m_warned; // each is said once
};

} // namespace fairlead::app
