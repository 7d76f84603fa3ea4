// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/timebar.h"

#include "ui/recording/barwords.h"
#include "ui/recording/timetrack.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/words.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using playback::Step;

namespace {

constexpr int air = 14; // around the lines between the words
constexpr int playWidth = 36;
constexpr int endWidth = 28;
constexpr int speedWidth = 56; // at least

Button *iconButton(const Theme &theme, ButtonKind kind, Icon icon, const QString &name, int width)
{
    auto *button = new Button(theme, kind, icon, QString());
    if (kind == ButtonKind::Normal)
        button->showIcon(icon, &Tokens::text);
    button->setAccessibleName(name);
    button->setToolTip(toolTipText(name));
    button->setFixedSize(width, measure::control);
    return button;
}

QWidget *divider(const Theme &theme)
{
    Mark *line = Mark::hairline(theme, &Tokens::edge);
    line->setFixedSize(1, air);
    return line;
}

} // namespace

TimeBar::TimeBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    speakAs(*this, QAccessible::ToolBar);
    setAccessibleName(tr("Time of the recording"));
    setFixedHeight(tall);
    makeControls();
    m_track = new TimeTrack(theme);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(measure::margin, 6, measure::margin, 1);
    row->setSpacing(0);
    row->addWidget(m_begin);
    row->addSpacing(measure::inside);
    row->addWidget(m_play);
    row->addSpacing(measure::inside);
    row->addWidget(m_end);
    row->addSpacing(measure::between);
    row->addWidget(m_speed);
    row->addSpacing(air);
    row->addWidget(m_moment);
    row->addSpacing(10);
    row->addWidget(m_day);
    row->addSpacing(air);
    row->addWidget(m_lines[0]);
    row->addSpacing(air);
    row->addWidget(m_place);
    row->addSpacing(air);
    row->addWidget(m_lines[1]);
    row->addSpacing(air);
    // Between parts that are hidden there is no room.
    auto *change = new QHBoxLayout;
    change->setSpacing(6);
    change->addWidget(m_failed);
    change->addWidget(m_missing);
    change->addWidget(m_changeLabel, 1);
    row->addLayout(change, 1);
    row->addSpacing(measure::margin);
    auto *steps = new QHBoxLayout;
    steps->setSpacing(6);
    steps->addWidget(m_previous);
    steps->addWidget(m_next);
    auto *failures = new QHBoxLayout;
    failures->setSpacing(measure::margin);
    failures->addWidget(m_failureLabel);
    failures->addLayout(steps);
    failures->addWidget(m_retry);
    row->addLayout(failures);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    column->addWidget(m_track);

    connect(m_begin, &Button::clicked, this, &TimeBar::beginWanted);
    connect(m_end, &Button::clicked, this, &TimeBar::endWanted);
    connect(m_play, &Button::clicked, this, &TimeBar::playToggled);
    connect(m_previous, &Button::clicked, this, [this] { Q_EMIT failureWanted(Step::Previous); });
    connect(m_next, &Button::clicked, this, [this] { Q_EMIT failureWanted(Step::Next); });
    connect(m_retry, &Button::clicked, this, &TimeBar::retryWanted);
    connect(m_track, &TimeTrack::jumped, this, &TimeBar::jumpWanted);
    connect(m_track, &TimeTrack::scrubbed, this, [this] {
        showMoment();
        showChange();
    });
    setPlaying(false);
    setSpeed(1);
    setReading();
    showMoment();
}

