// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/object/objecttab.h"
#include "ui/widgets/page.h"

#include <optional>
#include <string>

class QStackedWidget;

namespace fairlead::ui {

class MessagePanel;
class ObjectView;

/// One object in a tab of the window.
class ObjectPage : public Page {
    Q_OBJECT

public:
    /// `tabs`: those that other folders make.
    ObjectPage(const PageContext &context, const Destination &destination, const ObjectTabs &tabs);
    ~ObjectPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon icon() const override;
    [[nodiscard]] Destination destination() const override;
    bool goTo(const Destination &destination) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<Error> failure() const override;
    [[nodiscard]] QString statusText() const override;
    void focusFilter() override;
    void reload() override;
    [[nodiscard]] std::optional<kube::State> freshness() const override;

private:
    void find();
    void fail(const Error &error);

    contexts::OpenClusterPtr m_cluster;
    Destination m_wanted;
    std::optional<kube::Resource> m_resource;
    std::optional<Error> m_failure; ///< of finding its kind
    QStackedWidget *m_stack;
    MessagePanel *m_message;
    ObjectView *m_view;
};

} // namespace fairlead::ui
