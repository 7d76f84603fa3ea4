// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QTimer>
#include <QWidget>

class QHeaderView;

namespace fairlead::ui {

/// Where rows will stand: quiet bars under the captions, paler row by row. Shown only if loading takes longer than 150 ms, so that what
/// is quick does not flicker; nothing moves in it.
///
/// Thread: GUI. Owner: the page. Follows the header's columns where one is given.
class PlaceholderRows : public QWidget {
    Q_OBJECT

public:
    static constexpr int delay = 150; ///< milliseconds

    explicit PlaceholderRows(const Theme &theme, QWidget *parent = nullptr);

    /// Bars stand under its sections; null, or no section yet: under captions of a usual table. It must outlive this or be taken back.
    void setHeader(const QHeaderView *header);
    /// Which column has a mark in front of its text; -1: none.
    void setMarkedColumn(int column);
    /// Rows of two lines will stand there; a mark is then a bar as high as both.
    void setTwoLines();

    /// Loading begins: rows are shown after the delay. Called again while it lasts, nothing begins anew.
    void begin();
    /// Loading has ended, one way or the other: nothing is shown.
    void end();

Q_SIGNALS:
    void shown(); ///< the delay is over and rows are painted

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    const QHeaderView *m_header = nullptr;
    int m_marked = -1;
    bool m_twoLines = false;
    QTimer m_timer;
};

} // namespace fairlead::ui
