// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QSize>
#include <QString>
#include <QTest>

#include <functional>
#include <initializer_list>

/// The rows of a test that writes a picture of each state of a page. Columns: state, dark, size, scale; a row's name is its picture's.
namespace fairlead::test {

inline void shotColumns()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("scale");
}

inline void addShotRow(const char *page, const char *state, bool dark, QSize size, double scale)
{
    QTest::addRow("%s-%s-%dx%d-%d-%s", page, state, size.width(), size.height(), int(scale * 100), dark ? "dark" : "light")
        << QString::fromLatin1(state) << dark << size << scale;
}

/// Each state in both schemes, all sizes and all scales, but for what `leftOut` says: scheme, size and scale seldom depend on each other.
inline void addShotRows(const char *page, std::initializer_list<const char *> states, std::initializer_list<QSize> sizes,
    std::initializer_list<double> scales = {1.0, 2.0}, const std::function<bool(bool dark, QSize size, double scale)> &leftOut = {})
{
    shotColumns();
    for (const char *state : states) {
        for (const bool dark : {false, true}) {
            for (const QSize size : sizes) {
                for (const double scale : scales) {
                    if (!leftOut || !leftOut(dark, size, scale))
                        addShotRow(page, state, dark, size, scale);
                }
            }
        }
    }
}

/// Where the pictures go: shots/ beside the program. It is made; not there afterwards: it could not be.
[[nodiscard]] inline QDir shotsFolder()
{
    const QDir folder(QCoreApplication::applicationDirPath() + QStringLiteral("/shots"));
    folder.mkpath(QStringLiteral("."));
    return folder;
}

} // namespace fairlead::test
