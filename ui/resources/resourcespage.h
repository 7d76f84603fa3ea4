// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/rowordermodel.h"
#include "items/tablemodel.h"
#include "kube/discovery.h"
#include "ui/widgets/page.h"

namespace fairlead::ui {

class MessagePanel;
class PageHeader;
class TableView;

/// The objects of one kind as a live table with the server's own columns.
class ResourcesPage : public Page {
    Q_OBJECT

public:
    ResourcesPage(const PageContext &context, const Destination &destination);
    ~ResourcesPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon icon() const override;
    [[nodiscard]] Destination destination() const override;
    void setScope(const kube::Scope &scope) override;
    [[nodiscard]] bool isComplete() const override { return m_complete; }
    [[nodiscard]] std::optional<Error> failure() const override { return m_failure; }
    void reload() override;

private:
    void find();
    void open(const kube::Resource &resource);
    void update();
    void fail(const Error &error);

    const Theme &m_theme;
    contexts::OpenClusterPtr m_cluster;
    kube::Scope m_scope;
    std::string m_wanted; ///< the kind as it was asked for
    std::optional<kube::Resource> m_resource;
    std::optional<Error> m_failure;
    bool m_complete = false;
    items::TableModel m_rows;
    items::RowOrderModel m_order;
    PageHeader *m_header;
    TableView *m_table;
    MessagePanel *m_message;
};

} // namespace fairlead::ui
