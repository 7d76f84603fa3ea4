// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/dropbutton.h"

namespace fairlead::ui {

/// The context that the window is about, in its colour; opens the choice of the others.
class ContextChip : public DropButton {
    Q_OBJECT

public:
    static constexpr int mostWide = 300; ///< logical pixels; a longer name is cut

    explicit ContextChip(const Theme &theme, QWidget *parent = nullptr);

    void setContext(const contexts::ContextFacts &facts);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_name;
    int m_identity = 0;
    bool m_production = false;
};

} // namespace fairlead::ui
