// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/status.h"

#include "base/redaction.h"
#include "kube/decode/json.h"

#include <array>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t quoteLimit = 200; // bytes

Code codeOfHttp(int http)
{
    switch (http) {
    case 401:
        return Code::Unauthorized;
    case 403:
        return Code::Forbidden;
    case 404:
        return Code::NotFound;
    case 408:
        return Code::Timeout;
    case 409:
        return Code::Conflict;
    case 410:
        return Code::Gone;
    case 429:
        return Code::TooManyRequests;
    case 502:
    case 503:
    case 504:
        return Code::Unavailable;
    default:
        if (http >= 500)
            return Code::ServerError;
        return http >= 400 ? Code::Invalid : Code::NotKubernetes;
    }
}

// For a Status without a code; the names are those of metav1.StatusReason.
int httpOfReason(std::string_view reason)
{
    static constexpr std::array<std::pair<std::string_view, int>, 16> table{{
        {"Unauthorized", 401},
        {"Forbidden", 403},
        {"NotFound", 404},
        {"MethodNotAllowed", 405},
        {"NotAcceptable", 406},
        {"AlreadyExists", 409},
        {"Conflict", 409},
        {"Gone", 410},
        {"Expired", 410},
        {"RequestEntityTooLarge", 413},
        {"UnsupportedMediaType", 415},
        {"Invalid", 422},
        {"TooManyRequests", 429},
        {"ServiceUnavailable", 503},
        {"Timeout", 504},
        {"ServerTimeout", 500},
    }};
    for (const auto &[name, http] : table) {
        if (name == reason)
            return http;
    }
    return reason == "BadRequest" ? 400 : 500;
}

// What stands between two marks, or nothing.
std::string_view between(std::string_view text, std::string_view before, std::string_view after)
{
    const auto begin = text.find(before);
    if (begin == std::string_view::npos)
        return {};
    const auto rest = text.substr(begin + before.size());
    const auto end = rest.find(after);
    return end == std::string_view::npos ? std::string_view() : rest.substr(0, end);
}

std::string seconds(std::chrono::milliseconds time)
{
    const auto whole = std::chrono::ceil<std::chrono::seconds>(time).count();
    return std::to_string(whole) + (whole == 1 ? " second" : " seconds");
}

std::string again(const Error &error)
{
    return error.retryAfter ? "try again in " + seconds(*error.retryAfter) : std::string("try again in a moment");
}

// The authorizer says which right is missing, in a sentence that has kept its form since Kubernetes 1.0:
// … cannot VERB resource "RESOURCE" in API group "GROUP" in the namespace "SPACE" | at the cluster scope
// … cannot VERB path "PATH"
std::string remedyOfForbidden(const Error &error)
{
    const std::string_view message = error.message;
    const auto verb = between(message, " cannot ", " ");
    const auto resource = between(message, " resource \"", "\"");
    const auto path = between(message, " path \"", "\"");
    if (verb.empty() || (resource.empty() && path.empty())) {
        if (message.find("exceeded quota") != std::string_view::npos)
            return "A quota of the namespace is used up: remove something, or ask an administrator to raise it.";
        return "A rule of this cluster forbids it: ask an administrator of the cluster.";
    }
    std::string right = std::string(verb) + " ";
    if (resource.empty())
        return "Ask an administrator of the cluster for the right to " + right + "the path " + std::string(path) + ".";
    right += resource;
    const auto group = between(message, "in API group \"", "\"");
    if (!group.empty())
        right += "." + std::string(group);
    const auto space = between(message, "in the namespace \"", "\"");
    if (!space.empty())
        return "Ask an administrator of the cluster for the right to " + right + " in the namespace " + std::string(space) + ".";
    if (message.find("at the cluster scope") != std::string_view::npos && (verb == "list" || verb == "watch"))
        return "Ask an administrator of the cluster for the right to " + right + " in the whole cluster.";
    return "Ask an administrator of the cluster for the right to " + right + ".";
}

std::string remedyOf(const Error &error)
{
    switch (error.code) {
    case Code::Unauthorized:
        return "The server does not know who you are: the token or client certificate of this context is missing, wrong or has expired. "
               "Sign in again, or renew it in the kubeconfig.";
    case Code::Forbidden:
        return remedyOfForbidden(error);
    case Code::NotFound:
        return "Check the name and the namespace; it may have been deleted, or this server does not offer that kind.";
    case Code::Conflict:
        return error.reason == "AlreadyExists" ? "Choose another name, or change the one that is there."
                                               : "Someone changed it in the meantime: read it again, then repeat the change.";
    case Code::Gone:
        return "The server no longer keeps that version: list again.";
    case Code::TooManyRequests:
        return "The server is busy: " + again(error) + ".";
    case Code::ServerError:
        if (const auto webhook = between(error.message, "failed calling webhook \"", "\""); !webhook.empty())
            return "The admission webhook " + std::string(webhook) + " does not answer: look at the service behind it.";
        return "Something went wrong inside the server: " + again(error) + "; its log says more.";
    case Code::Unavailable:
        return "The server, or a part of it, is starting, stopping or overloaded: " + again(error) + ".";
    case Code::Timeout:
        return "The server did not finish in time: " + again(error) + ", or ask for less.";
    case Code::Invalid:
        if (!error.causes.empty())
            return "Correct the fields named above.";
        return error.http == 406 || error.http == 415 ? "This server may be too old for what was asked."
                                                      : "The server did not understand the request: check selectors and names.";
    case Code::NotKubernetes:
        return "Check the server's address in the kubeconfig, and whether a proxy or a sign-in page stands in between.";
    default:
        return {};
    }
}

