// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/paths.h"

namespace fairlead::test {

std::string sourcePath(std::string_view inside)
{
    return std::string(FAIRLEAD_SOURCE "/").append(inside);
}

} // namespace fairlead::test
