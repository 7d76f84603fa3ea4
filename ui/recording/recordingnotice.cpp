// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/recordingnotice.h"

#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

RecordingNotice::RecordingNotice(const Theme &theme, int colour, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_colour(colour)
    , m_local(new Button(theme, ButtonKind::Normal, tr("Start a local test cluster")))
{
    speakAs(*this, QAccessible::Notification);
    setFixedHeight(tall);
    auto *sentence = new PlainLabel(theme, FontRole::Medium, &Tokens::text);
    sentence->setLine(tr("This is a recording of a real cluster."));
    sentence->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *rest = new PlainLabel(theme, FontRole::Body, &Tokens::text);
    rest->setLine(tr("Ages and charts are those of the moment shown; nothing can be changed."));
    rest->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setAccessibleName(sentence->text() + QLatin1Char(' ') + rest->text());
    auto *open = new Button(theme, ButtonKind::Normal, tr("Open your own cluster…"));
    auto *close = Button::onlyIcon(theme, Icon::Close, tr("Hide this line"));
    open->setSmall(true);
    m_local->setSmall(true);
    m_local->hide();

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(11, 0, measure::between, 1);
    row->setSpacing(0);
    row->addWidget(Mark::icon(theme, Icon::Tape, measure::icon, &Tokens::text));
    row->addSpacing(9);
    row->addWidget(sentence);
    row->addSpacing(6);
    row->addWidget(rest, 1);
    row->addSpacing(measure::margin);
    row->addWidget(open);
    row->addSpacing(measure::between);
    row->addWidget(m_local);
    row->addSpacing(measure::inside);
    row->addWidget(close);

    connect(open, &Button::clicked, this, &RecordingNotice::openWanted);
    connect(m_local, &Button::clicked, this, &RecordingNotice::localClusterWanted);
    connect(close, &Button::clicked, this, [this] {
        hide();
        Q_EMIT closed();
    });
}

void RecordingNotice::offerLocalCluster(bool offered)
{
    m_local->setVisible(offered);
}

void RecordingNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), mix(t.surface, m_theme.contextColour(m_colour), t.scheme == Scheme::Dark ? 0.13 : 0.06));
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

} // namespace fairlead::ui
