// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/treeview.h"

#include "ui/widgets/accessibletable.h"
#include "ui/widgets/celltooltip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollBar>
#include <QToolTip>

namespace fairlead::ui {

TreeView::TreeView(const Theme &theme, Look look, QWidget *parent)
    : QTreeView(parent)
    , m_theme(theme)
    , m_look(look)
{
    AccessibleTable::install();
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setWordWrap(false);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setAnimated(false);
    setExpandsOnDoubleClick(false); // a double click opens
    setIndentation(look == Look::Table ? 20 : 0);
    setRootIsDecorated(look == Look::Table);
    header()->setFixedHeight(measure::caption);
    header()->setMinimumSectionSize(48);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setSectionResizeMode(QHeaderView::Interactive);
    header()->setStretchLastSection(look == Look::SideBar);
    header()->setHighlightSections(false);
    header()->setFocusPolicy(Qt::NoFocus);
    if (look == Look::SideBar) {
        setHeaderHidden(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    takeColours();
}

void TreeView::takeColours()
{
    if (m_look == Look::Table)
        return;
    const Tokens &t = m_theme.tokens();
    QPalette own = palette();
    if (own.color(QPalette::Base) == t.raised)
        return; // else a palette that is set would call itself
    own.setColor(QPalette::Base, t.raised);
    own.setColor(QPalette::Window, t.raised);
    setPalette(own);
}

bool TreeView::event(QEvent *event)
{
    if (event->type() != QEvent::StyleChange)
        return QTreeView::event(event);
    // Rows are laid out anew, and may be of another height: whoever reads stays at the row.
    const QModelIndex top = verticalScrollBar()->value() > 0 ? indexAt(QPoint(0, 0)) : QModelIndex();
    const int hidden = top.isValid() ? -visualRect(top).top() : 0;
    const int across = horizontalScrollBar()->value();
    const bool done = QTreeView::event(event);
    if (top.isValid()) {
        scrollTo(top, PositionAtTop);
        verticalScrollBar()->setValue(verticalScrollBar()->value() + hidden);
        horizontalScrollBar()->setValue(across);
    }
    return done;
}

void TreeView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColours();
}

void TreeView::resizeEvent(QResizeEvent *event)
{
    // Where a page has shrunk it to its captions, a bar would cover them.
    if (m_look == Look::Table)
        setHorizontalScrollBarPolicy(height() <= measure::caption ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    QTreeView::resizeEvent(event);
}

void TreeView::drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    if (m_look == Look::SideBar || indentation() == 0)
        return;
    const Tokens &t = m_theme.tokens();
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = rect;
    option.state.setFlag(QStyle::State_Selected, selectionModel() != nullptr && selectionModel()->isSelected(index));
    option.state.setFlag(QStyle::State_Active, isActiveWindow());
    const QModelIndex under = indexAt(viewport()->mapFromGlobal(QCursor::pos()));
    option.state.setFlag(
        QStyle::State_MouseOver, viewport()->underMouse() && under.isValid() && under.siblingAtColumn(0) == index.siblingAtColumn(0));
    style()->drawPrimitive(QStyle::PE_PanelItemViewRow, &option, painter, this);
    const qreal line = hairline(*painter);
    painter->fillRect(onPixels(*painter, QRectF(rect.left(), rect.bottom() + 1 - line, rect.width(), line)), t.lineSoft);

    int depth = 0;
    for (QModelIndex parent = index.parent(); parent.isValid() && parent != rootIndex(); parent = parent.parent())
        ++depth;
    const int step = indentation();
    const auto centre = [&](int level) { return rect.left() + level * step + step - 4; };
    // One line for each level above, under the chevron of who stands there.
    const QColor guide = mix(t.surface, t.edge, 0.75);
    for (int level = 0; level < depth; ++level)
        painter->fillRect(onPixels(*painter, QRectF(centre(level), rect.top(), line, rect.height())), guide);
    if (model()->hasChildren(index)) {
        drawIcon(*painter, QRectF(centre(depth) - 8, rect.top(), measure::icon, rect.height()), isExpanded(index) ? Icon::Down : Icon::Right, t.muted,
            1.4);
    }
}

void TreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QApplication::clipboard()->setText(currentIndex().data().toString());
        return;
    }
    if (!event->text().isEmpty() && event->text().front().isLetterOrNumber() && event->modifiers() == Qt::NoModifier) {
        event->ignore(); // a key of the page's, no search: there are filters
        return;
    }
    QTreeView::keyPressEvent(event);
}

bool TreeView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QTreeView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    QString tip;
    if (index.isValid()) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        tip = cellToolTip(index, itemDelegateForIndex(index)->sizeHint(option, index).width() > visualRect(index).width());
    }
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), toolTipText(tip), viewport(), visualRect(index));
    return true;
}

} // namespace fairlead::ui