// Plain text in one line: cut at a character, what is not UTF-8 replaced, blanks gathered.
std::string quoted(std::string_view whole)
{
    // Before the cut, which might halve a secret and hide what it is.
    const std::string body = redacted(whole.substr(0, 8 * quoteLimit));
    static constexpr std::string_view unknown = "\xEF\xBF\xBD";
    std::string out;
    std::size_t at = 0;
    while (at < body.size() && out.size() < quoteLimit) {
        const auto c = static_cast<unsigned char>(body[at]);
        if (c < 0x21 || c == 0x7F) {
            if (!out.empty() && out.back() != ' ')
                out += ' ';
            ++at;
            continue;
        }
        const std::size_t size = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
        bool complete = size > 0 && at + size <= body.size();
        for (std::size_t i = 1; complete && i < size; ++i)
            complete = (static_cast<unsigned char>(body[at + i]) & 0xC0) == 0x80;
        const std::string_view character = complete ? std::string_view(body).substr(at, size) : unknown;
        if (out.size() + character.size() > quoteLimit)
            break;
        out += character;
        at += complete ? size : 1;
    }
    const bool cut = at < body.size() || whole.size() > 8 * quoteLimit;
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return "\"" + out + (cut ? "…\"" : "\"");
}

bool isHtml(std::string_view contentType, std::string_view body)
{
    const auto begin = body.find_first_not_of(" \t\r\n");
    return contentType.starts_with("text/html") || (begin != std::string_view::npos && body[begin] == '<');
}

bool isStatus(const Json &json)
{
    return json["kind"].text() == "Status";
}

Error errorOfForeign(int http, std::string_view contentType, std::string_view body, std::string_view server)
{
    Error error{.code = codeOfHttp(http), .http = http, .server = std::string(server)};
    if (http == 404 && contentType.starts_with("text/plain") && body.starts_with("404 page not found")) {
        // How an API server answers a path that it does not serve; kubectl has the same words for it.
        error.reason = "NotFound";
        error.message = "the server could not find the requested resource";
        error.remedy = remedyOf(error);
        return error;
    }
    // A page for people comes from something in front of a server. Where it says "later" or "sign in", that is still true.
    if (isHtml(contentType, body) && error.code != Code::Unauthorized && error.code != Code::TooManyRequests && http < 500)
        error.code = Code::NotKubernetes;
    error.message = "the server answered with HTTP " + std::to_string(http);
    if (body.find_first_not_of(" \t\r\n") == std::string_view::npos)
        error.message += " and an empty body";
    else
        error.message += ": " + quoted(body);
    return error;
}

} // namespace

Error errorOfStatus(const Json &status, std::string_view server)
{
    Error error{.server = std::string(server)};
    if (!isStatus(status)) {
        error.code = Code::NotKubernetes;
        error.message = "the server sent an error that is not a Kubernetes Status";
        error.remedy = remedyOf(error);
        return error;
    }
    const Json &details = status["details"];
    error.reason = status["reason"].text();
    error.http = static_cast<int>(status["code"].integer());
    if (error.http < 400 || error.http > 599)
        error.http = httpOfReason(error.reason);
    error.code = codeOfHttp(error.http);
    error.message = status["message"].text();
    for (const Json &cause : details["causes"].list())
        error.causes.push_back({std::string(cause["field"].text()), std::string(cause["reason"].text()), std::string(cause["message"].text())});
    if (const auto wait = details["retryAfterSeconds"].integer(); wait > 0 && wait < 1'000'000)
        error.retryAfter = std::chrono::seconds(wait);
    if (error.message.empty())
        error.message = "the server answered with HTTP " + std::to_string(error.http) + (error.reason.empty() ? "" : " (" + error.reason + ")");
    error.remedy = remedyOf(error);
    return error;
}

Error errorOfAnswer(
    int http, std::string_view contentType, std::string_view body, std::string_view server, std::optional<std::chrono::milliseconds> retryAfter)
{
    Error error;
    const auto json = Json::parse(body);
    if (json && isStatus(*json)) {
        error = errorOfStatus(*json, server);
        if (http >= 400) { // what the body says of itself is not asked: proxies and old servers leave it out
            error.http = http;
            error.code = codeOfHttp(http);
        }
    } else {
        error = errorOfForeign(http, contentType, body, server);
    }
    if (retryAfter)
        error.retryAfter = retryAfter;
    error.remedy = remedyOf(error);
    return error;
}

} // namespace fairlead::kube
