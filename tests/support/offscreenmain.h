// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QTest>

namespace fairlead::test {

/// main() of a test with widgets: no display, one size of text, one locale and one zone, no blinking, whatever the machine has.
template<typename Test>
int offscreenMain(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_FONT_DPI", "96");
    qputenv("LC_ALL", "C.UTF-8");
    qputenv("TZ", "UTC");
    qunsetenv("FAIRLEAD_CHECKOUT");
    QApplication application(argc, argv);
    QApplication::setCursorFlashTime(0);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace fairlead::test
