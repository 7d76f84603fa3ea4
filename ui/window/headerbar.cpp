// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/headerbar.h"

#include "items/plaintext.h"
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/window/contextchip.h"
#include "ui/window/gotofield.h"
#include "ui/window/livemark.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/switchform.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int mostNames = 12; // namespaces that are named one by one; beyond that how many there are

} // namespace

HeaderBar::HeaderBar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sideBar(Button::onlyIcon(theme, Icon::SideBar, tr("Side bar")))
    , m_none(new PlainLabel(theme, FontRole::Body, &Tokens::muted))
    , m_context(new ContextChip(theme))
    , m_switch(new SwitchForm(theme))
    , m_namespace(new DropButton(theme, DropButton::Frame::Flat, QString()))
    , m_popup(new NamespacePopup(theme))
    , m_field(new GoToField(theme, this))
    , m_live(new LiveMark(theme))
    , m_record(new DropButton(theme, DropButton::Frame::Flat, tr("Record")))
    , m_settings(new DropButton(theme, DropButton::Frame::Flat, tr("Settings")))
{
    speakAs(*this, QAccessible::ToolBar);
    setAccessibleName(tr("Header"));
    setFixedHeight(measure::bar);
    m_none->setLine(tr("No cluster yet"));
    m_context->setPopup(m_switch);
    // Before it is shown: Qt would give a popup two thirds of the screen at most.
    connect(m_context, &DropButton::opening, this, [this] { m_switch->setFixedSize(m_switch->sizeHint()); });
    connect(m_switch, &SwitchForm::chosen, this, &HeaderBar::contextChosen);
    connect(m_switch, &SwitchForm::allWanted, this, &HeaderBar::clustersWanted);
    m_namespace->setCaption(tr("Namespace"));
    m_namespace->setStrong(true);
    m_namespace->setMostWidth(280);
    m_namespace->setPopup(m_popup);
    connect(m_namespace, &DropButton::opening, this, &HeaderBar::namespacesOpening);
    m_record->showIcon(Icon::Record);
    m_record->setOnlyIcon(true);
    m_record->hide();
    m_settings->showIcon(Icon::Gear);
    m_settings->setOnlyIcon(true);
    m_settings->setMenu(new QMenu);
    connect(m_sideBar, &QAbstractButton::clicked, this, &HeaderBar::sideBarToggled);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 8, 1);
    row->setSpacing(0);
    row->addWidget(m_sideBar);
    row->addSpacing(measure::between);
    row->addWidget(m_none);
    row->addWidget(m_context);
    row->addSpacing(2);
    row->addWidget(m_namespace);
    row->addStretch(1);
    row->addWidget(m_live);
    row->addSpacing(measure::between);
    row->addWidget(m_record);
    row->addWidget(m_settings);
    setContext(nullptr);
}

void HeaderBar::openContexts()
{
    m_context->open();
}

void HeaderBar::setContext(const contexts::ContextFacts *facts)
{
    const bool none = facts == nullptr;
    m_switch->setOpened(none ? std::string() : facts->name);
    m_none->setVisible(none);
    m_context->setVisible(!none);
    m_namespace->setVisible(!none);
    m_field->setVisible(!none);
    if (!none)
        m_context->setContext(*facts);
    arrange();
}

void HeaderBar::setScope(const kube::Scope &scope)
{
    if (scope.isAll()) {
        m_namespace->setWords(tr("all namespaces"));
    } else if (int(scope.namespaces.size()) > mostNames) {
        m_namespace->setWords(tr("%1 namespaces").arg(scope.namespaces.size()));
    } else {
        QStringList names;
        for (const std::string &name : scope.namespaces)
            names << items::plainText(name);
        m_namespace->setWords(names.join(QStringLiteral(", ")));
    }
    arrange();
}

void HeaderBar::setLive(Shape shape, const QString &words, const QString &more, std::optional<Icon> icon)
{
    m_live->say(shape, words, more, icon);
    arrange();
}

void HeaderBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void HeaderBar::arrange()
{
    layout()->activate();
    const int left = m_namespace->isHidden() ? m_none->geometry().right() : m_namespace->geometry().right() + 1;
    const QWidget *const first = !m_live->isHidden() ? static_cast<QWidget *>(m_live) : m_record->isHidden() ? m_settings : m_record;
    const int right = first->geometry().left();
    m_field->placeIn(left + measure::group, right - measure::group, width() / 2 + 20, (measure::bar - 1 - measure::control) / 2);
}

void HeaderBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    drawRule(painter, QRectF(0, height() - 1, width(), 1), t.line);
}

} // namespace fairlead::ui
