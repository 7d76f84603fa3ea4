// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "kinds/kind.h"
#include "kube/resource.h"

#include <QString>

#include <functional>
#include <string>
#include <vector>

class QWidget;

namespace fairlead::ui {

/// Which object a tab is about.
struct ObjectTarget {
    contexts::OpenClusterPtr cluster;
    kube::Resource resource;
    std::string space;
    std::string name;
};

/// A tab of the object's page that another folder of ui/ makes (the log): the window hands it in, since pages do not see each other.
struct ObjectTab {
    std::string id; ///< as Destination::tab has it: "log"
    QString title;
    std::function<bool(const kinds::Kind &kind)> suits; ///< whether objects of a kind have it
    std::function<QWidget *(const ObjectTarget &target, QWidget *parent)> make;
    /// Whether a picture of what was made shows all there is. None: it always does. Where its widget has a signal completed(), that tells
    /// when; where it has invokable focusSearch() and reload(), they are called.
    std::function<bool(const QWidget &made)> isComplete = {};
    /// Shows a container's log: where the notice of one that ended leads. `previous`: of its run before. None: the tab is no log.
    std::function<void(QWidget &made, const std::string &container, bool previous)> showLog = {};
};
using ObjectTabs = std::vector<ObjectTab>;

} // namespace fairlead::ui
