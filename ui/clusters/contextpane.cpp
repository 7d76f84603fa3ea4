// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/contextpane.h"

#include "items/contextwords.h"
#include "items/plaintext.h"
#include "ui/clusters/checksteps.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace fairlead::ui {

using contexts::ContextFacts;
using contexts::Reach;
using contexts::Standing;
using items::plainText;

/// The colour's bar and the state's shape, left of the name.
class ContextPane::Head : public QWidget {
public:
    explicit Head(const Theme &theme)
        : m_theme(theme)
    {
        setFixedSize(4 + 6 + measure::shape, 20);
    }

    void show(const QColor &colour, bool hatched, Shape shape)
    {
        m_colour = colour;
        m_hatched = hatched;
        m_shape = shape;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRectF bar(0, 3, 4, height() - 6);
        if (m_hatched)
            drawHatch(painter, bar, m_colour, mix(m_colour, m_theme.tokens().surface, 0.65), 4);
        else
            painter.fillRect(bar, m_colour);
        drawShape(painter, QRectF(10, 0, measure::shape, height()), m_shape, shapeColour(m_theme.tokens(), m_shape));
    }

private:
    const Theme &m_theme;
    QColor m_colour;
    bool m_hatched = false;
    Shape m_shape = Shape::None;
};

namespace {

bool isSlow(const Reach &reach)
{
    const contexts::Pace pace = contexts::paceOf(reach);
    return pace == contexts::Pace::Slow || pace == contexts::Pace::Crawling;
}

Shape shapeOf(const ContextFacts &facts, const Reach &reach)
{
    if (facts.standing != Standing::Usable)
        return facts.standing == Standing::NotYet ? Shape::Unknown : Shape::Bad;
    if (reach.checking && reach.state == Reach::State::NotAsked)
        return Shape::Progress;
    switch (reach.state) {
    case Reach::State::Reachable:
        return isSlow(reach) ? Shape::Warn : Shape::Ok;
    case Reach::State::Refused:
        return Shape::Unknown;
    case Reach::State::Failed:
        return Shape::Bad;
    case Reach::State::NotAsked:
        break;
    }
    return Shape::Idle;
}

/// A sentence begins with a capital letter, also where the engine's message does not: it may follow a colon elsewhere.
QString sentence(const std::string &text)
{
    QString line = plainText(text);
    if (!line.isEmpty())
        line[0] = line[0].toUpper();
    return line;
}

} // namespace

ContextPane::ContextPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_head(new Head(theme))
    , m_name(new PlainLabel(theme, FontRole::Bold, &Tokens::text, Shaping::Exact))
    , m_file(new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_open(new Button(theme, ButtonKind::Flat, Icon::External, tr("Open")))
    , m_check(new Button(theme, ButtonKind::Flat, Icon::Read, tr("Check again")))
    , m_copy(new Button(theme, ButtonKind::Flat, Icon::Copy, tr("Copy address")))
    , m_banner(new Banner(theme, Banner::Hairline::None))
    , m_remedy(new PlainLabel(theme, FontRole::Body, &Tokens::text))
    , m_steps(new CheckSteps(theme))
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(measure::margin, 4, measure::margin, 4);
    head->setSpacing(measure::between);
    head->addWidget(m_head);
    head->addWidget(m_name);
    head->addWidget(m_file, 1);
    head->addWidget(m_open);
    head->addWidget(m_check);
    head->addWidget(m_copy);
    auto *close = Button::onlyIcon(theme, Icon::Close, tr("Close"));
    head->addWidget(close);

    auto *remedy = new QHBoxLayout;
    // Under the banner's words, not under its shape.
    remedy->setContentsMargins(measure::margin + measure::shape + 6, 6, measure::margin, 0);
    remedy->addWidget(m_remedy);

    auto *steps = new QHBoxLayout;
    steps->setContentsMargins(measure::margin, 10, measure::margin, 6);
    steps->addWidget(m_steps);

    auto *grid = new QGridLayout;
    grid->setContentsMargins(measure::margin, 4, measure::margin, measure::between);
    grid->setHorizontalSpacing(measure::between);
    grid->setVerticalSpacing(0);
    m_server = addFact(*grid, 0, 0, tr("Server"));
    m_cluster = addFact(*grid, 1, 0, tr("Cluster"));
    m_user = addFact(*grid, 2, 0, tr("User"));
    m_namespace = addFact(*grid, 0, 1, tr("Namespace"));
    m_ends = addFact(*grid, 1, 1, tr("Expires"));
    m_last = addFact(*grid, 2, 1, tr("Last answer"));
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_banner);
    column->addLayout(remedy);
    column->addLayout(steps);
    column->addWidget(Mark::hairline(theme, &Tokens::lineSoft));
    column->addLayout(grid);
    column->addStretch(1);
    // The same for every context: the rows above do not move while one walks through them.
    m_remedy->setLine(QStringLiteral("X"));
    setFixedHeight(column->sizeHint().height());

    connect(m_open, &Button::clicked, this, &ContextPane::openWanted);
    connect(m_check, &Button::clicked, this, &ContextPane::checkWanted);
    connect(m_copy, &Button::clicked, this, &ContextPane::copyWanted);
    connect(close, &Button::clicked, this, &ContextPane::closeWanted);
}