void TimeBar::makeControls()
{
    m_begin = iconButton(m_theme, ButtonKind::Normal, Icon::Begin, tr("To the beginning"), endWidth);
    m_play = iconButton(m_theme, ButtonKind::Primary, Icon::Play, tr("Play"), playWidth);
    m_end = iconButton(m_theme, ButtonKind::Normal, Icon::End, tr("To the end"), endWidth);
    m_speed = new DropButton(m_theme, DropButton::Frame::Outlined, speedText(1));
    m_speed->setStrong(true);
    auto *menu = new QMenu;
    menu->setAccessibleName(tr("Speed"));
    auto *group = new QActionGroup(menu);
    for (const double speed : playback::speeds) {
        QAction *const action = group->addAction(menu->addAction(speedText(speed)));
        action->setCheckable(true);
        action->setData(speed);
        connect(action, &QAction::triggered, this, [this, speed] { Q_EMIT speedWanted(speed); });
    }
    m_speed->setMenu(menu);
    // As wide as its widest, so that nothing beside it moves.
    int widest = speedWidth;
    for (const double speed : playback::speeds) {
        m_speed->setWords(speedText(speed));
        widest = std::max(widest, m_speed->sizeHint().width());
    }
    m_speed->setFixedWidth(widest);
    m_moment = new PlainLabel(m_theme, FontRole::Title, &Tokens::text, Shaping::Exact);
    m_day = new PlainLabel(m_theme, FontRole::Body, &Tokens::muted, Shaping::Exact);
    m_place = new PlainLabel(m_theme, FontRole::Body, &Tokens::text, Shaping::Exact);
    m_failed = Mark::shape(m_theme, Shape::Bad);
    m_missing = Mark::shape(m_theme, Shape::Warn);
    m_changeLabel = new PlainLabel(m_theme, FontRole::Body, &Tokens::muted, Shaping::Exact);
    m_failureLabel = new PlainLabel(m_theme, FontRole::Small, &Tokens::muted, Shaping::Exact);
    for (QWidget *&line : m_lines)
        line = divider(m_theme);
    // These stay whole; what changed gives way.
    for (PlainLabel *label : {m_moment, m_day, m_place, m_failureLabel})
        label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_changeLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_previous = new Button(m_theme, ButtonKind::Normal, tr("Previous"));
    m_previous->showShape(Shape::Bad);
    m_previous->setAccessibleName(tr("Previous failure"));
    m_next = new Button(m_theme, ButtonKind::Normal, tr("Next failure"));
    m_next->showShape(Shape::Bad);
    m_retry = new Button(m_theme, ButtonKind::Normal, Icon::Read, tr("Try again"));
    for (Button *button : {m_previous, m_next, m_retry})
        button->setSmall(true);
}

void TimeBar::setSpan(Moment first, Moment last)
{
    m_track->setSpan(first, last);
    showMoment();
}

void TimeBar::setNow(Moment now)
{
    if (now == m_track->now())
        return;
    m_track->setNow(now);
    showMoment();
    showFailures();
    // While it plays, a reader that read each moment out would never end.
    if (!m_playing)
        m_track->tell();
}

void TimeBar::setPlaying(bool playing)
{
    m_playing = playing;
    const QString name = playing ? tr("Pause") : tr("Play");
    m_play->showIcon(playing ? Icon::Pause : Icon::Play);
    m_play->setAccessibleName(name);
    m_play->setToolTip(toolTipText(name));
}

void TimeBar::setSpeed(double speed)
{
    m_speed->setCaption(QString());
    m_speed->setWords(speedText(speed));
    m_speed->setAccessibleName(tr("Speed %1").arg(speedText(speed)));
    const QList<QAction *> actions = m_speed->menu()->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toDouble() == speed);
}

void TimeBar::setReading()
{
    m_phase = Phase::Reading;
    m_failures.clear();
    m_facts = {};
    m_track->setFacts(std::nullopt);
    showChange();
    showFailures();
}

void TimeBar::setFailed(const QString &why)
{
    setReading();
    m_phase = Phase::Failed;
    m_why = why;
    showChange();
    showFailures();
}

void TimeBar::setFacts(const BarFacts &facts)
{
    m_phase = Phase::Ready;
    m_facts = facts;
    m_failures.clear();
    for (const BarMark &mark : facts.marks) {
        if (mark.weight == BarMark::Weight::Failure)
            m_failures.append(mark.at);
    }
    m_track->setFacts(facts);
    showChange();
    showFailures();
}

void TimeBar::setChange(const std::optional<BarChange> &change)
{
    m_change = change;
    m_isChangeKnown = true;
    showChange();
}

QString TimeBar::words() const
{
    const QString change = changeLine(true);
    const QString moment = m_moment->text() + QStringLiteral(", ") + m_day->text() + QStringLiteral(", ") + m_place->text();
    QStringList all{moment, change, missingLine()};
    all.removeAll(QString());
    return all.join(QStringLiteral(", "));
}

