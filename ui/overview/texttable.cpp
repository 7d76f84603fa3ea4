// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/texttable.h"

namespace fairlead::ui {

TextTable::TextTable(int firstNumber, QObject *parent)
    : QAbstractTableModel(parent)
    , m_firstNumber(firstNumber)
{
}

void TextTable::show(const QStringList &captions, const QList<QStringList> &rows)
{
    if (captions != m_captions) {
        beginResetModel();
        m_captions = captions;
        m_rows = rows;
        endResetModel();
        return;
    }
    const int before = int(m_rows.size());
    const int after = int(rows.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rows.resize(after);
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows.append(rows.mid(before));
        endInsertRows();
    }
    for (int i = 0; i < std::min(before, after); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = rows[i];
        Q_EMIT dataChanged(index(i, 0), index(i, columnCount() - 1));
    }
}

int TextTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int TextTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_captions.size());
}

QVariant TextTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return m_rows[index.row()].value(index.column());
    case NumberRole:
        return index.column() >= m_firstNumber;
    default:
        return {};
    }
}

QVariant TextTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return m_captions.value(section);
    if (role == Qt::TextAlignmentRole)
        return int((section >= m_firstNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace fairlead::ui
