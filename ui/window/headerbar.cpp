// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/headerbar.h"

#include "items/plaintext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/shapes.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

namespace {

constexpr int chipLeft = 38; // right of the program's icon
constexpr int chipPadding = 10;
constexpr int square = 8; // in the context's colour

} // namespace

HeaderBar::HeaderBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_none(new PlainLabel(theme, FontRole::Body, theme.tokens().muted))
    , m_context(new PlainLabel(theme, FontRole::Bold, theme.tokens().text, Shaping::Exact))
    , m_namespaceCaption(new PlainLabel(theme, FontRole::Body, theme.tokens().muted))
    , m_namespace(new PlainLabel(theme, FontRole::Medium, theme.tokens().text, Shaping::Exact))
    , m_server(new PlainLabel(theme, FontRole::Body, theme.tokens().muted, Shaping::Exact))
{
    setFixedHeight(measure::bar);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(chipLeft, 0, measure::margin, 1);
    row->setSpacing(6);
    m_none->setLine(tr("No cluster yet"));
    row->addWidget(m_none);
    row->addSpacing(chipPadding + square + 6); // a hidden label before it takes no room
    m_context->setMaximumWidth(360);
    m_namespace->setMaximumWidth(240);
    m_server->setAlignment(Qt::AlignRight);
    m_namespaceCaption->setLine(tr("Namespace"));
    row->addWidget(m_context);
    row->addSpacing(chipPadding + measure::margin);
    row->addWidget(m_namespaceCaption);
    row->addWidget(m_namespace);
    row->addSpacing(measure::group);
    row->addWidget(m_server, 1);
    setContext(nullptr);
}

void HeaderBar::setContext(const contexts::ContextFacts *facts)
{
    const bool none = facts == nullptr;
    m_production = !none && facts->production;
    m_colour = none ? m_theme.tokens().edge : m_theme.contextColour(facts->identity);
    m_none->setVisible(none);
    m_context->setVisible(!none);
    m_context->setLine(none ? QString() : items::plainText(facts->name));
    m_namespaceCaption->setVisible(!none);
    m_namespace->setLine(none ? QString() : facts->nameSpace.empty() ? QStringLiteral("default") : items::plainText(facts->nameSpace));
    m_server->setLine(none ? QString() : items::plainText(facts->server));
    update();
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    drawIcon(painter, QRectF(measure::margin, 0, measure::icon, height() - 1), Icon::Fairlead, t.text);
    if (!m_context->isVisible())
        return;
    const QRect name = m_context->geometry();
    const QRect chip(chipLeft, 6, name.right() + 1 + chipPadding - chipLeft, measure::control);
    const bool dark = t.scheme == Scheme::Dark;
    drawBox(painter, chip, mix(t.raised, m_colour, dark ? 0.22 : 0.12), mix(t.raised, m_colour, dark ? 0.6 : 0.55));
    const QRectF mark(chipLeft + chipPadding, 6 + (measure::control - square) / 2, square, square);
    if (m_production)
        drawHatch(painter, mark, m_colour, mix(m_colour, t.raised, 0.7), 4);
    else
        painter.fillRect(mark, m_colour);
}

} // namespace fairlead::ui
