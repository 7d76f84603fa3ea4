// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/treeview.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace fairlead::items {
class OwnerTreeModel;
}

namespace fairlead::ui {

class OwnerTreeDelegate;

/// A tree by owner: what is open stays open, what is chosen stays chosen, through changes, filters and new orders, by the rows' keys;
/// opened() and setTreeName() carry what is open further than the view lives, or shows this tree.
///
/// Enter opens a row's object, `*` opens all beneath the row, at most `mostOpened` rows at once. With a filter what stands above a match
/// is opened; without it the tree is as it was.
/// Thread: GUI. `theme` and the model outlive it.
class OwnerTreeView : public TreeView {
    Q_OBJECT

public:
    static constexpr int mostOpened = 2000;    ///< rows that one key stroke may open
    static constexpr int mostRemembered = 500; ///< open rows, beyond the life of the view

    explicit OwnerTreeView(const Theme &theme, QWidget *parent = nullptr);

    /// Once.
    void setTree(items::OwnerTreeModel &model);
    /// No word from the server: rows stay, without colour.
    void setStale(bool stale);
    /// From the model's next reset on it is about the tree of this name. `opened`: as opened() said it of that one, in this program or
    /// an earlier one. Whoever names another tree asks opened() of this one before.
    void setTreeName(const QString &name, const QStringList &opened);
    [[nodiscard]] const QString &treeName() const { return m_name; }

    /// Keys of what is open, for settings; of the tree that is shown.
    [[nodiscard]] QStringList opened() const;

    /// Columns as wide as they want to be, the name gets what is left; until the user has moved one.
    void fitColumns();
    void expandBelow(const QModelIndex &index);
    /// As they stand below each other; where none is selected, the current one.
    [[nodiscard]] QModelIndexList selectedRows() const;
    /// Of selectedRows(): captions and cells, tabs between them, a line each.
    [[nodiscard]] QString selectedText() const;

Q_SIGNALS:
    /// By Enter or a double click.
    void activatedRow(const QModelIndex &index);
    void copyWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void keep();
    void bringBack();
    void came(const QModelIndex &parent, int first, int last);
    void bringBackBelow(const QModelIndex &parent, int first, int last);
    void growAges();
    [[nodiscard]] int restartsWidth() const;

    const Theme &m_theme;
    items::OwnerTreeModel *m_tree = nullptr;
    OwnerTreeDelegate *m_delegate;
    QSet<QString> m_open; ///< keys
    QString m_name;
    bool m_bringing = false;
    bool m_widthsAreTheUsers = false;
    bool m_fitting = false;

    // Of a reset under way.
    QString m_currentKey;
    QStringList m_selectedKeys;
    QString m_topKey; ///< the row at the top; empty: the first
    int m_left = 0;   ///< of mostOpened
};

} // namespace fairlead::ui
