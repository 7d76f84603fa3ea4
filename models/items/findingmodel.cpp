// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/findingmodel.h"

#include "items/plaintext.h"
#include "kinds/findings/help.h"
#include "kinds/kinds.h"

#include <QStringList>

#include <algorithm>

namespace fairlead::items {

using overview::Overview;

namespace {

QString wordOf(FindingModel::Severity severity)
{
    switch (severity) {
    case FindingModel::Severity::Broken:
        return FindingModel::tr("Broken");
    case FindingModel::Severity::Risk:
        return FindingModel::tr("At risk");
    case FindingModel::Severity::Unknown:
        break;
    }
    return FindingModel::tr("Not known");
}

} // namespace

FindingModel::FindingModel(QObject *parent)
    : QAbstractItemModel(parent)
{
}

FindingModel::~FindingModel() = default;

bool FindingModel::Row::sameAs(const Row &other) const
{
    if (severity != other.severity || finding != other.finding || unread.has_value() != other.unread.has_value())
        return false;
    return !unread || unread->why.message == other.unread->why.message;
}

void FindingModel::show(const Overview::Glance &glance)
{
    m_all.clear();
    // What nobody could look at comes first: all that follows is only what could be seen.
    for (const Overview::Glance::Unread &each : glance.unread)
        m_all.push_back({"unread " + each.resource.qualifiedName(), Severity::Unknown, std::nullopt, each, 0});
    for (const kinds::Finding &each : glance.findings)
        m_all.push_back(
            {std::string(each.id) + " " + each.object.apiVersion + " " + each.object.kind + " " + each.object.space + "/" + each.object.name,
                each.severity, each, std::nullopt, 0});
    publish();
    Q_EMIT countsChanged();
}

void FindingModel::setChosen(const std::set<Severity> &chosen)
{
    if (chosen == m_chosen)
        return;
    m_chosen = chosen;
    publish();
}

void FindingModel::publish()
{
    std::vector<Row> wanted;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(wanted),
        [this](const Row &row) { return m_chosen.empty() || m_chosen.count(row.severity) > 0; });
    std::set<std::string> keys;
    for (const Row &each : wanted)
        keys.insert(each.key);
    for (int i = int(m_rows.size()) - 1; i >= 0; --i) {
        if (keys.count(m_rows[std::size_t(i)].key) > 0)
            continue;
        beginRemoveRows({}, i, i);
        m_rows.erase(m_rows.begin() + i);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto there = std::find_if(m_rows.begin() + std::ptrdiff_t(i), m_rows.end(), [&](const Row &row) { return row.key == wanted[i].key; });
        const int at = int(i);
        if (there == m_rows.end()) {
            wanted[i].number = ++m_last;
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, wanted[i]);
            endInsertRows();
            continue;
        }
        if (const int from = int(there - m_rows.begin()); from != at) {
            beginMoveRows({}, from, from, {}, at);
            std::rotate(m_rows.begin() + at, there, there + 1);
            endMoveRows();
        }
        Row &row = m_rows[i];
        if (row.sameAs(wanted[i]))
            continue;
        wanted[i].number = row.number;
        row = wanted[i];
        const QModelIndex changed = index(at, 0);
        Q_EMIT dataChanged(changed, changed);
        Q_EMIT dataChanged(index(0, 0, changed), index(0, 0, changed));
    }
}

int FindingModel::count(Severity severity) const
{
    return int(std::count_if(m_all.begin(), m_all.end(), [severity](const Row &row) { return row.severity == severity; }));
}

const FindingModel::Row *FindingModel::row(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const std::uint64_t number = index.internalId() >> 1;
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [number](const Row &row) { return row.number == number; });
    return found == m_rows.end() ? nullptr : &*found;
}

const kinds::Finding *FindingModel::finding(const QModelIndex &index) const
{
    const Row *const found = row(index);
    return found != nullptr && found->finding ? &*found->finding : nullptr;
}

const Overview::Glance::Unread *FindingModel::unread(const QModelIndex &index) const
{
    const Row *const found = row(index);
    return found != nullptr && found->unread ? &*found->unread : nullptr;
}

QModelIndex FindingModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    if (parent.isValid())
        return createIndex(row, column, quintptr(parent.internalId() | 1));
    return createIndex(row, column, quintptr(m_rows[std::size_t(row)].number) << 1);
}

QModelIndex FindingModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || (child.internalId() & 1) == 0)
        return {};
    const Row *const above = row(child);
    return above == nullptr ? QModelIndex() : createIndex(int(above - m_rows.data()), 0, quintptr(above->number << 1));
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    return parent.column() == 0 && (parent.internalId() & 1) == 0 ? 1 : 0;
}

QString FindingModel::said(const Row &row) const
{
    if (row.unread)
        return tr("Could not look: %1. %2").arg(plainText(kinds::titleOf(row.unread->resource)), plainText(row.unread->why.message));
    const kinds::FoundObject &object = row.finding->object;
    const QString name = object.space.empty() ? plainText(object.name) : tr("%1 in %2").arg(plainText(object.name), plainText(object.space));
    return tr("%1: %2 %3: %4").arg(wordOf(row.severity), plainText(object.kind), name, plainText(row.finding->reason));
}

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    const Row *const at = row(index);
    if (at == nullptr)
        return {};
    const bool detail = (index.internalId() & 1) != 0;
    const auto evidence = [at] {
        QStringList lines;
        if (at->unread)
            lines << plainText(at->unread->why.message);
        else
            std::transform(at->finding->evidence.begin(), at->finding->evidence.end(), std::back_inserter(lines),
                [](const auto &line) { return plainText(line); });
        return lines;
    };
    const auto help = [at] { return plainText(at->unread ? std::string_view(at->unread->why.remedy) : kinds::whatHelps(at->finding->id)); };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return detail ? tr("%1. What usually helps: %2").arg(evidence().join(QStringLiteral("; ")), help()) : said(*at);
    case KeyRole:
        return QString::fromStdString(at->key);
    case SeverityRole:
        return int(at->severity);
    case NameRole:
        return plainText(at->unread ? kinds::titleOf(at->unread->resource) : at->finding->object.name);
    case WhereRole:
        if (at->unread)
            return tr("Could not be listed");
        return at->finding->object.space.empty()
                   ? plainText(at->finding->object.kind)
                   : plainText(at->finding->object.kind) + QStringLiteral("  ·  ") + plainText(at->finding->object.space);
    case ReasonRole:
        if (at->unread)
            return at->unread->why.code == Code::Forbidden ? tr("You may not list them: nothing is said of them here") : tr("They could not be read");
        return plainText(at->finding->reason);
    case EvidenceRole:
        return evidence();
    case HelpRole:
        return help();
    case SinceRole:
        if (at->unread)
            return at->unread->since == Clock::TimePoint()
                       ? QVariant()
                       : QVariant(qint64(std::chrono::duration_cast<std::chrono::milliseconds>(at->unread->since.time_since_epoch()).count()));
        return at->finding->since ? QVariant(qint64(at->finding->since->time_since_epoch().count())) : QVariant();
    case DetailRole:
        return detail;
    default:
        return {};
    }
}

} // namespace fairlead::items
