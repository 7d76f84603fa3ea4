// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/namespacechoice.h"
#include "ui/widgets/theme.h"

#include <QWidget>

class QListView;

namespace fairlead::ui {

class PlainLabel;
class SearchField;

/// Below the header's "Namespace": one, several or all are chosen; a name can be typed that no list holds.
///
/// Enter and a click on a name choose it alone and close; Space and a click on its box add it or take it away.
/// Thread: GUI. Owner: its button.
class NamespacePopup : public QWidget {
    Q_OBJECT

public:
    explicit NamespacePopup(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] items::NamespaceChoice &choice() { return m_choice; }
    /// Why the list holds no names, in words; empty: it does.
    void setNote(const QString &note);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void chooseOnly(const QModelIndex &index);
    void takeBest();

    const Theme &m_theme;
    items::NamespaceChoice m_choice;
    SearchField *m_field;
    QListView *m_list;
    PlainLabel *m_note;
    PlainLabel *m_keys;
};

} // namespace fairlead::ui
