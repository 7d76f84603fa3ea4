// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace fairlead::ui {

class PlainLabel;

/// The 36 px over a page: its title and a count, then filter, chips and buttons.
class PageHeader : public QWidget {
    Q_OBJECT

public:
    PageHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setCount(const QString &count);

    /// Taken, and put behind what is there.
    void add(QWidget *tool, int stretch = 0);
    void addStretch();
    /// Between tools that belong to different things.
    void addSpacing(int width);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QHBoxLayout *m_row;
    PlainLabel *m_title;
    PlainLabel *m_count;
};

} // namespace fairlead::ui
