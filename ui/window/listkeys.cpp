// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/listkeys.h"

#include <QAbstractItemView>

#include <algorithm>

namespace fairlead::ui {

bool moveByKey(QAbstractItemView &list, int key, int page)
{
    int by = 0;
    switch (key) {
    case Qt::Key_Down:
        by = 1;
        break;
    case Qt::Key_Up:
        by = -1;
        break;
    case Qt::Key_PageDown:
        by = page;
        break;
    case Qt::Key_PageUp:
        by = -page;
        break;
    default:
        return false;
    }
    const QAbstractItemModel &model = *list.model();
    if (const int rows = model.rowCount(); rows > 0)
        list.setCurrentIndex(model.index(std::clamp(list.currentIndex().row() + by, 0, rows - 1), 0));
    return true;
}

} // namespace fairlead::ui
