// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectheader.h"

#include "ui/object/detailtabs.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int lineHeight = measure::bar - 1;
constexpr int tabsGap = 2 * measure::margin;
constexpr int leastName = 160;

} // namespace

ObjectHeader::ObjectHeader(const Theme &theme, DetailTabs *tabs, Buttons buttons, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tabs(tabs)
    , m_buttons(new QWidget(this))
{
    tabs->setParent(this);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    auto *copy = new DropButton(theme, DropButton::Frame::Flat, tr("Copy"));
    copy->showIcon(Icon::Copy);
    auto *menu = new QMenu(copy);
    connect(menu->addAction(tr("Name")), &QAction::triggered, this, &ObjectHeader::copyNameWanted);
    connect(menu->addAction(tr("kubectl command")), &QAction::triggered, this, &ObjectHeader::copyCommandWanted);
    copy->setMenu(menu);
    row->addWidget(copy);
    if (buttons == Buttons::Pane) {
        copy->setOnlyIcon(true);
        auto *open = Button::onlyIcon(theme, Icon::External, tr("Open in a tab"));
        m_dockButton = Button::onlyIcon(theme, Icon::DockRight, tr("Dock at the right"));
        auto *close = Button::onlyIcon(theme, Icon::Close, tr("Close"));
        row->addWidget(open);
        row->addWidget(m_dockButton);
        row->addWidget(close);
        connect(open, &Button::clicked, this, &ObjectHeader::openWanted);
        connect(close, &Button::clicked, this, &ObjectHeader::closeWanted);
        connect(m_dockButton, &Button::clicked, this,
            [this] { Q_EMIT dockWanted(m_dock == DetailPane::Dock::Below ? DetailPane::Dock::Right : DetailPane::Dock::Below); });
    }
    setFixedHeight(measure::bar);
}

void ObjectHeader::say(Shape shape, const QString &word, Icon icon, const QString &stem, const QString &tail, const QString &where)
{
    m_shape = shape;
    m_word = word;
    m_icon = icon;
    m_stem = stem;
    m_tail = tail;
    m_where = where;
    setAccessibleName(stem + tail + QStringLiteral(", ") + where + (word.isEmpty() ? QString() : QStringLiteral(", ") + word));
    layOut();
    QWidget::update();
}

void ObjectHeader::setStale(bool stale)
{
    m_stale = stale;
    QWidget::update();
}

void ObjectHeader::setDock(DetailPane::Dock dock)
{
    m_dock = dock;
    if (m_dockButton == nullptr)
        return;
    const bool below = dock == DetailPane::Dock::Below;
    m_dockButton->showIcon(below ? Icon::DockRight : Icon::DockBottom);
    const QString name = below ? tr("Dock at the right") : tr("Dock below");
    m_dockButton->setAccessibleName(name);
    m_dockButton->setToolTip(name);
}

qreal ObjectHeader::nameWidth() const
{
    const QFont font = m_theme.font(FontRole::Title);
    return textWidth(m_stem, font, Shaping::Exact) + textWidth(m_tail, font, Shaping::Exact);
}

void ObjectHeader::layOut()
{
    const qreal marks = measure::margin + (m_shape == Shape::None ? 0 : measure::shape + 6) + measure::icon + measure::between;
    const qreal names = nameWidth() + measure::between + textWidth(m_where, m_theme.font(FontRole::Body), Shaping::Exact);
    const int tabs = m_tabs->sizeHint().width();
    const int buttons = m_buttons->sizeHint().width();
    const qreal room = width() - marks - buttons - 2 * measure::margin;
    m_twoLines = room - tabs - tabsGap < std::min<qreal>(names, leastName + textWidth(m_where, m_theme.font(FontRole::Body), Shaping::Exact));
    setFixedHeight(m_twoLines ? 2 * lineHeight + 1 - measure::inside : measure::bar);
    m_buttons->setGeometry(width() - buttons - measure::between, (lineHeight - measure::control) / 2, buttons, measure::control);
    if (m_twoLines) {
        m_tabs->setGeometry(2, lineHeight - measure::inside, std::min(tabs, width() - 4), lineHeight);
        m_nameRoom = room;
    } else {
        const int left = int(std::ceil(marks + std::min(names, room - tabs - tabsGap))) + tabsGap;
        m_tabs->setGeometry(left, 0, tabs, lineHeight);
        m_nameRoom = left - tabsGap - marks;
    }
    const bool cut = names > m_nameRoom + 1;
    setToolTip(cut ? toolTipText(m_stem + m_tail + QLatin1Char('\n') + m_where) : QString());
}

void ObjectHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void ObjectHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), t.surface);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    qreal left = measure::margin;
    if (m_shape != Shape::None) {
        drawShape(painter, QRectF(left, 0, measure::shape, lineHeight), m_shape, m_stale ? t.muted : shapeColour(t, m_shape));
        left += measure::shape + 6;
    }
    drawIcon(painter, QRectF(left, 0, measure::icon, lineHeight), m_icon, t.muted);
    left += measure::icon + measure::between;
    const QFont title = m_theme.font(FontRole::Title);
    const QFont body = m_theme.font(FontRole::Body);
    const qreal where = textWidth(m_where, body, Shaping::Exact);
    // The namespace gives way first, then the end of the name.
    const qreal forName = std::max<qreal>(std::min(nameWidth(), m_nameRoom), m_nameRoom - where - measure::between);
    const qreal end = left + m_nameRoom;
    const qreal nameRoom = std::min(nameWidth() + 1, forName);
    qreal at = left + drawText(painter, QRectF(left, 0, nameRoom, lineHeight), Qt::AlignLeft, m_stem, title, t.text, Shaping::Exact);
    if (left + nameRoom - at > 8)
        at += drawText(painter, QRectF(at, 0, left + nameRoom - at, lineHeight), Qt::AlignLeft, m_tail, title, t.muted, Shaping::Exact);
    at += measure::between;
    if (end - at > 24)
        drawText(painter, QRectF(at, 0, end - at + 1, lineHeight), Qt::AlignLeft, m_where, body, t.muted, Shaping::Exact);
}

} // namespace fairlead::ui
