// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemView;

namespace fairlead::ui {

/// Of a list whose cursor is in a field beside it: Up, Down, Page Up and Page Down lead through its rows, and stop at its ends.
/// `page`: rows that Page Up and Page Down pass. False: the key is none of these. Thread: GUI.
bool moveByKey(QAbstractItemView &list, int key, int page);

} // namespace fairlead::ui
