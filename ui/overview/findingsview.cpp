// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/findingsview.h"

#include "ui/overview/findingdelegate.h"
#include "ui/widgets/theme.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QMouseEvent>

namespace fairlead::ui {

using items::FindingModel;

FindingsView::FindingsView(const Theme &theme, FindingModel &model, QWidget *parent)
    : TreeView(theme, Look::Table, parent)
    , m_theme(theme)
    , m_model(model)
    , m_delegate(new FindingDelegate(
          theme,
          [this](const QModelIndex &index) {
              const auto *detail = qobject_cast<const FindingDetail *>(indexWidget(index));
              return detail != nullptr ? detail->heightFor(viewport()->width()) : 120;
          },
          [this](const QModelIndex &index) { return isExpanded(index); }, this))
{
    setProperty("rowsOfOwnHeight", true);
    setAccessibleName(tr("What is broken"));
    setHeaderHidden(true);
    setIndentation(0);
    setRootIsDecorated(false);
    setUniformRowHeights(false);
    setAllColumnsShowFocus(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(m_delegate);
    setModel(&m_model);
    header()->setStretchLastSection(true);
    connect(this, &QTreeView::expanded, this, &FindingsView::showDetail);
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (!index.parent().isValid())
            setExpanded(index, !isExpanded(index));
    });
    connect(&m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        if (auto *detail = qobject_cast<FindingDetail *>(indexWidget(first))) {
            detail->take();
            scheduleDelayedItemsLayout();
        }
    });
    // What is chosen is a finding, never the row beneath it.
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (current.parent().isValid())
            setCurrentIndex(current.parent());
    });
}

void FindingsView::showDetail(const QModelIndex &finding)
{
    const QModelIndex beneath = m_model.index(0, 0, finding);
    if (indexWidget(beneath) != nullptr)
        return;
    auto *detail = new FindingDetail(m_theme, beneath, viewport());
    const QPersistentModelIndex at(finding);
    connect(detail, &FindingDetail::wanted, this, [this, at](FindingDetail::Go where) {
        if (at.isValid())
            Q_EMIT goWanted(at, where);
    });
    setIndexWidget(beneath, detail);
    scheduleDelayedItemsLayout();
}

void FindingsView::setStale(bool stale)
{
    m_delegate->setStale(stale);
    viewport()->update();
}

void FindingsView::setNow(Moment now)
{
    m_delegate->setNow(now);
    viewport()->update();
}

QModelIndex FindingsView::currentFinding() const
{
    const QModelIndex current = currentIndex();
    return current.parent().isValid() ? current.parent() : current;
}

void FindingsView::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex index = currentFinding();
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (index.isValid() && plain) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            Q_EMIT goWanted(index, FindingDetail::Go::Object);
            return;
        case Qt::Key_Space:
            setExpanded(index, !isExpanded(index));
            return;
        case Qt::Key_Right:
            expand(index);
            return;
        case Qt::Key_Left:
            collapse(index);
            return;
        case Qt::Key_Down:
        case Qt::Key_Up: {
            // From finding to finding, whatever is open between them.
            const QModelIndex next = index.siblingAtRow(index.row() + (event->key() == Qt::Key_Down ? 1 : -1));
            if (next.isValid())
                setCurrentIndex(next);
            return;
        }
        default:
            break;
        }
    }
    TreeView::keyPressEvent(event);
}

void FindingsView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && !index.parent().isValid())
        Q_EMIT goWanted(index, FindingDetail::Go::Object);
}

void FindingsView::resizeEvent(QResizeEvent *event)
{
    TreeView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        scheduleDelayedItemsLayout(); // other lines, other heights
}

} // namespace fairlead::ui
