// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableview.h"

#include "ui/widgets/accessibletable.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QSinglePointEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace fairlead::ui {

TableView::TableView(const Theme &theme, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
{
    AccessibleTable::install();
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false); // Tab leaves the table
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setMouseTracking(true); // the row under the pointer is shown
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(measure::row);
    verticalHeader()->setDefaultSectionSize(measure::row);
    horizontalHeader()->setFixedHeight(measure::caption);
    horizontalHeader()->setMinimumSectionSize(48);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (!m_fitting)
            m_widthsAreTheUsers = true;
    });
}

int TableView::wantedWidth(int column) const
{
    constexpr int most = 200; // rows that are measured: a file may hold thousands
    const int outer =
        (column == 0 ? measure::margin : measure::between) + (column == model()->columnCount() - 1 ? measure::margin : measure::between);
    const QString caption = model()->headerData(column, Qt::Horizontal).toString().toUpper();
    int wanted = int(std::ceil(textWidth(caption, m_theme.font(FontRole::Caption)))) + outer + 1;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = 0; row < std::min(most, model()->rowCount()); ++row) {
        const QModelIndex index = model()->index(row, column);
        wanted = std::max(wanted, itemDelegateForIndex(index)->sizeHint(option, index).width());
    }
    return wanted;
}

void TableView::fitColumns()
{
    if (model() == nullptr || m_widthsAreTheUsers)
        return;
    const int count = model()->columnCount();
    if (count == 0)
        return;
    constexpr int least = 72;
    constexpr int loosest = 56; // air that a column may get beyond what it needs
    std::vector<int> wanted;
    for (int column = 0; column < count; ++column)
        wanted.push_back(wantedWidth(column));
    const int room = viewport()->width();
    std::vector<int> widths = wanted;
    const auto total = [&widths] { return std::accumulate(widths.begin(), widths.end(), 0); };
    // Too little room: cut the widest down to the next widest, and so on, the name last.
    while (total() > room) {
        const auto widest = std::max_element(widths.begin() + (count > 1 ? 1 : 0), widths.end());
        if (*widest <= least)
            break;
        int next = least;
        int equal = 0;
        for (auto it = widths.begin() + (count > 1 ? 1 : 0); it != widths.end(); ++it) {
            if (*it == *widest)
                ++equal;
            else if (*it < *widest)
                next = std::max(next, *it);
        }
        const int cut = std::max(1, std::min(*widest - next, (total() - room + equal - 1) / equal));
        const int from = *widest;
        for (auto it = widths.begin() + (count > 1 ? 1 : 0); it != widths.end(); ++it) {
            if (*it == from)
                *it -= cut;
        }
    }
    if (total() > room)
        widths.front() = std::max(least, widths.front() - (total() - room));
    // Room left: some air for each, the rest behind the last. Captions without rows share it all.
    const int air = std::clamp((room - total()) / count, 0, model()->rowCount() == 0 ? std::max(room, 0) : loosest);
    for (int &width : widths)
        width += air;
    widths.back() += std::max(0, room - total());

    m_fitting = true;
    for (int column = 0; column < count; ++column)
        setColumnWidth(column, widths[std::size_t(column)]);
    m_fitting = false;
}

void TableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitColumns();
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QApplication::clipboard()->setText(currentIndex().data().toString());
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::hover(int row)
{
    if (row == m_hoveredRow)
        return;
    for (const int changed : {std::exchange(m_hoveredRow, row), row}) {
        if (changed >= 0)
            viewport()->update(0, rowViewportPosition(changed), viewport()->width(), rowHeight(changed));
    }
}

bool TableView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::MouseMove || event->type() == QEvent::HoverMove)
        hover(rowAt(static_cast<QSinglePointEvent *>(event)->position().toPoint().y()));
    else if (event->type() == QEvent::Leave)
        hover(-1);
    if (event->type() != QEvent::ToolTip)
        return QTableView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QModelIndex index = indexAt(help->pos());
    // The model's own words first (what is wrong with it); else the whole text, where the cell shows less.
    QString tip = index.data(Qt::ToolTipRole).toString();
    if (tip.isEmpty() && index.isValid()) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        if (itemDelegateForIndex(index)->sizeHint(option, index).width() > columnWidth(index.column()))
            tip = index.data().toString();
    }
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), toolTipText(tip), viewport(), visualRect(index));
    return true;
}

} // namespace fairlead::ui
