// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/print/output.h"
#include "kube/discovery.h"
#include "kube/session.h"
#include "recording/recordrun.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fairlead::app {

/// `fairlead record`: a cluster into a file, until --for is over or stop() is called.
///
/// Thread: the command's only one, in an event loop. All references outlive the command. Says how far it is on `messages`: in one line that changes
/// where that is a terminal, else one when all has been listed and one a minute. Ends with what it recorded, on `output`.
/// Nothing is written before the server has said what it offers; a file that is there already stays as it is.
class RecordCommand : public QObject {
    Q_OBJECT

public:
    enum class Messages { Terminal, Lines };

    /// `space` is the namespace that counts without -A.
    RecordCommand(
        const Arguments &arguments, std::string context, std::string space, kube::Session &session, Messages kind, Output &output, Output &messages);
    ~RecordCommand() override;

    void start();
    /// Brings the file to its end. Before there is one, `exitCode` is how the command ends.
    void stop(int exitCode);

Q_SIGNALS:
    /// Once, and last.
    void finished(int exitCode);

private:
    void takeOffer(const kube::OfferPtr &offer);
    [[nodiscard]] Result<std::set<std::string>> wanted(const kube::Offer &offer) const;
    void tick();
    void sayProgress();
    [[nodiscard]] std::string progressText(const recording::RecordRun::Progress &progress) const;
    [[nodiscard]] std::string elapsedText() const;
    void printSummary(const recording::RecordRun::Progress &progress);
    void end(std::vector<Error> errors);

    const Arguments &m_arguments;
    const std::string m_context;
    const std::string m_space; // empty: all
    const std::string m_contextSpace;
    kube::Session &m_session;
    const Messages m_kind;
    Output &m_output;
    Output &m_messages;
    std::unique_ptr<recording::RecordRun> m_run;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    qint64 m_nextLine = 0; // of the time that has gone by, in ms
    bool m_wasListed = false;
    bool m_hasLine = false; // that changes, on the terminal
    bool m_isOver = false;
};

} // namespace fairlead::app
