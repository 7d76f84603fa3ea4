// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfig/targetbuilder.h"

#include "kube/kubeconfig/kubeconfig.h"
#include "kube/kubeconfig/proxyrules.h"
#include "kube/kubeconfig/serveraddress.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr const char *useKubectl = "Until then use kubectl for this context.";

std::string absolute(const std::string &path, const std::string &folder)
{
    return (std::filesystem::path(folder) / path).lexically_normal().string();
}

std::string folderOf(const std::string &file)
{
    return std::filesystem::path(file).parent_path().string();
}

bool holdsControl(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

} // namespace

TargetBuilder::TargetBuilder(const Surroundings &surroundings, Target &target)
    : m_surroundings(surroundings)
    , m_target(target)
{
}

std::optional<Error> TargetBuilder::readCluster(const yaml::Document &document, const NamedItem &cluster)
{
    const Fields fields(document, cluster.body, "cluster \"" + cluster.name + "\"");
    m_folder = folderOf(cluster.place.file);
    if (Maybe error = readServer(fields, cluster.place))
        return error;
    const Result<bool> insecure = fields.flag("insecure-skip-tls-verify");
    if (!insecure)
        return named(insecure.error());
    if (*insecure)
        return unsupported(fields.place("insecure-skip-tls-verify"),
            fields.owner() + " asks for \"insecure-skip-tls-verify\": a connection without a check of the server is not supported yet",
            "Give the cluster its certificate-authority and remove the field. " + std::string(useKubectl));
    const Result<bool> compression = fields.flag("disable-compression"); // nothing to do: answers are asked for uncompressed
    if (!compression)
        return named(compression.error());
    if (Maybe error = refuseIfSet(fields, "tls-server-name", "another name in the server's certificate",
            "Use that name in \"server\" if it resolves. " + std::string(useKubectl)))
        return error;
    if (Maybe error = refuseIfSet(fields, "proxy-url", "a proxy", useKubectl))
        return error;
    if (Maybe error = readPem(fields, "certificate-authority", "certificate-authority-data", "a certificate", m_target.endpoint.authority))
        return error;
    const std::optional<std::string> proxy = proxyVariable(m_target.endpoint.server, m_surroundings);
    if (proxy)
        return unsupported(fields.place("server"),
            fields.owner() + ": kubectl would reach this server through the proxy in the environment variable " + *proxy +
                ": proxies are not supported yet",
            "If the server can be reached without it, add its host to NO_PROXY. " + std::string(useKubectl));
    return std::nullopt;
}

std::optional<Error> TargetBuilder::readUser(const yaml::Document &document, const NamedItem &user)
{
    const Fields fields(document, user.body, "user \"" + user.name + "\"");
    m_folder = folderOf(user.place.file);
    // kubectl impersonates over plain http too, and sends no credentials there.
    if (Maybe error = refuseImpersonation(fields))
        return error;
    if (!m_target.endpoint.secure()) {
        const auto isCredential = [](const yaml::Entry &entry) { return entry.name != "extensions" && !entry.value.isNull(); };
        if (std::any_of(fields.entries().begin(), fields.entries().end(), isCredential))
            warn(user.place, fields.owner() + ": no credentials are sent, because the server's address is not https; kubectl sends none either",
                "Use an https address.");
        m_target.endpoint.authority = {};
        return std::nullopt;
    }
    if (Maybe error = refusePlugins(fields))
        return error;
    net::Endpoint &endpoint = m_target.endpoint;
    if (Maybe error = readPem(fields, "client-certificate", "client-certificate-data", "a certificate", endpoint.certificate))
        return error;
    if (Maybe error = readPem(fields, "client-key", "client-key-data", "a private key", endpoint.key))
        return error;
    if (!endpoint.certificate.empty() && endpoint.key.empty())
        return wrong(endpoint.certificate.place, fields.owner() + " has a client certificate and no key", "Add client-key or client-key-data.");
    if (endpoint.certificate.empty() && !endpoint.key.empty()) {
        warn(endpoint.key.place, fields.owner() + " has a client key and no certificate: it is not used; kubectl does not use it either",
            "Add client-certificate or client-certificate-data.");
        endpoint.key = {};
    }
    return readToken(fields);
}

std::optional<Error> TargetBuilder::readServer(const Fields &fields, const Place &clusterPlace)
{
    const Result<Text> server = fields.text("server");
    if (!server)
        return named(server.error());
    if (server->empty())
        return wrong(
            server->place.line > 0 ? server->place : clusterPlace, fields.owner() + " has no server", "Add \"server: https://HOST:PORT\" to it.");
    const Result<ServerAddress> address = parseServer(server->value);
    if (!address)
        return wrong(server->place, fields.owner() + ": " + address.error().message, address.error().remedy);
    if (address->user)
        return unsupported(server->place,
            fields.owner() + " has a user or password in the server's address: username and password are not supported yet",
            "Use a token or a client certificate.");
    if (!address->schemeGiven)
        warn(server->place, fields.owner() + ": the server's address has no scheme, which means http to kubectl", "Write https:// before it.");
    m_target.endpoint.server = address->text();
    m_target.endpoint.place = server->place;
    return std::nullopt;
}

