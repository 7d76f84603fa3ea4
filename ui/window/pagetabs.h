// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <memory>

class QStackedWidget;
class QTabBar;

namespace fairlead::ui {

class Button;

/// The tabs over the pages, and the page in front.
///
/// A tab is closed by its cross or the middle button. Thread: GUI. Owner: the window. Owns its pages. Promise: a closed page dies at once,
/// with all that it subscribed to; a WaitingPage gives way to what it stands for before it is seen.
class PageTabs : public QWidget {
    Q_OBJECT

public:
    explicit PageTabs(const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] int count() const;
    [[nodiscard]] Page *page(int tab) const;
    [[nodiscard]] Page *current() const; ///< null where there is no tab
    [[nodiscard]] int currentTab() const;
    /// Behind the others, and in front of the eye.
    void add(std::unique_ptr<Page> page);
    /// Behind the others, and unseen until it is selected; also where it is the first.
    void addBehind(std::unique_ptr<Page> page);
    void select(int tab);
    /// Round: the one before the first is the last.
    void selectNext(int by);
    void close(int tab);
    void closeAll();
    /// Gives the cursor to where the page in front has it (its focus proxy), else to its first list that can be used; false: not yet.
    bool focusRows(Qt::FocusReason reason);

Q_SIGNALS:
    void currentChanged();
    void tabsChanged(); ///< one more, one less, another order, another title: what is remembered differs
    void completed();   ///< the page in front is complete
    void statusChanged();
    void wanted(const fairlead::ui::Destination &destination);
    void newTabWanted();
    void lastClosed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void listenTo(Page *page);
    void show(int tab);
    void remove(int tab);
    void update(Page *page);
    void fitBar();

    const Theme &m_theme;
    QTabBar *m_bar;
    Button *m_plus;
    QStackedWidget *m_stack;
};

} // namespace fairlead::ui
