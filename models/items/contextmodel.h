// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"

#include <QAbstractTableModel>

#include <vector>

namespace fairlead::items {

/// The contexts as a table, one row each, in the files' order.
///
/// Promise: setList() changes by the least step: rows of the same name stay the same rows (selection and scroll survive),
/// only what differs is told. DisplayRole is the whole text, made visible by plainText(); what is displayed is what a screen reader is told.
/// Thread: GUI. States facts; colours and shapes are the view's.
class ContextModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Cluster, Server, User, Namespace, PlaceColumn, Columns };

    enum Role {
        CurrentRole = Qt::UserRole, ///< bool, of the row: the kubeconfig's current-context
        OpenedRole,                 ///< bool, of the row: this window's
        IdentityRole,               ///< int, of the row: which colour
        ProductionRole,             ///< bool, of the row
        StandingRole,               ///< int(contexts::Standing), of the row
        ImpliedRole,                ///< bool, of the cell: its text does not stand in the file
        WhyRole,                    ///< QString, of the row: why it is not usable
        RemedyRole,                 ///< QString, of the row: what to do about it
        WherePlaceRole,             ///< QString, of the row: the place of the reason
    };

    explicit ContextModel(QObject *parent = nullptr);

    void setList(const contexts::ContextList &list);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The row of the context that this window is about, else of the current one, else -1.
    [[nodiscard]] int preferredRow() const;

private:
    [[nodiscard]] QString text(const contexts::ContextFacts &facts, int column) const;

    std::vector<contexts::ContextFacts> m_rows;
    std::string m_home;
};

} // namespace fairlead::items
