// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/transport.h"

#include <string_view>

namespace fairlead::net {

/// Makes a Head of an answer's header lines (RFC 9110, Warning: RFC 7234 section 5.5 as Kubernetes sends it).
/// What it cannot read it leaves out: a server's odd header is no reason to lose its answer.
class HeadReader {
public:
    /// One line with or without its line end, the empty one included. True: that line made the head complete. An
    /// interim answer (1xx) is forgotten; lines after the end (trailers) are ignored.
    bool line(std::string_view text);

    [[nodiscard]] bool complete() const { return m_complete; }
    [[nodiscard]] const Head &head() const { return m_head; }

private:
    void field(std::string_view name, std::string_view value);

    Head m_head;
    bool m_complete = false;
};

} // namespace fairlead::net