PlainLabel *ContextPane::addFact(QGridLayout &grid, int row, int column, const QString &name)
{
    constexpr int nameWidth = 88;
    constexpr int rowHeight = 23;
    auto *caption = new PlainLabel(m_theme, FontRole::Body, &Tokens::muted);
    caption->setLine(name);
    caption->setFixedSize(nameWidth, rowHeight);
    auto *value = new PlainLabel(m_theme, FontRole::Body, &Tokens::text, Shaping::Exact);
    value->setFixedHeight(rowHeight);
    grid.addWidget(caption, row, 2 * column);
    grid.addWidget(value, row, 2 * column + 1);
    return value;
}

void ContextPane::show(const ContextFacts &facts, const Reach &reach, const std::string &home)
{
    const std::optional<Error> &error = facts.problem ? facts.problem : reach.error;
    const Shape shape = shapeOf(facts, reach);
    m_head->show(m_theme.contextColour(facts.identity), facts.production, shape);
    m_name->setLine(plainText(facts.name));
    m_file->setLine(plainText(contexts::shortPlace(facts.place, home)));
    m_open->setVisible(facts.standing == Standing::Usable);
    m_check->setVisible(facts.standing == Standing::Usable && !facts.isRecording());
    m_check->setEnabled(!reach.checking);
    m_copy->setVisible(!facts.server.empty());
    QString remedy;
    if (error) {
        const bool calm = shape == Shape::Progress || shape == Shape::Idle || shape == Shape::Ok;
        m_banner->say(calm ? Shape::Unknown : shape, sentence(error->message), {});
        const QString where = plainText(contexts::shortPlace(error->place, home));
        remedy = plainText(error->remedy);
        remedy = where.isEmpty() ? remedy : remedy.isEmpty() ? where : tr("%1 (%2)").arg(remedy, where);
    } else if (facts.isRecording()) {
        m_banner->say(Shape::Idle, tr("This is a recording: it is opened without its server."), {});
    } else if (reach.state == Reach::State::Reachable) {
        m_banner->say(shape == Shape::Warn ? Shape::Warn : Shape::Ok,
            shape == Shape::Warn ? tr("The server answers slowly.") : tr("The server answers."),
            tr("Kubernetes %1, %2, since %3.").arg(plainText(reach.version), items::reachWords(facts, reach), items::momentWords(reach.since)));
    } else {
        m_banner->say(reach.checking ? Shape::Progress : Shape::Idle,
            reach.checking ? tr("The server is being asked.") : tr("The server has not been asked yet."), {});
    }
    m_remedy->setLine(remedy);
    m_remedy->setVisible(!remedy.isEmpty());
    m_steps->setSteps(facts.isRecording() ? QList<CheckSteps::Step>() : stepsOf(facts, reach));

    const auto orNothing = [](const QString &text) { return text.isEmpty() ? QStringLiteral("–") : text; };
    m_server->setLine(orNothing(plainText(facts.server)));
    m_cluster->setLine(orNothing(plainText(facts.cluster)));
    m_user->setLine(facts.isRecording() ? orNothing({}) : tr("%1, %2").arg(orNothing(plainText(facts.user)), items::signInWords(facts.signIn)));
    m_namespace->setLine(facts.nameSpace.empty() ? tr("default (the context names none)") : plainText(facts.nameSpace));
    const bool ends = facts.signIn.ends && *facts.signIn.ends != Reach::TimePoint::max();
    m_ends->setLine(ends ? tr("%1, %2").arg(items::endingWords(facts.signIn, false), items::momentWords(*facts.signIn.ends)) : QStringLiteral("–"));
    m_last->setLine(reach.state == Reach::State::NotAsked || facts.standing != Standing::Usable
                        ? QStringLiteral("–")
                        : tr("%1, %2").arg(items::reachWords(facts, reach), items::momentWords(reach.checkedAt)));
}

void ContextPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().surface);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
