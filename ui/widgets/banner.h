// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>

namespace fairlead::ui {

class Button;
class PlainLabel;

/// One line that says what is wrong: the state's shape, a sentence in bold, the rest, on a tint of the state's colour. The
/// text is never in that colour. 30 px high on all pages.
class Banner : public QWidget {
    Q_OBJECT

public:
    enum class Hairline { None, Below };

    explicit Banner(const Theme &theme, Hairline hairline = Hairline::Below, QWidget *parent = nullptr);

    /// `rest` may hold foreign text; what does not fit is cut and in the tool tip.
    void say(Shape shape, const QString &sentence, const QString &rest);

    /// What can be done about it, at the right end: a word that leads there, or a button with an icon. Empty: nothing.
    void offer(const QString &action, std::optional<Icon> icon = {});

Q_SIGNALS:
    void acted();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Hairline m_hairline;
    Shape m_shape = Shape::None;
    PlainLabel *m_sentence;
    PlainLabel *m_rest;
    Button *m_action;
};

} // namespace fairlead::ui
