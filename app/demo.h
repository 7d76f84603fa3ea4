// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/reader.h"

#include <QString>

namespace fairlead::app {

/// The recording that is part of the program: resources/demo/demo.flrec of the checkout, in the program's own file, so that the program alone
/// is enough wherever it was copied to. Read from memory: nothing is written.
/// Thread: any. Error: Unsupported where it was not there when this program was built. `place` is for tests.
[[nodiscard]] Result<recording::Reader> openDemo(const QString &place = QStringLiteral(":/demo/demo.flrec"));

/// Was it there when this program was built. Thread: any.
[[nodiscard]] bool hasDemo();

} // namespace fairlead::app
