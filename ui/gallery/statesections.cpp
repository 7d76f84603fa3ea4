// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/gallery/samplerows.h"
#include "ui/gallery/sections.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/pageheader.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"

#include <QFrame>
#include <QGridLayout>
#include <QVBoxLayout>

#include <array>

namespace fairlead::ui {

namespace {

/// A small page: title, filter, chips, captions; what stands below them is put into `column`.
struct Panel {
    QWidget *widget = nullptr;
    QVBoxLayout *column = nullptr;
    PageHeader *header = nullptr;
    SearchField *filter = nullptr;
    TableView *table = nullptr;
};

Panel panel(const Theme &theme, const QString &caption, const QString &count, int rows)
{
    Panel made;
    made.widget = new QWidget;
    auto *outer = new QVBoxLayout(made.widget);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(6);
    auto *what = new PlainLabel(theme, FontRole::SmallMedium, &Tokens::muted);
    what->setLine(caption);
    outer->addWidget(what);
    auto *frame = new QFrame;
    frame->setFrameShape(QFrame::Box);
    frame->setAutoFillBackground(true);
    outer->addWidget(frame, 1);
    made.column = new QVBoxLayout(frame);
    made.column->setContentsMargins(1, 1, 1, 1);
    made.column->setSpacing(0);
    made.header = new PageHeader(theme, QObject::tr("Pods"));
    made.header->setCount(count);
    made.filter = new SearchField(theme, QObject::tr("Filter"));
    made.filter->setFixedWidth(190);
    made.header->add(made.filter);
    made.column->addWidget(made.header);
    made.table = new TableView(theme);
    made.table->setAccessibleName(QStringLiteral("pods"));
    auto *delegate = new RowDelegate(theme, SampleRows::roles(), made.table);
    delegate->setMarkedColumn(0);
    made.table->setItemDelegate(delegate);
    made.table->setModel(new SampleRows(SampleRows::Columns::Five, rows, made.table));
    made.column->addWidget(made.table, rows > 0 ? 1 : 0);
    if (rows == 0)
        made.table->setFixedHeight(measure::caption);
    return made;
}

void addChips(const Theme &theme, const Panel &panel, const std::array<qsizetype, 3> &counts)
{
    const std::array shapes{Shape::Bad, Shape::Warn, Shape::Ok};
    const std::array names{QObject::tr("Failing"), QObject::tr("Waiting"), QObject::tr("Running")};
    for (std::size_t at = 0; at < counts.size(); ++at) {
        auto *chip = new Chip(theme, shapes[at], names[at]);
        chip->setCount(counts[at]);
        chip->setNarrow(true);
        panel.header->add(chip);
    }
    panel.header->addStretch();
}

QWidget *messagePanel(const Theme &theme, const QString &caption, const QString &count, const Message &message, const QString &filter = {})
{
    const Panel made = panel(theme, caption, count, 0);
    made.filter->setText(filter);
    made.header->addStretch();
    made.table->setEnabled(false);
    auto *words = new MessagePanel(theme);
    words->say(message);
    made.column->addWidget(words, 1);
    return made.widget;
}

QWidget *loadingPanel(const Theme &theme)
{
    const Panel made = panel(theme, QObject::tr("Loading: after 150 ms, no spinner; counts run up as pages arrive"), QObject::tr("500 so far"), 0);
    addChips(theme, made, {2, 5, 489});
    auto *rows = new PlaceholderRows(theme);
    rows->setHeader(made.table->horizontalHeader());
    rows->setMarkedColumn(0);
    rows->show(); // at once: a gallery waits for nothing
    made.column->addWidget(rows, 1);
    return made.widget;
}

QWidget *stalePanel(const Theme &theme)
{
    const Panel made = panel(theme, QObject::tr("Stale: rows stay, without colour, until the server speaks again"), QStringLiteral("1,204"), 5);
    addChips(theme, made, {7, 12, 1141});
    static_cast<RowDelegate *>(made.table->itemDelegate())->setStale(true);
    auto *line = new Banner(theme);
    line->say(Shape::Unknown, QString(), QObject::tr("No word from the server for 38 s. The rows are those of 14:02:11."));
    line->offer(QObject::tr("Retry now"), Icon::Read);
    made.column->insertWidget(1, line);
    return made.widget;
}

} // namespace

QWidget *pageStates(const Theme &theme)
{
    auto *all = new QWidget;
    auto *grid = new QGridLayout(all);
    grid->setContentsMargins(measure::group, measure::margin, measure::group, measure::margin);
    grid->setSpacing(measure::margin);
    grid->addWidget(loadingPanel(theme), 0, 0);
    grid->addWidget(messagePanel(theme, QObject::tr("Empty: no object of this kind here"), QStringLiteral("0"),
                        {.icon = Icon::Pod,
                            .title = QObject::tr("No pods in namespace team-b."),
                            .text = QObject::tr("The namespace is 3 days old and holds 2 config maps and 1 secret."),
                            .actions = {{QObject::tr("Show all namespaces")}}}),
        0, 1);
    grid->addWidget(messagePanel(theme, QObject::tr("Empty: the filter hides everything"), QObject::tr("0 of 1,204"),
                        {.icon = Icon::Filter,
                            .title = QObject::tr("The filter hides all 1,204 pods."),
                            .text = QObject::tr("No cell contains nginx-ingres. Near: ingress-nginx (12)."),
                            .actions = {{QObject::tr("Clear the filter")}, {QObject::tr("Filter by ingress-nginx"), true}}},
                        QStringLiteral("nginx-ingres")),
        1, 0);
    grid->addWidget(
        messagePanel(theme, QObject::tr("Empty: no right to list"), QString(),
            {.icon = Icon::Lock,
                .iconInk = &Tokens::warn,
                .title = QObject::tr("You may not list pods in all namespaces."),
                .text = QObject::tr("You may in payments and team-a (checked 2 s ago)."),
                .words = QStringLiteral("pods is forbidden: User \"dev\" cannot list resource \"pods\" in API group \"\" at the cluster scope"),
                .actions = {{QObject::tr("Show payments")}, {QObject::tr("Show team-a")}}}),
        1, 1);
    grid->addWidget(messagePanel(theme, QObject::tr("Failed: what it means, since when, the server's words"), QString(),
                        {.shape = Shape::Bad,
                            .title = QObject::tr("The pods could not be read: the server does not answer."),
                            .text = QObject::tr("Since 14:31:07, 3 tries; next try in 8 s. The connection opens, TLS does not begin."),
                            .words = QStringLiteral("TLS handshake timeout (10 s)"),
                            .actions = {{QObject::tr("Retry now")}, {QObject::tr("Diagnose…"), true}}}),
        2, 0);
    grid->addWidget(stalePanel(theme), 2, 1);
    // What the longest message of the row needs; in less the gallery scrolls, not the specimen.
    constexpr std::array needed{200, 262, 250};
    for (int row = 0; row < int(needed.size()); ++row) {
        grid->setRowStretch(row, 1);
        grid->setRowMinimumHeight(row, needed[std::size_t(row)]);
    }
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    return all;
}

} // namespace fairlead::ui
