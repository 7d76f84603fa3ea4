// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/windows.h"

#include <QApplication>

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int mostWindows = 20; // of a file that somebody wrote by hand
constexpr QPoint besides(32, 32);

} // namespace

Windows::Windows(const Shared &shared, QObject *parent)
    : QObject(parent)
    , m_shared(shared)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(std::chrono::milliseconds(100));
    connect(&m_timer, &QTimer::timeout, this, &Windows::write);
}

Windows::~Windows()
{
    if (m_timer.isActive())
        write();
    m_remembers = false;
    qDeleteAll(std::exchange(m_windows, {}));
}

MainWindow &Windows::make()
{
    auto *const window = new MainWindow(m_shared.theme, m_shared.settings, m_shared.clusters, m_shared.book, &m_shared.appearance);
    m_windows.push_back(window);
    connect(window, &MainWindow::stateChanged, this, [this] {
        if (m_remembers && !m_quitting && !m_timer.isActive())
            m_timer.start();
    });
    connect(window, &MainWindow::newWindowWanted, this, [this, window](const Destination &destination) { openAnother(*window, destination); });
    connect(window, &MainWindow::quitWanted, this, &Windows::quit);
    connect(window, &MainWindow::closed, this, [this, window] { forget(window); });
    return *window;
}

void Windows::openAnother(MainWindow &beside, const Destination &destination)
{
    MainWindow &window = make();
    window.resize(beside.size());
    window.move(beside.pos() + besides);
    window.show();
    window.go(destination);
}

bool Windows::restore(const std::string &context)
{
    const QJsonArray states = m_shared.settings.value(QLatin1String(sessionKey)).toArray();
    int restored = 0;
    for (const auto &state : states) {
        if (!state.isObject() || restored + m_unopened.size() == mostWindows)
            continue;
        // A context that was asked for is asked for once; the other windows are not opened for it.
        if (!context.empty() && restored > 0) {
            m_unopened.append(state);
            continue;
        }
        MainWindow &window = make();
        m_fronts[&window] = state.toObject().value(QLatin1String(MainWindow::frontKey));
        window.restore(state.toObject(), context);
        window.show();
        ++restored;
    }
    return restored > 0;
}

void Windows::remember()
{
    m_remembers = true;
    m_timer.start();
}

void Windows::write()
{
    m_timer.stop();
    if (!m_remembers)
        return;
    QJsonArray states;
    for (const MainWindow *window : m_windows)
        states.append(stateOf(*window));
    for (const auto &state : std::as_const(m_unopened))
        states.append(state);
    m_shared.settings.set(QLatin1String(sessionKey), states);
}

// A recording is not there at the next start, unless it is asked for.
QJsonObject Windows::stateOf(const MainWindow &window)
{
    QJsonObject state = window.state();
    auto front = state[QLatin1String(MainWindow::frontKey)];
    const std::string name = front.toString().toStdString();
    const auto &all = m_shared.book.list().contexts;
    if (name.empty() ||
        std::any_of(all.begin(), all.end(), [&](const contexts::ContextFacts &facts) { return facts.name == name && facts.isRecording(); }))
        front = m_fronts[&window].toString();
    else
        m_fronts[&window] = front;
    return state;
}

void Windows::forget(MainWindow *window)
{
    if (m_quitting)
        return;
    if (m_windows.size() == 1) {
        write(); // the last one is what comes back
        m_quitting = true;
        QApplication::quit();
        return;
    }
    std::erase(m_windows, window);
    m_fronts.erase(window);
    window->deleteLater();
    write();
}

void Windows::quit()
{
    write();
    m_quitting = true;
    QApplication::quit();
}

} // namespace fairlead::ui
