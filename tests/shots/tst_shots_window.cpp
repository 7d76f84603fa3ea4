// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the window in every state, size, scale and scheme, written to shots/ beside this program, and what must be true of them.
#include "support/clustersstage.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "items/contextmodel.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"
#include "ui/window/mainwindow.h"
#include "ui/window/screenshot.h"

#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>

#include <cmath>
#include <map>

namespace fairlead {

using contexts::ContextList;
using items::ContextModel;
using namespace ui;

namespace {

/// The window on its clusters page, whose servers have answered.
class Stage : public test::ClustersStage {
public:
    Stage(const ContextList &list, QSize size, Scheme scheme = Scheme::Light)
        : ClustersStage(list, scheme)
        , window(theme, settings, world, *book)
    {
        world.settle();
        window.setAttribute(Qt::WA_DontShowOnScreen);
        window.resize(size);
        window.go({.page = "clusters"});
        window.show();
        QApplication::setActiveWindow(&window);
        world.settle();
        answer();
        world.settle();
    }

    MainWindow window;
};

} // namespace

class TestShotsWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();
    void contrast_data();
    void contrast();
    void contextsTellApart_data();
    void contextsTellApart();
    void namesAreDrawnUnaltered();
    void foreignTextIsLiteral();
    void narrowWindowCutsWithToolTip();
    void chosenProblemIsSaid();
    void productionBandIsHatched();
    void pictureIsWrittenWholeOrNotAtAll();

private:
    static ContextList world(const QString &state);
    [[nodiscard]] QString file(const QString &name) const { return m_folder.filePath(name); }

    QDir m_folder;
};

ContextList TestShotsWindow::world(const QString &state)
{
    if (state == QLatin1String("empty"))
        return test::noContexts();
    return state == QLatin1String("failed") ? test::unreadableContexts() : test::someContexts();
}

void TestShotsWindow::initTestCase()
{
    m_folder = test::shotsFolder();
    QVERIFY(m_folder.exists());
}

void TestShotsWindow::everyState_data()
{
    test::addShotRows("clusters", {"content", "empty", "failed"}, {{1280, 800}, {1920, 1200}});
}

