// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/lookasserts.h"
#include "support/noclusters.h"
#include "support/scenarioworld.h"
#include "ui/overview/findingsview.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/tilebar.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QTest>

#include <memory>

namespace fairlead::test {

/// One Overview page above the recorded scenario.
class OverviewStage {
public:
    explicit OverviewStage(ScenarioWorld::Content content = ScenarioWorld::Content::All, ui::Scheme scheme = ui::Scheme::Light)
        : theme(scheme)
        , world(content)
    {
        theme.applyTo(*qApp);
    }

    /// Shown, and as far as it comes by itself.
    ui::OverviewPage &open(QSize size = {1068, 706}, const kube::Scope &scope = kube::Scope::all())
    {
        make(size, scope);
        wait([this] { return page->isComplete(); });
        (void)picture(*page, size);
        return *page;
    }
    /// Shown before anything was answered.
    ui::OverviewPage &make(QSize size = {1068, 706}, const kube::Scope &scope = kube::Scope::all())
    {
        page = std::make_unique<ui::OverviewPage>(
            ui::PageContext{theme, settings, clusters, world.server().cluster(), scope}, ui::Destination{.page = "overview"});
        QObject::connect(page.get(), &ui::Page::wanted, page.get(), [this](const ui::Destination &where) { wanted.push_back(where); });
        (void)picture(*page, size);
        return *page;
    }
    template<typename Condition>
    bool wait(Condition condition)
    {
        return QTest::qWaitFor(
            [&] {
                world.settle();
                return bool(condition());
            },
            20'000);
    }
    /// The next round of figures and findings.
    bool nextRound()
    {
        const int before = page->overview().rounds();
        return wait([this, before] { return page->overview().rounds() > before; });
    }
    [[nodiscard]] ui::FindingsView &view() { return *page->findChild<ui::FindingsView *>(); }
    [[nodiscard]] ui::TileBar &tiles() { return *page->findChild<ui::TileBar *>(); }
    /// Of the finding of this object; invalid: there is none.
    [[nodiscard]] QModelIndex finding(const QString &name)
    {
        for (int row = 0; row < view().model()->rowCount(); ++row) {
            const QModelIndex index = view().model()->index(row, 0);
            if (index.data(items::FindingModel::NameRole).toString() == name)
                return index;
        }
        return {};
    }

    // The page goes before what it stands on.
    ui::Theme theme;
    Settings settings{QString()};
    NoClusters clusters;
    ScenarioWorld world;
    std::vector<ui::Destination> wanted;
    std::unique_ptr<ui::OverviewPage> page;
};

} // namespace fairlead::test
