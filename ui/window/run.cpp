// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/run.h"

#include "base/platform/display.h"
#include "contexts/contextbook.h"
#include "ui/desktop/desktopscheme.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/theme.h"
#include "ui/window/looksmenu.h"
#include "ui/window/mainwindow.h"
#include "ui/window/pagekind.h"
#include "ui/window/screenshot.h"
#include "ui/window/windows.h"

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QLibraryInfo>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

/// Outside of every namespace: the macro declares a function of the global one.
static void initResources()
{
    Q_INIT_RESOURCE(fairlead);
}

namespace fairlead::ui {

namespace {

constexpr int failed = 1;
constexpr int usage = 2;
constexpr int largest = 8192; // logical pixels a side; times the scale it is still an image that can be held

int refuse(int code, const std::string &sentence)
{
    std::fprintf(stderr, "fairlead: %s\n", sentence.c_str());
    return code;
}

/// Why there can be no window; empty where there can. Qt itself would abort.
std::string noDisplay()
{
    const std::string instead = " Use fairlead contexts or fairlead get, or write a picture with --screenshot FILE.";
    const QByteArray x = qgetenv("DISPLAY");
    const QByteArray wayland = qgetenv("WAYLAND_DISPLAY");
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || qEnvironmentVariableIsSet("WAYLAND_SOCKET"))
        return {}; // somebody knows what to do
    if (x.isEmpty() && wayland.isEmpty())
        return "there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set." + instead;
    if (platform::xAnswers(x.toStdString()))
        return {};
    if (!platform::waylandAnswers(wayland.toStdString(), qgetenv("XDG_RUNTIME_DIR").toStdString()))
        return "no display answers at DISPLAY=" + x.toStdString() + ", WAYLAND_DISPLAY=" + wayland.toStdString() + '.' + instead;
    // The plugin is a package of its own on Debian.
    const QDir plugins(QLibraryInfo::path(QLibraryInfo::PluginsPath) + QStringLiteral("/platforms"));
    if (plugins.entryList({QStringLiteral("libqwayland*")}, QDir::Files).isEmpty())
        return "the display is Wayland's, and Qt's plugin for it is not installed. Install qt6-wayland.";
    return {};
}

std::string wrongOption(const WindowOptions &options)
{
    const std::string &page = options.destination.page;
    if (!page.empty() && pageNamed(page) == nullptr) {
        std::string pages;
        for (const PageKind &kind : allPages())
            pages += (pages.empty() ? "" : ", ") + kind.name;
        return "there is no page " + page + " yet. There are: " + pages + '.';
    }
    if (options.width < MainWindow::leastWidth || options.height < MainWindow::leastHeight || options.width > largest || options.height > largest) {
        return "the size is from " + std::to_string(MainWindow::leastWidth) + "x" + std::to_string(MainWindow::leastHeight) + " to " +
               std::to_string(largest) + "x" + std::to_string(largest) + ".";
    }
    if (!(options.scale >= 0.5 && options.scale <= 4))
        return "the scale is from 0.5 to 4.";
    return {};
}

Appearance::Choice choiceOf(const WindowOptions &options, const Settings &settings)
{
    switch (options.look) {
    case WindowOptions::Look::Light:
        return Appearance::Choice::Light;
    case WindowOptions::Look::Dark:
        return Appearance::Choice::Dark;
    case WindowOptions::Look::System:
        break;
    }
    const int kept = settings.value(QLatin1String(looksKey)).toInt(int(Appearance::Choice::System));
    return kept == int(Appearance::Choice::Light) || kept == int(Appearance::Choice::Dark) ? Appearance::Choice(kept) : Appearance::Choice::System;
}

/// Does the command line say what is to be seen; else all comes back as it was left.
bool saysWhat(const Destination &destination)
{
    return !destination.page.empty() || !destination.kind.empty() || !destination.name.empty() || !destination.select.empty() ||
           destination.scope.has_value();
}

/// Is it about a cluster, and about none that is named.
bool wantsSome(const Destination &destination)
{
    const PageKind *const kind = pageNamed(destination.page);
    return destination.context.empty() && (kind == nullptr || kind->needs != PageKind::Needs::Nothing);
}

/// The context that was asked for and is not there: said whatever page is shown, as the commands do.
std::optional<Error> missing(const contexts::ContextList &list, const Destination &destination)
{
    if (destination.context.empty() || list.problems.empty() || list.problems.front().code != Code::NotFound)
        return std::nullopt;
    return list.problems.front();
}

/// Runs the event loop until the picture is written.
int writePicture(MainWindow &window, const contexts::ContextBook &book, const WindowOptions &options)
{
    int code = 0;
    // Laid out as it will be drawn from the start, on no screen; layouts follow their contents in events that are posted, some of them by
    // others: the picture is taken when a few turns of the loop have brought nothing new.
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.resize(options.width, options.height);
    window.show();
    constexpr int quietTurns = 5;
    int turns = 0;
    std::function<void()> write = [&] {
        if (!window.isComplete()) {
            turns = 0;
            return;
        }
        if (++turns < quietTurns) {
            QTimer::singleShot(0, &window, [&write] { write(); });
            return;
        }
        const auto written = writeScreenshot(window, {options.width, options.height}, options.scale, QString::fromStdString(options.screenshot));
        if (!written)
            code = refuse(failed, written.error().text());
        else if (const auto gone = missing(book.list(), options.destination); const auto error = gone ? gone : window.failure())
            code = refuse(options.exitCode(*error), error->text());
        QApplication::quit();
    };
    QObject::connect(
        &window, &MainWindow::completed, &window,
        [&] {
            if (turns == 0)
                write();
        },
        Qt::QueuedConnection);
    QTimer::singleShot(std::chrono::seconds(60), &window, [&] {
        code = refuse(failed, "the page was not complete after 60 s; its picture was not written");
        QApplication::quit();
    });
    QApplication::exec();
    return code;
}

} // namespace

