// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/output.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace fairlead::app {

static constexpr std::size_t largeEnough = 64 * 1024;

Output::Output(int descriptor)
    : m_descriptor(descriptor)
{
}

Output::~Output()
{
    drain();
}

void Output::write(std::string_view text)
{
    m_buffer += text;
    if (m_buffer.size() >= largeEnough)
        drain();
}

Result<void> Output::flush()
{
    drain();
    if (m_failure != 0)
        return failure({.code = Code::BadInput,
            .message = std::string("cannot write the output: ") + std::strerror(m_failure),
            .remedy = "The output is incomplete: free some space or write elsewhere, then run the command again."});
    return {};
}

void Output::drain()
{
    m_wroteAnything = m_wroteAnything || !m_buffer.empty();
    std::string_view rest = m_buffer;
    while (!rest.empty() && !m_closed && m_failure == 0) {
        const ssize_t written = ::write(m_descriptor, rest.data(), rest.size());
        if (written >= 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno == EPIPE)
            m_closed = true;
        else if (errno != EINTR && errno != EAGAIN)
            m_failure = errno;
    }
    m_buffer.clear();
}

} // namespace fairlead::app
