// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/specimen.h"

#include <QPainter>

#include <utility>

namespace fairlead::ui {

Specimen::Specimen(QSize size, Paint paint, QWidget *parent)
    : QWidget(parent)
    , m_paint(std::move(paint))
{
    if (size.width() > 0)
        setFixedWidth(size.width());
    setFixedHeight(size.height());
}

void Specimen::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    m_paint(painter, rect());
}

} // namespace fairlead::ui
