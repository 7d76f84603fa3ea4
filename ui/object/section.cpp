// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/section.h"

#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace fairlead::ui {

namespace {

constexpr int titleHeight = 22;

} // namespace

Section::Section(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(theme, FontRole::Caption, &Tokens::muted))
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted, Shaping::Exact))
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setSpacing(measure::between);
    head->addWidget(m_title);
    head->addWidget(m_note, 1);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_title->setFixedHeight(titleHeight);
    m_note->setFixedHeight(titleHeight);
    m_column->addLayout(head);
    m_column->addWidget(Mark::hairline(theme));
    m_column->addSpacing(measure::inside);
    setTitle(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Section::setTitle(const QString &title)
{
    m_title->setLine(title);
    setAccessibleName(title);
}

void Section::setNote(const QString &note)
{
    m_note->setLine(note);
}

void Section::add(QWidget *widget)
{
    m_column->addWidget(widget);
}

} // namespace fairlead::ui
