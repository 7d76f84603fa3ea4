// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pageheader.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

PageHeader::PageHeader(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_count(new PlainLabel(theme, FontRole::Body, theme.tokens().muted, Shaping::Exact))
{
    setFixedHeight(measure::bar);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::margin, 0, measure::margin, 1);
    auto *name = new PlainLabel(theme, FontRole::Title, theme.tokens().text);
    name->setLine(title);
    row->addWidget(name);
    row->addWidget(m_count, 1);
}

void PageHeader::setCount(const QString &count)
{
    m_count->setLine(count);
}

void PageHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
