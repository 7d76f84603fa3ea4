// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QModelIndex>

namespace fairlead::ui {

class AccessibleTable;

/// One cell of an AccessibleTable, or the header before its row; a widget that stands in it is its child. Made when it is asked for; invalid after
/// the next change of rows: its index is worth nothing then.
class AccessibleCell : public QAccessibleInterface, public QAccessibleTableCellInterface {
public:
    enum class What { Cell, RowHeader };

    AccessibleCell(const AccessibleTable &table, const QModelIndex &index, What what);

    [[nodiscard]] const QModelIndex &index() const { return m_index; } ///< to be looked at only while isValid()
    [[nodiscard]] What what() const { return m_what; }

    [[nodiscard]] void *interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QString text(QAccessible::Text text) const override;
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override;
    [[nodiscard]] QAccessible::State state() const override;

    [[nodiscard]] bool isSelected() const override;
    [[nodiscard]] QList<QAccessibleInterface *> columnHeaderCells() const override;
    [[nodiscard]] QList<QAccessibleInterface *> rowHeaderCells() const override;
    [[nodiscard]] int columnIndex() const override;
    [[nodiscard]] int rowIndex() const override;
    [[nodiscard]] int columnExtent() const override { return 1; }
    [[nodiscard]] int rowExtent() const override { return 1; }
    [[nodiscard]] QAccessibleInterface *table() const override { return parent(); }

private:
    [[nodiscard]] QWidget *widget() const; ///< null: the cell is painted
    void addTreeState(QAccessible::State &state) const;

    const AccessibleTable &m_table; ///< it gives its cells up before it goes
    quint64 m_generation;
    QModelIndex m_index;
    What m_what;
};

} // namespace fairlead::ui
