// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "items/findingmodel.h"
#include "ui/overview/findingdetail.h"
#include "ui/widgets/treeview.h"

namespace fairlead::ui {

class FindingDelegate;

/// What is broken, row by row. A click, Space, Right and Left open and close a row; Enter and a double click go to its object.
///
/// Thread: GUI. `theme` and the model outlive it.
class FindingsView : public TreeView {
    Q_OBJECT

public:
    FindingsView(const Theme &theme, items::FindingModel &model, QWidget *parent = nullptr);

    void setStale(bool stale);
    /// Ages are counted to it.
    void setNow(Moment now);
    /// The finding's row, whichever of the two is current; invalid: there is none.
    [[nodiscard]] QModelIndex currentFinding() const;

Q_SIGNALS:
    void goWanted(const QModelIndex &finding, fairlead::ui::FindingDetail::Go where);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override {}

private:
    void showDetail(const QModelIndex &finding);

    const Theme &m_theme;
    items::FindingModel &m_model;
    FindingDelegate *m_delegate;
};

} // namespace fairlead::ui
