// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/namespacechoice.h"

#include "items/plaintext.h"

#include <QPoint>

#include <algorithm>
#include <utility>

namespace fairlead::items {

NamespaceChoice::NamespaceChoice(QObject *parent)
    : QAbstractListModel(parent)
{
    m_rows = wanted();
}

bool NamespaceChoice::canBeName(const QString &text)
{
    const auto isPlain = [](QChar c) { return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('0') && c <= QLatin1Char('9')); };
    return !text.isEmpty() && text.size() <= longest && isPlain(text.front()) && isPlain(text.back()) &&
           std::all_of(text.begin(), text.end(), [&](QChar c) { return isPlain(c) || c == QLatin1Char('-'); });
}

std::vector<NamespaceChoice::Entry> NamespaceChoice::wanted() const
{
    std::vector<Entry> rows;
    const auto passes = [&](const std::string &name) {
        return m_filter.isEmpty() || QString::fromStdString(name).contains(m_filter, Qt::CaseInsensitive);
    };
    if (m_filter.isEmpty())
        rows.push_back({.type = Type::All, .name = {}});
    std::set<std::string> above;
    const auto put = [&](const std::string &name, bool recent) {
        if (passes(name) && above.insert(name).second)
            rows.push_back({.type = Type::Name, .name = name, .recent = recent});
    };
    for (const std::string &name : m_top)
        put(name, false);
    for (const std::string &name : m_recent)
        put(name, true);
    for (const std::string &name : m_names)
        put(name, false);
    if (const std::string typed = m_filter.toStdString(); canBeName(m_filter) && above.count(typed) == 0)
        rows.push_back({.type = Type::Typed, .name = typed});
    return rows;
}

void NamespaceChoice::reset()
{
    beginResetModel();
    m_top = m_scope.namespaces;
    m_rows = wanted();
    endResetModel();
}

void NamespaceChoice::setNames(std::set<std::string> names)
{
    if (names == m_names)
        return;
    m_names = std::move(names);
    const std::vector<Entry> rows = wanted();
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        if (std::find(rows.begin(), rows.end(), m_rows[i]) != rows.end())
            continue;
        beginRemoveRows({}, int(i), int(i));
        m_rows.erase(m_rows.begin() + std::ptrdiff_t(i));
        endRemoveRows();
    }
    // What stayed is in the same order as before: only new ones are missing.
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i < m_rows.size() && m_rows[i] == rows[i])
            continue;
        beginInsertRows({}, int(i), int(i));
        m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), rows[i]);
        endInsertRows();
    }
}

void NamespaceChoice::setRecent(std::vector<std::string> recent)
{
    m_recent = std::move(recent);
    reset();
}

void NamespaceChoice::setScope(const kube::Scope &scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
    reset();
}

void NamespaceChoice::setFilter(const QString &filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    reset();
}

void NamespaceChoice::take(kube::Scope scope)
{
    if (scope == m_scope)
        return;
    m_scope = std::move(scope);
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1), {ChosenRole, Qt::CheckStateRole, Qt::AccessibleTextRole});
    Q_EMIT scopeChanged(m_scope);
}

void NamespaceChoice::chooseOnly(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const Entry &entry = m_rows[std::size_t(index.row())];
    take(entry.type == Type::All ? kube::Scope::all() : kube::Scope::of({entry.name}));
}

void NamespaceChoice::toggle(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const Entry &entry = m_rows[std::size_t(index.row())];
    if (entry.type == Type::All) {
        take(kube::Scope::all());
        return;
    }
    kube::Scope scope = m_scope;
    if (scope.namespaces.erase(entry.name) == 0)
        scope.namespaces.insert(entry.name);
    take(std::move(scope));
}

int NamespaceChoice::bestRow() const
{
    if (m_rows.empty())
        return -1;
    const std::string typed = m_filter.toStdString();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].name == typed)
            return int(i);
    }
    return 0;
}

int NamespaceChoice::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags NamespaceChoice::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const bool checkable = m_rows[std::size_t(index.row())].type == Type::Name;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (checkable ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

bool NamespaceChoice::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    if ((value.toInt() == Qt::Checked) != index.data(ChosenRole).toBool())
        toggle(index);
    return true;
}

QVariant NamespaceChoice::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Entry &entry = m_rows[std::size_t(index.row())];
    const bool chosen = entry.type == Type::All ? m_scope.isAll() : m_scope.namespaces.count(entry.name) > 0;
    switch (role) {
    case Qt::DisplayRole:
        return entry.type == Type::All ? tr("all namespaces") : plainText(entry.name);
    case Qt::AccessibleTextRole: {
        const QString text = entry.type == Type::All     ? tr("all namespaces")
                             : entry.type == Type::Typed ? tr("the namespace %1, as typed").arg(plainText(entry.name))
                                                         : plainText(entry.name);
        return chosen ? tr("%1, chosen").arg(text) : text;
    }
    case Qt::CheckStateRole:
        return entry.type == Type::Name ? QVariant(chosen ? Qt::Checked : Qt::Unchecked) : QVariant();
    case TypeRole:
        return int(entry.type);
    case NameRole:
        return QString::fromStdString(entry.name);
    case ChosenRole:
        return chosen;
    case RecentRole:
        return entry.recent;
    case MatchRole: {
        const qsizetype at = m_filter.isEmpty() ? -1 : QString::fromStdString(entry.name).indexOf(m_filter, 0, Qt::CaseInsensitive);
        return at < 0 ? QVariant() : QVariant(QPoint(int(at), int(m_filter.size())));
    }
    default:
        return {};
    }
}

} // namespace fairlead::items
