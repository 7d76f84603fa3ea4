// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/celltips.h"

#include "items/contextwords.h"
#include "items/tablemodel.h"

#include <QCoreApplication>
#include <QDateTime>

#include <chrono>

namespace fairlead::items::celltips {

QString tip(Cell cell, const std::function<QVariant(int)> &read)
{
    QStringList said;
    if (cell == Name || read(TableModel::SpeaksOfHealthRole).toBool()) {
        const QString word = read(TableModel::HealthWordRole).toString();
        if (!word.isEmpty() && word.compare(read(Qt::DisplayRole).toString(), Qt::CaseInsensitive) != 0)
            said << word;
    }
    if (const QDateTime since = read(TableModel::SinceRole).toDateTime(); since.isValid()) {
        const QString moment = momentWords(std::chrono::system_clock::time_point(std::chrono::milliseconds(since.toMSecsSinceEpoch())));
        said << (read(TableModel::SinceIsExactRole).toBool() ? moment : QCoreApplication::translate("CellTips", "about %1").arg(moment));
    }
    return said.join(QStringLiteral(" · "));
}

} // namespace fairlead::items::celltips
