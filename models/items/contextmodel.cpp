// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/contextmodel.h"

#include "base/age.h"
#include "items/contextwords.h"
#include "items/plaintext.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace fairlead::items {

using contexts::ContextFacts;
using contexts::Reach;
using contexts::Standing;

ContextModel::ContextModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ContextModel::setList(const contexts::ContextList &list)
{
    const bool placesChanged = m_home != list.home;
    m_home = list.home;
    m_facts = list.contexts;
    if (!m_opened.empty()) {
        for (ContextFacts &facts : m_facts)
            facts.opened = facts.name == m_opened;
    }
    std::erase_if(m_reach, [this](const auto &known) {
        return std::none_of(m_facts.begin(), m_facts.end(), [&known](const ContextFacts &facts) { return facts.name == known.first; });
    });
    rebuild(placesChanged);
}

void ContextModel::setOpened(const std::string &context)
{
    m_opened = context;
    for (ContextFacts &facts : m_facts)
        facts.opened = facts.name == m_opened;
    rebuild(false);
}

void ContextModel::rebuild(bool allChanged)
{
    std::unordered_map<std::string, bool> wanted;
    std::vector<ContextFacts> shown;
    for (const ContextFacts &facts : m_facts) {
        if (isShown(facts)) {
            shown.push_back(facts);
            wanted.emplace(facts.name, true);
        }
    }
    for (std::size_t row = m_rows.size(); row > 0; --row) {
        if (wanted.contains(m_rows[row - 1].name))
            continue;
        const int at = int(row) - 1;
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    }
    // From here on every row is wanted, so whatever stands at `row` is right, comes later, or is new.
    for (std::size_t row = 0; row < shown.size(); ++row) {
        const ContextFacts &facts = shown[row];
        const int at = int(row);
        const auto found = std::find_if(m_rows.begin() + at, m_rows.end(), [&facts](const ContextFacts &known) { return known.name == facts.name; });
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, facts);
            endInsertRows();
            continue;
        }
        const int from = int(found - m_rows.begin());
        if (from != at) {
            beginMoveRows({}, from, from, {}, at);
            std::rotate(m_rows.begin() + at, m_rows.begin() + from, m_rows.begin() + from + 1);
            endMoveRows();
        }
        if (allChanged || !(m_rows[row] == facts)) {
            m_rows[row] = facts;
            Q_EMIT dataChanged(index(at, 0), index(at, Columns - 1));
        }
    }
}

void ContextModel::setReach(const std::string &context, const Reach &reach)
{
    const auto is = [&context](const ContextFacts &facts) { return facts.name == context; };
    if (std::none_of(m_facts.begin(), m_facts.end(), is))
        return;
    Reach &known = m_reach[context];
    if (known == reach)
        return;
    known = reach;
    // Its kind may have changed, and with it whether the filter shows it.
    if (!m_kinds.empty())
        rebuild(false);
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), is);
    if (found == m_rows.end())
        return;
    const int row = int(found - m_rows.begin());
    Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1));
}

void ContextModel::setNow(std::chrono::system_clock::time_point now)
{
    m_now = now;
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Expires), index(int(m_rows.size()) - 1, Expires), {Qt::DisplayRole, Qt::AccessibleTextRole, EndingRole});
}

void ContextModel::setFilter(const QString &text, const std::set<Kind> &kinds, Expiring expiring)
{
    m_words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_kinds = kinds;
    m_expiring = expiring;
    rebuild(false);
}

bool ContextModel::isShown(const ContextFacts &facts) const
{
    if (!m_kinds.empty() && !m_kinds.contains(kindOf(facts)))
        return false;
    if (m_expiring == Expiring::Only && endingOf(facts) != Ending::Soon && endingOf(facts) != Ending::Over)
        return false;
    if (m_words.isEmpty())
        return true;
    QString all;
    for (int column = 0; column < Columns; ++column)
        all += text(facts, column) + QLatin1Char('\n') + secondText(facts, column) + QLatin1Char('\n');
    all = (all + plainText(facts.server)).toCaseFolded();
    return std::all_of(m_words.begin(), m_words.end(), [&all](const QString &word) { return all.contains(word); });
}

std::array<int, std::size_t(ContextModel::kindCount)> ContextModel::counts() const
{
    std::array<int, std::size_t(kindCount)> counts{};
    for (const ContextFacts &facts : m_facts)
        ++counts[std::size_t(kindOf(facts))];
    return counts;
}

int ContextModel::expiring() const
{
    return int(std::count_if(m_facts.begin(), m_facts.end(), [this](const ContextFacts &facts) {
        const Ending ending = endingOf(facts);
        return ending == Ending::Soon || ending == Ending::Over;
    }));
}

ContextModel::Kind ContextModel::kindOf(const ContextFacts &facts) const
{
    if (facts.standing != Standing::Usable)
        return facts.standing == Standing::NotYet ? Kind::SignIn : Kind::Failing;
    switch (reachOf(facts.name).state) {
    case Reach::State::Reachable:
        return Kind::Reachable;
    case Reach::State::Refused:
        return Kind::SignIn;
    case Reach::State::Failed:
        return Kind::Failing;
    case Reach::State::NotAsked:
        break;
    }
    return Kind::Unknown;
}

ContextModel::Ending ContextModel::endingOf(const ContextFacts &facts) const
{
    if (!facts.signIn.ends)
        return Ending::None;
    if (*facts.signIn.ends <= m_now)
        return Ending::Over;
    return *facts.signIn.ends - m_now < soon ? Ending::Soon : Ending::Later;
}

Reach ContextModel::reachOf(const std::string &context) const
{
    const auto found = m_reach.find(context);
    return found == m_reach.end() ? Reach{} : found->second;
}

int ContextModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ContextModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QString ContextModel::text(const ContextFacts &facts, int column) const
{
    switch (column) {
    case Name:
        return plainText(facts.name);
    case Cluster:
        return facts.isRecording() ? tr("recording") : plainText(facts.cluster);
    case User:
        return plainText(facts.user);
    case Namespace:
        return facts.nameSpace.empty() ? QStringLiteral("default") : plainText(facts.nameSpace);
    case Version:
        return versionWords(reachOf(facts.name).version);
    case Reachable:
        return reachWords(facts, reachOf(facts.name));
    case Expires: {
        if (!facts.signIn.ends || *facts.signIn.ends == Reach::TimePoint::max())
            return {};
        const bool over = *facts.signIn.ends <= m_now;
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(over ? m_now - *facts.signIn.ends : *facts.signIn.ends - m_now);
        const QString age = QString::fromStdString(formatAge(left));
        return over ? tr("%1 ago").arg(age) : age;
    }
    default:
        return {};
    }
}

QString ContextModel::secondText(const ContextFacts &facts, int column) const
{
    switch (column) {
    case Name:
        return plainText(contexts::shortPlace(facts.place, m_home));
    case Cluster:
        return plainText(facts.server);
    case User:
        return facts.isRecording() ? QString() : signInWords(facts.signIn);
    case Version: {
        const Reach reach = reachOf(facts.name);
        if (reach.version.empty())
            return {};
        return reach.state == Reach::State::Reachable ? versionSuffix(reach.version) : tr("last seen");
    }
    case Reachable:
        return sinceWords(facts, reachOf(facts.name));
    case Expires:
        return facts.signIn.ends && *facts.signIn.ends != Reach::TimePoint::max() ? endingWords(facts.signIn, endingOf(facts) == Ending::Over)
                                                                                  : QString();
    default:
        return {};
    }
}

QString ContextModel::toolTip(const ContextFacts &facts, int column) const
{
    switch (column) {
    case Name:
        return plainText(contexts::shortPlace(facts.place, {}));
    case Namespace:
        return facts.nameSpace.empty() ? tr("The context names no namespace: it is default.") : QString();
    case Reachable: {
        const Reach reach = reachOf(facts.name);
        return facts.problem ? plainText(facts.problem->text()) : reach.error ? plainText(reach.error->text()) : tripWords(reach);
    }
    case Version:
        return plainText(reachOf(facts.name).version);
    case Expires:
        return facts.signIn.ends && *facts.signIn.ends != Reach::TimePoint::max() ? momentWords(*facts.signIn.ends) : QString();
    default:
        return {};
    }
}

QVariant ContextModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ContextFacts &facts = m_rows[std::size_t(index.row())];
    const int column = index.column();
    const auto problem = [&]() -> std::optional<Error> { return facts.problem ? facts.problem : reachOf(facts.name).error; };
    switch (role) {
    case Qt::DisplayRole:
        return text(facts, column);
    case SecondRole:
        return secondText(facts, column);
    case Qt::AccessibleTextRole: {
        QStringList lines{text(facts, column), secondText(facts, column)};
        lines.removeAll(QString());
        return lines.join(QStringLiteral(", "));
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment((column == Expires ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    case Qt::ToolTipRole:
        return toolTip(facts, column);
    case Qt::AccessibleDescriptionRole:
        return column == Name && facts.current ? tr("current context") : QString();
    case CurrentRole:
        return facts.current;
    case OpenedRole:
        return facts.opened;
    case IdentityRole:
        return facts.identity;
    case ProductionRole:
        return facts.production;
    case StandingRole:
        return int(facts.standing);
    case StateRole:
        return int(facts.isRecording() ? Reach::State::NotAsked : reachOf(facts.name).state);
    case CheckingRole:
        return !facts.isRecording() && reachOf(facts.name).checking;
    case KindRole:
        return int(kindOf(facts));
    case EndingRole:
        return int(endingOf(facts));
    case SignInRole:
        return int(facts.signIn.by);
    case ImpliedRole:
        return column == Namespace && facts.nameSpace.empty();
    case PastRole:
        return column == Version && reachOf(facts.name).state != Reach::State::Reachable;
    case ServerRole:
        return plainText(facts.server);
    case PaceRole:
        return int(contexts::paceOf(reachOf(facts.name)));
    case TripsRole: {
        QVariantList trips;
        if (facts.isRecording())
            return trips;
        for (const auto &trip : reachOf(facts.name).trips)
            trips << (trip ? int(std::max<qint64>(1, trip->count())) : -1);
        return trips;
    }
    case TripPacesRole: {
        const Reach reach = reachOf(facts.name);
        QVariantList paces;
        for (std::size_t at = 0; at < reach.trips.size(); ++at)
            paces << int(contexts::paceOf(reach, at));
        return paces;
    }
    case WhyRole:
        return problem() ? plainText(problem()->message) : QString();
    case RemedyRole:
        return problem() ? plainText(problem()->remedy) : QString();
    case WherePlaceRole:
        return problem() ? plainText(contexts::shortPlace(problem()->place, m_home)) : QString();
    default:
        return {};
    }
}

QVariant ContextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment((section == Expires ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Context");
    case Cluster:
        return tr("Cluster and server");
    case User:
        return tr("User and sign-in");
    case Namespace:
        return tr("Namespace");
    case Version:
        return tr("Version");
    case Reachable:
        return tr("Reachable");
    case Expires:
        return tr("Expires");
    default:
        return {};
    }
}

int ContextModel::preferredRow() const
{
    int current = -1;
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].opened)
            return int(row);
        if (m_rows[row].current)
            current = int(row);
    }
    return current;
}

} // namespace fairlead::items