void TimeBar::showMoment()
{
    using std::chrono::floor;
    using std::chrono::seconds;
    const Moment at = m_track->shown();
    const auto set = [](PlainLabel &label, const QString &line) {
        if (label.text() != line)
            label.setLine(line);
    };
    set(*m_moment, momentText(at));
    set(*m_day, dayText(at));
    set(*m_place,
        tr("%1 of %2").arg(lengthText(floor<seconds>(at - m_track->first())), lengthText(floor<seconds>(m_track->last() - m_track->first()))));
    m_track->setWords(words());
    const bool isMoment = m_track->first() == m_track->last();
    m_play->setEnabled(!isMoment);
    m_begin->setEnabled(m_track->now() > m_track->first());
    m_end->setEnabled(m_track->now() < m_track->last());
}

QString TimeBar::changeLine(bool all) const
{
    if (m_phase == Phase::Reading)
        return tr("Reading what happened…");
    if (m_phase == Phase::Failed)
        return tr("What happened could not be read: ") + m_why;
    if (m_track->isDragged() || !m_isChangeKnown) // what changed there is found when it is let go
        return {};
    if (m_change)
        return changeText(*m_change, m_facts.changes, all ? ChangeWords::All : ChangeWords::Short);
    return m_facts.changes == 0 ? tr("nothing changed") : tr("before the first of %1 changes").arg(grouped(qsizetype(m_facts.changes)));
}

QString TimeBar::missingLine() const
{
    QStringList lines;
    if (m_facts.damaged > 0)
        lines.append(m_facts.damaged == 1
                         ? tr("one part of the file could not be read, what happened in it is missing")
                         : tr("%1 parts of the file could not be read, what happened in them is missing").arg(grouped(qsizetype(m_facts.damaged))));
    if (m_facts.marksLeftOut > 0)
        lines.append(tr("%1 more warnings and failures are not shown").arg(grouped(qsizetype(m_facts.marksLeftOut))));
    return lines.join(QStringLiteral("; "));
}

void TimeBar::showChange()
{
    const QString missing = missingLine();
    m_missing->setVisible(!missing.isEmpty());
    m_missing->setToolTip(missing.isEmpty() ? QString() : toolTipText(missing));
    m_failed->setVisible(m_phase == Phase::Failed);
    m_changeLabel->setInk(m_phase == Phase::Failed ? &Tokens::text : &Tokens::muted);
    // All of it where there is room: else the object is what matters.
    const QString whole = changeLine(true);
    const QString line = textWidth(whole, m_changeLabel->font(), Shaping::Exact) <= m_changeLabel->width() ? whole : changeLine(false);
    if (m_changeLabel->text() != line)
        m_changeLabel->setLine(line);
    m_changeLabel->setAccessibleName(whole);
    m_track->setWords(words());
}

void TimeBar::showFailures()
{
    const auto passed = std::upper_bound(m_failures.begin(), m_failures.end(), m_track->now()) - m_failures.begin();
    const QString line = m_phase == Phase::Ready ? failureText(passed, m_failures.size()) : QString();
    if (m_failureLabel->text() != line)
        m_failureLabel->setLine(line);
    m_failureLabel->setVisible(m_phase == Phase::Ready);
    for (Button *button : {m_previous, m_next})
        button->setVisible(m_phase == Phase::Ready && !m_failures.isEmpty());
    m_retry->setVisible(m_phase == Phase::Failed);
    m_previous->setEnabled(!m_failures.isEmpty() && m_failures.first() < m_track->now());
    m_next->setEnabled(!m_failures.isEmpty() && m_failures.last() > m_track->now());
}

void TimeBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layout()->activate();
    showChange();
}

void TimeBar::keyPressEvent(QKeyEvent *event)
{
    const bool withShift = event->modifiers() == Qt::ShiftModifier;
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const int key = event->key();
    if (withShift && key == Qt::Key_Left)
        Q_EMIT skipWanted(-skip);
    else if (withShift && key == Qt::Key_Right)
        Q_EMIT skipWanted(skip);
    else if (plain && key == Qt::Key_Left)
        Q_EMIT changeWanted(Step::Previous);
    else if (plain && key == Qt::Key_Right)
        Q_EMIT changeWanted(Step::Next);
    else if (plain && key == Qt::Key_Home)
        Q_EMIT beginWanted();
    else if (plain && key == Qt::Key_End)
        Q_EMIT endWanted();
    else if (plain && key == Qt::Key_PageUp)
        Q_EMIT failureWanted(Step::Previous);
    else if (plain && key == Qt::Key_PageDown)
        Q_EMIT failureWanted(Step::Next);
    else if (plain && key == Qt::Key_Space)
        Q_EMIT playToggled();
    else
        QWidget::keyPressEvent(event);
}

void TimeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().raised);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
