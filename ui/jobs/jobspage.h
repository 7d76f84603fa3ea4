// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobsources.h"
#include "ui/widgets/page.h"

#include <memory>

namespace fairlead::ui {

class Banner;
class Chip;
class MessagePanel;
class PageHeader;
class PlaceholderRows;
class RunCockpit;
class SegmentedSwitch;
class TimelineView;

/// Jobs in time: a timeline of all cron jobs and jobs in the window's namespaces, and the chosen run below.
///
/// Promise: one of loading, content, empty, failed and stale is always shown. What fails is tried again by itself.
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
    void reload() override;
    [[nodiscard]] std::optional<kube::State> freshness() const override;

private:
    void open();
    void start(const kube::Offer &offer);
    void second();
    void update();
    void showRun();
    void count();
    void chooseSpan(int part);

    const PageContext m_context;
    kube::Scope m_scope;
    std::string m_select; ///< name of the job that is to be chosen when it comes
    std::unique_ptr<jobs::JobSources> m_sources;
    std::optional<Error> m_error; ///< there is no timeline at all
    bool m_wasComplete = false;
    Clock::Timer m_second = 0;

    PageHeader *m_header;
    Chip *m_running;
    Chip *m_failed;
    SegmentedSwitch *m_spans;
    Banner *m_notice;
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
    TimelineView *m_view;
    RunCockpit *m_cockpit;
    std::unique_ptr<QObject> m_asker; ///< of the answer that is waited for
};

} // namespace fairlead::ui