void TestShotsWindow::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    Stage stage(world(state), size, dark ? Scheme::Dark : Scheme::Light);
    MainWindow &window = stage.window;
    const Theme &theme = stage.theme;
    const ContextList &list = stage.book->list();
    const QString name = file(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"));
    QVERIFY(writeScreenshot(window, size, scale, name));

    // The file: as large as asked, band and page in their colours.
    const QImage image(name);
    QCOMPARE(image.size(), size * scale);
    const auto at = [&](int x, int y) { return QColor(image.pixel(int(x * scale), int(y * scale))); };
    QCOMPARE(at(size.width() / 2, 1), list.opened() != nullptr ? theme.contextColour(list.opened()->identity) : theme.tokens().edge);
    QCOMPARE(at(size.width() / 2, size.height() - 60), theme.tokens().surface);
    QCOMPARE(at(1, 20), theme.tokens().raised);
    // Between the chip's square and the name there is air: the ground of the chip all the way down.
    if (list.opened() != nullptr) {
        const QColor ground = at(45, 22);
        for (int y = 12; y < 30; ++y) {
            for (int x = 57; x < 61; ++x)
                QCOMPARE(at(x, y), ground);
        }
    }
    QVERIFY2(qobject_cast<const QPlainTextEdit *>(window.focusWidget()) == nullptr, "nobody asked for that focus ring");

    // The window: every label is plain, and nothing that must be read is cut.
    const auto labels = window.findChildren<QLabel *>();
    QVERIFY(!labels.isEmpty());
    for (const QLabel *label : labels) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        const auto *plain = qobject_cast<const PlainLabel *>(label);
        QVERIFY2(plain != nullptr, "every label is a PlainLabel");
        if (!plain->isVisible() || plain->text().isEmpty())
            continue;
        QVERIFY2(!plain->cut() || !plain->toolTip().isEmpty(), qPrintable(plain->text()));
        QVERIFY2(!plain->wordWrap() || plain->height() >= plain->heightForWidth(plain->width()), qPrintable(plain->text()));
        QVERIFY2(plain->height() >= QFontMetrics(plain->font()).ascent(), qPrintable(plain->text()));
    }
    const auto *table = window.findChild<TableView *>();
    QVERIFY(table != nullptr);
    QVERIFY(table->isVisible()); // with its captions at least
    QCOMPARE(table->isEnabled(), state == QLatin1String("content"));
    QCOMPARE(table->height() == measure::caption, state != QLatin1String("content"));
    if (!table->isEnabled()) {
        // A well shows all of its text, and the panel fits without scrolling at the smallest of these sizes.
        for (const auto *well : window.findChildren<QPlainTextEdit *>())
            QVERIFY(well->height() >= well->heightForWidth(well->width()));
        return;
    }
    QCOMPARE(table->model()->rowCount(), int(list.contexts.size()));
    for (int row = 0; row < table->model()->rowCount(); ++row)
        QCOMPARE(table->rowHeight(row), 41); // the design's figures, not our constants
    QCOMPARE(table->horizontalHeader()->height(), 26);
    const auto *spoken = QAccessible::queryAccessibleInterface(const_cast<TableView *>(table));
    QVERIFY(spoken != nullptr);
    QCOMPARE(spoken->role(), QAccessible::Table);
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("contexts"));
    int width = 0;
    for (int column = 0; column < ContextModel::Columns; ++column) {
        const QString caption = table->model()->headerData(column, Qt::Horizontal).toString().toUpper();
        const int padding =
            (column == 0 ? measure::margin : measure::between) + (column == ContextModel::Columns - 1 ? measure::margin : measure::between);
        QVERIFY2(textWidth(caption, theme.font(FontRole::Caption)) + padding <= table->columnWidth(column), qPrintable(caption));
        QVERIFY2(table->wantedWidth(column) <= table->columnWidth(column), qPrintable(caption)); // these contents fit, so none is cut
        width += table->columnWidth(column);
    }
    const QWidget *const cursor = window.focusWidget();
    QVERIFY2(window.isActiveWindow() && table->hasFocus(),
        cursor != nullptr ? cursor->metaObject()->className() : "nowhere");        // so the picture shows the chosen row as in use
    const QPoint chosen = table->mapTo(&window, QPoint(1, measure::caption + 10)); // the side bar stands at its left
    QCOMPARE(at(chosen.x(), chosen.y()), theme.tokens().accent);
    QCOMPARE(width, table->viewport()->width());
    QCOMPARE(table->currentIndex().data().toString(), QStringLiteral("staging-eu"));
}

