// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows a resources page has, of its table or of its tree: how many, how they stand, and which are chosen.
#include "items/ownertreemodel.h"
#include "items/tablestanding.h"
#include "kube/access.h"
#include "ui/resources/ownertreeview.h"
#include "ui/resources/resourcespage.h"
#include "ui/resources/resourcetable.h"
#include "ui/resources/usagecolumns.h"
#include "ui/resources/workfilter.h"

#include <QLocale>

#include <algorithm>
#include <set>
#include <string_view>

namespace fairlead::ui {

using items::TableStanding;

bool ResourcesPage::showsTree() const
{
    return m_tree && m_tree->isWhole();
}

int ResourcesPage::size() const
{
    return showsTree() ? m_tree->size() : m_rows.rowCount();
}

void ResourcesPage::showCount()
{
    const QLocale locale = QLocale::c();
    const int rows = size();
    const int shown = showsTree() ? m_tree->shownSize() : m_tree ? rows : m_order.rowCount();
    const auto phase = m_rows.state().phase;
    QString count;
    if (m_resource && (phase != kube::Phase::Loading || rows > 0)) {
        if (shown != rows)
            count = tr("%1 of %2").arg(locale.toString(shown), locale.toString(rows));
        else if (phase == kube::Phase::FirstPage)
            count = tr("%1 so far").arg(locale.toString(rows));
        else
            count = locale.toString(rows);
    }
    m_bar->setCount(count);
}

void ResourcesPage::showHealth()
{
    m_bar->setCounts(showsTree() ? m_tree->counts() : m_rows.counts());
}

TableStanding ResourcesPage::standing() const
{
    if (notFound())
        return {.what = TableStanding::What::Failed, .stale = false, .whole = true, .error = m_finder.error()};
    if (!m_resource)
        return {};
    // What can be said of the kind is the same for a tree; which rows there are is not.
    const int shown = showsTree() ? m_tree->rowCount() : m_tree ? m_rows.rowCount() : m_order.rowCount();
    auto standing = TableStanding::of(m_rows.state(), std::size_t(size()), std::size_t(shown));
    if (standing.error)
        standing.error = kube::withWayOut(*standing.error, *m_resource);
    standing.whole = standing.whole && !m_rows.awaitsFacts();
    if (m_tree && standing.what == TableStanding::What::Content) {
        standing.whole = standing.whole && m_tree->isWhole();
        if (!m_tree->isWhole())
            standing.what = TableStanding::What::Loading;
    }
    return standing;
}

std::optional<ResourcesPage::Chosen> ResourcesPage::chosen() const
{
    if (m_treeView != nullptr) {
        const auto target = m_tree->targetOf(m_treeView->currentIndex());
        return target ? std::optional(Chosen{target->resource, target->space, target->name, target->item}) : std::nullopt;
    }
    const kube::ItemPtr item = m_table->current();
    return item && m_resource ? std::optional(Chosen{*m_resource, std::string(item->space()), std::string(item->name()), item}) : std::nullopt;
}

RowActions::Rows ResourcesPage::chosenRows() const
{
    if (m_treeView == nullptr)
        return {.kinds = {{*m_resource, m_table->selected()}}, .table = m_table->selectedText()};
    RowActions::Rows rows{.kinds = {}, .table = m_treeView->selectedText()};
    std::set<std::string_view> met; // a pod and its containers, a pod beneath its owner and beneath a service
    for (const QModelIndex &each : m_treeView->selectedRows()) {
        const auto target = m_tree->targetOf(each);
        if (!target || !target->item || !met.insert(target->item->uid()).second)
            continue;
        const auto ofKind = std::find_if(
            rows.kinds.begin(), rows.kinds.end(), [&target](const RowActions::OfKind &kind) { return kind.resource.id == target->resource.id; });
        if (ofKind == rows.kinds.end())
            rows.kinds.push_back({target->resource, {target->item}});
        else
            ofKind->items.push_back(target->item);
    }
    return rows;
}

void ResourcesPage::copyRows()
{
    if (m_treeView != nullptr ? !m_treeView->selectedRows().isEmpty() : m_resource && !m_table->selected().empty())
        m_actions->copyTable(chosenRows());
}

} // namespace fairlead::ui
