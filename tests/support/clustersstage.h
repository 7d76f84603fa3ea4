// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/contextmodel.h"
#include "support/clustersworld.h"
#include "support/contextworld.h"
#include "ui/clusters/clusterspage.h"
#include "ui/widgets/button.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/tableview.h"

#include <QApplication>
#include <QLineEdit>

#include <memory>

namespace fairlead::test {

/// One page with all that it stands on. The servers have answered as in test::someReaches(), where there are any.
class ClustersStage {
public:
    explicit ClustersStage(const contexts::ContextList &list, ui::Scheme scheme = ui::Scheme::Light, const QString &checkout = {})
        : theme(scheme)
        , world(clock)
        , settings{QString()}
    {
        theme.applyTo(*qApp);
        world.list = list;
        // What ends, ends as long from this clock's now as from that world's.
        for (contexts::ContextFacts &facts : world.list.contexts) {
            if (facts.signIn.ends)
                *facts.signIn.ends += clock.now() - contextsNow;
        }
        book = std::make_unique<contexts::ContextBook>(world, clock, settings);
        page =
            std::make_unique<ui::ClustersPage>(ui::PageContext{theme, settings, world, nullptr, {}, book.get()}, ui::Destination{.page = "clusters"});
        page->setCheckout(checkout);
        page->setAttribute(Qt::WA_DontShowOnScreen);
        page->resize(1068, 706);
    }
    ~ClustersStage()
    {
        page.reset();
        book.reset();
    }

    void show(QSize size = {1068, 706})
    {
        page->resize(size);
        page->show();
        QApplication::setActiveWindow(page.get());
        world.settle();
    }

    /// All but ci-readonly, which is still being asked.
    void answer() // in the order in which they are asked
    {
        const auto reaches = someReaches();
        for (const contexts::ContextFacts &facts : world.list.contexts) {
            const std::string &name = facts.name;
            const auto found = reaches.find(name);
            if (found == reaches.end())
                continue;
            const contexts::Reach &reach = found->second;
            if (reach.state == contexts::Reach::State::Reachable)
                world.answer(name, reach.version, *reach.roundTrip);
            else if (reach.error)
                world.fail(name, *reach.error);
        }
    }

    [[nodiscard]] ui::TableView &table() const { return *page->findChild<ui::TableView *>(QStringLiteral("contexts")); }
    [[nodiscard]] items::ContextModel &model() const { return *qobject_cast<items::ContextModel *>(table().model()); }
    [[nodiscard]] QWidget &pane() const { return *page->findChild<QWidget *>(QStringLiteral("chosen")); }
    [[nodiscard]] QLineEdit &filter() const { return *page->findChild<QLineEdit *>(); }
    [[nodiscard]] QStringList said(const QWidget &where) const
    {
        QStringList said;
        for (const auto *label : where.findChildren<ui::PlainLabel *>()) {
            if (label->isVisibleTo(page.get()))
                said << label->text();
        }
        return said;
    }
    [[nodiscard]] ui::Button *button(const QString &words) const
    {
        for (auto *button : page->findChildren<ui::Button *>()) {
            if (button->isVisibleTo(page.get()) && button->accessibleName() == words)
                return button;
        }
        return nullptr;
    }
    void choose(const QString &name) const
    {
        for (int row = 0; row < model().rowCount(); ++row) {
            if (model().index(row, 0).data().toString() == name)
                table().setCurrentIndex(model().index(row, 0));
        }
    }

    ui::Theme theme;
    FakeClock clock;
    ClustersWorld world;
    Settings settings;
    std::unique_ptr<contexts::ContextBook> book;
    std::unique_ptr<ui::ClustersPage> page;
};

} // namespace fairlead::test
