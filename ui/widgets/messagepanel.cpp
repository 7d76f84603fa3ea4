// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagepanel.h"

#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/well.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int textLeft = 72;    // where the words begin; the icon stands left of them
constexpr int textWidest = 760; // longer lines are hard to read
constexpr int stepWidth = 168;  // of a step's button: they stand below each other

PlainLabel *label(const Theme &theme, FontRole font, const QColor &colour, const QString &text, Shaping shaping = Shaping::Prose)
{
    auto *made = new PlainLabel(theme, font, colour, shaping);
    made->setLine(text);
    return made;
}

/// Says what to do, not only why there is nothing.
bool isWhole(const Message &message)
{
    return !message.steps.isEmpty() || !message.searched.isEmpty();
}

PlainLabel *paragraph(const Theme &theme, const QString &text)
{
    auto *made = label(theme, FontRole::Body, theme.tokens().muted, text);
    made->setWordWrap(true);
    return made;
}

} // namespace

MessagePanel::MessagePanel(const Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus); // the arrow keys scroll; a well takes the focus only when it is meant
}

void MessagePanel::say(const Message &message)
{
    if (m_said == message)
        return;
    m_said = message;
    auto *content = new QWidget;
    auto *across = new QHBoxLayout(content);
    across->setContentsMargins(textLeft, 0, measure::margin, 0);
    across->setSpacing(0);
    auto *box = new QWidget;
    box->setMaximumWidth(textWidest);
    across->addWidget(box, 100);
    across->addStretch(1);
    auto *column = new QVBoxLayout(box);
    // A page of its own breathes; where rows are missing in a table the words stand near to where they would be.
    const bool whole = isWhole(message);
    const int top = whole ? 32 : measure::group;
    column->setContentsMargins(0, top, 0, measure::group);
    column->setSpacing(0);
    addHead(*column, message);
    addActions(*column, message);
    addSearched(*column, message);
    addSteps(*column, message);
    addFoot(*column, message);
    column->addStretch(1);

    // The icon hangs left of the title, outside of the column.
    constexpr int size = 24;
    auto *mark = message.shape == ui::Shape::None ? Mark::icon(m_theme, message.icon, size, message.iconInk) : Mark::shape(m_theme, message.shape);
    mark->setParent(content);
    mark->move(textLeft - 28 - mark->width() / 2, top + 11 - mark->height() / 2);

    setAccessibleName(message.title);
    // What is said next may be the answer to a button of what was said before.
    if (QWidget *const old = takeWidget()) {
        old->hide(); // its button may be the one that is being pressed
        old->deleteLater();
    }
    setWidget(content);
}

void MessagePanel::addHead(QVBoxLayout &column, const Message &message)
{
    auto *title = label(m_theme, isWhole(message) ? FontRole::Title : FontRole::Bold, m_theme.tokens().text, message.title);
    title->setFixedHeight(22);
    column.addWidget(title);
    column.addSpacing(measure::inside);
    if (!message.text.isEmpty())
        column.addWidget(paragraph(m_theme, message.text));
    if (!message.words.isEmpty()) {
        column.addSpacing(measure::margin);
        column.addWidget(new Well(m_theme, message.words));
    }
}

void MessagePanel::addActions(QVBoxLayout &column, const Message &message)
{
    if (message.actions.isEmpty())
        return;
    column.addSpacing(measure::group);
    auto *row = new QHBoxLayout;
    row->setSpacing(measure::between);
    for (int number = 0; number < message.actions.size(); ++number) {
        const Message::Action &action = message.actions[number];
        auto *button = new Button(m_theme, action.quiet ? ButtonKind::Flat : ButtonKind::Normal, action.text);
        connect(button, &QAbstractButton::clicked, this, [this, number] { Q_EMIT acted(number); });
        row->addWidget(button);
    }
    row->addStretch(1);
    column.addLayout(row);
}

void MessagePanel::addHeading(QVBoxLayout &column, const QString &text)
{
    column.addSpacing(32);
    column.addWidget(label(m_theme, FontRole::Bold, m_theme.tokens().text, text));
    column.addSpacing(measure::margin - 2);
}

