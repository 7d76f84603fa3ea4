// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/contextwords.h"

#include "items/plaintext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace fairlead::items {

using contexts::ContextFacts;
using contexts::Reach;
using contexts::Standing;
using kube::SignIn;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::items::ContextModel", text);
}

QDateTime timeOf(std::chrono::system_clock::time_point moment)
{
    return QDateTime::fromMSecsSinceEpoch(std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count());
}

/// Why it failed, in two or three words; all of it stands in the pane.
QString failureWords(const Error &error)
{
    switch (error.code) {
    case Code::Unreachable:
        return tr("No connection");
    case Code::Untrusted:
        return tr("Not trusted");
    case Code::Timeout:
        return tr("No answer");
    case Code::Interrupted:
        return tr("Cut off");
    case Code::NotKubernetes:
        return tr("Not Kubernetes");
    case Code::Unauthorized:
        return tr("Sign-in refused");
    case Code::Forbidden:
        return tr("Not allowed");
    case Code::TooManyRequests:
        return tr("Too busy");
    case Code::Unavailable:
        return tr("Not ready");
    case Code::ServerError:
        return tr("Server error");
    case Code::NotFound:
        return tr("Not found");
    case Code::Unsupported:
        return tr("Not yet");
    case Code::BadInput:
        return tr("Not usable");
    default:
        return tr("Failed");
    }
}

} // namespace

QString signInWords(const SignIn &signIn)
{
    switch (signIn.by) {
    case SignIn::By::Nothing:
        return tr("no credentials");
    case SignIn::By::Certificate:
        return tr("client certificate");
    case SignIn::By::Token:
        return tr("token in the file");
    case SignIn::By::TokenFile:
        return tr("token file");
    case SignIn::By::Plugin:
        return signIn.program.empty() ? tr("exec (not yet)") : tr("exec %1 (not yet)").arg(plainText(signIn.program));
    case SignIn::By::Provider:
        return signIn.program.empty() ? tr("provider (not yet)") : tr("provider %1 (not yet)").arg(plainText(signIn.program));
    case SignIn::By::Password:
        return tr("password (not yet)");
    }
    return {};
}

QString reachWords(const ContextFacts &facts, const Reach &reach)
{
    if (facts.isRecording())
        return tr("Recording");
    if (facts.standing == Standing::NotYet)
        return tr("Not asked");
    if (facts.standing == Standing::Broken)
        return tr("Not usable");
    switch (reach.state) {
    case Reach::State::NotAsked:
        return reach.checking ? tr("Checking…") : tr("Not asked yet");
    case Reach::State::Reachable:
        return reach.roundTrip ? tr("%1 ms").arg(std::max<qint64>(1, reach.roundTrip->count())) : tr("Reachable");
    case Reach::State::Refused:
    case Reach::State::Failed:
        return failureWords(reach.error.value_or(Error{}));
    }
    return {};
}

QString sinceWords(const ContextFacts &facts, const Reach &reach)
{
    if (facts.isRecording())
        return tr("needs no server");
    if (facts.standing == Standing::NotYet)
        switch (facts.signIn.by) {
        case SignIn::By::Plugin:
        case SignIn::By::Provider:
            return tr("plugins are not run yet");
        case SignIn::By::Password:
            return tr("passwords: not yet");
        default:
            return tr("see below");
        }
    if (facts.standing == Standing::Broken)
        return tr("see below");
    switch (reach.state) {
    case Reach::State::NotAsked:
        return {};
    case Reach::State::Reachable:
        switch (contexts::paceOf(reach)) {
        case contexts::Pace::Slow:
            return tr("slow: %1x the usual").arg(reach.roundTrip->count() / usualTrip(reach, reach.trips.size() - 1)->count());
        case contexts::Pace::Crawling:
            return tr("very slow");
        case contexts::Pace::Usual:
        case contexts::Pace::Unknown:
            break;
        }
        return tr("checked %1").arg(timeOf(reach.checkedAt).toString(QStringLiteral("HH:mm:ss")));
    case Reach::State::Refused:
    case Reach::State::Failed:
        break;
    }
    return tr("since %1").arg(timeOf(reach.since).toString(QStringLiteral("HH:mm:ss")));
}

QString tripWords(const Reach &reach)
{
    if (reach.trips.empty())
        return {};
    QStringList trips;
    for (const auto &trip : reach.trips)
        trips << (trip ? QString::number(std::max<qint64>(1, trip->count())) : QStringLiteral("–"));
    return trips.size() == 1 ? tr("Round trip of the only check so far: %1 ms.").arg(trips.front())
                             : tr("Round trips of the last %1 checks: %2 ms.").arg(trips.size()).arg(trips.join(QStringLiteral(", ")));
}

QString versionWords(const std::string &version)
{
    const std::size_t begin = version.size() > 1 && version.front() == 'v' ? 1 : 0;
    return plainText(version.substr(begin, version.find_first_of("-+") - begin));
}

QString versionSuffix(const std::string &version)
{
    const std::size_t end = version.find_first_of("-+");
    return end == std::string::npos ? QString() : plainText(version.substr(end + 1));
}

QString endingWords(const SignIn &signIn, bool over)
{
    if (over)
        return tr("expired");
    return signIn.by == SignIn::By::Certificate ? tr("certificate") : tr("token");
}

QString momentWords(std::chrono::system_clock::time_point moment)
{
    const QDateTime local = timeOf(moment);
    const QString here = local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"));
    return local.offsetFromUtc() == 0 ? here : tr("%1, %2 UTC").arg(here, local.toUTC().toString(QStringLiteral("HH:mm:ss")));
}

} // namespace fairlead::items
