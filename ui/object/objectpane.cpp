// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objectpane.h"

#include "ui/object/objectview.h"

#include <QVBoxLayout>

namespace fairlead::ui {

ObjectPane::ObjectPane(const PageContext &context, const ObjectTabs &tabs, QWidget *parent)
    : DetailPane(parent)
    , m_view(new ObjectView(context.theme, context.cluster, tabs, ObjectView::Where::Pane))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    setAccessibleName(tr("Details"));
    connect(m_view, &ObjectView::wanted, this, &DetailPane::wanted);
    connect(m_view, &ObjectView::completed, this, &DetailPane::completed);
    connect(m_view, &ObjectView::closeWanted, this, &DetailPane::closeWanted);
    connect(m_view, &ObjectView::dockWanted, this, &DetailPane::dockWanted);
}

ObjectPane::~ObjectPane() = default;

void ObjectPane::showObject(const kube::Resource &resource, const std::string &space, const std::string &name, const std::string &tab)
{
    m_view->showObject(resource, space, name);
    if (!tab.empty())
        m_view->setTab(tab);
}

void ObjectPane::showNothing()
{
    m_view->showNothing();
}

void ObjectPane::setDock(Dock dock)
{
    m_view->setDock(dock);
}

bool ObjectPane::isComplete() const
{
    return m_view->isComplete();
}

std::string ObjectPane::tab() const
{
    return m_view->tab();
}

} // namespace fairlead::ui
