// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QProxyStyle>

namespace fairlead::ui {

/// Fusion without its furniture: no gradients, no frames round views; header, scroll bar, button, field, box, menu, tabs and focus ring
/// are ours (controls, itempaint).
/// Owner: the application. Holds its own Theme, since the application may outlive the window's.
class Style : public QProxyStyle {
    Q_OBJECT

public:
    explicit Style(const Theme &theme);

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;

    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents, const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(
        ComplexControl control, const QStyleOptionComplex *option, SubControl part, const QWidget *widget) const override;

private:
    void drawFrame(const QStyleOption &option, QPainter &painter, const QWidget *widget) const;
    void drawLabel(const QStyleOption *option, QPainter &painter) const;

    const Theme m_theme;
};

} // namespace fairlead::ui
