// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/interferencetable.h"

#include "items/plaintext.h"
#include "jobs/interference.h"
#include "ui/widgets/shapes.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace fairlead::ui {

using items::plainText;
using jobs::SharedTarget;
using jobs::Workload;

namespace {

constexpr int hoursAt = 5;

QStringList captions(InterferenceTable::What what)
{
    if (what == InterferenceTable::What::Crowded)
        return {InterferenceTable::tr("Pod"), InterferenceTable::tr("Namespace"), InterferenceTable::tr("Job"),
            InterferenceTable::tr("Without limit"), InterferenceTable::tr("Node"), InterferenceTable::tr("Pods of services there")};
    return {InterferenceTable::tr("Shared"), InterferenceTable::tr("Kind"), InterferenceTable::tr("Namespace"), InterferenceTable::tr("Jobs"),
        InterferenceTable::tr("Services"), InterferenceTable::tr("Jobs that start, by hour"), InterferenceTable::tr("Most")};
}

QString number(std::size_t count)
{
    return QLocale::c().toString(qulonglong(count));
}

// "4: checkout, cart, search and 1 more"; the namespace only where it is another.
QString names(const std::vector<Workload> &all, const std::string &space)
{
    constexpr std::size_t most = 3;
    QStringList words;
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
        const Workload &each = all[i];
        words << plainText(each.space == space ? each.name : each.space + "/" + each.name) +
                     (each.mixed ? InterferenceTable::tr(" (mixed)") : QString());
    }
    QString text = words.join(QStringLiteral(", "));
    if (all.size() > most)
        text += InterferenceTable::tr(" and %1 more").arg(all.size() - most);
    return all.size() > 1 ? number(all.size()) + QStringLiteral(": ") + text : text;
}

QString hour(std::chrono::sys_seconds first, std::size_t hours)
{
    const auto at = QDateTime::fromSecsSinceEpoch((first + std::chrono::hours(hours)).time_since_epoch().count());
    return at.toString(QStringLiteral("HH:mm"));
}

std::string lower(std::string_view kind)
{
    std::string text(kind);
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return text;
}

} // namespace

InterferenceTable::InterferenceTable(What what, QObject *parent)
    : QAbstractTableModel(parent)
    , m_what(what)
{
}

std::vector<InterferenceTable::Row> InterferenceTable::crowded(const jobs::Interference &found)
{
    std::vector<Row> rows;
    for (const jobs::CrowdedNode &node : found.nodes) {
        for (const jobs::UnlimitedPod &pod : node.pods) {
            Row &row = rows.emplace_back();
            row.kind = "pods";
            row.space = pod.space;
            row.name = pod.name;
            row.key = QString::fromStdString(pod.space + "/" + pod.name);
            row.shape = int(Shape::Warn);
            const QString missing = pod.missing.cpu && pod.missing.memory ? tr("CPU, memory") : pod.missing.cpu ? tr("CPU") : tr("memory");
            row.texts = {plainText(pod.name), plainText(pod.space), plainText(pod.owner.kind + " " + pod.owner.name), missing, plainText(node.node),
                number(std::size_t(node.servicePods))};
        }
    }
    return rows;
}

std::vector<InterferenceTable::Row> InterferenceTable::shared(const jobs::Interference &found)
{
    std::vector<Row> rows;
    for (const SharedTarget &target : found.shared) {
        Row &row = rows.emplace_back();
        row.kind = lower(target.kind) + "s";
        row.space = target.space;
        row.name = target.name;
        row.key = QString::fromStdString(target.kind + "/" + target.space + "/" + target.name + "/" + target.key);
        const auto peak = target.peak();
        const std::size_t most = peak ? target.startsPerHour[*peak] : 0;
        // Several at once where others live on the same: what the picture is for.
        row.shape = int(target.database && most > 1 ? Shape::Warn : Shape::Idle);
        QStringList spoken;
        for (std::size_t i = 0; i < SharedTarget::hours; ++i) {
            row.hours << int(target.startsPerHour[i]);
            if (target.startsPerHour[i] > 0)
                spoken << tr("%1 at %2").arg(number(target.startsPerHour[i]), hour(found.firstHour, i));
        }
        row.hoursInWords = spoken.isEmpty() ? tr("no schedule starts any") : spoken.join(QStringLiteral(", "));
        row.texts = {plainText(target.key.empty() ? target.name : target.name + "/" + target.key),
            target.database ? tr("%1, database").arg(plainText(target.kind)) : plainText(target.kind), plainText(target.space),
            names(target.jobs, target.space), names(target.services, target.space), QString(),
            peak ? tr("%1 + %2 at %3").arg(number(most), number(target.services.size()), hour(found.firstHour, *peak)) : QStringLiteral("–")};
    }
    return rows;
}

void InterferenceTable::show(const jobs::Interference &found)
{
    std::vector<Row> rows = m_what == What::Crowded ? crowded(found) : shared(found);
    const bool same = rows.size() == m_rows.size() &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const Row &a, const Row &b) { return a.key == b.key; });
    if (!same) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == m_rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), columnCount() - 1));
    }
}

int InterferenceTable::rowOf(const QString &key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&key](const Row &row) { return row.key == key; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

Destination InterferenceTable::destinationOf(int row) const
{
    const Row &chosen = m_rows[std::size_t(row)];
    return {.page = "object", .kind = chosen.kind, .space = chosen.space, .name = chosen.name};
}

int InterferenceTable::hoursColumn() const
{
    return m_what == What::Shared ? hoursAt : -1;
}

int InterferenceTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int InterferenceTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(captions(m_what).size());
}

QVariant InterferenceTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.texts[index.column()];
    case Qt::AccessibleTextRole:
        return index.column() == hoursColumn() ? row.hoursInWords : row.texts[index.column()];
    case ShapeRole:
        return row.shape;
    case NumberRole:
        return m_what == What::Crowded && index.column() == columnCount() - 1;
    case HoursRole:
        return index.column() == hoursColumn() ? QVariant::fromValue(row.hours) : QVariant();
    case KeyRole:
        return row.key;
    default:
        return {};
    }
}

QVariant InterferenceTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return captions(m_what)[section];
    if (role == NumberRole)
        return m_what == What::Crowded && section == columnCount() - 1;
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(headerData(section, orientation, NumberRole).toBool() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace fairlead::ui
