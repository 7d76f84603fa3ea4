// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/rowdelegate.h"

#include <QAbstractTableModel>

#include <vector>

namespace fairlead::ui {

/// A few pods that nobody runs, with what a real table's model says of its cells.
class SampleRows : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Columns { Few, Five };

    explicit SampleRows(Columns columns, int rows, QObject *parent = nullptr);

    [[nodiscard]] static RowRoles roles();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] int field(int column) const;

    std::vector<int> m_fields;
    int m_rows;
};

} // namespace fairlead::ui
