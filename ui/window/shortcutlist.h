// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QDialog>

namespace fairlead::ui {

/// F1: every key and what it does, by where it does it. Stays open beside the window; Esc closes it.
class ShortcutList : public QDialog {
    Q_OBJECT

public:
    explicit ShortcutList(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace fairlead::ui
