// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overview/figures.h"
#include "ui/widgets/tableview.h"

#include <memory>
#include <vector>

namespace fairlead::ui {

/// What each node has and what its pods ask of it: bars and shares. Enter and a double click go to the node. Thread: GUI.
class CapacityView : public TableView {
    Q_OBJECT

public:
    explicit CapacityView(const Theme &theme, QWidget *parent = nullptr);
    ~CapacityView() override;

    void show(const std::vector<overview::NodeUse> &nodes);
    void setStale(bool stale);

Q_SIGNALS:
    void nodeWanted(const std::string &name);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    class Rows;
    class Painter;
    void open(const QModelIndex &index);

    std::unique_ptr<Rows> m_rows;
    Painter *m_painter;
};

} // namespace fairlead::ui
