// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>

namespace fairlead::ui {

/// A few rows of texts: a chart's table twin. Rows that stay are told as changed, never as a reset. Thread: GUI.
class TextTable : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { NumberRole = Qt::UserRole };

    /// Columns from `firstNumber` on are numbers, at the right.
    explicit TextTable(int firstNumber, QObject *parent = nullptr);

    void show(const QStringList &captions, const QList<QStringList> &rows);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    const int m_firstNumber;
    QStringList m_captions;
    QList<QStringList> m_rows;
};

} // namespace fairlead::ui
