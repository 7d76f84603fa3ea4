// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/resourcemessages.h"

#include "items/rowordermodel.h"
#include "items/tablemodel.h"
#include "items/plaintext.h"
#include "kinds/kinds.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace fairlead::ui {

using items::plainText;
using items::TableStanding;

namespace {

constexpr int mostOffers = 3;

qint64 secondsBetween(Clock::TimePoint from, Clock::TimePoint to)
{
    return std::max<qint64>(0, std::chrono::duration_cast<std::chrono::seconds>(to - from).count());
}

QString timeOf(Clock::TimePoint at)
{
    return QDateTime::fromMSecsSinceEpoch(std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count())
        .toString(QStringLiteral("HH:mm:ss"));
}

} // namespace

QString ResourceMessages::where(const Subject &subject)
{
    if (!subject.namespaced)
        return tr("in this cluster");
    if (subject.scope.isAll())
        return tr("in any namespace");
    if (subject.scope.namespaces.size() == 1)
        return tr("in namespace %1").arg(plainText(*subject.scope.namespaces.begin()));
    return tr("in the %1 chosen namespaces").arg(subject.scope.namespaces.size());
}

ResourceMessages::Said ResourceMessages::of(const TableStanding &standing, const Subject &subject)
{
    switch (standing.what) {
    case TableStanding::What::NoObjects:
        return noObjects(subject);
    case TableStanding::What::Filtered:
        return filtered(subject);
    case TableStanding::What::NoRight:
        return noRight(standing, subject);
    case TableStanding::What::Failed:
        return failed(standing, subject);
    case TableStanding::What::Ended:
        return ended(standing, subject);
    case TableStanding::What::Loading:
    case TableStanding::What::Content:
        break;
    }
    return {};
}

ResourceMessages::Said ResourceMessages::noObjects(const Subject &subject)
{
    Said said;
    said.message.icon = subject.icon;
    said.message.title = tr("No %1 %2.").arg(subject.kinds, where(subject));
    said.message.text = tr("The server has none. One that is created is shown here at once.");
    if (subject.namespaced && !subject.scope.isAll()) {
        said.message.actions.append({.text = tr("Show all namespaces")});
        said.offers.append({.action = Action::ShowAllNamespaces});
    }
    return said;
}

ResourceMessages::Said ResourceMessages::filtered(const Subject &subject)
{
    Said said;
    said.message.icon = Icon::Filter;
    const QString count = QLocale::c().toString(qulonglong(subject.rows));
    said.message.title = subject.rows == 1 ? tr("The filter hides the only one of the %1.").arg(subject.kinds)
                                           : tr("The filter hides all %1 %2.").arg(count, subject.kinds);
    if (!subject.filter.isEmpty() && subject.states)
        said.message.text = tr("None of those in the chosen states fits %1.").arg(subject.filter);
    else if (subject.states)
        said.message.text = tr("None is in the chosen states.");
    else
        said.message.text = tr("No cell and no label fits %1.").arg(subject.filter);
    said.message.actions.append({.text = tr("Clear the filter")});
    said.offers.append({.action = Action::ClearFilter});
    return said;
}

ResourceMessages::Said ResourceMessages::noRight(const TableStanding &standing, const Subject &subject)
{
    Said said;
    said.message.icon = Icon::Lock;
    said.message.iconInk = &Tokens::warn;
    said.message.title = standing.error->code == Code::Unauthorized    ? tr("The server does not know who you are.")
                         : subject.namespaced && subject.scope.isAll() ? tr("You may not list %1 in all namespaces.").arg(subject.kinds)
                                                                       : tr("You may not list %1 %2.").arg(subject.kinds, where(subject));
    QStringList names;
    for (const std::string &space : subject.allowed) {
        if (names.size() < mostOffers) {
            said.message.actions.append({.text = tr("Show %1").arg(plainText(space))});
            said.offers.append({.action = Action::ShowNamespace, .space = space});
        }
        names.append(plainText(space));
    }
    said.message.text = names.isEmpty() ? plainText(standing.error->remedy) : tr("You may in %1.").arg(names.join(QStringLiteral(", ")));
    said.message.words = plainText(standing.error->message);
    said.message.actions.append({.text = tr("Retry now"), .quiet = !names.isEmpty()});
    said.offers.append({.action = Action::Retry});
    return said;
}

