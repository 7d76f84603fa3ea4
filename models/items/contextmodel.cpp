// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/contextmodel.h"

#include "items/plaintext.h"

#include <algorithm>
#include <unordered_set>

namespace fairlead::items {

using contexts::ContextFacts;

ContextModel::ContextModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ContextModel::setList(const contexts::ContextList &list)
{
    const bool placesChanged = m_home != list.home;
    m_home = list.home;

    std::unordered_set<std::string> wanted;
    for (const ContextFacts &facts : list.contexts)
        wanted.insert(facts.name);
    for (std::size_t row = m_rows.size(); row > 0; --row) {
        if (wanted.contains(m_rows[row - 1].name))
            continue;
        const int at = int(row) - 1;
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    }
    // From here on every row is wanted, so whatever stands at `row` is right, comes later, or is new.
    for (std::size_t row = 0; row < list.contexts.size(); ++row) {
        const ContextFacts &facts = list.contexts[row];
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
        if (placesChanged || !(m_rows[row] == facts)) {
            m_rows[row] = facts;
            Q_EMIT dataChanged(index(at, 0), index(at, Columns - 1));
        }
    }
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
        return plainText(facts.cluster);
    case Server:
        return plainText(facts.server);
    case User:
        return plainText(facts.user);
    case Namespace:
        return facts.nameSpace.empty() ? QStringLiteral("default") : plainText(facts.nameSpace);
    case PlaceColumn:
        return plainText(contexts::shortPlace(facts.place, m_home));
    default:
        return {};
    }
}

QVariant ContextModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ContextFacts &facts = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(facts, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    case Qt::ToolTipRole:
        if (index.column() == PlaceColumn)
            return plainText(contexts::shortPlace(facts.place, {}));
        if (index.column() == Namespace && facts.nameSpace.empty())
            return tr("The context names no namespace: it is default.");
        return {};
    case Qt::AccessibleDescriptionRole:
        if (index.column() != Name)
            return {};
        return facts.current ? tr("current context") : QString();
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
    case ImpliedRole:
        return index.column() == Namespace && facts.nameSpace.empty();
    case WhyRole:
        return facts.problem ? plainText(facts.problem->message) : QString();
    case RemedyRole:
        return facts.problem ? plainText(facts.problem->remedy) : QString();
    case WherePlaceRole:
        return facts.problem ? plainText(contexts::shortPlace(facts.problem->place, m_home)) : QString();
    default:
        return {};
    }
}

QVariant ContextModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Context");
    case Cluster:
        return tr("Cluster");
    case Server:
        return tr("Server");
    case User:
        return tr("User");
    case Namespace:
        return tr("Namespace");
    case PlaceColumn:
        return tr("File and line");
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
