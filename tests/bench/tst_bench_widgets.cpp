// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of a table costs, by our delegate and by Qt's own. Prints figures; asserts only what does not depend on the machine.
#include "support/offscreenmain.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/treeview.h"

#include <QAbstractTableModel>
#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

namespace fairlead {

using namespace ui;

namespace {

enum Role { HealthRole = Qt::UserRole, SpeaksRole, StemRole, NumberRole };

/// Rows that look like a cluster's pods, made from their number.
class ManyRows : public QAbstractTableModel {
public:
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 50'000; }
    [[nodiscard]] int columnCount(const QModelIndex & = {}) const override { return 10; }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        const int row = index.row();
        switch (role) {
        case Qt::DisplayRole:
            return text(row, index.column());
        case HealthRole:
            return row % 6;
        case SpeaksRole:
            return index.column() == 2 || index.column() == 3;
        case StemRole:
            return index.column() == 0 ? QVariant(12) : QVariant();
        case NumberRole:
            return index.column() == 2 || index.column() == 4 || index.column() == 5;
        default:
            return {};
        }
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("Column %1").arg(section)) : QVariant();
    }

private:
    static QString text(int row, int column)
    {
        switch (column) {
        case 0:
            return QStringLiteral("payments-api-7d9f6c5b84-%1").arg(row, 5, 36, QLatin1Char('x'));
        case 1:
            return QStringLiteral("namespace-%1").arg(row % 23);
        case 2:
            return QStringLiteral("%1/2").arg(row % 3);
        case 3:
            return row % 6 == 3 ? QStringLiteral("CrashLoopBackOff") : QStringLiteral("Running");
        case 4:
            return QString::number(row % 20);
        case 5:
            return QStringLiteral("%1h%2m").arg(row % 24).arg(row % 60);
        case 6:
            return QStringLiteral("10.42.%1.%2").arg(row % 200).arg(row % 250);
        case 7:
            return QStringLiteral("worker-%1").arg(row % 12);
        default:
            return QStringLiteral("<none>");
        }
    }
};

/// 50,000 rows, and more at the top.
class GrowingRows : public ManyRows {
public:
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    void insert()
    {
        beginInsertRows({}, 0, 0);
        ++m_rows;
        endInsertRows();
    }

private:
    int m_rows = 50'000;
};

} // namespace

class BenchWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frameOfATable_data();
    void frameOfATable();
    void changeAfterEverythingWasRead_data();
    void changeAfterEverythingWasRead();
};

void BenchWidgets::frameOfATable_data()
{
    QTest::addColumn<bool>("ours");
    QTest::newRow("QStyledItemDelegate") << false;
    QTest::newRow("RowDelegate") << true;
}

void BenchWidgets::frameOfATable()
{
    QFETCH(bool, ours);
    const Theme theme(Scheme::Light);
    theme.applyTo(*qApp);
    ManyRows model;
    TableView view(theme);
    auto *delegate = new RowDelegate(theme,
        {.health = HealthRole,
            .speaksOfHealth = SpeaksRole,
            .stem = StemRole,
            .number = NumberRole,
            .shape = [](int health) { return shapeOf(kinds::Health(health)); }},
        &view);
    delegate->setMarkedColumn(0);
    if (ours)
        view.setItemDelegate(delegate);
    else
        view.setItemDelegate(new QStyledItemDelegate(&view));
    view.setModel(&model);
    for (int column = 0; column < 10; ++column)
        view.setColumnWidth(column, column == 0 ? 260 : 130);
    view.setAttribute(Qt::WA_DontShowOnScreen);
    view.resize(1700, 1000);
    view.show();
    QImage image(view.size(), QImage::Format_RGB32);
    const auto frame = [&] {
        QElapsedTimer timer;
        timer.start();
        QPainter painter(&image);
        view.render(&painter);
        painter.end();
        return double(timer.nsecsElapsed()) / 1e6;
    };
    const double first = frame();
    std::vector<double> same;
    std::vector<double> scrolled;
    for (int i = 0; i < 15; ++i)
        same.push_back(frame());
    for (int i = 0; i < 15; ++i) {
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 72);
        scrolled.push_back(frame());
    }
    std::sort(same.begin(), same.end());
    std::sort(scrolled.begin(), scrolled.end());
    qInfo("1700x1000, 40 rows of 10 columns, whole frame: first %.1f ms, again %.1f (best %.1f), scrolled by three rows %.1f; %d texts kept", first,
        same[7], same[0], scrolled[7], delegate->kept());
    if (ours)
        QVERIFY(delegate->made() <= 15 * 3 * 10 + 450); // what stays on screen is not made again
}

void BenchWidgets::changeAfterEverythingWasRead_data()
{
    QTest::addColumn<bool>("tree");
    QTest::newRow("table") << false;
    QTest::newRow("tree") << true;
}

void BenchWidgets::changeAfterEverythingWasRead()
{
    QFETCH(bool, tree);
    const Theme theme(Scheme::Light);
    theme.applyTo(*qApp);
    GrowingRows model;
    std::unique_ptr<QAbstractItemView> view;
    if (tree)
        view = std::make_unique<TreeView>(theme, TreeView::Look::Table);
    else
        view = std::make_unique<TableView>(theme);
    view->setModel(&model);
    view->setAttribute(Qt::WA_DontShowOnScreen);
    view->resize(1280, 800);
    view->show();
    QAccessibleTableInterface *const table = QAccessible::queryAccessibleInterface(view.get())->tableInterface();
    QElapsedTimer timer;
    timer.start();
    constexpr int visited = 100'000;
    for (int cell = 0; cell < visited; ++cell)
        QVERIFY(table->cellAt(cell / 2, cell % 2) != nullptr);
    const double read = double(timer.nsecsElapsed()) / 1e3 / visited;
    std::vector<double> inserts;
    for (int i = 0; i < 20; ++i) {
        for (int row = 0; row < 5000; ++row) // a screen reader that goes on reading
            (void)table->cellAt(row, 0);
        timer.start();
        model.insert();
        // What Qt's views do while a screen reader is there; the offscreen platform never has one.
        QAccessibleTableModelChangeEvent event(view.get(), QAccessibleTableModelChangeEvent::RowsInserted);
        table->modelChange(&event);
        inserts.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(inserts.begin(), inserts.end());
    QVERIFY(inserts[10] < 1); // fifty times what it is: holds on every machine
    qInfo("%d cells visited at %.2f us each; then a row inserted: %.3f ms (median of %d, worst %.3f), 1 ms allowed", visited, read, inserts[10],
        int(inserts.size()), inserts.back());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::BenchWidgets>(argc, argv);
}

#include "tst_bench_widgets.moc"
