// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/credentials.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

namespace fairlead::net {
namespace {

constexpr std::size_t largestFile = 4 << 20;

struct Words {
    std::string_view what;     ///< "the client key"
    std::string_view marker;   ///< what must stand in it
    std::string_view contents; ///< "a PEM private key"
    std::string_view field;    ///< of a kubeconfig
};

constexpr Words authorityWords{"the certificate authority", "-----BEGIN ", "a PEM certificate", "certificate-authority"};
constexpr Words certificateWords{"the client certificate", "-----BEGIN CERTIFICATE-----", "a PEM certificate", "client-certificate"};
constexpr Words keyWords{"the client key", "PRIVATE KEY-----", "a PEM private key", "client-key"};

std::string sourceOf(const Pem &pem, const Words &words)
{
    return pem.data.empty() ? std::string(words.what) + " " + pem.file : std::string(words.what) + " (" + std::string(words.field) + "-data)";
}

Result<std::string> contentsOf(const std::string &file, std::string_view what, const Place &place)
{
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::string text;
    // In pieces: these texts stay for as long as the transport does, and a string keeps the room it once had.
    std::array<char, 16 << 10> piece{};
    while (stream && text.size() <= largestFile) {
        stream.read(piece.data(), piece.size());
        text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    }
    if (!stream.is_open() || stream.bad()) {
        const std::string why = errno == 0 ? "it cannot be read" : std::generic_category().message(errno);
        return failure({.code = Code::BadInput,
            .message = "cannot read " + std::string(what) + " " + file + ": " + why,
            .remedy = "Check the path and who may read the file.",
            .place = place});
    }
    if (text.size() > largestFile) {
        return failure(
            {.code = Code::BadInput, .message = std::string(what) + " " + file + " is larger than 4 MB and cannot be one", .place = place});
    }
    return text;
}

Result<std::string> pemOf(const Pem &pem, const Words &words)
{
    if (pem.empty())
        return std::string();
    std::string text = pem.data;
    if (text.empty()) {
        auto read = contentsOf(pem.file, words.what, pem.place);
        if (!read)
            return read;
        text = std::move(*read);
    }
    if (text.find(words.marker) == std::string::npos) {
        return failure({.code = Code::BadInput,
            .message = sourceOf(pem, words) + " holds no " + std::string(words.contents.substr(2)),
            .remedy = "It must be " + std::string(words.contents) + ".",
            .place = pem.place});
    }
    return text;
}

// Both forms: PKCS8's own header, and the Proc-Type line of the older one. libcurl would ask for a passphrase that it has not got.
bool isEncrypted(std::string_view key)
{
    return key.find("-----BEGIN ENCRYPTED ") != std::string_view::npos || key.find(",ENCRYPTED") != std::string_view::npos;
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// It becomes a header: a line end in it would be a second one.
bool isToken(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// `before` is what was good last, and stays where the file cannot be used.
Result<std::string> tokenOf(const Endpoint &endpoint, const std::string &before)
{
    if (!endpoint.tokenFile.empty()) {
        auto read = contentsOf(endpoint.tokenFile, "the token file", endpoint.tokenPlace);
        const std::string token(read ? trimmed(*read) : std::string_view());
        if (read && !token.empty() && isToken(token))
            return token;
        if (!before.empty())
            return before;
        if (endpoint.token.empty()) {
            if (!read)
                return read;
            return failure({.code = Code::BadInput,
                .message = "the token file " + endpoint.tokenFile + (token.empty() ? " is empty" : " does not hold a token alone"),
                .remedy = "Write a new token into it.",
                .place = endpoint.tokenPlace});
        }
    }
    const std::string token(trimmed(endpoint.token));
    if (!isToken(token)) {
        return failure({.code = Code::BadInput,
            .message = "the token holds characters that no token has",
            .remedy = "Copy it again, in one line.",
            .place = endpoint.tokenPlace});
    }
    return token;
}

} // namespace

Credentials::Credentials(const Endpoint &endpoint, const Limits &limits)
    : m_endpoint(endpoint)
    , m_limits(limits)
{
}

Credentials::Stamp Credentials::stampOf(const std::string &file)
{
    Stamp out;
    if (file.empty())
        return out;
    std::error_code error;
    out.changed = std::filesystem::last_write_time(file, error);
    out.size = std::filesystem::file_size(file, error);
    return out;
}

Credentials::Stamps Credentials::stamps() const
{
    return {stampOf(m_endpoint.authority.file), stampOf(m_endpoint.certificate.file), stampOf(m_endpoint.key.file), stampOf(m_endpoint.tokenFile)};
}

Result<std::shared_ptr<const Material>> Credentials::current(Time now)
{
    if (m_material && now - m_looked < m_limits.fileCheck)
        return m_material;
    m_looked = now;
    // Stamps first: a file replaced between the two is then read once too often rather than never again.
    const Stamps seen = stamps();
    const bool tokenIsDue = !m_endpoint.tokenFile.empty() && now - m_read >= m_limits.tokenRefresh;
    if (m_material && seen == m_stamps && !tokenIsDue)
        return m_material;
    auto fresh = read();
    if (!fresh) {
        if (m_material)
            return m_material;
        return fresh;
    }
    m_stamps = seen;
    m_read = now;
    m_material = *fresh;
    return m_material;
}

Result<std::shared_ptr<const Material>> Credentials::read() const
{
    auto material = std::make_shared<Material>();
    if (!m_endpoint.secure())
        return std::shared_ptr<const Material>(material);

    if (const std::size_t sign = m_endpoint.server.find('@'); sign != std::string::npos) {
        return failure({.code = Code::Unsupported,
            .message = "the server's address holds a user, and signing in by password is not built yet",
            .remedy = "Take the part before the @ out of the address and use a token or a client certificate.",
            .place = m_endpoint.place});
    }
    auto authority = pemOf(m_endpoint.authority, authorityWords);
    if (!authority)
        return failure(authority.error());
    auto certificate = pemOf(m_endpoint.certificate, certificateWords);
    if (!certificate)
        return failure(certificate.error());
    auto key = pemOf(m_endpoint.key, keyWords);
    if (!key)
        return failure(key.error());
    if (isEncrypted(*key)) {
        return failure({.code = Code::BadInput,
            .message = sourceOf(m_endpoint.key, keyWords) + " is encrypted with a passphrase, and there is no way to ask for it",
            .remedy = "Write it without one: openssl pkey -in KEY -out NEWKEY.",
            .place = m_endpoint.key.place});
    }
    if (certificate->empty() != key->empty()) {
        const bool noKey = key->empty();
        return failure({.code = Code::BadInput,
            .message = noKey ? "a client certificate is given without its key" : "a client key is given without its certificate",
            .remedy = noKey ? "Add client-key or client-key-data." : "Add client-certificate or client-certificate-data.",
            .place = noKey ? m_endpoint.certificate.place : m_endpoint.key.place});
    }
    auto token = tokenOf(m_endpoint, m_material ? m_material->token : std::string());
    if (!token)
        return failure(token.error());

    *material = {std::move(*authority), std::move(*certificate), std::move(*key), std::move(*token)};
    return std::shared_ptr<const Material>(material);
}

} // namespace fairlead::net
