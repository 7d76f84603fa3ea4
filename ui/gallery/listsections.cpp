// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/samplerows.h"
#include "ui/gallery/sampletree.h"
#include "ui/gallery/sections.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/treeview.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QVBoxLayout>

namespace fairlead::ui {

namespace {

RowDelegate *delegate(const Theme &theme, RowRoles roles, QAbstractItemView *view)
{
    auto *made = new RowDelegate(theme, std::move(roles), view);
    made->setMarkedColumn(0);
    view->setItemDelegate(made);
    return made;
}

QWidget *section(const Theme &theme, const QString &caption, QWidget *view)
{
    auto *column = new QVBoxLayout;
    column->addWidget(view);
    return gallerySection(theme, caption, column);
}

QWidget *table(const Theme &theme)
{
    auto *view = new TableView(theme);
    view->setAccessibleName(QStringLiteral("pods"));
    delegate(theme, SampleRows::roles(), view);
    view->setModel(new SampleRows(SampleRows::Columns::Five, 7, view));
    view->horizontalHeader()->setSortIndicatorShown(true);
    view->horizontalHeader()->setSortIndicator(3, Qt::AscendingOrder);
    view->fitColumns();
    view->selectRow(0);
    return section(theme, QObject::tr("Table, sorted by a column"), view);
}

QWidget *narrowTable(const Theme &theme)
{
    auto *view = new TableView(theme);
    view->setAccessibleName(QStringLiteral("pods, narrow"));
    delegate(theme, SampleRows::roles(), view);
    view->setModel(new SampleRows(SampleRows::Columns::Five, 7, view));
    view->setFixedWidth(430);
    for (const auto &[column, width] : {std::pair(0, 130), {1, 100}, {2, 60}, {3, 80}, {4, 60}})
        view->setColumnWidth(column, width);
    return section(theme, QObject::tr("What does not fit: the hash goes first, the last part last"), view);
}

QWidget *tree(const Theme &theme)
{
    auto *view = new TreeView(theme, TreeView::Look::Table);
    view->setAccessibleName(QStringLiteral("workloads"));
    delegate(theme, SampleTree::roles(SampleTree::What::Owners), view);
    view->setModel(new SampleTree(SampleTree::What::Owners, view));
    view->expandAll();
    for (const auto &[column, width] : {std::pair(0, 300), {1, 64}, {2, 138}, {3, 64}})
        view->setColumnWidth(column, width);
    view->setCurrentIndex(view->model()->index(0, 0));
    return section(theme, QObject::tr("Tree by owner"), view);
}

QWidget *sideList(const Theme &theme)
{
    auto *view = new TreeView(theme, TreeView::Look::SideBar);
    view->setAccessibleName(QStringLiteral("kinds"));
    delegate(theme, SampleTree::roles(SampleTree::What::Kinds), view)->setRowHeight(&RowHeights::sideKind);
    view->setModel(new SampleTree(SampleTree::What::Kinds, view));
    view->setFixedWidth(212);
    view->setCurrentIndex(view->model()->index(1, 0));
    return section(theme, QObject::tr("Side list"), view);
}

QWidget *densities(const Theme &theme)
{
    auto *across = new QHBoxLayout;
    across->setSpacing(20);
    for (const auto &[density, name] : {std::pair(Density::Compact, QStringLiteral("pods, compact")), {Density::Usual, QStringLiteral("pods, usual")},
             {Density::Comfortable, QStringLiteral("pods, comfortable")}}) {
        auto *view = new TableView(theme);
        view->setAccessibleName(name);
        view->setOwnDensity(density);
        delegate(theme, SampleRows::roles(), view);
        view->setModel(new SampleRows(SampleRows::Columns::Few, 4, view));
        view->fitColumns();
        view->setFixedHeight(measure::caption + 4 * rowHeights(density).table);
        across->addWidget(view, 1, Qt::AlignTop);
    }
    return gallerySection(theme, QObject::tr("Rows: compact, usual, comfortable"), across);
}

} // namespace

QWidget *listSections(const Theme &theme)
{
    auto *all = new QWidget;
    auto *grid = new QGridLayout(all);
    grid->setContentsMargins(measure::group, measure::margin, measure::group, measure::margin);
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(measure::group);
    grid->addWidget(table(theme), 0, 0);
    grid->addWidget(sideList(theme), 0, 1);
    grid->addWidget(tree(theme), 1, 0);
    grid->addWidget(narrowTable(theme), 1, 1);
    grid->addWidget(densities(theme), 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    return all;
}

} // namespace fairlead::ui
