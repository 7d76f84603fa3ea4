// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/settings.h"
#include "contexts/clusters.h"
#include "contexts/contextbook.h"
#include "kube/changeset.h"
#include "ui/widgets/destination.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <string>

namespace fairlead::ui {

/// What every page is made with. All of it outlives the page.
struct PageContext {
    const Theme &theme;
    Settings &settings;
    contexts::Clusters &clusters;
    contexts::OpenClusterPtr cluster;      ///< null for pages that are about no single cluster
    kube::Scope scope;                     ///< the window's choice of namespaces when the page is made
    contexts::ContextBook *book = nullptr; ///< the program's; null: a page that needs one makes its own
};

/// Of the settings: what is remembered of a context: {"namespaces": the choice, "recent": [those chosen lately, the last first]}.
[[nodiscard]] inline QString contextKey(const std::string &context)
{
    return QStringLiteral("contexts/") + QString::fromStdString(context);
}

/// One page in a tab of the window.
///
/// Thread: GUI. Owner: the window's tabs. A page knows no other page: where it wants to go it says by wanted().
class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0; ///< of its tab
    [[nodiscard]] virtual Icon icon() const = 0;
    /// What brings this page back at the next start.
    [[nodiscard]] virtual Destination destination() const = 0;
    /// Goes to another thing of the same page (another kind, another object) without being made anew; false: it cannot.
    virtual bool goTo(const Destination &) { return false; }

    /// The window's choice of namespaces.
    virtual void setScope(const kube::Scope &) {}
    /// Whether a picture shows all there is: its content whole, or why there is none.
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// Why the page is in its failed state; none: it is not.
    [[nodiscard]] virtual std::optional<Error> failure() const { return std::nullopt; }
    /// For the right end of the window's status line.
    [[nodiscard]] virtual QString statusText() const { return {}; }
    /// Puts the cursor where the page is filtered or searched.
    virtual void focusFilter() {}
    /// Asks again for what waits for its next try.
    virtual void reload() {}
    /// Opens a file that was dropped on the window; false: it is not for this page.
    virtual bool openFile(const QString &) { return false; }
    /// How fresh what it shows is; none: it shows nothing that is followed. statusChanged() where it differs.
    [[nodiscard]] virtual std::optional<kube::State> freshness() const { return std::nullopt; }

Q_SIGNALS:
    void titleChanged();
    /// isComplete() has become true.
    void completed();
    void statusChanged();
    void wanted(const fairlead::ui::Destination &destination);
};

} // namespace fairlead::ui
