// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagetabs.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"

#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace fairlead::ui {

PageTabs::PageTabs(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_bar(new QTabBar)
    , m_stack(new QStackedWidget)
{
    m_bar->setTabsClosable(true);
    m_bar->setMovable(false);
    m_bar->setDocumentMode(true); // the look of pages, not of parts
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setElideMode(Qt::ElideRight);
    m_bar->setAccessibleName(tr("Tabs"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        Q_EMIT currentChanged();
    });
    connect(m_bar, &QTabBar::tabCloseRequested, this, &PageTabs::close);
}

int PageTabs::count() const
{
    return m_stack->count();
}

Page *PageTabs::page(int tab) const
{
    return qobject_cast<Page *>(m_stack->widget(tab));
}

Page *PageTabs::current() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void PageTabs::add(std::unique_ptr<Page> page)
{
    Page *const added = page.release();
    m_stack->addWidget(added);
    connect(added, &Page::titleChanged, this, [this, added] { update(added); });
    connect(added, &Page::completed, this, [this, added] {
        if (current() == added)
            Q_EMIT completed();
    });
    connect(added, &Page::statusChanged, this, [this, added] {
        if (current() == added)
            Q_EMIT statusChanged();
    });
    connect(added, &Page::wanted, this, &PageTabs::wanted);
    m_bar->addTab(QString());
    update(added);
    select(m_stack->count() - 1);
}

void PageTabs::update(Page *page)
{
    // A tab's text takes & for a mnemonic.
    m_bar->setTabIcon(m_stack->indexOf(page), iconOf(m_theme, page->icon()));
    m_bar->setTabText(m_stack->indexOf(page), page->title().replace(QLatin1Char('&'), QStringLiteral("&&")));
}

void PageTabs::select(int tab)
{
    m_bar->setCurrentIndex(tab);
    m_stack->setCurrentIndex(tab);
}

void PageTabs::close(int tab)
{
    Page *const closed = page(tab);
    if (closed == nullptr)
        return;
    m_stack->removeWidget(closed);
    m_bar->removeTab(tab);
    delete closed;
    m_stack->setCurrentIndex(m_bar->currentIndex());
    Q_EMIT currentChanged();
}

void PageTabs::closeAll()
{
    while (count() > 0)
        close(count() - 1);
}

void PageTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), m_bar->height()), m_theme.tokens().raised);
    painter.fillRect(QRect(0, m_bar->height() - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
