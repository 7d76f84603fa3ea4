// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/row.h"

#include <string_view>

namespace fairlead::kinds {

/// A name, cut where the part begins that a controller made up: "web" and "-7d9f6c5b84-x2k4q", so that the eye finds what people wrote.
/// Both are views into the name; together they are the name.
struct NameParts {
    std::string_view stem;
    std::string_view tail; ///< with its dash; empty where nothing was made up
};

/// Cuts only where the row says so: by an owner that makes up names, or its labels. A name that merely looks generated stays whole, and
/// so do names that mean something: ordinals of a stateful set's pods, indexes of an indexed job's. Thread: any.
[[nodiscard]] NameParts splitName(const kube::Row &row);
/// An event's name: the object's, a dot, and the time in hexadecimal digits.
[[nodiscard]] NameParts splitEventName(std::string_view name);

} // namespace fairlead::kinds
