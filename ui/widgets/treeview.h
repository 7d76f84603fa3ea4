// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QTreeView>

namespace fairlead::ui {

/// The house's tree: rows as high as the theme's density says, no frame, whole rows selected, chevrons, and a hairline for each level. With a header
/// over its columns it is a tree table, without one a list at the side.
///
/// A tool tip says the whole text of a cell that is cut, or the model's own words. Left and Right open and close; Left on a closed row goes
/// to its parent.
class TreeView : public QTreeView {
    Q_OBJECT

public:
    enum class Look { Table, SideBar };

    TreeView(const Theme &theme, Look look, QWidget *parent = nullptr);

protected:
    bool event(QEvent *event) override;
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override;
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void takeColours();

    const Theme &m_theme;
    Look m_look;
};

} // namespace fairlead::ui
