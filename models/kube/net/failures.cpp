// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/failures.h"

#include "base/redaction.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include <curl/curl.h>

namespace fairlead::net {
namespace {

// X509_V_ERR_* of OpenSSL (x509_vfy.h), which has kept its numbers since 1.0; by value, because net/ sees libcurl and not what is
// behind it.
enum Verification : long {
    CannotGetIssuer = 2,
    SignatureFailure = 7,
    NotYetValid = 9,
    HasExpired = 10,
    SelfSigned = 18,
    SelfSignedInChain = 19,
    CannotGetLocalIssuer = 20,
    CannotVerifyLeaf = 21,
    Revoked = 23,
    NotTrusted = 27,
    HostMismatch = 62,
    AddressMismatch = 64,
};

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string seconds(std::chrono::milliseconds time)
{
    if (time.count() % 1000 == 0)
        return std::to_string(time.count() / 1000) + " s";
    return std::to_string(time.count()) + " ms";
}

/// Fills in what every message has: the address, and the place of what is to blame.
class Words {
public:
    Words(const Outcome &outcome, const Endpoint &endpoint)
        : m_outcome(outcome)
        , m_endpoint(endpoint)
        , m_address(endpoint.address())
    {
    }

    [[nodiscard]] Error say(Code code, const std::string &message, std::string remedy, const Place &place) const
    {
        return {.code = code, .message = redacted(message), .remedy = std::move(remedy), .server = m_address, .place = place};
    }

    [[nodiscard]] const std::string &address() const { return m_address; }

    // In brackets, for whoever has to search for it.
    [[nodiscard]] std::string detail() const { return m_outcome.words.empty() ? std::string() : " (" + std::string(m_outcome.words) + ")"; }

    [[nodiscard]] Error untrusted() const
    {
        const std::string authority = m_endpoint.authority.empty() ? "an authority that this system trusts"
                                      : m_endpoint.authority.data.empty()
                                          ? "the certificate authority in " + m_endpoint.authority.file
                                          : "the certificate authority of the kubeconfig (certificate-authority-data)";
        const Place &place = m_endpoint.authority.empty() ? m_endpoint.place : m_endpoint.authority.place;
        switch (m_outcome.verification) {
        case CannotGetIssuer:
        case CannotGetLocalIssuer:
        case CannotVerifyLeaf:
        case SignatureFailure:
        case NotTrusted:
        case SelfSignedInChain:
        case SelfSigned:
            return say(Code::Untrusted, "the certificate of " + m_address + " was not issued by " + authority,
                m_endpoint.authority.empty()
                    ? "Name the cluster's certificate authority in the kubeconfig (certificate-authority), or fetch the kubeconfig again."
                    : "Is this another cluster's kubeconfig, or was the cluster made anew? Fetch its kubeconfig again.",
                place);
        case HasExpired:
            return say(Code::Untrusted, "the certificate of " + m_address + " has expired",
                "Whoever runs the cluster has to renew it (kubeadm: kubeadm certs renew all). Check this machine's clock too.", m_endpoint.place);
        case NotYetValid:
            return say(Code::Untrusted, "the certificate of " + m_address + " is not valid yet",
                "Check the clocks of this machine and of the server.", m_endpoint.place);
        case Revoked:
            return say(Code::Untrusted, "the certificate of " + m_address + " has been revoked", "Ask whoever runs the cluster.", m_endpoint.place);
        default:
            break;
        }
        if (m_outcome.verification == HostMismatch || m_outcome.verification == AddressMismatch || has(m_outcome.words, "subject name") ||
            has(m_outcome.words, "does not match target host"))
            return say(Code::Untrusted, "the certificate of " + m_address + " is not for that host name",
                "Use one of the names that stand in the certificate as the server's address, or have this name added to it.", m_endpoint.place);
        return say(Code::Untrusted, "the certificate of " + m_address + " cannot be trusted" + detail(), "Ask whoever runs the cluster.", place);
    }

    // Our certificate, as the server sees it: TLS 1.3 tells it after the handshake, so it may come with any result.
    [[nodiscard]] bool clientCertificateRefused() const
    {
        for (const std::string_view alert : {"alert bad certificate", "alert unknown ca", "alert certificate required", "alert certificate expired",
                 "alert certificate unknown", "alert certificate revoked", "alert unsupported certificate", "alert access denied"}) {
            if (has(m_outcome.words, alert))
                return true;
        }
        return false;
    }

    [[nodiscard]] Error refusedCertificate() const
    {
        if (m_endpoint.certificate.empty())
            return say(Code::Unauthorized, m_address + " asks for a client certificate, and there is none",
                "Add client-certificate and client-key to the user in the kubeconfig.", m_endpoint.place);
        const std::string why = has(m_outcome.words, "expired")      ? "it has expired"
                                : has(m_outcome.words, "unknown ca") ? "it is of another authority"
                                : has(m_outcome.words, "revoked")    ? "it has been revoked"
                                                                     : "it is not a good one";
        return say(Code::Unauthorized, m_address + " refused the client certificate: " + why,
            "Fetch the kubeconfig again, or ask for a new certificate.", m_endpoint.certificate.place);
    }

    [[nodiscard]] Error noHandshake() const
    {
        const std::string_view words = m_outcome.words;
        if (has(words, "wrong version number") || has(words, "packet length too long") || has(words, "http request") ||
            has(words, "record layer failure"))
            return say(Code::NotKubernetes, m_address + " answers, but does not speak TLS",
                "Check the port: is it a plain HTTP port (then the address begins with http://), or another service's?", m_endpoint.place);
        if (has(words, "alert protocol version") || has(words, "unsupported protocol") || has(words, "no protocols available"))
            return say(Code::Untrusted, m_address + " speaks only TLS versions before 1.2, which are not safe",
                "Have TLS 1.2 or later switched on there.", m_endpoint.place);
        if (has(words, "alert"))
            return say(Code::Untrusted, m_address + " refused the TLS handshake" + detail(), "Check the address and the port.", m_endpoint.place);
        return say(Code::Unreachable, m_address + " closed the connection during the TLS handshake" + detail(),
            "Is it starting or stopping, or is the port another service's?", m_endpoint.place);
    }

