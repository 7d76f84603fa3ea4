// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/recordbar.h"

#include "items/plaintext.h"
#include "playback/clusterrecorder.h"
#include "ui/recording/barwords.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/text.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

namespace {

QString counted(quint64 count, const QString &one, const QString &more)
{
    return QStringLiteral("%1 %2").arg(grouped(qlonglong(count)), count == 1 ? one : more);
}

} // namespace

RecordBar::RecordBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_under(Mark::icon(theme, Icon::Record, measure::icon, &Tokens::bad))
    , m_done(Mark::icon(theme, Icon::Tape, measure::icon, &Tokens::text))
    , m_failed(Mark::shape(theme, Shape::Bad))
    , m_sentence(new PlainLabel(theme, FontRole::Medium, &Tokens::text))
    , m_rest(new PlainLabel(theme, FontRole::Body, &Tokens::text))
    , m_stop(new Button(theme, ButtonKind::Normal, tr("Stop")))
    , m_open(new Button(theme, ButtonKind::Normal, tr("Open the recording")))
    , m_close(Button::onlyIcon(theme, Icon::Close, tr("Hide this line")))
{
    speakAs(*this, QAccessible::Notification);
    setFixedHeight(tall);
    m_sentence->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_rest->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stop->setSmall(true);
    m_open->setSmall(true);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(11, 0, measure::between, 1);
    row->setSpacing(0);
    row->addWidget(m_under);
    row->addWidget(m_done);
    row->addWidget(m_failed);
    row->addSpacing(9);
    row->addWidget(m_sentence);
    row->addSpacing(6);
    row->addWidget(m_rest, 1);
    row->addSpacing(measure::margin);
    row->addWidget(m_stop);
    row->addWidget(m_open);
    row->addSpacing(measure::inside);
    row->addWidget(m_close);

    connect(m_stop, &Button::clicked, this, &RecordBar::stopWanted);
    connect(m_open, &Button::clicked, this, &RecordBar::openWanted);
    connect(m_close, &Button::clicked, this, &RecordBar::closed);
    say({});
}

void RecordBar::say(const RecordFacts &facts)
{
    using Phase = RecordFacts::Phase;
    const bool over = facts.phase == Phase::Done || facts.phase == Phase::Failed;
    m_under->setVisible(!over);
    m_done->setVisible(facts.phase == Phase::Done);
    m_failed->setVisible(facts.phase == Phase::Failed);
    m_stop->setVisible(!over);
    m_stop->setEnabled(facts.phase == Phase::Beginning || facts.phase == Phase::Running);
    m_open->setVisible(over && facts.canOpen);
    m_close->setVisible(over);
    const QString what = facts.space.isEmpty() ? facts.context : tr("%1, namespace %2").arg(facts.context, facts.space);
    const QString name = QFileInfo(facts.file).fileName();
    switch (facts.phase) {
    case Phase::Beginning:
    case Phase::Running:
        m_sentence->setLine(tr("Recording %1.").arg(what));
        m_rest->setLine(recordText(facts));
        break;
    case Phase::Ending:
        m_sentence->setLine(tr("Recording %1.").arg(what));
        m_rest->setLine(tr("%1 is being completed.").arg(name));
        break;
    case Phase::Done:
        m_sentence->setLine(tr("%1 was recorded.").arg(what));
        m_rest->setLine(tr("%1: %2").arg(name, recordText(facts)));
        break;
    case Phase::Failed:
        m_sentence->setLine(facts.canOpen ? tr("The recording of %1 ended early.").arg(what) : tr("%1 was not recorded.").arg(what));
        m_rest->setLine(facts.why);
        break;
    }
    m_rest->setToolTip(over ? facts.file : QString());
    setAccessibleName(words());
}

QString RecordBar::words() const
{
    return m_sentence->text() + QLatin1Char(' ') + m_rest->text();
}

void RecordBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), t.raised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

QString recordText(const RecordFacts &facts)
{
    const auto tr = [](const char *text) { return RecordBar::tr(text); };
    if (facts.kinds == 0)
        return tr("The server is being asked what it offers.");
    QStringList parts;
    parts << (facts.listed < facts.kinds ? tr("%1 of %2").arg(grouped(qlonglong(facts.listed)), counted(facts.kinds, tr("kind"), tr("kinds")))
                                         : counted(facts.kinds, tr("kind"), tr("kinds")));
    parts << counted(facts.rows, tr("row"), tr("rows"));
    if (facts.lines > 0)
        parts << counted(facts.lines, tr("line of logs"), tr("lines of logs"));
    parts << tr("%1 in %2").arg(counted(facts.changes, tr("change"), tr("changes")), lengthText(facts.length));
    parts << fileSizeText(facts.bytes);
    QString text = parts.join(QStringLiteral(", "));
    if (facts.unreadable > 0)
        text += QStringLiteral("; ") + tr("%1 made unreadable").arg(counted(facts.unreadable, tr("secret"), tr("secrets")));
    if (facts.refused > 0)
        text += QStringLiteral("; ") + tr("%1 may not be read").arg(counted(facts.refused, tr("kind"), tr("kinds")));
    return text;
}

RecordFacts recordFacts(const playback::ClusterRecorder &recorder)
{
    using From = playback::ClusterRecorder::Phase;
    RecordFacts facts;
    switch (recorder.phase()) {
    case From::None:
    case From::Beginning:
        facts.phase = RecordFacts::Phase::Beginning;
        break;
    case From::Running:
        facts.phase = RecordFacts::Phase::Running;
        break;
    case From::Ending:
        facts.phase = RecordFacts::Phase::Ending;
        break;
    case From::Done:
        facts.phase = RecordFacts::Phase::Done;
        break;
    case From::Failed:
        facts.phase = RecordFacts::Phase::Failed;
        break;
    }
    const recording::RecordRun::Progress &progress = recorder.progress();
    facts.context = items::plainText(recorder.order().context);
    facts.space = items::plainText(recorder.order().wish.space);
    facts.file = QString::fromStdString(recorder.order().file);
    facts.listed = progress.listed;
    facts.kinds = progress.resources;
    facts.refused = progress.refused.size();
    facts.rows = progress.rows;
    facts.changes = progress.events;
    facts.lines = progress.logLines;
    facts.bytes = progress.bytes;
    facts.unreadable = progress.redactions.total();
    facts.length = std::chrono::floor<std::chrono::seconds>(recorder.elapsed());
    if (recorder.error())
        facts.why = items::plainText(recorder.error()->text());
    facts.canOpen = recorder.hasFile();
    return facts;
}

} // namespace fairlead::ui
