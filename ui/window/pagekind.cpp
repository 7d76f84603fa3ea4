// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/pagekind.h"

#include "kinds/treekinds.h"
#include "kinds/usage.h"
#include "ui/clusters/clusterspage.h"
#include "ui/gallery/gallerypage.h"
#include "ui/jobs/jobspage.h"
#include "ui/logs/logview.h"
#include "ui/metrics/usageview.h"
#include "ui/object/objectpage.h"
#include "ui/object/objectpane.h"
#include "ui/overview/overviewpage.h"
#include "ui/resources/resourcespage.h"

#include <QCoreApplication>

#include <algorithm>

namespace fairlead::ui {

namespace {

template<typename T>
std::unique_ptr<Page> make(const PageContext &context, const Destination &destination)
{
    return std::make_unique<T>(context, destination);
}

/// The tabs of an object that pages do not share: what the context holds outlives each page.
ObjectTabs objectTabs(const PageContext &context)
{
    const Theme &theme = context.theme;
    Settings &settings = context.settings;
    return {{.id = "log",
                .title = QCoreApplication::translate("fairlead::ui", "Log"),
                .suits = [](const kinds::Kind &kind) { return kinds::isPod(kind); },
                .make = [&theme, &settings](const ObjectTarget &target, QWidget *parent) -> QWidget * {
                    return new LogView(theme, settings, target.cluster, target.space, target.name, parent);
                },
                .isComplete = [](const QWidget &made) { return static_cast<const LogView &>(made).isComplete(); },
                .showLog = [](QWidget &made, const std::string &container,
                               bool previous) { static_cast<LogView &>(made).showContainer(container, previous); }},
        {.id = "metrics",
            .title = QCoreApplication::translate("fairlead::ui", "Metrics"),
            .suits = [](const kinds::Kind &kind) { return kinds::usageKindOf(kind.id.group, kind.id.resource) != nullptr; },
            .make = [&theme](const ObjectTarget &target, QWidget *parent) -> QWidget * {
                return new UsageView(theme, target.cluster, target.resource, target.space, target.name, parent);
            },
            .isComplete = [](const QWidget &made) { return static_cast<const UsageView &>(made).isComplete(); }}};
}

DetailPane *makePane(const PageContext &context, QWidget *parent)
{
    return new ObjectPane(context, objectTabs(context), parent);
}

std::unique_ptr<Page> makeObject(const PageContext &context, const Destination &destination)
{
    return std::make_unique<ObjectPage>(context, destination, objectTabs(context));
}

std::unique_ptr<Page> makeResources(const PageContext &context, const Destination &destination)
{
    return std::make_unique<ResourcesPage>(context, destination, makePane);
}

} // namespace

const std::vector<PageKind> &allPages()
{
    static const std::vector<PageKind> pages = {
        {.name = "clusters", .needs = PageKind::Needs::Nothing, .make = make<ClustersPage>},
        {.name = "overview", .make = make<OverviewPage>},
        {.name = "resources", .make = makeResources},
        {.name = "object", .make = makeObject},
        {.name = "jobs", .make = make<JobsPage>},
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