    [[nodiscard]] Error noConnection() const
    {
        std::string why =
            m_outcome.osError != 0 ? std::generic_category().message(static_cast<int>(m_outcome.osError)) : std::string(m_outcome.words);
        if (m_outcome.osError == ECONNREFUSED)
            return say(Code::Unreachable, m_address + " refused the connection",
                "Nothing listens on that port. Is the cluster running, and is the address right?", m_endpoint.place);
        if (m_outcome.osError == ENETUNREACH || m_outcome.osError == EHOSTUNREACH)
            return say(Code::Unreachable, "there is no way to " + m_address + " (" + why + ")", "Check the network and the VPN.", m_endpoint.place);
        return say(Code::Unreachable, "cannot connect to " + m_address + (why.empty() ? "" : " (" + why + ")"),
            "Check the address, the network and the VPN.", m_endpoint.place);
    }

private:
    const Outcome &m_outcome;
    const Endpoint &m_endpoint;
    const std::string m_address;
};

} // namespace

Error failureOf(const Outcome &outcome, const Endpoint &endpoint, const Limits &limits)
{
    const Words words(outcome, endpoint);
    const std::string &address = words.address();
    if (outcome.silent)
        return words.say(Code::Timeout, address + " fell silent: nothing came any more, and no answer to a question within " + seconds(limits.probe),
            "The connection was closed. Check the network and the VPN, or whether the server hangs.", {});
    if (words.clientCertificateRefused())
        return words.refusedCertificate();

    switch (outcome.result) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        if (has(outcome.words, "HTTP/0.9"))
            return words.say(
                Code::NotKubernetes, address + " answers, but does not speak HTTP", "Check the port: is it another service's?", endpoint.place);
        return notAnAddress(endpoint);
    case CURLE_WEIRD_SERVER_REPLY:
        return words.say(
            Code::NotKubernetes, address + " answers, but does not speak HTTP", "Check the port: is it another service's?", endpoint.place);
    case CURLE_COULDNT_RESOLVE_HOST:
        return words.say(Code::Unreachable, "there is no host of that name: " + address,
            "Check the spelling, and whether the network or VPN that knows this name is up.", endpoint.place);
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
        return words.noConnection();
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
        return words.untrusted();
    case CURLE_SSL_CACERT_BADFILE:
        return words.say(Code::BadInput, "the certificate authority cannot be read" + words.detail(),
            "It must be one or more PEM certificates, whole.", endpoint.authority.place);
    case CURLE_SSL_CERTPROBLEM:
        // OpenSSL gives one word for a broken key and for one of another certificate.
        if (has(outcome.words, "private key") || has(outcome.words, "rivate key does not match"))
            return words.say(Code::BadInput, "the client key cannot be used: it is not whole, or does not belong to the client certificate",
                "Take both from the same kubeconfig; the key must be a PEM text and not encrypted.", endpoint.key.place);
        return words.say(Code::BadInput, "the client certificate cannot be used" + words.detail(), "It must be one or more PEM certificates, whole.",
            endpoint.certificate.place);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
        return words.noHandshake();
    case CURLE_OPERATION_TIMEDOUT:
        if (!outcome.connected)
            return words.say(Code::Unreachable,
                "no connection to " + address + " within " +
                    seconds(outcome.deadline.count() > 0 ? std::min(outcome.deadline, limits.connect) : limits.connect),
                "Check the address, the network and the VPN: a firewall may swallow the packets.", endpoint.place);
        if (has(outcome.words, "too slow"))
            return words.say(Code::Timeout, address + " stopped sending: nothing came for " + seconds(limits.listStall), "Try again.", {});
        return words.say(Code::Timeout,
            address + (outcome.answered ? " did not finish its answer within " : " did not answer within ") + seconds(outcome.deadline),
            "It may be overloaded, or the network slow. Try again.", {});
    case CURLE_GOT_NOTHING:
        return words.say(Code::Interrupted, address + " closed the connection without an answer", "Is it starting or stopping? Try again.", {});
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SEND_FAIL_REWIND:
        if (!outcome.connected && !outcome.answered && has(outcome.words, "SSL"))
            return words.noHandshake();
        return words.say(Code::Interrupted,
            "the connection to " + address + (outcome.answered ? " was cut in the middle of an answer" : " was cut before an answer came"),
            "Try again.", {});
    default:
        break;
    }
    return words.say(Code::Internal,
        "the request to " + address + " failed: " + curl_easy_strerror(static_cast<CURLcode>(outcome.result)) + words.detail(), "", {});
}

Error notAnAddress(const Endpoint &endpoint)
{
    return {.code = Code::BadInput,
        .message = redacted("\"" + endpoint.address() + "\" is not a server's address"),
        .remedy = "It must look like https://HOST:6443.",
        .server = endpoint.address(),
        .place = endpoint.place};
}

Error cancelledError()
{
    return {.code = Code::Cancelled, .message = "cancelled"};
}

Error waitedTooLong(const Endpoint &endpoint, std::chrono::milliseconds deadline)
{
    return {.code = Code::Timeout,
        .message = "the request waited " + seconds(deadline) + " for its turn: too many others are under way to " + endpoint.address(),
        .remedy = "Try again.",
        .server = endpoint.address()};
}

} // namespace fairlead::net
