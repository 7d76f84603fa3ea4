// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagetabs.h"

#include "ui/widgets/accessibletabbar.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/window/waitingpage.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int tabsHeight = 32;

} // namespace

PageTabs::PageTabs(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_bar(new QTabBar)
    , m_plus(Button::onlyIcon(theme, Icon::Plus, tr("New tab")))
    , m_stack(new QStackedWidget)
{
    AccessibleTabBar::install();
    m_bar->setDocumentMode(true);
    m_bar->setTabsClosable(true);
    m_bar->setMovable(true);
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setElideMode(Qt::ElideNone); // the style cuts; Qt would measure with another font
    m_bar->setUsesScrollButtons(true);
    m_bar->setMinimumWidth(tabsHeight);
    m_bar->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_bar->setAccessibleName(tr("Tabs"));
    m_bar->installEventFilter(this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, measure::between, 0);
    row->setSpacing(3);
    row->addWidget(m_bar);
    row->addWidget(m_plus);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_stack, 1);
    m_bar->setFixedHeight(tabsHeight);
    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        if (tab < 0 || tab >= m_stack->count())
            return;
        show(tab);
        Q_EMIT currentChanged();
    });
    connect(m_bar, &QTabBar::tabMoved, this, [this](int from, int to) {
        QWidget *const moved = m_stack->widget(from);
        const QSignalBlocker blocker(m_stack);
        m_stack->removeWidget(moved);
        m_stack->insertWidget(to, moved);
        m_stack->setCurrentIndex(m_bar->currentIndex());
        Q_EMIT tabsChanged();
    });
    connect(m_bar, &QTabBar::tabCloseRequested, this, &PageTabs::close);
    connect(m_plus, &QAbstractButton::clicked, this, &PageTabs::newTabWanted);
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

bool PageTabs::focusRows(Qt::FocusReason reason)
{
    Page *const page = current();
    if (page == nullptr)
        return false;
    if (page->focusProxy() != nullptr) {
        page->setFocus(reason);
        return true;
    }
    const auto views = page->findChildren<QAbstractItemView *>();
    const auto usable = [page](const QAbstractItemView *view) {
        return view->isEnabled() && view->isVisibleTo(page) && view->focusPolicy() != Qt::NoFocus;
    };
    const auto found = std::find_if(views.begin(), views.end(), usable);
    if (found == views.end())
        return false;
    (*found)->setFocus(reason);
    return true;
}

int PageTabs::currentTab() const
{
    return m_stack->currentIndex();
}

void PageTabs::add(std::unique_ptr<Page> page)
{
    addBehind(std::move(page));
    select(count() - 1);
    Q_EMIT tabsChanged();
}

void PageTabs::addBehind(std::unique_ptr<Page> page)
{
    Page *const added = page.release();
    m_stack->addWidget(added);
    listenTo(added);
    const QSignalBlocker blocker(m_bar); // the first one would come to the front by itself
    m_bar->addTab(QString());
    update(added);
}

void PageTabs::listenTo(Page *added)
{
    connect(added, &Page::titleChanged, this, [this, added] {
        update(added);
        Q_EMIT tabsChanged();
    });
    connect(added, &Page::completed, this, [this, added] {
        if (current() == added)
            Q_EMIT completed();
    });
    connect(added, &Page::statusChanged, this, [this, added] {
        if (current() == added)
            Q_EMIT statusChanged();
    });
    connect(added, &Page::wanted, this, &PageTabs::wanted);
}

void PageTabs::show(int tab)
{
    if (auto *waiting = qobject_cast<WaitingPage *>(m_stack->widget(tab))) {
        Page *const made = waiting->make().release();
        m_stack->insertWidget(tab, made);
        m_stack->removeWidget(waiting);
        delete waiting;
        listenTo(made);
        update(made);
    }
    m_stack->setCurrentIndex(tab);
}

void PageTabs::update(Page *page)
{
    const int tab = m_stack->indexOf(page);
    m_bar->setTabText(tab, itemText(page->title()));
    m_bar->setTabToolTip(tab, toolTipText(page->title()));
    m_bar->setTabIcon(tab, iconOf(m_theme, page->icon()));
    fitBar();
}

/// Qt's own least width is more than a short tab takes, and the plus would stand far from it.
void PageTabs::fitBar()
{
    m_bar->setMaximumWidth(std::max(tabsHeight, m_bar->sizeHint().width()));
    m_bar->updateGeometry();
}

void PageTabs::select(int tab)
{
    if (tab < 0 || tab >= count())
        return;
    if (m_bar->currentIndex() != tab) {
        m_bar->setCurrentIndex(tab);
        return;
    }
    show(tab);
    Q_EMIT currentChanged();
}

void PageTabs::selectNext(int by)
{
    if (count() > 1)
        select((currentTab() + by + count()) % count());
}

void PageTabs::remove(int tab)
{
    Page *const removed = page(tab);
    const QSignalBlocker blocker(m_bar); // told once, when both have the same pages
    m_stack->removeWidget(removed);
    m_bar->removeTab(tab);
    fitBar();
    delete removed;
}

void PageTabs::close(int tab)
{
    if (page(tab) == nullptr)
        return;
    remove(tab);
    if (count() > 0)
        show(m_bar->currentIndex());
    Q_EMIT currentChanged();
    Q_EMIT tabsChanged();
    if (count() == 0)
        Q_EMIT lastClosed();
}

void PageTabs::closeAll()
{
    while (count() > 0)
        remove(count() - 1);
}

bool PageTabs::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const int tab = m_bar->tabAt(mouse->position().toPoint());
        if (mouse->button() == Qt::MiddleButton && tab >= 0) {
            close(tab);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PageTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), tabsHeight), m_theme.tokens().raised);
    drawRule(painter, QRectF(0, tabsHeight - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
