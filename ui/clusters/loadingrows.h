// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class TableView;

/// Quiet bars where the rows of a table will stand, under its columns, paler from row to row.
class LoadingRows : public QWidget {
    Q_OBJECT

public:
    LoadingRows(const Theme &theme, const TableView &table, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    const TableView &m_table;
};

} // namespace fairlead::ui
