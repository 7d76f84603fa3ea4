// SPDX-License-Identifier: GPL-3.0-or-later
// What the house's row delegate paints: colours by what cells mean, names that scan, texts that are kept.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"

#include "ui/widgets/healthshape.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTest>

namespace fairlead {

using namespace ui;
using kinds::Health;

namespace {

enum Role { HealthRole = Qt::UserRole, SpeaksRole, StemRole, NumberRole };

RowRoles roles()
{
    return {.health = HealthRole, .speaksOfHealth = SpeaksRole, .stem = StemRole, .number = NumberRole, .shape = [](int health) {
                return shapeOf(Health(health));
            }};
}

/// Whether anything in `rect` has a hue.
bool hasHue(const QImage &image, const QRect &rect)
{
    for (int y = rect.top(); y <= rect.bottom(); ++y) {
        for (int x = rect.left(); x <= rect.right(); ++x) {
            const QColor is(image.pixel(x, y));
            if (std::max({is.red(), is.green(), is.blue()}) - std::min({is.red(), is.green(), is.blue()}) > 50)
                return true;
        }
    }
    return false;
}

} // namespace

class TestRowDelegate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void colourSaysWhatTheCellMeans();
    void tailIsMuted();
    void selectionAndFocus();
    void staleRowsHaveNoColour();
    void namesGiveUpTheirHashFirst();
    void hostileTextsArePainted();
    void textsAreKept();
    void outerPaddingFollowsMovedColumns();

private:
    void addRow(const QString &name, int stem, const QString &ready, const QString &status, const QString &restarts, Health health);
    QImage shot();
    [[nodiscard]] QRect cell(int row, int column) const;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<QStandardItemModel> m_model;
    TableView *m_view = nullptr;
    RowDelegate *m_delegate = nullptr;
};

void TestRowDelegate::addRow(const QString &name, int stem, const QString &ready, const QString &status, const QString &restarts, Health health)
{
    const auto item = [&](const QString &text, bool speaks, bool number) {
        auto *made = new QStandardItem(text);
        made->setData(int(health), HealthRole);
        made->setData(speaks, SpeaksRole);
        made->setData(number, NumberRole);
        return made;
    };
    auto *first = item(name, false, false);
    first->setData(stem, StemRole);
    m_model->appendRow({first, item(ready, true, true), item(status, true, false), item(restarts, false, true)});
}

void TestRowDelegate::init()
{
    m_theme = std::make_unique<Theme>(Scheme::Light);
    m_theme->applyTo(*qApp);
    m_model = std::make_unique<QStandardItemModel>(0, 4);
    m_model->setHorizontalHeaderLabels({QStringLiteral("Name"), QStringLiteral("Ready"), QStringLiteral("Status"), QStringLiteral("Restarts")});
    addRow(QStringLiteral("payments-api-7d9f6c5b84-x2k4q"), 12, QStringLiteral("1/2"), QStringLiteral("CrashLoopBackOff"), QStringLiteral("14"),
        Health::Failed);
    addRow(QStringLiteral("search-indexer-0"), 0, QStringLiteral("1/2"), QStringLiteral("Running"), QStringLiteral("0"), Health::Degraded);
    addRow(QStringLiteral("catalog-api"), 0, QStringLiteral("0/1"), QStringLiteral("Init:1/2"), QStringLiteral("0"), Health::Progressing);
    addRow(QStringLiteral("catalog-sync"), 0, QStringLiteral("0/1"), QStringLiteral("Completed"), QStringLiteral("0"), Health::Idle);
    addRow(QStringLiteral("auth-gateway"), 0, QStringLiteral("2/2"), QStringLiteral("Running"), QStringLiteral("3"), Health::Healthy);
    m_window = std::make_unique<QWidget>();
    m_view = new TableView(*m_theme, m_window.get());
    m_view->setGeometry(0, 0, 640, 300);
    m_delegate = new RowDelegate(*m_theme, roles(), m_view);
    m_delegate->setMarkedColumn(0);
    m_view->setItemDelegate(m_delegate);
    m_view->setModel(m_model.get());
    for (int column = 0; column < 4; ++column)
        m_view->setColumnWidth(column, column == 0 ? 280 : 120);
}

void TestRowDelegate::cleanup()
{
    m_window.reset();
    m_model.reset();
    m_theme.reset();
}

QImage TestRowDelegate::shot()
{
    return test::picture(*m_window, {640, 300});
}

QRect TestRowDelegate::cell(int row, int column) const
{
    const QRect rect = m_view->visualRect(m_model->index(row, column));
    return QRect(m_view->viewport()->mapTo(m_window.get(), rect.topLeft()), rect.size());
}

