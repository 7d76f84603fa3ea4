// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QHash>
#include <QTableView>

#include <optional>
#include <vector>

namespace fairlead::ui {

/// The house's table: rows as high as the theme's density says, hairlines between them, no frame and no grid, whole rows selected, a caption over
/// each column, a tool tip where a cell's text is cut or its model has more to say.
///
/// Promise: fitColumns() measures at most the first 200 rows, once for each list, never while scrolling; afterwards widths
/// are the user's. Each cell's accessible name is its whole text.
/// Not promised yet: the own accessible table that large tables need; rows here come from files, not from a cluster.
class TableView : public QTableView {
    Q_OBJECT

public:
    explicit TableView(const Theme &theme, QWidget *parent = nullptr);

    /// Widths from the contents: all that they need where there is room, else the lightest columns give way first, of those the widest, and the
    /// kept one last.
    /// Not once a person has drawn a width.
    void fitColumns();
    /// The column that holds the name. -1, as it begins: the first one shown.
    void setKeptColumn(int column) { m_keptColumn = column; }
    /// How late a column gives way, by logical column; 0 for those that are not named.
    void setWeights(const QHash<int, int> &weights) { m_weights = weights; }
    /// A person's own widths, or none any more: then fitColumns() works again.
    void setWidthsAreTheUsers(bool theirs) { m_widthsAreTheUsers = theirs; }
    [[nodiscard]] bool widthsAreTheUsers() const { return m_widthsAreTheUsers; }
    /// Logical columns that are not hidden, from left to right.
    [[nodiscard]] std::vector<int> shownColumns() const;

    /// The logical width that a cell's contents want, its padding included. Asks the delegate.
    [[nodiscard]] int wantedWidth(int column) const;

    /// Rows of two lines.
    void setTwoLines();
    /// Rows of this density, whatever a person has chosen: for the gallery.
    void setOwnDensity(Density density);

    /// The row under the pointer, -1 for none: a delegate is told of the cell only.
    [[nodiscard]] int hoveredRow() const { return m_hoveredRow; }

protected:
    /// Rows are chosen whole: Home and End lead to the first and the last, as in a list, with Ctrl or without.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void hover(int row);
    void takeRowHeight();
    static void cutWidest(const std::vector<int *> &widths, int least, int excess);

    const Theme &m_theme;
    int m_hoveredRow = -1;
    int m_keptColumn = -1;
    QHash<int, int> m_weights;
    bool m_twoLines = false;
    std::optional<Density> m_ownDensity;
    bool m_widthsAreTheUsers = false;
    bool m_fitting = false;
};

} // namespace fairlead::ui
