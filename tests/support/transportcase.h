// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/limits.h"
#include "support/collected.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

/// What the tests of the transport have in common: requests, what came of them, limits that a test can wait for.
namespace fairlead::test {

namespace requests {

[[nodiscard]] inline net::Request get(std::string path)
{
    return {.verb = net::Verb::Get, .path = std::move(path)};
}

[[nodiscard]] inline net::Request list(std::string path)
{
    return {.verb = net::Verb::List, .path = std::move(path), .traffic = net::Traffic::Bulk};
}

[[nodiscard]] inline net::Request watch(std::string path)
{
    return {.verb = net::Verb::Watch,
        .path = std::move(path),
        .query = {{"watch", "1"}},
        .deadline = std::chrono::milliseconds(0),
        .traffic = net::Traffic::Watch};
}

} // namespace requests

[[nodiscard]] inline QString codeOf(const std::optional<Result<void>> &result)
{
    if (!result)
        return QStringLiteral("no end");
    return *result ? QStringLiteral("ok") : QString::fromUtf8(name(result->error().code).data());
}

[[nodiscard]] inline QString messageOf(const Collected::Seen &seen)
{
    return seen.result && !*seen.result ? QString::fromStdString(seen.result->error().message) : QString();
}

[[nodiscard]] inline QJsonObject json(const Collected::Seen &seen)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(seen.body)).object();
}

/// No re-reading of files; `silence` may pass before a connection is asked whether it lives, and as long before it is given up.
[[nodiscard]] inline net::Limits quickLimits(std::chrono::milliseconds connect, std::chrono::milliseconds silence)
{
    net::Limits out;
    out.connect = connect;
    out.silence = silence;
    out.probe = silence;
    out.fileCheck = std::chrono::milliseconds(0);
    return out;
}

} // namespace fairlead::test
