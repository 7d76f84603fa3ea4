// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>

#include <string>
#include <vector>

namespace fairlead::jobs {
struct Interference;
}

namespace fairlead::ui {

/// One of the two tables of where jobs may disturb services. Rows are told by the least step where the same ones stay in their order, else by a
/// reset. Thread: GUI.
class InterferenceTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class What {
        Crowded, ///< pods of jobs without limits on nodes that run services
        Shared,  ///< what jobs and services both use
    };
    enum Role {
        ShapeRole = Qt::UserRole, ///< int(Shape), of the row
        NumberRole,
        HoursRole, ///< QList<int>, of the last but one cell of Shared: how many jobs start in each hour
        KeyRole,   ///< QString, of the row: what it is known by
    };

    explicit InterferenceTable(What what, QObject *parent = nullptr);

    void show(const jobs::Interference &found);
    /// -1: no longer.
    [[nodiscard]] int rowOf(const QString &key) const;
    /// Of the pod, or of what is shared.
    [[nodiscard]] Destination destinationOf(int row) const;
    /// Which column holds the hours; -1: none.
    [[nodiscard]] int hoursColumn() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString key;
        QStringList texts;
        int shape = 0;
        QList<int> hours;
        QString hoursInWords;
        std::string kind; ///< as `get` takes it
        std::string space;
        std::string name;

        bool operator==(const Row &) const = default;
    };
    [[nodiscard]] static std::vector<Row> crowded(const jobs::Interference &found);
    [[nodiscard]] static std::vector<Row> shared(const jobs::Interference &found);

    const What m_what;
    std::vector<Row> m_rows;
};

} // namespace fairlead::ui
