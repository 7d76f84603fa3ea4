// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/platform/socket.h"

#include <chrono>

namespace fairlead::net {

/// Every bound of the network in one place, so that tests can make them short. The defaults are measured ones
/// (the streams: kube-apiserver takes 100 a connection, and each beyond would make a TLS connection of its own).
struct Limits {
    std::chrono::milliseconds connect{10'000};      ///< name, TCP and TLS together
    std::chrono::milliseconds silence{15'000};      ///< a connection with running streams that brought no byte for so long is asked
    std::chrono::milliseconds probe{3'000};         ///< and has this long for its answer
    std::chrono::seconds listStall{30};             ///< a list that brings nothing for so long has failed; never used on watches
    std::chrono::milliseconds fileCheck{1'000};     ///< files of credentials are looked at no more often
    std::chrono::milliseconds tokenRefresh{60'000}; ///< and a token's file is read at least so often
    int streams = 80;                               ///< on one connection
    int watches = 60;                               ///< of them; more watches get a further connection
    int bulk = 8;                                   ///< of them
    int logs = 40;                                  ///< on one connection of their own; more logs get a further one
    int connections = 16;                           ///< of watches, and as many of logs; beyond, they wait
    platform::KeepAlive keepAlive;
};

} // namespace fairlead::net
