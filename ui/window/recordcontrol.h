// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "kube/source.h"
#include "playback/clusterrecorder.h"
#include "ui/widgets/theme.h"

#include <QObject>
#include <QPointer>
#include <QString>

class QDateTime;
class QFileDialog;
class QWidget;

namespace fairlead::ui {

class DropButton;
class RecordBar;

/// How a window records the cluster in front of it: the button's menu, the file's choice, the line that says how it goes.
///
/// A recording goes on while the window shows another context, until it is stopped or the window closes. Thread: GUI. Owner: the window, which lays
/// out `bar`; it is hidden where there is nothing to say.
class RecordControl : public QObject {
    Q_OBJECT

public:
    RecordControl(const Theme &theme, DropButton &button, QObject *parent);

    [[nodiscard]] RecordBar *bar() const { return m_bar; }
    /// What would be recorded now: no more than one namespace or all of them. Null, or a recording: nothing can be.
    void setCluster(contexts::OpenClusterPtr cluster, const kube::Scope &scope);
    /// As if this file had been chosen.
    void start(const QString &file, bool logs);

    /// "staging-eu-2026-11-30-2115.flrec": without what a file's name may not hold.
    [[nodiscard]] static QString proposedName(const std::string &context, const QDateTime &now);

Q_SIGNALS:
    void openWanted(const QString &file);

private:
    void fillMenu();
    void chooseFile(bool logs);
    void showBar();

    DropButton &m_button;
    RecordBar *m_bar;
    playback::ClusterRecorder m_recorder;
    contexts::OpenClusterPtr m_cluster;
    std::string m_space; // empty: all
    QPointer<QFileDialog> m_dialog;
};

} // namespace fairlead::ui
