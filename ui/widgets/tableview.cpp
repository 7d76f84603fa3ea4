// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tableview.h"

#include "ui/widgets/accessibletable.h"
#include "ui/widgets/celltooltip.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSinglePointEvent>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>
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
    takeRowHeight();
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

void TableView::setTwoLines()
{
    m_twoLines = true;
    takeRowHeight();
}

void TableView::setOwnDensity(Density density)
{
    m_ownDensity = density;
    takeRowHeight();
}

void TableView::takeRowHeight()
{
    const RowHeights heights = rowHeights(m_ownDensity.value_or(m_theme.density()));
    const int height = m_twoLines ? heights.twoLines : heights.table;
    const int before = verticalHeader()->defaultSectionSize();
    if (height == before)
        return;
    // Whoever reads stays at the row, though everything above it grows or shrinks.
    const double topRow = double(verticalScrollBar()->value()) / before;
    verticalHeader()->setMinimumSectionSize(height); // else Qt keeps what it thinks a text needs
    verticalHeader()->setDefaultSectionSize(height);
    updateGeometries();
    verticalScrollBar()->setValue(int(std::lround(topRow * height)));
}

void TableView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        takeRowHeight();
}

int TableView::wantedWidth(int column) const
{
    constexpr int most = 200; // rows that are measured: a list may hold thousands
    const std::vector<int> shown = shownColumns();
    const int outer = (column == shown.front() ? measure::margin : measure::between) + (column == shown.back() ? measure::margin : measure::between);
    const QString caption = model()->headerData(column, Qt::Horizontal).toString().toUpper();
    const bool sorted = horizontalHeader()->isSortIndicatorShown() && horizontalHeader()->sortIndicatorSection() == column;
    int wanted = int(std::ceil(textWidth(caption, m_theme.font(FontRole::Caption)))) + outer + 1 + (sorted ? measure::icon : 0);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = 0; row < std::min(most, model()->rowCount()); ++row) {
        const QModelIndex index = model()->index(row, column);
        wanted = std::max(wanted, itemDelegateForIndex(index)->sizeHint(option, index).width());
    }
    return wanted;
}

std::vector<int> TableView::shownColumns() const
{
    std::vector<int> shown;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column))
            shown.push_back(column);
    }
    return shown;
}

// The widest down to the next widest, and so on.
void TableView::cutWidest(const std::vector<int *> &widths, int least, int excess)
{
    while (excess > 0) {
        const int widest = **std::max_element(widths.begin(), widths.end(), [](const int *a, const int *b) { return *a < *b; });
        if (widest <= least)
            return;
        int next = least;
        int equal = 0;
        for (const int *width : widths) {
            if (*width == widest)
                ++equal;
            else if (*width < widest)
                next = std::max(next, *width);
        }
        const int cut = std::max(1, std::min(widest - next, (excess + equal - 1) / equal));
        for (int *width : widths) {
            if (*width == widest)
                *width -= cut;
        }
        excess -= cut * equal;
    }
}

void TableView::fitColumns()
{
    if (model() == nullptr || m_widthsAreTheUsers)
        return;
    const std::vector<int> shown = shownColumns();
    if (shown.empty())
        return;
    constexpr int least = 72;
    constexpr int loosest = 56; // air that a column may get beyond what it needs
    std::vector<int> widths;
    std::map<int, std::vector<int *>> giving; // those that give way, by weight
    for (const int column : shown)
        widths.push_back(wantedWidth(column));
    const int kept = m_keptColumn >= 0 ? m_keptColumn : shown.front();
    int *keptWidth = &widths.front();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i] == kept)
            keptWidth = &widths[i];
        else
            giving[m_weights.value(shown[i])].push_back(&widths[i]);
    }
    const int room = viewport()->width();
    const auto total = [&widths] { return std::accumulate(widths.begin(), widths.end(), 0); };
    // A name without end does not take the room of what is said about it.
    *keptWidth = std::min(*keptWidth, std::max({2 * least, room / 2, room - (total() - *keptWidth)}));
    // Too little room: the lightest give way first, the kept one last.
    for (const auto &[weight, columns] : giving)
        cutWidest(columns, least, total() - room);
    if (total() > room)
        *keptWidth = std::max(2 * least, *keptWidth - (total() - room)); // beyond that the view scrolls
    // Room left: some air for each, the rest behind the last. Captions without rows, and a last column of figures, share it all: what
    // stands at the right must not stand alone.
    const int count = int(widths.size());
    const bool figures = model()->headerData(shown.back(), Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    const int air = std::clamp((room - total()) / count, 0, model()->rowCount() == 0 || figures ? std::max(room, 0) : loosest);
    for (int &width : widths)
        width += air;
    widths.back() += std::max(0, room - total());

    m_fitting = true;
    for (std::size_t i = 0; i < shown.size(); ++i)
        setColumnWidth(shown[i], widths[i]);
    m_fitting = false;
}

void TableView::resizeEvent(QResizeEvent *event)
{
    // Where a page has shrunk it to its captions, a bar would cover them.
    setHorizontalScrollBarPolicy(height() <= measure::caption ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    QTableView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitColumns();
}

QModelIndex TableView::moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers)
{
    const int rows = model() != nullptr ? model()->rowCount(rootIndex()) : 0;
    if ((action != MoveHome && action != MoveEnd) || rows == 0)
        return QTableView::moveCursor(action, modifiers);
    const int column = currentIndex().isValid() ? currentIndex().column() : horizontalHeader()->logicalIndexAt(0);
    return model()->index(action == MoveHome ? 0 : rows - 1, std::max(column, 0), rootIndex());
}

void TableView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QApplication::clipboard()->setText(currentIndex().data().toString());
        return;
    }
    if (!event->text().isEmpty() && event->text().front().isLetterOrNumber() && event->modifiers() == Qt::NoModifier) {
        event->ignore(); // a key of the page's, no search: there are filters
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
    QString tip;
    if (index.isValid()) {
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        tip = cellToolTip(index, itemDelegateForIndex(index)->sizeHint(option, index).width() > columnWidth(index.column()));
    }
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), toolTipText(tip), viewport(), visualRect(index));
    return true;
}

} // namespace fairlead::ui
