// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "contexts/clusters.h"
#include "items/gotonames.h"
#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"
#include "ui/window/filedrop.h"

#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <map>
#include <memory>

class QStackedWidget;

namespace fairlead::ui {

class Appearance;
class ContextBand;
class ContextView;
class HeaderBar;
class MessagePanel;
class RecordControl;
class RecordingFrame;
class ShortcutList;
class SideBar;
class StatusLine;
enum class Command;

/// The window: band, header, side bar, tabs of pages, status line. It is about one context at a time, and keeps what it showed of the
/// others.
///
/// Thread: GUI. Owner: run. All that is handed in outlives it.
class MainWindow : public QWidget {
    Q_OBJECT

public:
    static constexpr int leastWidth = 480; ///< logical pixels
    static constexpr int leastHeight = 320;

    /// Without an appearance its look is fixed.
    MainWindow(const Theme &theme, Settings &settings, contexts::Clusters &clusters, contexts::ContextBook &book, Appearance *appearance = nullptr,
        QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens the context that the destination names, or stays in the window's own, and shows what it says.
    void go(const Destination &destination);

    static constexpr const char *frontKey = "context"; ///< of state(): the name of the context in front; empty: none is open yet
    /// What brings its contexts, tabs and place back.
    [[nodiscard]] QJsonObject state() const;
    /// Before it is shown. Of `context`, where one is named, else of the context that was in front.
    void restore(const QJsonObject &state, const std::string &context = {});

    [[nodiscard]] bool isComplete() const;              ///< of what is in front
    [[nodiscard]] std::optional<Error> failure() const; ///< of what is in front

Q_SIGNALS:
    void completed();    ///< what is in front has become complete
    void stateChanged(); ///< state() differs
    void newWindowWanted(const fairlead::ui::Destination &destination);
    void quitWanted();
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    bool event(QEvent *event) override;

private:
    void connectParts();
    void run(Command command);
    void takeList();
    void takeReach(const std::string &context);
    void openFile(const QString &file);
    void openContext(const std::string &name, const Destination &destination);
    void beginAgain(const std::string &name);
    ContextView &viewOf(contexts::OpenClusterPtr cluster);
    void listenTo(ContextView &view);
    void showNoContext();
    void showView(ContextView &view);
    void open(const Destination &destination);
    void takeCursor();
    void goToTarget(const items::GoToModel::Target &target, bool newTab);
    void showPage(const Destination &destination);
    void showRefusal(const Error &error);
    void showFront();
    void tellIfComplete();
    void showStatus();
    void showSideBar(bool shown);
    void takeNamespaces();
    void feedGoTo(const QString &text);
    void focusNextPart();
    [[nodiscard]] bool isTabs() const;

    const Theme &m_theme;
    Settings &m_settings;
    contexts::Clusters &m_clusters;
    contexts::ContextBook &m_book;
    Appearance *m_appearance;
    std::map<std::string, std::unique_ptr<ContextView>> m_views; ///< by context
    std::unique_ptr<items::GoToNames> m_names;                   ///< of the view in front
    ContextView *m_view = nullptr;                               ///< the one in front; null: none was opened yet
    std::map<std::string, QJsonObject> m_unopened;               ///< restored, by context: it is opened when it is wanted
    std::optional<Error> m_refusal;                              ///< why the context that was asked for could not be opened
    bool m_isOpening = false;                                    ///< a context was asked for, and has not come
    std::uint64_t m_generation = 0;                              ///< of go(): a late answer finds that nobody waits for it

    ContextBand *m_band;
    HeaderBar *m_header;
    SideBar *m_sideBar;
    QStackedWidget *m_stack;
    MessagePanel *m_message;
    StatusLine *m_status;
    RecordingFrame *m_recording;
    RecordControl *m_record;
    QPointer<ShortcutList> m_shortcuts;
    FileDrop m_drop;
    QTimer m_tick; ///< of the status line
};

} // namespace fairlead::ui