void TestShotsWindow::contrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestShotsWindow::contrast()
{
    QFETCH(bool, dark);
    const Tokens t = tokens(dark ? Scheme::Dark : Scheme::Light);
    const std::map<const char *, QColor> grounds{{"surface", t.surface}, {"raised", t.raised}, {"sunken", t.sunken}, {"hover", t.hover},
        {"select", t.select}, {"selectOff", t.selectOff}, {"bad notice", tint(t, t.bad)}, {"warn notice", tint(t, t.warn)},
        {"unknown notice", tint(t, t.unknown)}};
    const std::map<const char *, QColor> texts{{"text", t.text}, {"muted", t.muted}, {"ok", t.ok}, {"progress", t.progress}, {"warn", t.warn},
        {"bad", t.bad}, {"idle", t.idle}, {"unknown", t.unknown}, {"accent", t.accent}};
    for (const auto &[groundName, ground] : grounds) {
        for (const auto &[textName, text] : texts) {
            const double is = ui::contrast(text, ground);
            QVERIFY2(is >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3").arg(QLatin1String(textName), QLatin1String(groundName)).arg(is)));
        }
    }
    QVERIFY(ui::contrast(t.onFill, t.accentFill) >= 4.5);
    QVERIFY(ui::contrast(t.onFill, t.dangerFill) >= 4.5);
    // The reference values of the formula itself.
    QVERIFY(std::abs(ui::contrast(Qt::black, Qt::white) - 21) < 0.01);
    QVERIFY(std::abs(ui::contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void TestShotsWindow::contextsTellApart_data()
{
    contrast_data();
}

void TestShotsWindow::contextsTellApart()
{
    QFETCH(bool, dark);
    const Scheme scheme = dark ? Scheme::Dark : Scheme::Light;
    const Tokens t = tokens(scheme);
    for (int i = 0; i < contextColours; ++i) {
        QVERIFY2(ui::contrast(contextColour(scheme, i), t.surface) >= 3, qPrintable(QString::number(i)));
        for (int other = 0; other < i; ++other)
            QVERIFY(contextColour(scheme, i) != contextColour(scheme, other));
    }
    QCOMPARE(contextColour(scheme, contextColours), contextColour(scheme, 0));
    QCOMPARE(contextColour(scheme, -1), contextColour(scheme, contextColours - 1));
}

void TestShotsWindow::namesAreDrawnUnaltered()
{
    // Inter's contextual alternates draw the x between digits as a multiplication sign: glyph by glyph it must stay an x.
    const Theme theme(Scheme::Light);
    const QFont font = theme.font(FontRole::Body);
    const auto drawn = [&font](const QString &text) {
        QImage image(80, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        drawText(painter, QRectF(4, 0, 76, 24), Qt::AlignLeft, text, font, Qt::black, Shaping::Exact);
        return image;
    };
    const qreal digit = textWidth(QStringLiteral("0"), font, Shaping::Exact);
    QCOMPARE(textWidth(QStringLiteral("1111"), font, Shaping::Exact), 4 * digit);
    QCOMPARE(textWidth(QStringLiteral("8080"), font, Shaping::Exact), 4 * digit);
    const qreal x = textWidth(QStringLiteral("x"), font, Shaping::Exact);
    QCOMPARE(textWidth(QStringLiteral("9x6"), font, Shaping::Exact), 2 * digit + x);
    // The x of 9x6 has the pixels of an x that stands alone.
    const QImage together = drawn(QStringLiteral("0x0"));
    QImage apart(80, 24, QImage::Format_RGB32);
    apart.fill(Qt::white);
    QPainter painter(&apart);
    drawText(painter, QRectF(4, 0, 40, 24), Qt::AlignLeft, QStringLiteral("0"), font, Qt::black, Shaping::Exact);
    drawText(painter, QRectF(4 + digit, 0, 40, 24), Qt::AlignLeft, QStringLiteral("x"), font, Qt::black, Shaping::Exact);
    drawText(painter, QRectF(4 + digit + x, 0, 40, 24), Qt::AlignLeft, QStringLiteral("0"), font, Qt::black, Shaping::Exact);
    painter.end();
    QCOMPARE(together, apart);
}

void TestShotsWindow::foreignTextIsLiteral()
{
    ContextList list = test::someContexts();
    list.contexts[0].name = "<img src='http://127.0.0.1:9/'><b>bold</b> &amp; &x";
    list.contexts[0].server = std::string(3000, 'x');
    list.contexts[0].user = "a\033[31mred\nline \xe2\x80\xae"
                            "gnp.exe \xff";
    list.contexts[0].standing = contexts::Standing::Broken;
    list.contexts[0].problem = Error{.message = "<i>not</i> a tag", .remedy = "<u>nor</u> this"};
    list.tellApart(list.contexts[0].name);
    Stage stage(list, {1280, 800});
    MainWindow &window = stage.window;
    QVERIFY(writeScreenshot(window, {1280, 800}, 1, file(QStringLiteral("clusters-hostile-1280x800-100-light.png"))));
    const auto *table = window.findChild<TableView *>();
    const auto cell = [&](int column) { return table->model()->index(0, column).data().toString(); };
    QCOMPARE(cell(ContextModel::Name), QStringLiteral("<img src='http://127.0.0.1:9/'><b>bold</b> &amp; &x"));
    QCOMPARE(table->model()->index(0, ContextModel::Cluster).data(ContextModel::SecondRole).toString().size(), 3000);
    QCOMPARE(cell(ContextModel::User), QStringLiteral("a\\x1b[31mred\\nline \\u202egnp.exe \uFFFD"));
    bool chosen = false;
    for (const auto *label : window.findChildren<PlainLabel *>())
        chosen = chosen || label->text() == QStringLiteral("<i>not</i> a tag");
    QVERIFY(chosen);
    QVERIFY(toolTipText(QStringLiteral("<b>x</b>")).contains(QStringLiteral("&lt;b&gt;x&lt;/b&gt;")));
    QVERIFY(table->horizontalHeader()->length() <= table->viewport()->width());
}

void TestShotsWindow::narrowWindowCutsWithToolTip()
{
    Stage stage(test::someContexts(), {972, 480});
    MainWindow &window = stage.window;
    const Theme &theme = stage.theme;
    QVERIFY(writeScreenshot(window, {972, 480}, 1, file(QStringLiteral("clusters-content-972x480-100-light.png"))));
    const auto *table = window.findChild<TableView *>();
    QVERIFY(table->wantedWidth(ContextModel::Cluster) > table->columnWidth(ContextModel::Cluster));
    // The name gives way last, and no caption is cut.
    QVERIFY(table->wantedWidth(ContextModel::Name) <= table->columnWidth(ContextModel::Name));
    const QFont font = theme.font(FontRole::Body);
    const QString server = table->model()->index(0, ContextModel::Cluster).data(ContextModel::SecondRole).toString();
    for (const Shaping shaping : {Shaping::Exact, Shaping::Prose}) {
        for (const qreal width : {20.0, 60.0, 100.0, 140.0}) {
            const QString shown = elided(server, font, width, shaping);
            QVERIFY(shown.endsWith(QChar(0x2026)) && server.startsWith(shown.chopped(1)));
            QVERIFY(textWidth(shown, font, shaping) <= width + 0.5);
            const QString end = elided(server, font, width, shaping, Cut::Beginning);
            QVERIFY(end.startsWith(QChar(0x2026)) && server.endsWith(end.mid(1)));
            QVERIFY(textWidth(end, font, shaping) <= width + 0.5);
        }
        QCOMPARE(elided(server, font, textWidth(server, font, shaping), shaping), server);
    }
}

void TestShotsWindow::chosenProblemIsSaid()
{
    Stage stage(test::someContexts(), {1500, 800});
    MainWindow &window = stage.window;
    auto *table = window.findChild<TableView *>();
    const auto *pane = window.findChild<QWidget *>(QStringLiteral("chosen"));
    table->setCurrentIndex(table->model()->index(6, 0));
    QVERIFY(writeScreenshot(window, {1500, 800}, 1, file(QStringLiteral("clusters-problem-1500x800-100-light.png"))));
    QVERIFY(pane->isVisible());
    QStringList said;
    for (const auto *label : pane->findChildren<PlainLabel *>())
        said << label->text();
    QVERIFY(said.contains(QStringLiteral("edge-berlin")));
    QVERIFY(said.contains(QStringLiteral("There is: lab, kubernetes. (~/.kube/lab.yaml:25)")));

    // A list that is read again while the window is open gets its columns fitted again.
    stage.world.list.contexts[0].user = "a-service-account-with-quite-a-long-name";
    stage.book->reload();
    stage.world.settle();
    QVERIFY(table->wantedWidth(ContextModel::User) <= table->columnWidth(ContextModel::User));
}

void TestShotsWindow::productionBandIsHatched()
{
    ContextList list = test::someContexts();
    list.tellApart("production-eu");
    Stage stage(list, {1280, 800});
    const Theme &theme = stage.theme;
    const QImage image = screenshot(stage.window, {1280, 800}, 1);
    QVERIFY(image.save(file(QStringLiteral("clusters-production-1280x800-100-light.png"))));
    int own = 0;
    int other = 0;
    const QColor colour = theme.contextColour(list.opened()->identity);
    for (int x = 0; x < image.width(); ++x)
        ++(QColor(image.pixel(x, 2)) == colour ? own : other);
    QVERIFY(own > 200);
    QVERIFY(other > 200);
    QCOMPARE(QColor(image.pixel(600, measure::bandProduction + 2)), theme.tokens().raised);
}

void TestShotsWindow::pictureIsWrittenWholeOrNotAtAll()
{
    Stage stage(test::someContexts(), {640, 400});
    MainWindow &window = stage.window;
    const QString nowhere = file(QStringLiteral("no/such/folder/picture.png"));
    const auto written = writeScreenshot(window, {640, 400}, 1, nowhere);
    QVERIFY(!written);
    QCOMPARE(QString::fromStdString(written.error().place.file), nowhere);
    QVERIFY(!QFile::exists(nowhere));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsWindow>(argc, argv);
}

#include "tst_shots_window.moc"
