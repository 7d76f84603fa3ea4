// SPDX-License-Identifier: GPL-3.0-or-later
// How the program looks, chosen in the settings menu: at once, remembered for the next start, and the same in the other window's menu.
#include "support/offscreenmain.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/dropbutton.h"
#include "ui/window/looksmenu.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

namespace fairlead {

using namespace ui;

class TestLooksMenu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsAreChosenAndRemembered();
    void anotherWindowsChoiceIsShown();
    void nonsenseIsUsual_data();
    void nonsenseIsUsual();

private:
    static QAction &entry(DropButton &button, const QString &name)
    {
        for (QAction *action : button.menu()->actions()) {
            if (action->text() == name)
                return *action;
        }
        qFatal("no entry %s", qPrintable(name));
    }
};

void TestLooksMenu::rowsAreChosenAndRemembered()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.json"));
    Theme theme(Scheme::Light);
    Appearance appearance(theme, *qApp, Appearance::Choice::Light);
    {
        Settings settings(file);
        DropButton button(theme, DropButton::Frame::Flat, QStringLiteral("Settings"));
        button.setMenu(new QMenu);
        addLooks(button, appearance, settings);
        QCOMPARE(rememberedDensity(settings), Density::Usual);
        QVERIFY(entry(button, QStringLiteral("Usual rows")).isChecked());
        entry(button, QStringLiteral("Compact rows")).trigger();
        QCOMPARE(theme.density(), Density::Compact);
        QVERIFY(!entry(button, QStringLiteral("Usual rows")).isChecked());
        entry(button, QStringLiteral("Dark")).trigger();
        QCOMPARE(theme.scheme(), Scheme::Dark);
        QVERIFY(entry(button, QStringLiteral("Compact rows")).isChecked()); // two choices, not one of six
        QCOMPARE(theme.density(), Density::Compact);
    }
    const Settings next(file);
    QCOMPARE(rememberedDensity(next), Density::Compact);
    QCOMPARE(next.value(QLatin1String(looksKey)).toInt(), int(Appearance::Choice::Dark));
}

void TestLooksMenu::anotherWindowsChoiceIsShown()
{
    Settings settings{QString()};
    Theme theme(Scheme::Light);
    Appearance appearance(theme, *qApp, Appearance::Choice::Light);
    DropButton one(theme, DropButton::Frame::Flat, QStringLiteral("Settings"));
    DropButton other(theme, DropButton::Frame::Flat, QStringLiteral("Settings"));
    for (DropButton *button : {&one, &other}) {
        button->setMenu(new QMenu);
        addLooks(*button, appearance, settings);
    }
    entry(one, QStringLiteral("Comfortable rows")).trigger();
    Q_EMIT other.opening();
    QVERIFY(entry(other, QStringLiteral("Comfortable rows")).isChecked());
    QVERIFY(!entry(other, QStringLiteral("Usual rows")).isChecked());
    QVERIFY(entry(other, QStringLiteral("Light")).isChecked());
}

void TestLooksMenu::nonsenseIsUsual_data()
{
    QTest::addColumn<QJsonValue>("kept");
    QTest::newRow("nothing") << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("a word") << QJsonValue(QStringLiteral("compact"));
    QTest::newRow("too large") << QJsonValue(3);
    QTest::newRow("negative") << QJsonValue(-1);
}

void TestLooksMenu::nonsenseIsUsual()
{
    QFETCH(QJsonValue, kept);
    Settings settings{QString()};
    settings.set(QLatin1String(rowsKey), kept);
    QCOMPARE(rememberedDensity(settings), Density::Usual);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestLooksMenu>(argc, argv);
}

#include "tst_looksmenu.moc"
