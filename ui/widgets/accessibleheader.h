// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>
#include <QHeaderView>
#include <QPointer>

namespace fairlead::ui {

/// The caption of one column of an AccessibleTable: its name as it is written, its order as what it says of itself.
class AccessibleHeader : public QAccessibleInterface {
public:
    AccessibleHeader(QWidget *view, QHeaderView *header, int section);

    [[nodiscard]] int section() const { return m_section; }

    [[nodiscard]] bool isValid() const override;
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *parent() const override;
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QString text(QAccessible::Text text) const override;
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QRect rect() const override;
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ColumnHeader; }
    [[nodiscard]] QAccessible::State state() const override;

private:
    QPointer<QWidget> m_view;
    QPointer<QHeaderView> m_header;
    int m_section;
};

} // namespace fairlead::ui
