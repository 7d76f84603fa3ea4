// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/resource.h"
#include "ui/widgets/destination.h"

#include <QWidget>

#include <functional>
#include <string>

namespace fairlead::ui {

struct PageContext;

/// What a page of rows docks beside them: the chosen object. Made by the window through DetailPaneMaker, since pages do not see each other.
///
/// Thread: GUI. Owner: the page, as its parent. Where it is docked is the page's business: below, or at the right of a wide window.
class DetailPane : public QWidget {
    Q_OBJECT

public:
    enum class Dock { Below, Right };

    using QWidget::QWidget;

    /// From now on this object. The same again changes nothing. `tab`: which one is in front; empty: the one that is.
    virtual void showObject(const kube::Resource &resource, const std::string &space, const std::string &name, const std::string &tab = {}) = 0;
    /// Nothing is chosen: it lets go of what it listens to.
    virtual void showNothing() = 0;
    /// Where it stands now; it lays itself out by that, and offers the other place.
    virtual void setDock(Dock dock) = 0;
    /// A picture may be taken: all there is to see in front is there, or why there is nothing.
    [[nodiscard]] virtual bool isComplete() const = 0;

Q_SIGNALS:
    /// Its close button, or Esc in it.
    void closeWanted();
    /// The other dock.
    void dockWanted(fairlead::ui::DetailPane::Dock dock);
    void completed();
    void wanted(const fairlead::ui::Destination &destination);
};

using DetailPaneMaker = std::function<DetailPane *(const PageContext &context, QWidget *parent)>;

} // namespace fairlead::ui
