// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/detailpane.h"

#include <QList>
#include <QStringList>

#include <string>

namespace fairlead::test {

/// A docked pane that notes what it is told.
class NotedPane : public ui::DetailPane {
public:
    using DetailPane::DetailPane;
    void showObject(const kube::Resource &, const std::string &space, const std::string &name, const std::string &tab) override
    {
        shown.append(QString::fromStdString(space + "/" + name + "/" + tab));
    }
    void showNothing() override { shown.append(QStringLiteral("-")); }
    void setDock(Dock dock) override { docks.append(int(dock)); }
    bool isComplete() const override { return true; }

    QStringList shown; ///< namespace/name/tab, or "-" for nothing
    QList<int> docks;
};

} // namespace fairlead::test
