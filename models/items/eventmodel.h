// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kinds/age.h"
#include "kube/store.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::kube {
class Session;
}

namespace fairlead::items {

/// The events about one object, live, newest first.
///
/// Promise: changes by the least step. DisplayRole is the whole text, made visible by plainText(); ages grow by the session's clock without a
/// signal: the view repaints. Thread: GUI. Owner: the page. `session` outlives it.
class EventModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Age, Reason, Message, Columns };
    enum Role {
        NormalRole = Qt::UserRole, ///< bool, of the row: its type is Normal
        TypeRole,                  ///< QString: "Normal", "Warning"
        CountRole,                 ///< int: how often it was seen
        ReasonRole,                ///< QString, of the row: without the count
        SeenRole,                  ///< QDateTime in UTC: last seen; none: nobody says
        FirstRole,                 ///< the same: first seen
        SourceRole,                ///< QString: who tells
        HealthRole,                ///< int(kinds::Health), of the row: Idle for a normal one, else Degraded
    };

    explicit EventModel(kube::Session &session, QObject *parent = nullptr);
    ~EventModel() override;

    /// From now on the events that name this object. `byName`: by its name instead of its uid (kinds::SummaryKind). Empty until they come.
    void show(const std::string &space, const std::string &kind, const std::string &name, const std::string &uid, bool byName);

    [[nodiscard]] const kube::State &state() const { return m_state; }
    /// Whether what is there is all there is, or why there is nothing is known.
    [[nodiscard]] bool isSettled() const;
    void retry();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void stateChanged();

private:
    struct Event {
        kube::RowId id = 0;
        std::string type;
        std::string reason;
        std::string message;
        std::string source;
        std::int64_t count = 1;
        std::optional<kinds::Moment> last;
        std::optional<kinds::Moment> first;

        /// Newest first; those without a time last; then by id, so that the order is strict.
        [[nodiscard]] bool isBefore(const Event &other) const;
    };

    void apply(const kube::ChangeSet &set);
    [[nodiscard]] Event eventOf(const kube::Item &item) const;
    void insert(Event event);
    void remove(kube::RowId id);
    [[nodiscard]] int rowOf(kube::RowId id) const;
    [[nodiscard]] QString age(const std::optional<kinds::Moment> &moment) const;

    kube::Session &m_session;
    std::vector<Event> m_events;
    kube::State m_state;
    std::shared_ptr<kube::Store> m_store;
    kube::Subscription m_subscription; // last: it ends first
};

} // namespace fairlead::items
