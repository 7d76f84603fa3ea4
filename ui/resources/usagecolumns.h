// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/tablemodel.h"
#include "kube/session.h"
#include "metrics/usagefeed.h"

#include <QObject>

namespace fairlead::ui {

class ResourceTable;

/// Keeps what pods and nodes use in their table's columns: the columns stand there where the server has metrics, and it is asked only while one of
/// them can be seen. Kinds without metrics cost nothing. Thread: GUI. Owner: the page; all that is handed in outlives it.
class UsageColumns : public QObject {
    Q_OBJECT

public:
    UsageColumns(kube::Session &session, items::TableModel &rows, ResourceTable &table, QObject *parent = nullptr);

    /// After rows.show(): what they are about now.
    void follow(const kube::Resource &resource, const kube::Scope &scope);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void take();
    void ask();

    items::TableModel &m_rows;
    ResourceTable &m_table;
    metrics::UsageFeed m_feed;
};

} // namespace fairlead::ui