int runWindow(const WindowOptions &options)
{
    if (const std::string wrong = wrongOption(options); !wrong.empty())
        return refuse(usage, wrong);
    const bool picture = !options.screenshot.empty();
    if (!picture) {
        if (const std::string why = noDisplay(); !why.empty())
            return refuse(failed, why);
    }
    // Without any locale Qt prints a warning and takes this one itself.
    if (qEnvironmentVariableIsEmpty("LC_ALL") && qEnvironmentVariableIsEmpty("LC_CTYPE") && qEnvironmentVariableIsEmpty("LANG"))
        qputenv("LC_ALL", "C.UTF-8");

    // Without a runtime folder Qt makes one in /tmp and leaves it there, with a warning; a picture leaves nothing behind.
    std::optional<QTemporaryDir> runtime;
    if (picture && qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")) {
        runtime.emplace();
        qputenv("XDG_RUNTIME_DIR", runtime->path().toLocal8Bit());
    }

    // As arguments, not as a variable: whatever the environment says, a picture needs no display.
    std::array<char *, 4> arguments{const_cast<char *>("fairlead"), const_cast<char *>("-platform"), const_cast<char *>("offscreen"), nullptr};
    int count = picture ? 3 : 1;
    if (!picture)
        arguments[1] = nullptr;
    QApplication application(count, arguments.data());
    QApplication::setApplicationName(QStringLiteral("fairlead"));
    QApplication::setApplicationDisplayName(QStringLiteral("Fairlead"));
    QApplication::setApplicationVersion(QStringLiteral(FAIRLEAD_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("fairlead"));
    initResources();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/fairlead.svg")));

    QApplication::setQuitOnLastWindowClosed(false); // Windows does, once it has remembered
    Settings settings(picture ? QString() : Settings::usualFile());
    Theme theme(Scheme::Light);
    theme.setDensity(rememberedDensity(settings));
    Appearance appearance(theme, application, choiceOf(options, settings));
    theme.applyTo(application);
    // A picture is the same whatever desktop stands around it.
    DesktopScheme desktop(picture ? QString() : DesktopScheme::usualBus());
    QObject::connect(&desktop, &DesktopScheme::changed, &appearance, [&] { appearance.setDesktopScheme(desktop.scheme()); });
    const std::unique_ptr<contexts::Clusters> clusters = options.clusters();
    SystemClock clock;
    using contexts::ContextBook;
    ContextBook book(*clusters, clock, settings, options.narrowed ? ContextBook::Remembered::Left : ContextBook::Remembered::Taken);
    book.reachability().beginWatch(); // the side bar shows it for as long as the program runs
    Windows windows({theme, settings, *clusters, book, appearance});
    if (picture) {
        MainWindow &window = windows.make();
        QObject::connect(
            &book, &ContextBook::listRead, &window, [&] { window.go(options.destination); }, Qt::SingleShotConnection);
        return writePicture(window, book, options);
    }
    const auto open = [&] {
        Destination destination = options.destination;
        if (!options.narrowed && wantsSome(destination) && book.list().state() == contexts::ContextList::State::Empty)
            destination.context = book.addRecording({}); // there is something to see from the first moment
        // What the command line names is about this start only, and leaves alone what comes back at the next.
        if (!saysWhat(destination) && windows.restore(destination.context)) {
            windows.remember();
            return;
        }
        MainWindow &window = windows.make();
        window.resize(options.width, options.height);
        window.show();
        window.go(destination);
        if (!saysWhat(options.destination))
            windows.remember();
    };
    QObject::connect(&book, &ContextBook::listRead, &windows, open, Qt::SingleShotConnection);
    return QApplication::exec();
}

} // namespace fairlead::ui
