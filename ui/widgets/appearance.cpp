// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/appearance.h"

#include <QApplication>
#include <QEvent>

namespace fairlead::ui {

Appearance::Appearance(Theme &theme, QApplication &application, Choice choice, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_application(application)
    , m_choice(choice)
{
    application.installEventFilter(this);
    follow();
}

void Appearance::setChoice(Choice choice)
{
    m_choice = choice;
    follow();
}

void Appearance::setDesktopScheme(std::optional<Scheme> scheme)
{
    m_desktop = scheme;
    follow();
}

void Appearance::setDensity(Density density)
{
    if (density == m_theme.density())
        return;
    m_theme.setDensity(density);
    m_following = true;
    m_theme.applyTo(m_application);
    m_following = false;
    Q_EMIT changed();
}

void Appearance::follow()
{
    if (m_following)
        return; // what we set ourselves tells of a change too
    m_following = true;
    Scheme wanted = m_choice == Choice::Dark ? Scheme::Dark : Scheme::Light;
    if (m_choice == Choice::System) {
        // Our palette hides the desktop's: without it Qt says what the desktop wants.
        QApplication::setPalette(QPalette());
        wanted = m_desktop.value_or(Theme::systemScheme(QApplication::palette()));
    }
    const bool differs = wanted != m_theme.scheme();
    m_theme.setScheme(wanted);
    if (differs || QApplication::palette() != m_theme.palette())
        m_theme.applyTo(m_application);
    m_following = false;
    if (differs)
        Q_EMIT changed();
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
    // Sent to each window when the desktop's theme changes; the first is enough, later ones find nothing to do.
    if (event->type() == QEvent::ThemeChange && m_choice == Choice::System)
        QMetaObject::invokeMethod(this, &Appearance::follow, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace fairlead::ui
