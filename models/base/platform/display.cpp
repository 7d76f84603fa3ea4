// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/display.h"

#include <cstddef>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace fairlead::platform {

namespace {

/// A path that begins with a zero byte is one of Linux' abstract ones.
bool answers(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.data(), path.size());
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + path.size() + (path[0] == '\0' ? 0 : 1));
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr *>(&address), length) == 0;
    ::close(socket);
    return connected;
}

} // namespace

bool xAnswers(const std::string &display)
{
    const std::size_t colon = display.rfind(':');
    if (colon == std::string::npos)
        return false;
    const std::string host = display.substr(0, colon);
    if (!host.empty() && host != "unix")
        return true;
    const std::string number = display.substr(colon + 1, display.find('.', colon) - colon - 1);
    if (number.empty() || number.find_first_not_of("0123456789") != std::string::npos)
        return false;
    const std::string path = "/tmp/.X11-unix/X" + number;
    return answers(std::string(1, '\0') + path) || answers(path);
}

bool waylandAnswers(const std::string &display, const std::string &runtimeFolder)
{
    if (display.empty())
        return false;
    if (display.front() == '/')
        return answers(display);
    return !runtimeFolder.empty() && answers(runtimeFolder + '/' + display);
}

} // namespace fairlead::platform
