// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace fairlead::ui;

/// What a screen reader does to a button is what a click does.
class AccessibleButtonTest : public QObject {
    Q_OBJECT

private:
    Theme m_theme{Scheme::Light};

    static void act(QWidget *widget)
    {
        QAccessibleInterface *const spoken = QAccessible::queryAccessibleInterface(widget);
        QAccessibleActionInterface *const action = spoken->actionInterface();
        QVERIFY(!action->actionNames().isEmpty());
        action->doAction(action->actionNames().first());
    }

private Q_SLOTS:
    void aToggledChipFilters()
    {
        Chip chip(m_theme, Shape::Bad, QStringLiteral("Failing"));
        chip.setCount(7);
        QSignalSpy clicked(&chip, &QAbstractButton::clicked);
        act(&chip);
        QCOMPARE(clicked.size(), 1);
        QVERIFY(chip.isChecked());
        const QAccessibleInterface *const spoken = QAccessible::queryAccessibleInterface(&chip);
        QCOMPARE(spoken->role(), QAccessible::CheckBox);
        QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Failing 7"));
        QVERIFY(spoken->state().checkable && spoken->state().checked);
    }

    void aToggledSegmentIsChosen()
    {
        SegmentedSwitch view(m_theme, QStringLiteral("View"), {{.text = QStringLiteral("Table")}, {.text = QStringLiteral("Tree")}});
        QSignalSpy chosen(&view, &SegmentedSwitch::chosenChanged);
        act(view.part(1));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toInt(), 1);
        QCOMPARE(QAccessible::queryAccessibleInterface(view.part(1))->role(), QAccessible::RadioButton);
        QVERIFY(!QAccessible::queryAccessibleInterface(view.part(0))->state().checked);
    }

    void aPressedDropButtonOpens()
    {
        DropButton button(m_theme, DropButton::Frame::Flat, QStringLiteral("all namespaces"));
        button.setCaption(QStringLiteral("Namespace"));
        auto *popup = new QWidget;
        button.setPopup(popup);
        button.show();
        act(&button);
        QVERIFY(popup->isVisible());
        const QAccessibleInterface *const spoken = QAccessible::queryAccessibleInterface(&button);
        QCOMPARE(spoken->role(), QAccessible::Button);
        QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("Namespace all namespaces"));
        QVERIFY(spoken->state().hasPopup);
        // What is open is found below the button, and nothing once it is closed. (Its own word for its parent is Qt's for any window: the
        // application.)
        QCOMPARE(spoken->childCount(), 1);
        QCOMPARE(spoken->child(0)->object(), popup);
        QCOMPARE(spoken->indexOfChild(spoken->child(0)), 0);
        popup->close();
        QCOMPARE(spoken->childCount(), 0);
    }

    void aPressedButtonIsClicked()
    {
        Button button(m_theme, ButtonKind::Normal, QStringLiteral("Retry now"));
        QSignalSpy clicked(&button, &QAbstractButton::clicked);
        act(&button);
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(QAccessible::queryAccessibleInterface(&button)->role(), QAccessible::Button);
        button.setEnabled(false);
        QAccessibleActionInterface *const action = QAccessible::queryAccessibleInterface(&button)->actionInterface();
        QVERIFY(!action->actionNames().contains(QAccessibleActionInterface::pressAction()));
        action->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(clicked.size(), 1);
    }
};

QTEST_MAIN(AccessibleButtonTest)
#include "tst_accessiblebutton.moc"