void TestRowDelegate::colourSaysWhatTheCellMeans()
{
    const QImage image = shot();
    const Tokens &t = m_theme->tokens();
    // In front of each name its shape, in the state's colour.
    const QColor shapes[] = {t.bad, t.warn, t.progress, t.idle, t.ok};
    for (int row = 0; row < 5; ++row)
        QVERIFY2(test::nearlyPixels(image, QRect(cell(row, 0).left() + measure::margin, cell(row, 0).top(), 12, 23), shapes[row]) >= 6,
            qPrintable(QString::number(row)));
    // Words and part ratios take it; what is calm does not.
    QVERIFY(test::nearlyPixels(image, cell(0, 2), t.bad) > 20);
    QVERIFY(test::nearlyPixels(image, cell(0, 1), t.bad) > 3);
    QVERIFY(test::nearlyPixels(image, cell(1, 1), t.warn) > 3);
    QVERIFY(!hasHue(image, cell(1, 2))); // Running
    QVERIFY(!hasHue(image, cell(2, 1))); // 0/1 on its way
    QVERIFY(test::nearlyPixels(image, cell(2, 2), t.progress) > 5);
    QVERIFY(!hasHue(image, cell(3, 2)));
    QCOMPARE(test::nearlyPixels(image, cell(3, 2), t.text), 0); // Completed is muted
    QVERIFY(test::nearlyPixels(image, cell(3, 2), t.muted) > 5);
    QVERIFY(!hasHue(image, cell(4, 1)));
    QVERIFY(test::nearlyPixels(image, cell(4, 2), t.text) > 5);
    // A zero says nothing, fourteen does.
    QCOMPARE(test::nearlyPixels(image, cell(1, 3), t.text), 0);
    QVERIFY(test::nearlyPixels(image, cell(0, 3), t.text) > 3);
    // Numbers stand at the right.
    const QRect zero = cell(1, 3);
    QCOMPARE(test::nearlyPixels(image, QRect(zero.left(), zero.top(), zero.width() - 24, 22), t.muted), 0);
}

void TestRowDelegate::tailIsMuted()
{
    const QImage image = shot();
    const Tokens &t = m_theme->tokens();
    const QRect name = cell(0, 0);
    const int left = name.left() + measure::margin + 19;
    const int stem = int(textWidth(QStringLiteral("payments-api"), m_theme->font(FontRole::Body), Shaping::Exact));
    QVERIFY(test::nearlyPixels(image, QRect(left, name.top(), stem, 22), t.text) > 20);
    QCOMPARE(test::nearlyPixels(image, QRect(left + stem + 1, name.top(), name.right() - left - stem, 22), t.text), 0);
    QVERIFY(test::nearlyPixels(image, QRect(left + stem + 1, name.top(), name.right() - left - stem, 22), t.muted) > 20);
}

void TestRowDelegate::selectionAndFocus()
{
    const Tokens &t = m_theme->tokens();
    m_view->setCurrentIndex(m_model->index(2, 0));
    m_view->setFocus();
    QImage image = shot();
    QVERIFY(m_view->hasFocus());
    QCOMPARE(QColor(image.pixel(cell(2, 0).left(), cell(2, 0).top() + 8)), t.accent);
    QCOMPARE(QColor(image.pixel(cell(2, 0).left() + 1, cell(2, 0).top() + 8)), t.accent);
    QCOMPARE(QColor(image.pixel(cell(2, 0).left() + 4, cell(2, 0).top() + 4)), t.select);
    QCOMPARE(QColor(image.pixel(cell(2, 3).left() + 4, cell(2, 0).top() + 4)), t.select);
    QCOMPARE(QColor(image.pixel(cell(1, 0).left() + 4, cell(1, 0).top() + 4)), t.surface);
    QCOMPARE(QColor(image.pixel(cell(1, 1).left() + 4, cell(1, 1).bottom())), t.lineSoft);
    m_view->clearFocus();
    image = shot();
    QCOMPARE(QColor(image.pixel(cell(2, 0).left(), cell(2, 0).top() + 8)), t.selectOff);
    QCOMPARE(QColor(image.pixel(cell(2, 0).left() + 4, cell(2, 0).top() + 4)), t.selectOff);
    // The state's colour stays on it.
    QVERIFY(test::nearlyPixels(image, cell(2, 2), t.progress) > 5);
}

void TestRowDelegate::staleRowsHaveNoColour()
{
    m_delegate->setStale(true);
    const QImage image = shot();
    for (int row = 0; row < 5; ++row) {
        for (int column = 0; column < 4; ++column) {
            QVERIFY(!hasHue(image, cell(row, column).adjusted(3, 0, 0, 0))); // the selection's bar is no state
            QCOMPARE(test::nearlyPixels(image, cell(row, column), m_theme->tokens().text), 0);
        }
    }
    QVERIFY(test::nearlyPixels(image, cell(0, 0), m_theme->tokens().muted) > 30); // shape and name are still there
}

