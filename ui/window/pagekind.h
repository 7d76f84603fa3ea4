// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

#include <memory>
#include <string>
#include <vector>

namespace fairlead::ui {

/// A page as --page and destinations name it.
struct PageKind {
    enum class Needs { Nothing, Cluster };
    using Make = std::unique_ptr<Page> (*)(const PageContext &context, const Destination &destination);
    std::string name;
    Needs needs = Needs::Cluster;
    Make make = nullptr;
};

/// All pages that there are, in the order in which they are offered.
[[nodiscard]] const std::vector<PageKind> &allPages();
[[nodiscard]] const PageKind *pageNamed(const std::string &name); ///< null: there is none

} // namespace fairlead::ui
