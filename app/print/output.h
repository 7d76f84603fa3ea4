// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace fairlead::app {

/// Standard output: gathers what is written and hands it over in large pieces.
///
/// Thread: one. A reader that has gone (a closed pipe) is no error: `closed()` says so, and what follows is dropped; the
/// process must ignore SIGPIPE. Any other failure to write (a full disk) is an Error of flush(), also of those before.
class Output {
public:
    explicit Output(int descriptor);
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    void write(std::string_view text);
    [[nodiscard]] Result<void> flush();

    [[nodiscard]] bool closed() const { return m_closed; }
    [[nodiscard]] bool wroteAnything() const { return m_wroteAnything || !m_buffer.empty(); }
    /// To be appended to by printers; flushed when it has grown large, by the next write().
    [[nodiscard]] std::string &buffer() { return m_buffer; }

private:
    void drain();

    int m_descriptor;
    std::string m_buffer;
    int m_failure = 0; // errno of the first failed write
    bool m_closed = false;
    bool m_wroteAnything = false;
};

} // namespace fairlead::app
