// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace fairlead::ui {

/// Whether the desktop prefers light or dark, by the word of its portal. Desktops tell it there to every program; Qt hears of it only
/// where a plugin for just that desktop is installed.
///
/// Promise: nothing waits, whatever the bus does: it is connected to by a pool task, the portal is asked by an asynchronous call, and what
/// changes comes as a signal. changed() comes when scheme() is another. No bus, no portal, or one that does not know: scheme() stays
/// empty, and nothing is said. A bus that goes away leaves the last word.
/// Thread: GUI. Source: the documentation of xdg-desktop-portal, interface Settings, version 1.
class DesktopScheme : public QObject {
    Q_OBJECT

public:
    /// `bus` is its address, as usualBus() says it; empty: nobody is asked.
    explicit DesktopScheme(const QString &bus, QObject *parent = nullptr);
    ~DesktopScheme() override;

    /// The session's, where the environment tells of one. Never one that would be started for us: that would run a program.
    [[nodiscard]] static QString usualBus();

    /// Empty: no preference, or no word yet.
    [[nodiscard]] std::optional<Scheme> scheme() const { return m_scheme; }

Q_SIGNALS:
    void changed();

private:
    class Portal;

    void take(std::optional<Scheme> scheme);

    std::unique_ptr<Portal> m_portal;
    std::optional<Scheme> m_scheme;
};

} // namespace fairlead::ui
