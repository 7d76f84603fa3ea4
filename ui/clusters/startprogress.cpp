// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/startprogress.h"

#include "items/plaintext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/well.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int textLeft = 72; // as in a page without rows: where the words begin

} // namespace

StartProgress::StartProgress(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(theme, FontRole::Title, &Tokens::text))
    , m_note(new PlainLabel(theme, FontRole::Body, &Tokens::muted))
    , m_cancel(new Button(theme, ButtonKind::Normal, Icon::Close, tr("Cancel")))
    , m_output(new Well(theme, {}))
{
    m_output->setObjectName(QStringLiteral("output"));
    m_output->setAccessibleName(tr("Output"));
    m_output->setMaximumBlockCount(mostLines);
    m_output->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    auto *head = new QHBoxLayout;
    head->setSpacing(measure::between);
    head->addWidget(Mark::shape(theme, Shape::Progress));
    head->addWidget(m_title, 1);
    head->addWidget(m_cancel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(textLeft - measure::shape - measure::between, 28, measure::group, measure::group);
    column->setSpacing(measure::between);
    column->addLayout(head);
    auto *below = new QVBoxLayout;
    below->setContentsMargins(measure::shape + measure::between, 0, 0, 0);
    below->setSpacing(measure::margin);
    below->addWidget(m_note);
    below->addWidget(m_output, 1);
    column->addLayout(below, 1);
    connect(m_cancel, &Button::clicked, this, &StartProgress::cancelWanted);
}

void StartProgress::begin(const QString &title)
{
    m_title->setLine(title);
    m_note->setLine(tr("A real API server with a small set of objects, on this machine only. Cancel ends it and removes what was made."));
    m_output->clear();
    m_cancel->setEnabled(true);
    m_cancel->setFocus();
}

void StartProgress::addLine(const QString &line)
{
    QScrollBar *bar = m_output->verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum();
    m_output->appendPlainText(items::plainText(line.toStdString()));
    // Who has scrolled back to read is not carried away.
    if (atEnd)
        bar->setValue(bar->maximum());
}

QString StartProgress::lastLines() const
{
    constexpr qsizetype most = 10;
    const QStringList lines = m_output->toPlainText().split(QLatin1Char('\n'));
    return lines.mid(std::max<qsizetype>(0, lines.size() - most)).join(QLatin1Char('\n'));
}

void StartProgress::showEnding()
{
    m_note->setLine(tr("It is being ended, and what was made is removed…"));
    m_cancel->setEnabled(false);
}

} // namespace fairlead::ui
