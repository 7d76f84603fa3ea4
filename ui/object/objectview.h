// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/eventmodel.h"
#include "items/objectfeed.h"
#include "items/relatedfeed.h"
#include "ui/object/objecttab.h"
#include "ui/widgets/detailpane.h"
#include "ui/widgets/theme.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QHBoxLayout;
class QStackedWidget;

namespace fairlead::ui {

class DetailTabs;
class EventsView;
class MessagePanel;
class NoticeLine;
class ObjectHeader;
class PlaceholderRows;
class SummaryView;
class YamlView;

/// One object: its name, what is wrong with it, and its tabs. The same in a tab of the window and docked beside rows.
///
/// Promise: one of loading, content, empty (there is no such object) and failed is always shown; an object that is deleted stays, and it is said.
/// Tabs that others make are made when they are first looked at. Thread: GUI.
class ObjectView : public QWidget {
    Q_OBJECT

public:
    enum class Where { Page, Pane };

    ObjectView(const Theme &theme, contexts::OpenClusterPtr cluster, const ObjectTabs &tabs, Where where, QWidget *parent = nullptr);
    ~ObjectView() override;

    void showObject(const kube::Resource &resource, const std::string &space, const std::string &name);
    void showNothing();
    /// "summary", "events", "yaml", or one of the others'; what there is not is the summary.
    void setTab(const std::string &id);
    [[nodiscard]] std::string tab() const;
    /// Null: nothing is shown.
    [[nodiscard]] const items::ObjectFeed *feed() const { return m_feed.get(); }
    /// Whether a picture shows all there is of the tab in front.
    [[nodiscard]] bool isComplete() const;
    /// Why nothing can be shown.
    [[nodiscard]] std::optional<Error> failure() const;
    [[nodiscard]] QString statusText() const;

    void setDock(DetailPane::Dock dock);
    void focusSearch(); ///< of the tab in front; the YAML's where it has none
    void reload();

Q_SIGNALS:
    void wanted(const fairlead::ui::Destination &destination);
    void changed(); ///< of the object, or another object
    void completed();
    void statusChanged();
    void tabChanged();
    void closeWanted();
    void dockWanted(fairlead::ui::DetailPane::Dock dock);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private Q_SLOTS:
    void update();

private:
    [[nodiscard]] QWidget *otherInFront() const; ///< a tab's that others made; null: one of our own
    void makeTabs();
    void showState();
    void tabChosen();
    void relate();
    [[nodiscard]] Destination destination() const;
    void copyName();
    void copyCommand();
    [[nodiscard]] bool isStale() const; ///< what is shown may be old
    void showStale();
    void offer();
    void act();
    QWidget *made(std::size_t other);

    const Theme &m_theme;
    contexts::OpenClusterPtr m_cluster;
    ObjectTabs m_others;
    Where m_where;
    items::EventModel m_events;
    items::RelatedFeed m_related;
    std::unique_ptr<items::ObjectFeed> m_feed;
    std::string m_eventsOf; // uid

    ObjectHeader *m_header;
    DetailTabs *m_tabs;
    NoticeLine *m_notice;
    QStackedWidget *m_stack;
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
    SummaryView *m_summary;
    EventsView *m_eventsView;
    YamlView *m_yaml;
    std::vector<std::pair<std::string, QWidget *>> m_pages; // by tab; null: not made yet
    std::string m_wantedTab;
    bool m_completed = false;
    QTimer m_ages;
};

} // namespace fairlead::ui
