// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/windowworld.h"
#include "ui/widgets/appearance.h"
#include "ui/window/livemark.h"
#include "ui/window/pagetabs.h"
#include "ui/window/waitingpage.h"
#include "ui/window/windows.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>

#include <memory>

namespace fairlead::test {

using namespace fairlead::ui;

/// The program's windows over a WindowWorld, and its next start. Offscreen; nothing happens but in settle().
class WindowStage {
public:
    WindowStage()
    {
        QApplication::setQuitOnLastWindowClosed(false);
        m_theme.applyTo(*qApp);
        m_world = std::make_unique<WindowWorld>();
        m_settings = std::make_unique<Settings>(QString());
        m_appearance = std::make_unique<Appearance>(m_theme, *qApp, Appearance::Choice::Light);
        restart();
    }
    ~WindowStage()
    {
        m_windows.reset();
        m_book.reset();
    }

    /// All is new but the settings and what the servers hold.
    void restart()
    {
        m_windows.reset();
        m_book.reset();
        m_world->restart();
        m_book = std::make_unique<contexts::ContextBook>(*m_world, m_world->clock, *m_settings);
        m_windows = std::make_unique<Windows>(Windows::Shared{m_theme, *m_settings, *m_world, *m_book, *m_appearance});
        settle();
        QVERIFY(m_book->isRead());
    }

    void settle() { m_world->settle(); }

    MainWindow &open(const Destination &destination = {.page = "resources", .kind = "pods"})
    {
        MainWindow &window = m_windows->make();
        window.resize(1280, 800);
        window.show();
        QApplication::setActiveWindow(&window);
        window.go(destination);
        settle();
        return window;
    }

    [[nodiscard]] static PageTabs *tabs(const MainWindow &window)
    {
        for (auto *each : window.findChildren<PageTabs *>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] static QStringList titles(const MainWindow &window)
    {
        QStringList all;
        for (int tab = 0; tabs(window) != nullptr && tab < tabs(window)->count(); ++tab)
            all << tabs(window)->page(tab)->title();
        return all;
    }
    [[nodiscard]] static bool isWaiting(const MainWindow &window, int tab) { return qobject_cast<WaitingPage *>(tabs(window)->page(tab)) != nullptr; }
    [[nodiscard]] static QString mark(const MainWindow &window)
    {
        const auto *live = window.findChild<LiveMark *>();
        return live->isVisible() ? live->accessibleName() : QString();
    }
    static bool drop(QWidget &window, const QString &url)
    {
        QMimeData data;
        data.setUrls({QUrl(url)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent drop({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        return enter.dropAction() == Qt::CopyAction; // never moved away
    }

    Theme m_theme{Scheme::Light};
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<contexts::ContextBook> m_book;
    std::unique_ptr<Windows> m_windows;
};

} // namespace fairlead::test
