// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/checksteps.h"

#include "items/contextwords.h"
#include "items/plaintext.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

using contexts::Reach;
using contexts::Standing;
using Step = CheckSteps::Step;

namespace {

constexpr int markTop = 4;
constexpr int nameTop = 22;
constexpr int noteTop = 39;
constexpr int lineHeight = 17;
constexpr int wholeHeight = noteTop + lineHeight + 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::CheckSteps", text);
}

enum Place { File, Connection, Tls, SignIn, Answer, Places };

/// Where the way ended.
Place failedAt(const Error &error)
{
    switch (error.code) {
    case Code::BadInput:
    case Code::Unsupported:
        return File;
    case Code::Unreachable:
        return Connection;
    case Code::Untrusted:
        return Tls;
    case Code::Unauthorized:
    case Code::Forbidden:
        return SignIn;
    default:
        return Answer;
    }
}

} // namespace

QList<Step> stepsOf(const contexts::ContextFacts &facts, const Reach &reach)
{
    const std::string_view server = facts.server;
    const bool secure = server.substr(0, 8) == "https://";
    QList<Step> steps(Places);
    steps[File].name = tr("Kubeconfig");
    steps[Connection].name = tr("Connection");
    steps[Tls].name = tr("TLS");
    steps[SignIn].name = tr("Sign-in");
    steps[Answer].name = tr("Answer");
    const auto done = [&steps](Place place, const QString &note) {
        steps[place].state = Step::State::Done;
        steps[place].note = note;
    };
    const auto fail = [&steps](Place place, Shape shape, const QString &note) {
        steps[place].state = Step::State::Failed;
        steps[place].shape = shape;
        steps[place].note = note;
    };
    const QString way = items::signInWords(facts.signIn);
    steps[SignIn].note = way;
    if (facts.standing != Standing::Usable) {
        if (facts.standing == Standing::Broken)
            fail(File, Shape::Bad, tr("Not usable"));
        else
            fail(File, Shape::Unknown, tr("Asks for what is not there yet"));
        return steps;
    }
    done(File, tr("All that it names was read"));
    if (reach.state == Reach::State::NotAsked) {
        if (reach.checking) {
            steps[Connection].state = Step::State::Under;
            steps[Connection].note = tr("Under way");
        }
        return steps;
    }
    const Error error = reach.error.value_or(Error{});
    const Place end = reach.state == Reach::State::Reachable ? Places : failedAt(error);
    const QString words = items::reachWords(facts, reach);
    if (end > Connection)
        done(Connection, reach.roundTrip ? tr("Round trip %1").arg(words) : tr("Open"));
    if (end > Tls)
        done(Tls, secure ? tr("The server is who it should be") : tr("None: the address is not https"));
    // A server that is silent has not said whether it lets us in.
    if (end == Places || error.http > 0)
        done(SignIn, way);
    if (end == Places)
        done(Answer, items::plainText(reach.version));
    else
        fail(end, reach.state == Reach::State::Refused ? Shape::Unknown : Shape::Bad, words);
    return steps;
}

CheckSteps::CheckSteps(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(wholeHeight);
}

void CheckSteps::setSteps(const QList<Step> &steps)
{
    m_steps = steps;
    QStringList said;
    for (const Step &step : m_steps) {
        const QString state = step.state == Step::State::Done     ? tr("done")
                              : step.state == Step::State::Failed ? tr("failed")
                              : step.state == Step::State::Under  ? tr("under way")
                                                                  : tr("not reached");
        said << (step.note.isEmpty() ? QStringLiteral("%1: %2").arg(step.name, state)
                                     : QStringLiteral("%1: %2, %3").arg(step.name, state, step.note));
    }
    setAccessibleName(said.join(QStringLiteral("; ")));
    update();
}

void CheckSteps::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    if (m_steps.isEmpty())
        return;
    const qreal room = qreal(width()) / qreal(m_steps.size());
    for (qsizetype i = 0; i < m_steps.size(); ++i) {
        const Step &step = m_steps[i];
        const qreal left = std::round(room * qreal(i));
        const qreal right = std::round(room * qreal(i + 1));
        const bool reached = step.state == Step::State::Done || step.state == Step::State::Failed;
        const Shape shape = step.state == Step::State::Done     ? Shape::Ok
                            : step.state == Step::State::Failed ? step.shape
                            : step.state == Step::State::Under  ? Shape::Progress
                                                                : Shape::Unknown;
        const QColor colour = step.state == Step::State::NotDone ? t.edge : shapeColour(t, shape);
        drawShape(painter, QRectF(left, markTop, measure::shape, measure::shape), shape, colour);
        if (i + 1 < m_steps.size()) {
            const bool through = step.state == Step::State::Done && m_steps[i + 1].state != Step::State::NotDone;
            painter.fillRect(QRectF(left + measure::shape + 8, markTop + measure::shape / 2 - (through ? 1 : 0), right - left - measure::shape - 16,
                                 through ? 2 : 1),
                through ? mix(t.surface, t.ok, 0.7) : t.line);
        }
        const QRectF name(left, nameTop, right - left - measure::between, lineHeight);
        const QRectF note(left, noteTop, right - left - measure::between, lineHeight);
        const bool failed = step.state == Step::State::Failed;
        drawText(painter, name, Qt::AlignLeft, step.name, m_theme.font(FontRole::Medium), failed ? colour : reached ? t.text : t.muted);
        drawText(painter, note, Qt::AlignLeft, step.note, m_theme.font(FontRole::Small), failed ? t.text : t.muted, Shaping::Exact);
    }
}

} // namespace fairlead::ui
