// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/celltooltip.h"

namespace fairlead::ui {

QString cellToolTip(const QModelIndex &index, bool isCut)
{
    const QString words = index.data(Qt::ToolTipRole).toString();
    const QString text = isCut ? index.data().toString() : QString();
    if (words.isEmpty() || words.contains(text)) // of an empty text, too
        return words.isEmpty() ? text : words;
    return text + QLatin1Char('\n') + words;
}

} // namespace fairlead::ui
