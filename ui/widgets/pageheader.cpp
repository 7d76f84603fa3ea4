// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pageheader.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int titleAtLeast = 160;

} // namespace

PageHeader::PageHeader(const Theme &theme, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
    , m_title(new PlainLabel(theme, FontRole::Title, &Tokens::text))
    , m_count(new PlainLabel(theme, FontRole::Body, &Tokens::muted, Shaping::Exact))
{
    setFixedHeight(measure::bar);
    m_row->setContentsMargins(measure::margin, 0, measure::margin, 1);
    setTitle(title);
    m_row->addWidget(m_title);
    m_row->addWidget(m_count);
    addStretch();
}

void PageHeader::setTitle(const QString &title)
{
    m_title->setLine(title);
    m_title->setMinimumWidth(std::min(m_title->sizeHint().width(), titleAtLeast)); // tools and counts give way first
}

void PageHeader::setCount(const QString &count)
{
    m_count->setLine(count);
    m_count->setVisible(!count.isEmpty());
}

void PageHeader::add(QWidget *tool, int stretch)
{
    // Until there are tools, title and count share the line.
    if (m_row->count() == 3 && m_row->itemAt(2)->spacerItem() != nullptr) {
        delete m_row->takeAt(2);
        m_row->addSpacing(measure::inside);
    }
    m_row->addWidget(tool, stretch);
}

void PageHeader::addStretch()
{
    m_row->addStretch(1);
}

void PageHeader::addSpacing(int width)
{
    m_row->addSpacing(width);
}

void PageHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
