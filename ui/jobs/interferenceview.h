// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/interferencefeed.h"
#include "ui/jobs/interferencetable.h"
#include "ui/widgets/page.h"

#include <QWidget>

#include <memory>

namespace fairlead::ui {

class Banner;
class MessagePanel;
class PlaceholderRows;
class PlainLabel;
class RowDelegate;
class TableView;

/// Where jobs may disturb services, live: pods of jobs without limits beside pods of services, and what both use, with the hours in which jobs start.
/// Reads only while it is shown.
///
/// Promise: one of loading, content, nothing found, failed and stale is always shown. Thread: GUI. Owner: the page; what `context` names outlives it.
class InterferenceView : public QWidget {
    Q_OBJECT

public:
    explicit InterferenceView(const PageContext &context, QWidget *parent = nullptr);
    ~InterferenceView() override;

    void setScope(const kube::Scope &scope);
    void retry() { m_feed.retry(); }
    [[nodiscard]] bool isComplete() const { return m_feed.told() != nullptr || m_feed.failure(); }
    [[nodiscard]] const std::optional<Error> &failure() const { return m_feed.failure(); }
    [[nodiscard]] std::optional<kube::State> state() const { return m_feed.state(); }

Q_SIGNALS:
    void completed();
    void wanted(const fairlead::ui::Destination &destination);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    struct Section {
        QWidget *heading = nullptr;
        PlainLabel *count = nullptr;
        InterferenceTable *rows = nullptr;
        TableView *table = nullptr;
        RowDelegate *delegate = nullptr;
    };
    [[nodiscard]] Section makeSection(InterferenceTable::What what, const QString &title, const QString &note);
    void take(Section &section);
    void update();
    void say();

    const PageContext m_context;
    kube::Scope m_scope;
    jobs::InterferenceFeed m_feed;
    bool m_wasComplete = false;
    Section m_crowded;
    Section m_shared;
    Banner *m_notice;
    PlaceholderRows *m_loading;
    MessagePanel *m_message;
};

} // namespace fairlead::ui
