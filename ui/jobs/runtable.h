// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobtimeline.h"
#include "ui/jobs/lanerows.h"

#include <QAbstractTableModel>
#include <QList>
#include <QString>

#include <string>
#include <vector>

namespace fairlead::ui {

/// The timeline's table twin: a row a run, by lane and time, and of each cron job the next time that it comes due. All that the picture says stands
/// here in words.
///
/// Promise: changes by the least step: rows that stay are told as changed, what came and went as inserted and removed; never a reset.
/// Thread: GUI.
class RunTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        LaneColumn,
        SpaceColumn,
        RunColumn,
        StateColumn,
        DueColumn,
        StartedColumn,
        EndedColumn,
        TookColumn,
        TriesColumn,
        WordsColumn,
        Columns
    };
    enum Role {
        HealthRole = Qt::UserRole, ///< int(Shape)
        SpeaksRole,                ///< the state's cell
        NumberRole,
        UidRole, ///< of a run; empty: it comes
        QuietRole,
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Of these lanes; ages and times as they are at `now`.
    void show(const std::vector<const jobs::Lane *> &lanes, jobs::Moment now);
    /// -1: none.
    [[nodiscard]] int rowOf(const std::string &uid) const;
    /// As a file: captions and a line each, RFC 4180, times in RFC 3339.
    [[nodiscard]] QString csv() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        // The order, and what a row is known by.
        std::string space;
        std::string lane;
        std::string laneUid;
        bool coming = false;
        jobs::Moment place;
        std::string name;
        std::string uid;

        QStringList texts;
        QStringList exact; ///< of the times' columns, RFC 3339
        int shape = 0;

        [[nodiscard]] auto key() const { return std::tie(space, lane, laneUid, coming, place, name, uid); }
        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] static Row rowOf(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now);
    [[nodiscard]] static Row comingOf(const jobs::Lane &lane, jobs::Moment at, jobs::Moment now);

    std::vector<Row> m_rows;
};

} // namespace fairlead::ui
