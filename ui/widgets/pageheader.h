// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class PlainLabel;

/// The 36 px over a page: its title and a count. Filter, chips and buttons join it at the right when there are any.
class PageHeader : public QWidget {
    Q_OBJECT

public:
    PageHeader(const Theme &theme, const QString &title, QWidget *parent = nullptr);

    void setCount(const QString &count);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    PlainLabel *m_count;
};

} // namespace fairlead::ui
