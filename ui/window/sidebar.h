// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "items/kindcounts.h"
#include "items/sidebarmodel.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class TreeView;

/// The window's side: every context, and every kind of the one that is open.
///
/// A click or Enter opens what the row names; with Ctrl, or by the middle button, in a new tab. What is folded is remembered.
/// Thread: GUI. Owner: the window.
class SideBar : public QWidget {
    Q_OBJECT

public:
    static constexpr int wide = 212; ///< logical pixels

    SideBar(const Theme &theme, Settings &settings, QWidget *parent = nullptr);

    [[nodiscard]] items::SideBarModel &model() { return m_model; }
    /// The kind that is in front, in sight; empty: none is.
    void setOpenedKind(const std::string &qualifiedName);
    /// Null: nothing is counted.
    void setCounts(const items::KindCounts *counts);
    [[nodiscard]] TreeView *view() const { return m_view; }

Q_SIGNALS:
    void contextChosen(const std::string &name);
    void kindChosen(const std::string &qualifiedName, bool newTab);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(const QModelIndex &index, bool newTab);
    void unfold(const QModelIndex &parent, int first, int last);
    void remember(const QModelIndex &index, bool open);

    const Theme &m_theme;
    Settings &m_settings;
    items::SideBarModel m_model;
    TreeView *m_view;
    bool m_unfolding = false; ///< by us, not by a person
};

} // namespace fairlead::ui
