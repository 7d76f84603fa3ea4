// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QObject>

#include <optional>

class QApplication;

namespace fairlead::ui {

/// Light or dark: as the desktop wants it, which may change while the program runs, or as a person chose; and how close rows stand.
///
/// Promise: the theme and all widgets follow at once, without being made anew; changed() comes after they were told.
/// Thread: GUI. Owner: run. Theme and application outlive it.
class Appearance : public QObject {
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };

    Appearance(Theme &theme, QApplication &application, Choice choice, QObject *parent = nullptr);

    [[nodiscard]] Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    /// What the desktop says by other ways than Qt (DesktopScheme); empty: nothing, then Qt's palette tells.
    void setDesktopScheme(std::optional<Scheme> scheme);

    [[nodiscard]] Density density() const { return m_theme.density(); }
    void setDensity(Density density);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();

    Theme &m_theme;
    QApplication &m_application;
    Choice m_choice;
    std::optional<Scheme> m_desktop;
    bool m_following = false;
};

} // namespace fairlead::ui
