// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// The band at the window's top in the colour of the context that the window is about: where you are is never in doubt.
/// Production is higher and hatched; without a context it is grey.
class ContextBand : public QWidget {
    Q_OBJECT

public:
    explicit ContextBand(const Theme &theme, QWidget *parent = nullptr);

    void setContext(const contexts::ContextFacts *facts);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QColor m_colour;
    bool m_production = false;
};

} // namespace fairlead::ui
