// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// QScintilla, whose headers still use the words that QT_NO_KEYWORDS takes away. Included instead of its own header.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <Qsci/qsciscintilla.h>
#undef signals
#undef slots
