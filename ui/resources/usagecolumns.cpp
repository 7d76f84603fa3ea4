// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/usagecolumns.h"

#include "base/reply.h"
#include "kinds/usage.h"
#include "ui/resources/resourcetable.h"

#include <QEvent>

namespace fairlead::ui {

UsageColumns::UsageColumns(kube::Session &session, items::TableModel &rows, ResourceTable &table, QObject *parent)
    : QObject(parent)
    , m_rows(rows)
    , m_table(table)
    , m_feed(session.client(), session.discovery(), session.clock())
{
    connect(&m_feed, &metrics::UsageFeed::changed, this, &UsageColumns::take);
    connect(&m_table, &ResourceTable::columnsChosen, this, &UsageColumns::ask);
    m_table.installEventFilter(this);
}

void UsageColumns::follow(const kube::Resource &resource, const kube::Scope &scope)
{
    if (const auto *kind = kinds::usageKindOf(resource.id.group, resource.id.resource))
        m_feed.watch(*kind, scope);
    else
        m_feed.stop();
    take();
}

bool UsageColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_table && (event->type() == QEvent::Show || event->type() == QEvent::Hide))
        later(this, [this] { ask(); }); // it is what it is going to be
    return QObject::eventFilter(watched, event);
}

void UsageColumns::take()
{
    m_rows.setUsageColumns(m_feed.isOffered());
    m_rows.setUsages(m_feed.usages());
    ask();
}

// What nobody sees is not asked for.
void UsageColumns::ask()
{
    using Own = items::TableColumns::Own;
    m_feed.setShown(m_table.isVisible() && (m_table.shows(Own::Cpu) || m_table.shows(Own::Memory)));
}

} // namespace fairlead::ui
