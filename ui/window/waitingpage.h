// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/page.h"

#include <functional>

namespace fairlead::ui {

/// Stands in a tab that came back and has not been looked at yet: knows what its page was called, and asks no server. PageTabs puts the
/// page in its place when the tab comes to the front.
class WaitingPage : public Page {
    Q_OBJECT

public:
    using Make = std::function<std::unique_ptr<Page>(const Destination &destination)>;

    WaitingPage(Destination destination, QString title, Icon icon, Make make);

    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] Icon icon() const override { return m_icon; }
    [[nodiscard]] Destination destination() const override { return m_destination; }
    [[nodiscard]] bool isComplete() const override { return false; }

    /// The page that it stands for.
    [[nodiscard]] std::unique_ptr<Page> make() const { return m_make(m_destination); }

private:
    Destination m_destination;
    QString m_title;
    Icon m_icon;
    Make m_make;
};

} // namespace fairlead::ui
