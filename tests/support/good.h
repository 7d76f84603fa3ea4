// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QtGlobal>

#include <utility>

namespace fairlead::test {

/// What a test stands on: without it the program ends, with the reason.
template<typename T>
T good(Result<T> result)
{
    if (!result)
        qFatal("%s", result.error().text().c_str());
    return std::move(*result);
}

inline void good(const Result<void> &result)
{
    if (!result)
        qFatal("%s", result.error().text().c_str());
}

} // namespace fairlead::test