ResourceMessages::Said ResourceMessages::failed(const TableStanding &standing, const Subject &subject)
{
    Said said;
    const Error &error = *standing.error;
    said.message.shape = Shape::Bad;
    const QString what = [&] {
        switch (error.code) {
        case Code::Unreachable:
            return tr("the server cannot be reached");
        case Code::Timeout:
            return tr("the server does not answer");
        case Code::Untrusted:
            return tr("the server's certificate is not trusted");
        case Code::Interrupted:
            return tr("the connection broke off");
        case Code::NotKubernetes:
            return tr("what answers there is no Kubernetes");
        case Code::TooManyRequests:
            return tr("the server has too much to do");
        case Code::NotFound:
            return tr("the server does not know them");
        default:
            return tr("the server refuses");
        }
    }();
    said.message.title = tr("The %1 could not be read: %2.").arg(subject.kinds, what);
    QStringList text;
    if (subject.since != Clock::TimePoint())
        text.append(subject.nextTry ? tr("Since %1; next try in %2 s.").arg(timeOf(subject.since)).arg(secondsBetween(subject.now, *subject.nextTry))
                                    : tr("Since %1.").arg(timeOf(subject.since)));
    if (!error.remedy.empty())
        text.append(plainText(error.remedy));
    said.message.text = text.join(QLatin1Char(' '));
    said.message.words = plainText(error.server.empty() ? error.message : error.server + ": " + error.message);
    said.message.actions.append({.text = tr("Retry now")});
    said.offers.append({.action = Action::Retry});
    return said;
}

ResourceMessages::Said ResourceMessages::ended(const TableStanding &standing, const Subject &subject)
{
    Said said;
    said.message.icon = subject.icon;
    said.message.title = tr("This cluster has no %1 any more.").arg(subject.kinds);
    said.message.text = tr("Their definition was removed while the page was open.");
    if (standing.error)
        said.message.words = plainText(standing.error->message);
    said.message.actions.append({.text = tr("Look again")});
    said.offers.append({.action = Action::Retry});
    return said;
}

ResourceMessages::Said ResourceMessages::unknownKind(const std::string &typed, const Error &error, Icon icon)
{
    Said said;
    said.message.icon = icon;
    said.message.title = tr("This cluster has no kind %1.").arg(plainText(typed));
    said.message.text = plainText(error.remedy);
    said.message.words = plainText(error.message);
    said.message.actions.append({.text = tr("Look again")});
    said.offers.append({.action = Action::Retry});
    return said;
}

QString ResourceMessages::inSentence(QString kinds)
{
    if (kinds.size() > 1 && kinds[1].isLower())
        kinds[0] = kinds[0].toLower();
    return kinds;
}

QString ResourceMessages::staleSentence(const kube::State &state, const Subject &subject)
{
    if (state.why && state.why->code == Code::Forbidden)
        return tr("You may not list %1 %2 any more.").arg(subject.kinds, where(subject));
    if (state.why && state.why->code == Code::Unauthorized)
        return tr("The server does not know you any more.");
    return tr("No word from the server.");
}

QString ResourceMessages::sortedBy(const items::RowOrderModel &rows)
{
    if (rows.sortColumn() < 0)
        return {};
    const QString column = rows.headerData(rows.sortColumn(), Qt::Horizontal).toString().toUpper();
    const bool health = rows.headerData(rows.sortColumn(), Qt::Horizontal, items::TableModel::SpeaksOfHealthRole).toBool() &&
                        (rows.isWorstFirst() || !rows.headerData(rows.sortColumn(), Qt::Horizontal, items::TableModel::NumberRole).toBool());
    if (rows.sortOrder() == Qt::DescendingOrder)
        return health ? tr("sorted by %1, worst last").arg(column) : tr("sorted by %1, downwards").arg(column);
    return health ? tr("sorted by %1, worst first").arg(column) : tr("sorted by %1").arg(column);
}

QString ResourceMessages::missingSentence(const std::vector<items::OwnerTreeSources::Missing> &missing)
{
    constexpr std::size_t mostNamed = 3;
    const bool rights = std::all_of(missing.begin(), missing.end(), [](const auto &each) { return each.why.code == Code::Forbidden; });
    QStringList names;
    for (std::size_t i = 0; i < std::min(missing.size(), mostNamed); ++i)
        names << inSentence(plainText(kinds::titleOf(missing[i].resource)));
    QString all = names.join(QStringLiteral(", "));
    if (missing.size() > mostNamed)
        all = tr("%1 and %n more kinds", nullptr, int(missing.size() - mostNamed)).arg(all);
    else if (names.size() > 1)
        all = tr("%1 and %2").arg(names.mid(0, names.size() - 1).join(QStringLiteral(", ")), names.last());
    return rights ? tr("You may not list %1.").arg(all) : tr("Some of the tree could not be read: %1.").arg(all);
}

QString ResourceMessages::missingText(const std::vector<items::OwnerTreeSources::Missing> &missing)
{
    return tr("Rows of theirs are missing; what they own stands at the top and names its owner.") + QLatin1Char(' ') +
           plainText(missing.front().why.message);
}

QString ResourceMessages::staleText(const kube::State &state, Clock::TimePoint now)
{
    QString text = tr("The rows are those of %1.").arg(timeOf(state.lastWord));
    if (state.why)
        text += QLatin1Char(' ') + plainText(state.why->message) + QLatin1Char('.');
    if (state.nextTry)
        text += QLatin1Char(' ') + tr("Next try in %1 s.").arg(secondsBetween(now, *state.nextTry));
    return text;
}

} // namespace fairlead::ui
