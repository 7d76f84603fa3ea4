// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "contexts/clusters.h"
#include "contexts/contextbook.h"
#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <cstdint>

class QStackedWidget;

namespace fairlead::ui {

class ClustersPage;
class ContextBand;
class HeaderBar;
class MessagePanel;
class PageTabs;
class StatusLine;

/// The window: band, header, tabs of pages, status line. It is about one context at a time.
///
/// Thread: GUI. Owner: run. `theme`, `settings` and `clusters` outlive it.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    static constexpr int leastWidth = 480; ///< logical pixels
    static constexpr int leastHeight = 320;

    /// With a `book` the clusters page shows it and asks the servers; it outlives the window.
    MainWindow(
        const Theme &theme, Settings &settings, contexts::Clusters &clusters, contexts::ContextBook *book = nullptr, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// May be called again.
    void setList(const contexts::ContextList &list);
    /// Opens the context that the destination names, or stays in the window's own, and shows what it says.
    void go(const Destination &destination);

    [[nodiscard]] bool isComplete() const;              ///< of what is in front
    [[nodiscard]] std::optional<Error> failure() const; ///< of what is in front

Q_SIGNALS:
    void completed(); ///< what is in front has become complete

private:
    void setCluster(contexts::OpenClusterPtr cluster);
    void open(const Destination &destination);
    void showClusters();
    void showRefusal(const Error &error);
    void showStatus();
    [[nodiscard]] QStringList contentFacts(const contexts::ContextList &list) const;
    [[nodiscard]] QString rightOfStatus(const contexts::ContextList &list) const;

    const Theme &m_theme;
    Settings &m_settings;
    contexts::Clusters &m_clusters;
    contexts::ContextBook *m_book;
    contexts::ContextList m_list;
    contexts::OpenClusterPtr m_cluster;
    kube::Scope m_scope;
    std::optional<Error> m_refusal; ///< why the context that was asked for could not be opened
    std::uint64_t m_generation = 0; ///< of go(): a late answer finds that nobody waits for it

    ContextBand *m_band;
    HeaderBar *m_header;
    QStackedWidget *m_stack;
    ClustersPage *m_clustersPage;
    MessagePanel *m_message;
    PageTabs *m_tabs;
    StatusLine *m_status;
};

} // namespace fairlead::ui