void TestRowDelegate::namesGiveUpTheirHashFirst()
{
    const QFont font = m_theme->font(FontRole::Body);
    const QString name = QStringLiteral("payments-worker-6d4f8c9b77-2m5kp");
    const qreal whole = textWidth(name, font, Shaping::Exact);
    qsizetype stem = 0;
    QCOMPARE(elidedName(name, 15, font, whole, &stem), name);
    QCOMPARE(stem, 15);
    const QString hash = elidedName(name, 15, font, whole - 20, &stem);
    QVERIFY2(hash.startsWith(QStringLiteral("payments-worker-6")) && hash.endsWith(QStringLiteral("…-2m5kp")), qPrintable(hash));
    QCOMPARE(stem, 15);
    const QString more = elidedName(name, 15, font, whole - 100, &stem);
    QVERIFY2(more.startsWith(QStringLiteral("payments")) && more.endsWith(QStringLiteral("…-2m5kp")) && !more.contains(QLatin1Char('6')),
        qPrintable(more));
    QVERIFY(stem < 15);
    const QString least = elidedName(name, 15, font, 72, &stem);
    QVERIFY2(least.startsWith(QStringLiteral("paymen")) && least.endsWith(QStringLiteral("…")), qPrintable(least));
    for (qreal width = 16; width < whole; width += 7)
        QVERIFY(textWidth(elidedName(name, 15, font, width), font, Shaping::Exact) <= width + 0.5);
    // Without a made-up tail a name is cut at its end; one part alone stays too.
    QVERIFY(elidedName(name, 0, font, 100).endsWith(QStringLiteral("…")));
    const QString one = elidedName(QStringLiteral("ledger-migrate-zq8rx"), 14, font, 110);
    QVERIFY2(one.startsWith(QStringLiteral("ledger")) && one.endsWith(QStringLiteral("…-zq8rx")), qPrintable(one));
    QCOMPARE(elidedName(QString(), 0, font, 100), QString());
    QCOMPARE(elidedName(QStringLiteral("a"), 5, font, 100), QStringLiteral("a"));
}

void TestRowDelegate::hostileTextsArePainted()
{
    m_model->item(0, 0)->setText(QString(1000000, QLatin1Char('x')));
    m_model->item(1, 0)->setText(QStringLiteral("<b>bold</b> \u202Egnp.exe \U0001F600"));
    m_model->item(1, 0)->setData(4, StemRole);
    m_model->item(2, 0)->setData(-7, StemRole);
    m_model->item(3, 0)->setData(1000, StemRole);
    m_model->item(4, 0)->setData(QVariant(), HealthRole);
    m_view->setColumnWidth(1, 3);
    const QImage image = shot();
    QVERIFY(test::nearlyPixels(image, cell(0, 0), m_theme->tokens().text) > 20);
    QVERIFY(test::nearlyPixels(image, cell(1, 0), m_theme->tokens().text) > 20);
    QVERIFY(m_delegate->sizeHint({}, m_model->index(1, 0)).width() > 50);
}

void TestRowDelegate::textsAreKept()
{
    (void)shot();
    const int made = m_delegate->made();
    QVERIFY(made > 0 && made <= 20); // equal texts of a column are one
    (void)shot();
    QCOMPARE(m_delegate->made(), made);
    m_model->item(0, 2)->setText(QStringLiteral("OOMKilled"));
    (void)shot();
    QCOMPARE(m_delegate->made(), made + 1);
    // The bound holds.
    for (int i = 0; i < 400; ++i) {
        for (int row = 0; row < 5; ++row) {
            for (int column = 0; column < 4; ++column)
                m_model->item(row, column)->setText(QString::number(i * 100 + row * 10 + column));
        }
        (void)shot();
    }
    QVERIFY(m_delegate->kept() <= RowDelegate::mostKept);
    QVERIFY(m_delegate->made() > RowDelegate::mostKept);
}

void TestRowDelegate::outerPaddingFollowsMovedColumns()
{
    m_view->horizontalHeader()->moveSection(3, 0);
    m_model->item(0, 3)->setText(QStringLiteral("9"));
    const QImage image = shot();
    // The name's shape now begins 8 px, not 12, after its cell.
    const QRect name = cell(0, 0);
    QVERIFY(test::nearlyPixels(image, QRect(name.left() + 8, name.top(), 12, 22), m_theme->tokens().bad) >= 6);
    QCOMPARE(m_delegate->sizeHint({}, m_model->index(0, 0)).height(), 24);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestRowDelegate>(argc, argv);
}

#include "tst_rowdelegate.moc"
