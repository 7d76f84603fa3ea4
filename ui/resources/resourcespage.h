// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreegrouping.h"
#include "items/resourcefinder.h"
#include "items/rowfilter.h"
#include "items/rowordermodel.h"
#include "items/tablemodel.h"
#include "ui/resources/resourcemessages.h"
#include "ui/resources/resourcesbar.h"
#include "ui/resources/rowactions.h"
#include "ui/widgets/detailpane.h"
#include "ui/widgets/page.h"

class QVBoxLayout;

namespace fairlead::items {
class OwnerTreeModel;
struct TableStanding;
} // namespace fairlead::items

namespace fairlead::ui {

class Banner;
class OwnerTreeView;
class PaneDock;
class PlaceholderRows;
class ResourceTable;
class UsageColumns;
class WorkFilter;

/// The objects of one kind as a live table with the server's own columns, or as a tree by owner, and the chosen one beside it.
///
/// Promise: one of loading, content, empty, failed and stale is always shown. What fails is tried again by itself.
class ResourcesPage : public Page {
    Q_OBJECT

public:
    /// `makePane`: empty where nothing is docked.
    ResourcesPage(const PageContext &context, const Destination &destination, const DetailPaneMaker &makePane = {});
    ~ResourcesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon icon() const override;
    [[nodiscard]] Destination destination() const override;
    bool goTo(const Destination &destination) override;
    void setScope(const kube::Scope &scope) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<Error> failure() const override;
    [[nodiscard]] QString statusText() const override;
    void focusFilter() override;
    void reload() override;
    [[nodiscard]] std::optional<kube::State> freshness() const override { return m_rows.state(); }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void open(const kube::Resource &resource);
    void applyFilter();
    void update();
    void showCount();
    void showHealth();
    void askRights();
    void act(int action);

    /// The object that is current in the table or the tree.
    struct Chosen {
        kube::Resource resource;
        std::string space;
        std::string name;
        kube::ItemPtr item; ///< null: it is used by one that is shown, and not read here
    };
    [[nodiscard]] std::optional<Chosen> chosen() const;
    [[nodiscard]] items::TableStanding standing() const;
    /// Else rows are the table's, also behind a tree that is still being built.
    [[nodiscard]] bool showsTree() const;
    [[nodiscard]] int size() const; ///< how many objects there are, whatever a filter hides
    [[nodiscard]] QWidget *rowsView() const;
    /// No resource is meant by what was asked for, as far as is known.
    [[nodiscard]] bool notFound() const { return !m_resource && m_finder.error(); }

    /// Of health and work.
    void chooseNamed(const std::string &states);
    void chooseView(ResourcesBar::View view);
    void makeTree();
    void dropTree();
    void rememberTree();
    void showTree();
    void chooseGrouping(const items::OwnerTreeGrouping &grouping);
    void keyTyped(int key);
    void showCurrent();
    void openCurrent(const std::string &tab, bool newTab);
    void showPane();
    void showMenu(const QPoint &global);
    void copyRows();
    [[nodiscard]] RowActions::Rows chosenRows() const;
    [[nodiscard]] ResourceMessages::Subject subject() const;

    const PageContext m_context;
    kube::Scope m_scope;
    Destination m_wanted; ///< what it was sent to; what of it is still to be done
    std::optional<kube::Resource> m_resource;
    std::set<std::string> m_allowed; ///< namespaces in which it may be listed
    bool m_askedRights = false;
    bool m_askingRights = false;
    bool m_wasComplete = false;
    bool m_paneWanted = false;
    Clock::Timer m_seconds = 0; ///< texts that count seconds
    QList<ResourceMessages::Said::Offer> m_offers;
    ResourcesBar::View m_view = ResourcesBar::View::Table;
    items::TableModel m_rows;
    items::RowOrderModel m_order;
    items::RowFilter m_text; ///< the last that could be read
    items::ResourceFinder m_finder;

    RowActions *m_actions;
    ResourcesBar *m_bar;
    Banner *m_stale;
    Banner *m_missing; ///< of a tree
    PaneDock *m_dock = nullptr;
    QVBoxLayout *m_column;
    ResourceTable *m_table;
    std::unique_ptr<UsageColumns> m_usage;
    std::unique_ptr<WorkFilter> m_work;
    // Only while it is looked at: it reads several kinds.
    std::unique_ptr<items::OwnerTreeModel> m_tree;
    OwnerTreeView *m_treeView = nullptr;
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
};

} // namespace fairlead::ui
