// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

class QStackedWidget;

namespace fairlead::ui {

class SegmentedSwitch;

/// Every control in every state, and the states of a page, in the theme of the moment. Needs no cluster.
class GalleryPage : public Page {
    Q_OBJECT

public:
    GalleryPage(const PageContext &context, const Destination &destination);
    /// For pictures: the theme alone.
    explicit GalleryPage(const Theme &theme, const Destination &destination = {});

    [[nodiscard]] QString title() const override;
    [[nodiscard]] Icon icon() const override { return Icon::Overview; }
    [[nodiscard]] Destination destination() const override;
    bool goTo(const Destination &destination) override;
    [[nodiscard]] bool isComplete() const override { return true; }

private:
    void show(int part);

    SegmentedSwitch *m_switch;
    QStackedWidget *m_stack;
};

} // namespace fairlead::ui