void MessagePanel::addSearched(QVBoxLayout &column, const Message &message)
{
    if (message.searched.isEmpty())
        return;
    const Tokens &t = m_theme.tokens();
    if (message.searchedTitle.isEmpty())
        column.addSpacing(measure::margin);
    else
        addHeading(column, message.searchedTitle);
    column.addWidget(Mark::hairline(m_theme));
    for (const Message::Searched &place : message.searched) {
        auto *row = new QWidget;
        row->setFixedHeight(26);
        auto *line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(measure::between);
        const auto cell = [&](QWidget *widget, int width) {
            widget->setFixedWidth(width);
            line->addWidget(widget);
        };
        line->addWidget(Mark::icon(m_theme, place.icon, measure::icon));
        auto *what = label(m_theme, FontRole::Fixed, t.text, place.what, Shaping::Exact);
        line->addWidget(what, 1);
        cell(label(m_theme, FontRole::Body, t.muted, place.kind), 136);
        line->addWidget(Mark::shape(m_theme, place.shape));
        cell(label(m_theme, FontRole::Body, t.text, place.found), 124);
        auto *note = label(m_theme, FontRole::Small, t.muted, place.note);
        note->setAlignment(Qt::AlignRight);
        cell(note, 200);
        column.addWidget(row);
        column.addWidget(Mark::hairline(m_theme, &Tokens::lineSoft));
    }
}

void MessagePanel::addSteps(QVBoxLayout &column, const Message &message)
{
    if (message.steps.isEmpty())
        return;
    const Tokens &t = m_theme.tokens();
    addHeading(column, message.stepsTitle);
    column.addWidget(Mark::hairline(m_theme));
    for (qsizetype i = 0; i < message.steps.size(); ++i) {
        const Message::Step &step = message.steps[i];
        auto *row = new QWidget;
        auto *grid = new QGridLayout(row);
        grid->setContentsMargins(0, measure::margin, 0, measure::margin);
        grid->setHorizontalSpacing(measure::margin);
        grid->setVerticalSpacing(2);
        grid->addWidget(Mark::icon(m_theme, step.icon, measure::icon), 0, 0, Qt::AlignTop);
        auto *title = new QHBoxLayout;
        title->setSpacing(measure::between + 2);
        title->addWidget(label(m_theme, FontRole::Medium, t.text, step.title));
        if (!step.note.isEmpty())
            title->addWidget(label(m_theme, FontRole::Small, t.muted, step.note));
        title->addStretch(1);
        grid->addLayout(title, 0, 1);
        grid->addWidget(paragraph(m_theme, step.text), 1, 1);
        if (!step.command.isEmpty()) {
            auto *command = new Well(m_theme, step.command);
            command->setFixedWidth(300);
            grid->addWidget(command, 0, 2, 2, 1, Qt::AlignVCenter);
        }
        if (!step.button.isEmpty()) {
            auto *button = new Button(m_theme, step.primary ? ButtonKind::Primary : ButtonKind::Normal, step.icon, step.button);
            button->setFixedWidth(std::max(stepWidth, button->sizeHint().width()));
            connect(button, &Button::clicked, this, [this, i] { Q_EMIT stepWanted(int(i)); });
            grid->addWidget(button, 0, 2, 2, 1, Qt::AlignVCenter);
        }
        grid->setColumnStretch(1, 1);
        column.addWidget(row);
        column.addWidget(Mark::hairline(m_theme, &Tokens::lineSoft));
    }
}

void MessagePanel::addFoot(QVBoxLayout &column, const Message &message)
{
    if (message.foot.isEmpty())
        return;
    auto *line = new QHBoxLayout;
    line->setContentsMargins(2, measure::margin, 0, 0);
    line->setSpacing(measure::margin + 2);
    line->addWidget(Mark::shape(m_theme, message.footShape), 0, Qt::AlignTop);
    line->addWidget(paragraph(m_theme, message.foot), 1);
    column.addLayout(line);
}

} // namespace fairlead::ui
