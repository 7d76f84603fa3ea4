// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

namespace fairlead::ui {

class Button;
class PlainLabel;

/// The first line of an object: what is wrong with it, or with what is known of it, on a tint of the state's colour. 30 px high where it fits
/// into one line, else as many lines as it needs, at most four; the whole is in the tool tip then.
class NoticeLine : public QWidget {
    Q_OBJECT

public:
    explicit NoticeLine(const Theme &theme, QWidget *parent = nullptr);

    /// Empty: nothing is wrong, and the line goes.
    void say(Shape shape, const QString &sentence);
    /// A word at the right end that leads on. Empty: none.
    void offer(const QString &action);

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();

    const Theme &m_theme;
    Shape m_shape = Shape::None;
    QString m_sentence;
    PlainLabel *m_label;
    Button *m_action;
};

} // namespace fairlead::ui
