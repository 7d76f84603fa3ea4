// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/object/objecttab.h"
#include "ui/widgets/detailpane.h"
#include "ui/widgets/page.h"

namespace fairlead::ui {

class ObjectView;

/// The chosen object, docked beside rows.
class ObjectPane : public DetailPane {
    Q_OBJECT

public:
    /// `tabs`: those that other folders make.
    ObjectPane(const PageContext &context, const ObjectTabs &tabs, QWidget *parent = nullptr);
    ~ObjectPane() override;

    void showObject(const kube::Resource &resource, const std::string &space, const std::string &name, const std::string &tab = {}) override;
    void showNothing() override;
    void setDock(Dock dock) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::string tab() const;

private:
    ObjectView *m_view;
};

} // namespace fairlead::ui
