// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "kinds/usage.h"
#include "kube/resource.h"
#include "metrics/usagefeed.h"
#include "metrics/usageseries.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <string>

class QStackedWidget;

namespace fairlead::ui {

class MessagePanel;
class PlainLabel;
class UsageChart;

/// What one pod or node uses: CPU and memory over the time that it was watched, a chart each, with what it may use and asks for. It is asked for only
/// while it is looked at; what was told stays while the view lives. One of loading, content, empty (no metrics of it) and failed is shown.
///
/// Thread: GUI. Owner: the object's page. Kinds without metrics have no such view.
class UsageView : public QWidget {
    Q_OBJECT

public:
    UsageView(const Theme &theme, contexts::OpenClusterPtr cluster, const kube::Resource &resource, const std::string &space, const std::string &name,
        QWidget *parent = nullptr);
    ~UsageView() override;

    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] const metrics::UsageSeries &series() const { return m_series; }

Q_SIGNALS:
    void completed();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void take();
    void takeBounds();
    void draw();
    void say();
    [[nodiscard]] QString ofText(double value, double most, double asked, bool memory) const;

    contexts::OpenClusterPtr m_cluster;
    const kinds::UsageKind *m_kind;
    std::string m_space;
    std::string m_name;
    metrics::UsageFeed m_feed;
    metrics::UsageSeries m_series;
    kinds::UsageBounds m_bounds;
    std::shared_ptr<kube::Store> m_store; ///< of the one object, for what it may use
    kube::Subscription m_subscription;
    bool m_completed = false;

    QStackedWidget *m_stack;
    MessagePanel *m_message;
    QWidget *m_charts;
    PlainLabel *m_cpuText;
    PlainLabel *m_memoryText;
    PlainLabel *m_note;
    UsageChart *m_cpu;
    UsageChart *m_memory;
};

} // namespace fairlead::ui
