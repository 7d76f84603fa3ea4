// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a Qt program can show: what tst_bench_start measures the program's start against.
#include <QApplication>
#include <QWidget>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QWidget window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
