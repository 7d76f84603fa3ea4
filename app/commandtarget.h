// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/engine.h"
#include "app/print/output.h"
#include "kube/kubeconfig/kubeconfig.h"
#include "recording/reader.h"

#include <memory>
#include <string>
#include <variant>

namespace fairlead::app {

/// What a command reads: a context's server, or a recording at a moment. It is found and judged before any thread of the program is there; open()
/// starts them.
///
/// Thread: the command's only one.
class CommandTarget {
public:
    /// Warnings go to `messages`. Errors: those of Kubeconfig, of recording::Reader, of momentIn(), of openDemo(); BadInput for a recording that
    /// holds nothing yet.
    [[nodiscard]] static Result<CommandTarget> of(const Arguments &arguments, Output &messages);

    /// The namespace that counts without -A: -n, or the context's; of a recording the one that it was made of, or that its context had.
    [[nodiscard]] const std::string &space() const { return m_space; }
    [[nodiscard]] bool isRecording() const { return std::holds_alternative<Replayed>(m_what); }
    /// Once.
    [[nodiscard]] std::unique_ptr<Engine> open();

private:
    struct Replayed {
        recording::Reader reader;
        Moment at;
        std::string name;
    };
    using What = std::variant<net::Endpoint, Replayed>;

    CommandTarget(std::string space, What what);
    [[nodiscard]] static Result<CommandTarget> ofRecording(const Arguments &arguments, Output &messages);

    std::string m_space;
    What m_what;
};

/// A context of the kubeconfigs, as --kubeconfig and --context say; for what needs a server. Warnings go to `messages`.
[[nodiscard]] Result<kube::Target> contextTarget(const Arguments &arguments, Output &messages);

} // namespace fairlead::app
