// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/eventmodel.h"

#include "items/plaintext.h"
#include "kinds/kinds.h"
#include "kube/session.h"

#include <QDateTime>

#include <algorithm>

namespace fairlead::items {

namespace {

using kinds::Moment;

const kube::GroupVersionResource events{"", "v1", "events"};

QVariant dateTime(const std::optional<Moment> &moment)
{
    return moment ? QVariant(QDateTime::fromMSecsSinceEpoch(moment->time_since_epoch().count(), Qt::UTC)) : QVariant();
}

// The server reads a field selector's value up to the next comma; backslashes quote.
std::string quoted(const std::string &value)
{
    std::string text;
    for (const char c : value) {
        if (c == ',' || c == '=' || c == '\\')
            text += '\\';
        text += c;
    }
    return text;
}

} // namespace

bool EventModel::Event::isBefore(const Event &other) const
{
    if (last != other.last)
        return last > other.last; // none is the least
    return id > other.id;
}

EventModel::EventModel(kube::Session &session, QObject *parent)
    : QAbstractTableModel(parent)
    , m_session(session)
{
}

EventModel::~EventModel() = default;

void EventModel::show(const std::string &space, const std::string &kind, const std::string &name, const std::string &uid, bool byName)
{
    m_subscription.end();
    if (!m_events.empty()) {
        beginResetModel();
        m_events.clear();
        endResetModel();
    }
    m_state = {};
    // Events of objects without a namespace stand in whatever namespace their writer chose.
    const kube::Scope scope = space.empty() ? kube::Scope::all() : kube::Scope::of({space});
    const std::string fields = byName ? "involvedObject.kind=" + quoted(kind) + ",involvedObject.name=" + quoted(name) : "involvedObject.uid=" + uid;
    m_store = m_session.store({events, scope, {.labels = {}, .fields = fields}});
    m_subscription = m_store->subscribe(
        kube::Detail::Facts, this, [this](const kube::ChangeSet &set) { apply(set); },
        [this](const kube::State &state) {
            m_state = state;
            Q_EMIT stateChanged();
        });
}

bool EventModel::isSettled() const
{
    switch (m_state.phase) {
    case kube::Phase::Loading:
        return m_state.why.has_value();
    case kube::Phase::FirstPage:
        return false;
    case kube::Phase::Live:
    case kube::Phase::Stale:
    case kube::Phase::Ended:
        break;
    }
    return true;
}

void EventModel::retry()
{
    if (m_store)
        m_store->retry();
}

EventModel::Event EventModel::eventOf(const kube::Item &item) const
{
    const kinds::Kind &kind = kinds::kindOf(events.group, events.resource);
    const kinds::Cells cells(m_store->snapshot().columns(), item.meta());
    const kinds::Facts facts(kind.facts, item.meta());
    Event event;
    event.id = item.id();
    event.type = facts.text("type");
    event.reason = facts.text("reason");
    event.message = cells.text("Message");
    event.source = cells.text("Source");
    event.count = std::max<std::int64_t>(1, cells.integer("Count", 1));
    for (const char *name : {"firstTimestamp", "eventTime"}) {
        if (!event.first)
            event.first = kinds::parseTime(facts.text(name));
    }
    // As the server's LAST SEEN: of a series its last, else the last time, else the only one.
    for (const char *name : {"lastObserved", "lastTimestamp", "eventTime"}) {
        if (!event.last)
            event.last = kinds::parseTime(facts.text(name));
    }
    if (!event.last)
        event.last = kinds::parseTime(item.meta().created());
    return event;
}

int EventModel::rowOf(kube::RowId id) const
{
    const auto found = std::find_if(m_events.begin(), m_events.end(), [id](const Event &event) { return event.id == id; });
    return found == m_events.end() ? -1 : int(found - m_events.begin());
}

void EventModel::insert(Event event)
{
    const auto place = std::find_if(m_events.begin(), m_events.end(), [&event](const Event &other) { return event.isBefore(other); });
    const int row = int(place - m_events.begin());
    beginInsertRows({}, row, row);
    m_events.insert(place, std::move(event));
    endInsertRows();
}

void EventModel::remove(kube::RowId id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_events.erase(m_events.begin() + row);
    endRemoveRows();
}

void EventModel::apply(const kube::ChangeSet &set)
{
    for (const kube::ItemPtr &item : set.changed) {
        const int row = rowOf(item->id());
        if (row < 0)
            continue;
        Event event = eventOf(*item);
        const auto place =
            std::find_if(m_events.begin(), m_events.end(), [&event](const Event &other) { return other.id != event.id && event.isBefore(other); });
        const int target = int(place - m_events.begin());
        m_events[std::size_t(row)] = std::move(event);
        // Seen again: it goes up, and stays the same row.
        if (target < row) {
            beginMoveRows({}, row, row, {}, target);
            std::rotate(m_events.begin() + target, m_events.begin() + row, m_events.begin() + row + 1);
            endMoveRows();
        } else if (target > row + 1) {
            beginMoveRows({}, row, row, {}, target);
            std::rotate(m_events.begin() + row, m_events.begin() + row + 1, m_events.begin() + target);
            endMoveRows();
        }
        const int now = rowOf(item->id());
        Q_EMIT dataChanged(index(now, 0), index(now, Columns - 1));
    }
    for (const auto &removed : set.removed)
        remove(removed.id);
    for (const kube::ItemPtr &item : set.added)
        insert(eventOf(*item));
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_events.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QString EventModel::age(const std::optional<Moment> &moment) const
{
    const auto now = std::chrono::time_point_cast<std::chrono::milliseconds>(m_session.clock().now());
    return moment ? QString::fromStdString(kinds::formatAge(*moment, now)) : QString();
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Event &event = m_events[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Age:
            return age(event.last);
        case Reason:
            return plainText(event.reason) + (event.count > 1 ? QStringLiteral(" \u00d7%1").arg(event.count) : QString());
        default:
            return plainText(event.message);
        }
    case Qt::AccessibleTextRole:
        // A shape says it to the eye.
        return index.column() == Reason && event.type != "Normal" ? QVariant(plainText(event.type) + QStringLiteral(": ") + data(index).toString())
                                                                  : data(index);
    case NormalRole:
        return event.type == "Normal";
    case TypeRole:
        return plainText(event.type);
    case CountRole:
        return int(event.count);
    case ReasonRole:
        return plainText(event.reason);
    case SeenRole:
        return dateTime(event.last);
    case FirstRole:
        return dateTime(event.first);
    case SourceRole:
        return plainText(event.source);
    case HealthRole:
        return int(event.type == "Normal" ? kinds::Health::Idle : kinds::Health::Degraded);
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Age:
        return tr("LAST SEEN");
    case Reason:
        return tr("REASON");
    default:
        return tr("MESSAGE");
    }
}

} // namespace fairlead::items
