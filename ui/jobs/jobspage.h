// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobsources.h"
#include "ui/jobs/runtable.h"
#include "ui/jobs/timelineexport.h"
#include "ui/widgets/page.h"

#include <memory>

class QAbstractButton;

namespace fairlead::ui {

class Banner;
class Chip;
class DropButton;
class InterferenceView;
class MessagePanel;
class PageHeader;
class PlaceholderRows;
class RunCockpit;
class SegmentedSwitch;
class TableView;
class TimelineView;

/// Jobs in time: a timeline of all cron jobs and jobs in the window's namespaces, or the same as a table, and the chosen run below; or where jobs
/// may disturb services.
///
/// Promise: one of loading, content, empty, failed and stale is always shown. What fails is tried again by itself. Changes are shown at most five
/// times a second. Ctrl+S exports.
class JobsPage : public Page {
    Q_OBJECT

public:
    JobsPage(const PageContext &context, const Destination &destination);
    ~JobsPage() override;

    [[nodiscard]] QString title() const override { return tr("Jobs"); }
    [[nodiscard]] Icon icon() const override { return Icon::Job; }
    [[nodiscard]] Destination destination() const override;
    bool goTo(const Destination &destination) override;
    void setScope(const kube::Scope &scope) override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] std::optional<Error> failure() const override;
    [[nodiscard]] QString statusText() const override { return m_told; }
    void reload() override;
    [[nodiscard]] std::optional<kube::State> freshness() const override;

    /// Writes what is seen; says in the status line how it went.
    void exportTo(ExportForm form, const QString &file);
    enum class View { Timeline, Table, Beside };
    void setView(View view);
    [[nodiscard]] const RunTable &table() const { return m_runs; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeHeader();
    void makeBody();
    void open();
    void start(const kube::Offer &offer);
    void second();
    void updateSoon();
    void update();
    void showNotice();
    void showMessage(bool any);
    void showRun();
    void completeOnce();
    void showTable();
    void count();
    void chooseSpan(int part);
    void chooseFile(ExportForm form);
    void chooseWanted();
    [[nodiscard]] jobs::Moment now() const;

    const PageContext m_context;
    kube::Scope m_scope;
    std::string m_select; ///< name of the job that is to be chosen when it comes
    std::unique_ptr<jobs::JobSources> m_sources;
    std::optional<Error> m_error; ///< there is no timeline at all
    bool m_wasComplete = false;
    View m_shown = View::Timeline;
    QString m_told;
    Clock::Timer m_second = 0;
    Clock::Timer m_soon = 0; ///< an update waits for its turn
    Clock::Duration m_updatedAt{-10'000};
    RunTable m_runs;

    PageHeader *m_header;
    Chip *m_running;
    Chip *m_failed;
    Chip *m_overlapping;
    DropButton *m_lanes;
    DropButton *m_export;
    SegmentedSwitch *m_views;
    SegmentedSwitch *m_spans;
    QAbstractButton *m_nowButton;
    Banner *m_notice;
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
    TimelineView *m_view;
    TableView *m_table;
    RunCockpit *m_cockpit;
    InterferenceView *m_beside;
    std::unique_ptr<QObject> m_asker; ///< of the answer that is waited for
};

} // namespace fairlead::ui
