// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace fairlead {

std::string Error::text() const
{
    std::string out;
    if (!place.file.empty()) {
        out += place.file;
        if (place.line > 0)
            out += ":" + std::to_string(place.line);
        out += ": ";
    }
    out += message;
    for (const Cause &cause : causes) {
        if (message.find(cause.message) != std::string::npos)
            continue; // most servers repeat the first cause in the message
        out += "\n  ";
        if (!cause.field.empty())
            out += cause.field + ": ";
        out += cause.message;
    }
    if (!remedy.empty()) {
        out += causes.empty() ? (out.empty() || out.back() == '.' ? " " : ". ") : "\n";
        out += remedy;
    }
    return out;
}

std::string_view name(Code code)
{
    switch (code) {
    case Code::BadInput:
        return "BadInput";
    case Code::NotFound:
        return "NotFound";
    case Code::Unauthorized:
        return "Unauthorized";
    case Code::Forbidden:
        return "Forbidden";
    case Code::Conflict:
        return "Conflict";
    case Code::Gone:
        return "Gone";
    case Code::Invalid:
        return "Invalid";
    case Code::TooManyRequests:
        return "TooManyRequests";
    case Code::ServerError:
        return "ServerError";
    case Code::Unavailable:
        return "Unavailable";
    case Code::Unreachable:
        return "Unreachable";
    case Code::Untrusted:
        return "Untrusted";
    case Code::Timeout:
        return "Timeout";
    case Code::Interrupted:
        return "Interrupted";
    case Code::NotKubernetes:
        return "NotKubernetes";
    case Code::Unsupported:
        return "Unsupported";
    case Code::Cancelled:
        return "Cancelled";
    case Code::Internal:
        break;
    }
    return "Internal";
}

} // namespace fairlead
