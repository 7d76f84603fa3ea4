// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/credentialnames.h"

#include <algorithm>
#include <array>
#include <string>

namespace fairlead::recording {
namespace {

// Lower case, without what stands between words.
std::string plain(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if (c != '-' && c != '_' && c != '.' && c != ' ')
            out += c;
    }
    return out;
}

constexpr std::array<std::string_view, 21> parts = {"password", "passwd", "passphrase", "secret", "token", "apikey", "accesskey", "privatekey",
    "credential", "authorization", "signingkey", "encryptionkey", "accountkey", "sharedkey", "sessionkey", "masterkey", "authkey", "keydata", "jwt",
    "passcode", "htpasswd"};
constexpr std::array<std::string_view, 6> wholes = {"pwd", "pass", "cookie", "setcookie", "pw", "userpass"};
constexpr std::array<std::string_view, 19> ends = {"password", "passwd", "passphrase", "token", "apikey", "secretkey", "accesskey", "privatekey",
    "clientsecret", "credential", "credentials", "authorization", "signingkey", "encryptionkey", "accountkey", "sharedkey", "keydata", "pwd",
    "passcode"};

} // namespace

bool isCredentialName(std::string_view name)
{
    name.remove_prefix(name.rfind('/') + 1); // of an annotation, before it stands whose it is: "rbac.authorization.kubernetes.io"
    const std::string text = plain(name);
    if (std::any_of(parts.begin(), parts.end(), [&text](std::string_view part) { return text.find(part) != std::string::npos; }))
        return true;
    if (std::find(wholes.begin(), wholes.end(), text) != wholes.end())
        return true;
    // DB_PWD and db-pass, but neither OLDPWD nor bypass.
    const std::size_t last = name.find_last_of("-_. ");
    return last != std::string_view::npos && std::find(wholes.begin(), wholes.end(), plain(name.substr(last + 1))) != wholes.end();
}

bool isCredentialField(std::string_view name)
{
    const std::string text = plain(name);
    if (std::find(wholes.begin(), wholes.end(), text) != wholes.end())
        return true;
    return std::any_of(ends.begin(), ends.end(), [&text](std::string_view end) { return text.ends_with(end); });
}

} // namespace fairlead::recording
