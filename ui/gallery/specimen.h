// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace fairlead::ui {

/// A rectangle painted by a function: what a control looks like in a state that it has only while somebody points at it.
class Specimen : public QWidget {
    Q_OBJECT

public:
    using Paint = std::function<void(QPainter &painter, const QRectF &rect)>;

    Specimen(QSize size, Paint paint, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Paint m_paint;
};

} // namespace fairlead::ui
