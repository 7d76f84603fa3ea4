// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QList>
#include <QScrollArea>
#include <QString>

#include <optional>

class QVBoxLayout;

namespace fairlead::ui {

/// What an empty or a failed page says instead of rows. Every text may be foreign: it is shown literally.
struct Message {
    /// A place where something was looked for.
    struct Searched {
        Icon icon = Icon::File;
        QString what; ///< fixed font
        QString kind;
        Shape shape = Shape::Idle;
        QString found;
        QString note;

        bool operator==(const Searched &) const = default;
    };
    /// A thing that can be done.
    struct Step {
        Icon icon = Icon::Terminal;
        QString title;
        QString text;
        QString command; ///< fixed font, to be copied; may be empty
        QString note;    ///< small and muted, behind the title
        QString button;  ///< what does it at once; may be empty
        bool primary = false;

        bool operator==(const Step &) const = default;
    };

    /// A button below the words.
    struct Action {
        QString text;
        bool quiet = false; ///< without an outline: not the first thing to do

        bool operator==(const Action &) const = default;
    };

    Shape shape = Shape::None; ///< drawn at the left; None: the icon
    Icon icon = Icon::Wheel;
    Ink iconInk = &Tokens::muted;
    QString title;         ///< a whole sentence: why there is nothing here
    QString text;          ///< what it means
    QString words;         ///< another program's or a file's own words, in a well
    QString searchedTitle; ///< may be empty, where the text above says it
    QList<Action> actions;
    QList<Searched> searched;
    QString stepsTitle;
    QList<Step> steps;
    Shape footShape = Shape::None;
    QString foot; ///< a last line, what goes on by itself; may be empty

    bool operator==(const Message &) const = default;
};

/// Empty and failed, drawn where the rows would stand: the eye is there already. Scrolls where the window is low.
class MessagePanel : public QScrollArea {
    Q_OBJECT

public:
    explicit MessagePanel(const Theme &theme, QWidget *parent = nullptr);

    /// The same again changes nothing: a button keeps the focus.
    void say(const Message &message);

Q_SIGNALS:
    void acted(int action); ///< by its place in Message::actions

Q_SIGNALS:
    /// The button of a step was pressed; it counts from 0.
    void stepWanted(int step);

private:
    void addHead(QVBoxLayout &column, const Message &message);
    void addActions(QVBoxLayout &column, const Message &message);
    void addHeading(QVBoxLayout &column, const QString &text);
    void addSearched(QVBoxLayout &column, const Message &message);
    void addSteps(QVBoxLayout &column, const Message &message);
    void addFoot(QVBoxLayout &column, const Message &message);

    const Theme &m_theme;
    std::optional<Message> m_said;
};

} // namespace fairlead::ui
