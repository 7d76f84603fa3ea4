// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runtable.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/text.h"

#include <QDateTime>

#include <algorithm>
#include <tuple>

namespace fairlead::ui {

using jobs::Lane;
using jobs::Moment;
using jobs::Run;

namespace {

QString exactTime(const std::optional<Moment> &at)
{
    return at ? QDateTime::fromMSecsSinceEpoch(at->time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate) : QString();
}

QString timeText(const std::optional<Moment> &at, Moment now)
{
    return at ? localTime(*at, now) : QString();
}

QString quoted(QString text)
{
    // What a spreadsheet would take for a formula is foreign text.
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text[0]))
        text.prepend(QLatin1Char('\''));
    if (!text.contains(QLatin1Char('"')) && !text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('\n')) &&
        !text.contains(QLatin1Char('\r')))
        return text;
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

} // namespace

RunTable::Row RunTable::rowOf(const Lane &lane, const Run &run, Moment now)
{
    Row row{.space = lane.space, .lane = lane.name, .laneUid = lane.uid, .place = run.place().value_or(Moment()), .name = run.name, .uid = run.uid};
    row.shape = int(shapeOf(run.state));
    row.texts.resize(Columns);
    row.texts[LaneColumn] = QString::fromStdString(lane.name);
    row.texts[SpaceColumn] = QString::fromStdString(lane.space);
    row.texts[RunColumn] = QString::fromStdString(run.name);
    row.texts[StateColumn] = QString::fromUtf8(jobs::name(run.state).data());
    row.texts[DueColumn] = timeText(run.scheduled, now);
    row.texts[StartedColumn] = timeText(run.start, now);
    row.texts[EndedColumn] = timeText(run.end, now);
    if (const auto length = run.length())
        row.texts[TookColumn] = lengthWords(*length);
    row.texts[TriesColumn] =
        run.succeeded + run.failed + run.active > 0 ? grouped(qsizetype(run.succeeded) + qsizetype(run.failed) + qsizetype(run.active)) : QString();
    row.texts[WordsColumn] = QString::fromStdString(run.words());
    row.exact = {exactTime(run.scheduled), exactTime(run.start), exactTime(run.end)};
    return row;
}

RunTable::Row RunTable::comingOf(const Lane &lane, Moment at, Moment now)
{
    Row row{.space = lane.space, .lane = lane.name, .laneUid = lane.uid, .coming = true, .place = at, .name = {}, .uid = {}};
    row.texts.resize(Columns);
    row.texts[LaneColumn] = QString::fromStdString(lane.name);
    row.texts[SpaceColumn] = QString::fromStdString(lane.space);
    row.texts[StateColumn] = tr("comes due");
    row.texts[DueColumn] = localTime(at, now);
    row.texts[WordsColumn] = nextWords(lane, now);
    row.exact = {exactTime(at), {}, {}};
    return row;
}

void RunTable::show(const std::vector<const Lane *> &lanes, Moment now)
{
    std::vector<Row> wanted;
    for (const Lane *const lane : lanes) {
        for (const Run &run : lane->runs)
            wanted.push_back(rowOf(*lane, run, now));
        if (const auto next = lane->plan ? lane->plan->next(now) : std::nullopt)
            wanted.push_back(comingOf(*lane, *next, now));
    }
    const auto before = [](const Row &a, const Row &b) { return a.key() < b.key(); };
    std::stable_sort(wanted.begin(), wanted.end(), before);
    // Both in the same order: what is in one alone came or went. From behind, so that numbers before stay.
    std::size_t end = m_rows.size();
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        const bool stays = std::binary_search(wanted.begin(), wanted.end(), m_rows[i], before);
        if (!stays && i > 0)
            continue;
        const std::size_t first = stays ? i + 1 : i;
        if (first < end) {
            beginRemoveRows({}, int(first), int(end) - 1);
            m_rows.erase(m_rows.begin() + std::ptrdiff_t(first), m_rows.begin() + std::ptrdiff_t(end));
            endRemoveRows();
        }
        end = i;
    }
    for (std::size_t i = 0; i < wanted.size();) {
        if (i < m_rows.size() && m_rows[i].key() == wanted[i].key()) {
            if (!(m_rows[i] == wanted[i])) {
                m_rows[i] = std::move(wanted[i]);
                Q_EMIT dataChanged(index(int(i), 0), index(int(i), Columns - 1));
            }
            ++i;
            continue;
        }
        std::size_t last = i + 1;
        while (last < wanted.size() && (i >= m_rows.size() || before(wanted[last], m_rows[i])))
            ++last;
        beginInsertRows({}, int(i), int(last) - 1);
        m_rows.insert(m_rows.begin() + std::ptrdiff_t(i), wanted.begin() + std::ptrdiff_t(i), wanted.begin() + std::ptrdiff_t(last));
        endInsertRows();
        i = last;
    }
}

int RunTable::rowOf(const std::string &uid) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return !uid.empty() && row.uid == uid; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

QString RunTable::csv() const
{
    QStringList line;
    for (int column = 0; column < Columns; ++column)
        line << quoted(headerData(column, Qt::Horizontal).toString());
    QString out = line.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    for (const Row &row : m_rows) {
        line.clear();
        for (int column = 0; column < Columns; ++column)
            line << quoted(column >= DueColumn && column <= EndedColumn ? row.exact[column - DueColumn] : row.texts[column]);
        out += line.join(QLatin1Char(',')) + QStringLiteral("\r\n");
    }
    return out;
}

int RunTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RunTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant RunTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.texts[index.column()];
    case HealthRole:
        return row.shape;
    case SpeaksRole:
        return index.column() == StateColumn;
    case NumberRole:
        return index.column() == TookColumn || index.column() == TriesColumn;
    case UidRole:
        return QString::fromStdString(row.uid);
    case QuietRole:
        return row.coming;
    default:
        return {};
    }
}

QVariant RunTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == TookColumn || section == TriesColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    static const char *const captions[Columns] = {QT_TR_NOOP("Lane"), QT_TR_NOOP("Namespace"), QT_TR_NOOP("Run"), QT_TR_NOOP("State"),
        QT_TR_NOOP("Due"), QT_TR_NOOP("Started"), QT_TR_NOOP("Ended"), QT_TR_NOOP("Took"), QT_TR_NOOP("Tries"), QT_TR_NOOP("In words")};
    return tr(captions[section]);
}

} // namespace fairlead::ui
