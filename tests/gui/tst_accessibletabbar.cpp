// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/accessibletabbar.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>

using namespace fairlead::ui;

/// What a screen reader is told of tab bars, scroll bars, and of widgets that Qt has no word for.
class AccessibleTabBarTest : public QObject {
    Q_OBJECT

private:
    static QAccessibleInterface *spoken(QWidget &widget) { return QAccessible::queryAccessibleInterface(&widget); }
    static QString nameOf(QAccessibleInterface *each) { return each != nullptr ? each->text(QAccessible::Name) : QString(); }

private Q_SLOTS:
    void aBarKeepsItsName()
    {
        AccessibleTabBar::install();
        QTabBar bar;
        bar.setAccessibleName(QStringLiteral("Tabs"));
        bar.addTab(QStringLiteral("Pods"));
        bar.addTab(itemText(QStringLiteral("a & b")));
        QCOMPARE(nameOf(spoken(bar)), QStringLiteral("Tabs"));
        QCOMPARE(spoken(bar)->role(), QAccessible::PageTabList);
        QCOMPARE(spoken(bar)->childCount(), 2);
        QCOMPARE(nameOf(spoken(bar)->child(0)), QStringLiteral("Pods"));
        QCOMPARE(nameOf(spoken(bar)->child(1)), QStringLiteral("a & b")); // as it is seen
        QCOMPARE(spoken(bar)->child(1)->role(), QAccessible::PageTab);
        bar.setAccessibleTabName(0, QStringLiteral("Pods 12"));
        QCOMPARE(nameOf(spoken(bar)->child(0)), QStringLiteral("Pods 12"));
    }

    void theTabInFrontIsSelected()
    {
        AccessibleTabBar::install();
        QTabBar bar;
        bar.addTab(QStringLiteral("one"));
        bar.addTab(QStringLiteral("two"));
        bar.show();
        QApplication::setActiveWindow(&bar);
        bar.clearFocus();
        QVERIFY(spoken(bar)->child(0)->state().selected);
        QVERIFY(!spoken(bar)->child(1)->state().selected);
        QVERIFY(!spoken(bar)->child(0)->state().focused && spoken(bar)->focusChild() == nullptr);
        bar.setFocus();
        QVERIFY(spoken(bar)->child(0)->state().focused);
        QCOMPARE(spoken(bar)->focusChild(), spoken(bar)->child(0));
        QAccessibleActionInterface *const second = spoken(bar)->child(1)->actionInterface();
        QCOMPARE(second->actionNames(), QStringList{QAccessibleActionInterface::pressAction()});
        second->doAction(second->actionNames().first());
        QCOMPARE(bar.currentIndex(), 1);
        QVERIFY(spoken(bar)->child(1)->state().selected);
        bar.setTabEnabled(0, false);
        QVERIFY(spoken(bar)->child(0)->actionInterface()->actionNames().isEmpty());
        QVERIFY(spoken(bar)->child(0)->state().disabled);
    }

    void tabsAreFoundByPlaceAndNumber()
    {
        AccessibleTabBar::install();
        QTabBar bar;
        bar.addTab(QStringLiteral("one"));
        bar.addTab(QStringLiteral("two"));
        bar.show();
        QAccessibleInterface *const second = spoken(bar)->child(1);
        QCOMPARE(spoken(bar)->indexOfChild(second), 1);
        const QPoint middle = second->rect().center();
        QCOMPARE(spoken(bar)->childAt(middle.x(), middle.y()), second);
        QCOMPARE(second->parent(), spoken(bar));
        bar.removeTab(1);
        QVERIFY(!second->isValid());
        QVERIFY(second->state().invalid);
        QCOMPARE(spoken(bar)->child(1), nullptr);
        bar.addTab(QStringLiteral("three"));
        QCOMPARE(nameOf(spoken(bar)->child(1)), QStringLiteral("three"));
    }

    void scrollBarsHaveNames()
    {
        const Theme theme(Scheme::Light);
        theme.applyTo(*qApp);
        QPlainTextEdit text;
        text.show();
        QCOMPARE(nameOf(spoken(*text.verticalScrollBar())), QStringLiteral("Vertical scroll bar"));
        QCOMPARE(nameOf(spoken(*text.horizontalScrollBar())), QStringLiteral("Horizontal scroll bar"));
        QScrollBar own(Qt::Vertical);
        own.setAccessibleName(QStringLiteral("Errors of the log"));
        own.show();
        QCOMPARE(nameOf(spoken(own)), QStringLiteral("Errors of the log"));
    }

    void aWidgetIsWhatItSays()
    {
        QWidget plain;
        QCOMPARE(spoken(plain)->role(), QAccessible::Client);
        QWidget bar;
        speakAs(bar, QAccessible::ToolBar);
        bar.setAccessibleName(QStringLiteral("Header"));
        QCOMPARE(spoken(bar)->role(), QAccessible::ToolBar);
        QCOMPARE(nameOf(spoken(bar)), QStringLiteral("Header"));
    }
};

QTEST_MAIN(AccessibleTabBarTest)
#include "tst_accessibletabbar.moc"
