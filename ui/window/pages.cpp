// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pages.h"

#include "ui/gallery/gallerypage.h"
#include "ui/resources/resourcespage.h"

#include <algorithm>

namespace fairlead::ui {

namespace {

template<typename T>
std::unique_ptr<Page> make(const PageContext &context, const Destination &destination)
{
    return std::make_unique<T>(context, destination);
}

} // namespace

const std::vector<PageKind> &allPages()
{
    static const std::vector<PageKind> pages = {
        {.name = "resources", .make = make<ResourcesPage>},
        {.name = "gallery", .needs = PageKind::Needs::Nothing, .make = make<GalleryPage>},
    };
    return pages;
}

const PageKind *pageNamed(const std::string &name)
{
    const auto found = std::find_if(allPages().begin(), allPages().end(), [&](const PageKind &page) { return page.name == name; });
    return found == allPages().end() ? nullptr : &*found;
}

} // namespace fairlead::ui
