// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <QList>
#include <QString>

/// What a time bar is told: plain values; texts are foreign.
namespace fairlead::ui {

/// Something that went wrong.
struct BarMark {
    enum class Weight { Warning, Failure };
    Moment at;
    Weight weight = Weight::Warning;
    QString object; ///< "Pod shop/cart-6f8d7b9c4d-t8zkp"
    QString words;  ///< "CrashLoopBackOff, container cart"
    quint32 times = 1;
};

/// What happened in the whole time.
struct BarFacts {
    QList<quint32> pieces; ///< changes in each of the equal pieces of the time
    quint64 changes = 0;
    QList<BarMark> marks; ///< by time
    quint64 marksLeftOut = 0;
    quint64 damaged = 0; ///< blocks of the file that could not be read
};

/// The last change up to a moment.
struct BarChange {
    quint64 number = 0; ///< from 1
    QString kind;
    QString space;
    QString name;
    QString what; ///< "added"
};

} // namespace fairlead::ui