std::optional<Error> TargetBuilder::readPem(
    const Fields &fields, const std::string &fileField, const std::string &dataField, const std::string &what, net::Pem &out)
{
    const Result<Text> file = fields.text(fileField);
    if (!file)
        return named(file.error());
    const Result<Text> data = fields.bytes(dataField);
    if (!data)
        return named(data.error());
    if (!file->empty() && !data->empty())
        return wrong(data->place, fields.owner() + " has both " + fileField + " and " + dataField + "; kubectl refuses that", "Remove one of them.");
    if (file->empty() && data->empty())
        return std::nullopt;
    const bool fromFile = data->empty();
    out.place = fromFile ? file->place : data->place;
    const std::string field = fromFile ? fileField : dataField;
    std::string text;
    if (fromFile) {
        out.file = absolute(file->value, m_folder);
        Result<std::string> bytes = m_surroundings.readFile(out.file);
        if (!bytes)
            return wrong(out.place, fields.owner() + ": " + field + ": " + out.file + " cannot be read: " + bytes.error().message,
                "Check the path; a relative one starts at the kubeconfig's folder.");
        text = std::move(*bytes);
    } else {
        out.data = data->value;
        text = data->value;
    }
    if (text.find("-----BEGIN ") == std::string::npos || text.find("-----END ") == std::string::npos)
        return wrong(out.place, fields.owner() + ": " + field + " does not hold " + what + " in PEM form, or it is cut",
            "It starts with \"-----BEGIN \" and ends with \"-----END …-----\".");
    if (text.find("ENCRYPTED") != std::string::npos)
        return wrong(out.place, fields.owner() + ": " + field + " is encrypted; a key that needs a password cannot be used",
            "Decrypt it: openssl pkey -in KEY -out NEWKEY.");
    return std::nullopt;
}

std::optional<Error> TargetBuilder::readToken(const Fields &fields)
{
    Result<Text> token = fields.text("token");
    if (!token)
        return named(token.error());
    const Result<Text> file = fields.text("tokenFile");
    if (!file)
        return named(file.error());
    if (holdsControl(token->value))
        return wrong(token->place, fields.owner() + ": \"token\" holds a line end or another control character",
            "Write it on one line, without a | before it.");
    net::Endpoint &endpoint = m_target.endpoint;
    endpoint.token = std::move(token->value);
    endpoint.tokenPlace = token->place;
    if (file->empty())
        return std::nullopt;
    endpoint.tokenFile = absolute(file->value, m_folder);
    if (!endpoint.token.empty())
        return std::nullopt; // the token stands in for a file that cannot be read
    endpoint.tokenPlace = file->place;
    const Result<std::string> bytes = m_surroundings.readFile(endpoint.tokenFile);
    if (!bytes)
        return wrong(file->place, fields.owner() + ": tokenFile: " + endpoint.tokenFile + " cannot be read: " + bytes.error().message,
            "Check the path; a relative one starts at the kubeconfig's folder.");
    return std::nullopt;
}

std::optional<Error> TargetBuilder::refuseImpersonation(const Fields &fields) const
{
    for (const char *field : {"as", "as-uid"}) {
        if (Maybe error = refuseIfSet(fields, field, "impersonation", useKubectl))
            return error;
    }
    for (const char *field : {"as-groups", "as-user-extra"}) {
        const yaml::Node node = fields.node(field);
        if (!node.isNull() && (node.isScalar() || !node.items().empty() || !node.entries().empty()))
            return unsupported(fields.place(field), fields.owner() + " has \"" + field + "\": impersonation is not supported yet", useKubectl);
    }
    return std::nullopt;
}

std::optional<Error> TargetBuilder::refusePlugins(const Fields &fields) const
{
    for (const char *field : {"exec", "auth-provider"}) {
        if (!fields.node(field).isNull())
            return unsupported(fields.place(field),
                fields.owner() + " gets its credentials from \"" + field + "\": credential plugins are not supported yet",
                "Give the user a token or a client certificate (kubectl create token makes one). " + std::string(useKubectl));
    }
    for (const char *field : {"username", "password"}) {
        if (Maybe error = refuseIfSet(fields, field, "signing in with username and password", "Use a token or a client certificate."))
            return error;
    }
    return std::nullopt;
}

std::optional<Error> TargetBuilder::refuseIfSet(
    const Fields &fields, const std::string &field, const std::string &what, const std::string &remedy) const
{
    const Result<Text> text = fields.text(field);
    if (!text)
        return named(text.error());
    if (text->empty())
        return std::nullopt;
    return unsupported(fields.place(field), fields.owner() + " has \"" + field + "\": " + what + " is not supported yet", remedy);
}

Error TargetBuilder::named(Error error) const
{
    error.message = "context \"" + m_target.context + "\": " + error.message;
    return error;
}

Error TargetBuilder::wrong(Place place, std::string message, std::string remedy) const
{
    return named({.code = Code::BadInput, .message = std::move(message), .remedy = std::move(remedy), .place = std::move(place)});
}

Error TargetBuilder::unsupported(Place place, std::string message, std::string remedy) const
{
    Error error = wrong(std::move(place), std::move(message), std::move(remedy));
    error.code = Code::Unsupported;
    return error;
}

void TargetBuilder::warn(Place place, std::string message, std::string remedy)
{
    m_target.warnings.push_back(wrong(std::move(place), std::move(message), std::move(remedy)));
}

} // namespace fairlead::kube
