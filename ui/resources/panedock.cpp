// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/panedock.h"

#include <QResizeEvent>

#include <algorithm>

namespace fairlead::ui {

using Dock = DetailPane::Dock;

PaneDock::PaneDock(Settings &settings, QWidget *rows)
    : QSplitter(Qt::Vertical)
    , m_settings(settings)
{
    addWidget(rows);
    setHandleWidth(1);
    setChildrenCollapsible(false);
    setStretchFactor(0, 1);
    const QString left = m_settings.value(QStringLiteral("resources/dock")).toString();
    if (!left.isEmpty())
        m_chosen = left == QLatin1String("right") ? Dock::Right : Dock::Below;
}

void PaneDock::setPane(DetailPane *pane)
{
    m_pane = pane;
    if (pane == nullptr)
        return;
    addWidget(pane);
    pane->hide();
    connect(pane, &DetailPane::closeWanted, this, &PaneDock::close);
    connect(pane, &DetailPane::dockWanted, this, [this](Dock where) {
        m_chosen = where;
        m_settings.set(QStringLiteral("resources/dock"), where == Dock::Below ? QStringLiteral("below") : QStringLiteral("right"));
        dock();
    });
}

void PaneDock::open(const kube::Resource &resource, const std::string &space, const std::string &name, const std::string &tab)
{
    if (m_pane == nullptr)
        return;
    m_pane->showObject(resource, space, name, tab);
    if (m_pane->isHidden()) {
        m_pane->show();
        dock();
    }
}

void PaneDock::close()
{
    if (m_pane == nullptr)
        return;
    m_pane->hide();
    m_pane->showNothing();
}

void PaneDock::resizeEvent(QResizeEvent *event)
{
    QSplitter::resizeEvent(event);
    if (m_pane != nullptr && event->oldSize().width() != event->size().width())
        dock();
}

void PaneDock::dock()
{
    const Dock where = m_chosen.value_or(width() >= besideFrom ? Dock::Right : Dock::Below);
    const Qt::Orientation orientation = where == Dock::Right ? Qt::Horizontal : Qt::Vertical;
    setOrientation(orientation);
    m_pane->setDock(where);
    const int whole = orientation == Qt::Horizontal ? width() : height();
    const int pane = std::min(where == Dock::Right ? paneWidth : paneHeight, whole / 2);
    setSizes({whole - pane, pane});
}

} // namespace fairlead::ui
