// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "contexts/clusters.h"
#include "logs/logfollower.h"
#include "logs/logsearch.h"
#include "logs/podwatch.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <string>

class QStackedLayout;

namespace fairlead::ui {

class LogBar;
class LogCanvas;
class LogFoot;
class MessagePanel;
class PlaceholderRows;

/// A pod's log: one container at a time, followed, searched, copied, saved.
///
/// Promise: one of loading, rows, empty, waiting and failed is always shown, with the reason in words; rows stay when the stream is cut.
/// Keys: Ctrl+F searches, F3 and Shift+F3 go from hit to hit, Home and End to both ends; those of LogCanvas.
/// Thread: GUI. Owner: the object's view. Theme and settings outlive it; the cluster is held.
class LogView : public QWidget {
    Q_OBJECT

public:
    LogView(const Theme &theme, Settings &settings, contexts::OpenClusterPtr cluster, std::string space, std::string pod, QWidget *parent = nullptr);
    ~LogView() override;

    /// A container, and the run before its current one: where "Previous log" leads. Empty: the pod's default container.
    void showContainer(const std::string &container, bool previous);
    Q_INVOKABLE void focusSearch();
    /// Tries at once what waits for its next try.
    Q_INVOKABLE void reload();
    /// Writes all lines to a file; says in the foot how it went.
    void saveTo(const QString &file);
    void copy();

    /// A picture may be taken: what the server has at once is there, or why there is nothing.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] std::optional<Error> failure() const;
    [[nodiscard]] const logs::LogFollower &follower() const { return m_follower; }
    [[nodiscard]] LogCanvas &canvas() const { return *m_canvas; }
    [[nodiscard]] LogBar &bar() const { return *m_bar; }
    [[nodiscard]] LogFoot &foot() const { return *m_foot; }

Q_SIGNALS:
    void completed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void podChanged();
    void open(const logs::LogWish &wish);
    void rowsChanged();
    void hitsChanged();
    void stepHit(bool forward);
    void goToHit(const std::optional<logs::LogSearch::Hit> &hit);
    void showState();
    void showMessage();
    void showFoot();
    void showPlace();
    void settle();
    void setStamps(bool shown);
    void setWrapped(bool wrapped);
    void chooseFile();
    void sayFor(Shape shape, const QString &strong, const QString &rest);
    [[nodiscard]] QString nextStart() const;

    const Theme &m_theme;
    Settings &m_settings;
    const contexts::OpenClusterPtr m_cluster;
    const std::string m_space;
    const std::string m_name;
    logs::PodWatch m_pod;
    logs::LogFollower m_follower;
    logs::LogSearch m_search;
    std::optional<logs::LogWish> m_wanted; // before the pod is known
    std::optional<logs::LogSearch::Hit> m_hit;
    bool m_newPattern = false;
    bool m_completed = false;
    bool m_quiet = false;   // nothing came for a moment
    bool m_noticed = false; // the foot says something that passes

    LogBar *m_bar;
    QStackedLayout *m_stack;
    QWidget *m_text; // canvas and its placeholders
    LogCanvas *m_canvas;
    PlaceholderRows *m_placeholders;
    MessagePanel *m_message;
    LogFoot *m_foot;
    QTimer m_seconds;
    QTimer m_settling;
    QTimer m_notice;
};

} // namespace fairlead::ui
