// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace fairlead::kube {

/// How a kubeconfig's user signs in, as its entry says; what is secret in it never stands here.
struct SignIn {
    enum class By {
        Nothing, ///< no credentials at all, or none that are sent: the server sees an anonymous user
        Certificate,
        Token,     ///< it stands in the file
        TokenFile, ///< it is read from a file
        Plugin,    ///< exec: a program gives the credentials; never run here yet
        Provider,  ///< auth-provider, the older form of it
        Password,
    };

    By by = By::Nothing;
    std::string program; ///< of a plugin the program's file name, of a provider its name; foreign text
    /// When the client certificate or the token ends; none where it does not, or that cannot be told.
    std::optional<std::chrono::system_clock::time_point> ends;

    bool operator==(const SignIn &) const = default;
};

} // namespace fairlead::kube
