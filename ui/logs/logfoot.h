// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

/// The line under a log, 22 px: a state in words at the left, where one is in it at the right. Its accessible name is both.
class LogFoot : public QWidget {
    Q_OBJECT

public:
    explicit LogFoot(const Theme &theme, QWidget *parent = nullptr);

    /// `strong` first, then the rest; foreign parts are shown literally, what does not fit is cut and in the tool tip.
    void say(Shape shape, const QString &strong, const QString &rest);
    void sayPlace(const QString &place);

    [[nodiscard]] QString said() const { return m_strong.isEmpty() ? m_rest : m_strong + QLatin1Char(' ') + m_rest; }
    [[nodiscard]] const QString &place() const { return m_place; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void name();

    const Theme &m_theme;
    Shape m_shape = Shape::None;
    QString m_strong;
    QString m_rest;
    QString m_place;
};

} // namespace fairlead::ui
