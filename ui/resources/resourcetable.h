// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "items/rowordermodel.h"
#include "ui/widgets/tableview.h"

#include <QTimer>

#include <string>
#include <vector>

class QMenu;

namespace fairlead::ui {

class RowDelegate;

/// The rows of a RowOrderModel as the house's table: which columns, how wide, in which order and sorted by what is a person's choice and
/// remembered by kind; ages grow while they are looked at; what was selected, current and scrolled to stays so when the rows are put in
/// another order or filtered anew.
///
/// Thread: GUI. Owner: the page. `rows` and `settings` outlive it.
class ResourceTable : public TableView {
    Q_OBJECT

public:
    ResourceTable(const Theme &theme, items::RowOrderModel &rows, Settings &settings, QWidget *parent = nullptr);
    ~ResourceTable() override;

    /// The rows are another kind's: its columns as they were left. `kind`: as settings remember it.
    void setKind(const QString &kind, const QString &name);
    /// Rows lose their colour.
    void setStale(bool stale);

    /// The current row; none: null.
    [[nodiscard]] kube::ItemPtr current() const;
    /// In the order of the rows.
    [[nodiscard]] std::vector<kube::ItemPtr> selected() const;
    /// Of selected(): captions and the cells that are shown, tabs between them, a line each.
    [[nodiscard]] QString selectedText() const;
    /// Makes it current and brings it into view, at once or when it comes.
    void selectNamed(const std::string &name);
    void selectFirst();

    /// Whether this column of our own is there and shown.
    [[nodiscard]] bool shows(items::TableColumns::Own what) const;

    /// Fills it with a box for each column, and what resets them.
    void fillColumnsMenu(QMenu &menu);

Q_SIGNALS:
    void columnsChosen(); ///< others are shown now, perhaps
    void currentChosen(); ///< current() is another, or none
    void opened();        ///< Enter or a double click on current()
    void menuWanted(const QPoint &global);
    void copyWanted();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void timerEvent(QTimerEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void keep();
    void restoreRows();
    void takeColumns();
    void rememberColumns();
    void hideOrShow(int column, bool shown);
    void sortBy(int column);
    void showIfWaited();
    [[nodiscard]] QString settingsKey() const { return QStringLiteral("tables/") + m_kind; }
    [[nodiscard]] bool isShownAtFirst(int column) const;

    items::RowOrderModel &m_rows;
    Settings &m_settings;
    RowDelegate *m_delegate;
    QString m_kind;
    std::string m_waited; ///< name of the row that is to be selected when it comes
    int m_ageTimer = 0;
    bool m_restoring = false;

    // Over a reset: by row, not by place.
    std::vector<kube::RowId> m_keptSelection;
    kube::RowId m_keptCurrent = 0;
    std::string m_keptName; ///< of the current column
    kube::RowId m_keptTop = 0;
    int m_keptIntoTop = 0; ///< pixels of the top row that were scrolled away
    QPoint m_keptScroll;
};

} // namespace fairlead::ui
