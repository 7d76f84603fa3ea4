// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fairlead::platform {
namespace {

void setOption(int socket, int level, int option, long long value)
{
    const int number = static_cast<int>(value);
    // The result is dropped on purpose: these options make a death known sooner, and nothing depends on them alone.
    (void)setsockopt(socket, level, option, &number, sizeof number);
}

} // namespace

void keepAlive(int socket, const KeepAlive &how)
{
    setOption(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
#ifdef TCP_KEEPIDLE
    setOption(socket, IPPROTO_TCP, TCP_KEEPIDLE, how.idle.count());
#endif
#ifdef TCP_KEEPINTVL
    setOption(socket, IPPROTO_TCP, TCP_KEEPINTVL, how.interval.count());
#endif
#ifdef TCP_KEEPCNT
    setOption(socket, IPPROTO_TCP, TCP_KEEPCNT, how.probes);
#endif
#ifdef TCP_USER_TIMEOUT
    setOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, how.unacknowledged.count());
#endif
}

void hangUp(int socket)
{
    (void)shutdown(socket, SHUT_RDWR);
}

int localPort(int socket)
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&address)->sin6_port);
    return address.ss_family == AF_INET ? ntohs(reinterpret_cast<const sockaddr_in *>(&address)->sin_port) : 0;
}

std::optional<std::chrono::milliseconds> sinceAcknowledged(int socket)
{
#ifdef TCP_INFO
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        return std::chrono::milliseconds(info.tcpi_last_ack_recv);
#endif
    return std::nullopt;
}

bool closeSocket(int socket)
{
    return close(socket) == 0;
}

} // namespace fairlead::platform
