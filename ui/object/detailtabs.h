// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QHash>
#include <QTabBar>

namespace fairlead::ui {

/// The tabs of an object: words, a small count behind them, and a line of the accent's colour under the one in front. Left and Right choose.
class DetailTabs : public QTabBar {
    Q_OBJECT

public:
    explicit DetailTabs(const Theme &theme, QWidget *parent = nullptr);

    /// Less than 0: no count.
    void setCount(int tab, int count);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QString countText(int tab) const;

    const Theme &m_theme;
    QHash<int, int> m_counts;
};

} // namespace fairlead::ui
