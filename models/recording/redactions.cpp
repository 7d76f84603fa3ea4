// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/redactions.h"

namespace fairlead::recording {

std::string_view words(Reason reason)
{
    switch (reason) {
    case Reason::SecretValue:
        return "values of secrets";
    case Reason::SecretAnnotation:
        return "annotations of secrets";
    case Reason::Named:
        return "values whose name is that of a credential";
    case Reason::Argument:
        return "arguments of commands";
    case Reason::Token:
        return "tokens";
    case Reason::PrivateKey:
        return "private keys";
    case Reason::Url:
        return "passwords in URLs";
    }
    return "others";
}

} // namespace fairlead::recording
