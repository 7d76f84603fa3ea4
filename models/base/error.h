// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead {

/// What a caller can decide by. 401, 403, 404, 409, 410, 422 and 429 need different answers, and a string cannot give them.
enum class Code {
    BadInput,        ///< a file or an argument is wrong: place says where
    NotFound,        ///< 404, or a name that nothing answers to
    Unauthorized,    ///< 401: who are you
    Forbidden,       ///< 403: not you
    Conflict,        ///< 409
    Gone,            ///< 410: that version is no longer kept, list again
    Invalid,         ///< 400, 405, 406, 415, 422
    TooManyRequests, ///< 429: retryAfter says when
    ServerError,     ///< 500 and other 5xx
    Unavailable,     ///< 503, 504: may work later
    Unreachable,     ///< no connection: refused, no route, unknown host
    Untrusted,       ///< TLS: the certificate is wrong, expired or of another authority
    Timeout,         ///< connected, but no answer in time
    Interrupted,     ///< a body that was cut in the middle
    NotKubernetes,   ///< something answered, but not a Kubernetes API server
    Unsupported,     ///< asked for in words that we understand, and do not do yet
    Cancelled,
    Internal, ///< our own bug
};

/// Where in a file; lines and columns count from 1, 0 is unknown.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};

/// One entry of a Kubernetes Status' details.causes.
struct Cause {
    std::string field;
    std::string reason;
    std::string message;
};

/// Why something failed, in three layers: a code to decide by, the server's own words, and what a person can do.
///
/// Texts are UTF-8 and may hold anything that a server sent: they are plain text, never to be interpreted, and pass
/// through the terminal's or the widget's own escaping before they are shown. Secrets never stand in them (redaction.h).
struct Error {
    Code code = Code::Internal;
    int http = 0;        ///< status code of the answer, 0 where there was none
    std::string reason;  ///< the Status' reason ("Forbidden", "Expired"), empty where there was none
    std::string message; ///< what happened
    std::string remedy;  ///< what to do about it, a whole sentence; may be empty
    std::string server;  ///< the server's address, where one is concerned
    Place place;         ///< the file's place, where one is concerned
    std::vector<Cause> causes;
    std::optional<std::chrono::milliseconds> retryAfter;

    /// All of it in a line or a few: "FILE:LINE: MESSAGE. REMEDY".
    [[nodiscard]] std::string text() const;
};

/// The code's name as it stands in JSON output and tests ("NotFound").
[[nodiscard]] std::string_view name(Code code);

} // namespace fairlead
