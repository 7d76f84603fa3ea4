// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/kindcounts.h"
#include "items/namespacenames.h"
#include "ui/widgets/page.h"
#include "ui/window/pagetabs.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fairlead::ui {

class NamespacePopup;

/// One context in one window: its cluster, the choice of namespaces, its tabs. Kept while the window is about another context, so that
/// coming back finds all as it was.
///
/// Thread: GUI. Owner: the window; the tabs' widget is the window's child. Remembers namespaces by context, in the settings.
class ContextView : public QObject {
    Q_OBJECT

public:
    struct Shared {
        const Theme &theme;
        Settings &settings;
        contexts::Clusters &clusters;
        contexts::ContextBook *book = nullptr;
    };

    /// `cluster` is null for what a window shows that is about no context.
    ContextView(const Shared &shared, contexts::OpenClusterPtr cluster, QObject *parent = nullptr);
    ~ContextView() override;

    [[nodiscard]] PageTabs *tabs() const { return m_tabs; }
    [[nodiscard]] const contexts::OpenClusterPtr &cluster() const { return m_cluster; }
    [[nodiscard]] std::string name() const { return m_cluster != nullptr ? m_cluster->facts.name : std::string(); }
    [[nodiscard]] items::NamespaceNames *names() const { return m_names.get(); } ///< null without a cluster

    [[nodiscard]] items::KindCounts *counts() const { return m_counts.get(); } ///< null without a cluster; of the common kinds

    [[nodiscard]] const kube::Scope &scope() const { return m_scope; }
    void setScope(const kube::Scope &scope);
    /// Chosen lately, the last first.
    [[nodiscard]] std::vector<std::string> recentNamespaces() const;
    /// Those that the server lists, or that of the context where it may not be asked. Only with a cluster.
    [[nodiscard]] std::set<std::string> knownNamespaces() const;

    /// Has the names followed from now on, and offers what is known of them. Only with a cluster.
    void fill(NamespacePopup &popup);

    /// Shows it: in the tab that shows the same already, in the one in front where that can go there, else in a new one.
    void open(const Destination &destination);

    /// The resource that the page in front lists; none: it lists none, or the kind is not resolved yet.
    [[nodiscard]] std::optional<kube::Resource> resourceInFront() const;

    /// What brings the tabs back.
    [[nodiscard]] QJsonObject state() const;
    void restore(const QJsonObject &state);

Q_SIGNALS:
    void scopeChanged();
    void changed(); ///< state() differs

private:
    [[nodiscard]] int tabOf(const Destination &destination) const;
    [[nodiscard]] std::string canonical(const std::string &kind) const;
    void readScope();
    void countKinds(const kube::OfferPtr &offer);
    [[nodiscard]] bool has(const std::string &page) const;
    [[nodiscard]] std::unique_ptr<Page> make(const Destination &destination) const;

    Shared m_shared;
    contexts::OpenClusterPtr m_cluster;
    kube::Scope m_scope;
    std::unique_ptr<items::NamespaceNames> m_names;
    std::unique_ptr<items::KindCounts> m_counts;
    QPointer<PageTabs> m_tabs;
};

} // namespace fairlead::ui
