// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the Clusters page in every state, size and scheme, written to shots/ beside this program, and what must be true of them.
#include "support/clustersstage.h"
#include "support/contextworld.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "items/contextmodel.h"
#include "ui/clusters/checksteps.h"
#include "ui/clusters/clusterspage.h"
#include "ui/clusters/startprogress.h"
#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QTest>

#include <memory>

namespace fairlead {

using contexts::ContextList;
using contexts::Reach;
using items::ContextModel;
using Stage = test::ClustersStage;
using namespace ui;
using namespace std::chrono_literals;

namespace {

QImage grabbed(QWidget &widget, double scale = 1)
{
    QImage image(widget.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(widget.palette().color(QPalette::Window));
    QPainter painter(&image);
    widget.render(&painter);
    return image;
}

} // namespace

class TestShotsClusters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyState_data();
    void everyState();
    void nothingIsCut_data();
    void nothingIsCut();
    void tripsArePainted_data();
    void tripsArePainted();
    void stepsTellWhereItEnded_data();
    void stepsTellWhereItEnded();
    void foreignTextIsLiteral();

private:
    QDir m_folder;
};

void TestShotsClusters::initTestCase()
{
    m_folder = test::shotsFolder();
    QVERIFY(m_folder.exists());
}

void TestShotsClusters::everyState_data()
{
    test::addShotRows("clusterspage",
        {"loading", "content", "checking", "failed-context", "refused-context", "not-yet-context", "hidden", "first-start", "first-start-checkout",
            "starting", "file-refused", "unreadable"},
        {{1068, 706}, {1708, 1106}}, {1.0, 2.0}, [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.width() > 1068); });
}

void TestShotsClusters::everyState()
{
    QFETCH(QString, state);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    ContextList list = state.startsWith(QLatin1String("first-start")) || state == QLatin1String("starting") || state == QLatin1String("file-refused")
                           ? test::noContexts()
                       : state == QLatin1String("unreadable") ? test::unreadableContexts()
                                                              : test::someContexts();
    QTemporaryDir checkout;
    QVERIFY(QDir(checkout.path()).mkpath(QStringLiteral("tests/cluster")));
    QFile up(checkout.filePath(QStringLiteral("tests/cluster/up")));
    QVERIFY(up.open(QIODevice::WriteOnly));
    up.write("#!/bin/sh\n"
             "echo 'cluster local: certificates and keys in 0.3 s' >&2\n"
             "echo 'cluster local: etcd in 0.6 s' >&2\n"
             "echo 'cluster local: API server, controller manager, scheduler in 4.1 s' >&2\n"
             "exec sleep 600\n");
    up.close();
    QVERIFY(up.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    const bool inCheckout = state == QLatin1String("first-start-checkout") || state == QLatin1String("starting");
    Stage stage(list, dark ? Scheme::Dark : Scheme::Light, inCheckout ? checkout.path() : QString());
    stage.world.demo = state.startsWith(QLatin1String("first-start")); // as every build that was made from a whole checkout
    if (state == QLatin1String("loading")) {
        stage.world.readsForEver = true;
        stage.book = std::make_unique<contexts::ContextBook>(stage.world, stage.clock, stage.settings);
        stage.page = std::make_unique<ClustersPage>(
            PageContext{stage.theme, stage.settings, stage.world, nullptr, {}, stage.book.get()}, Destination{.page = "clusters"});
        stage.page->setAttribute(Qt::WA_DontShowOnScreen);
    }
    stage.show(size);
    if (state == QLatin1String("loading"))
        QTRY_VERIFY(stage.page->findChild<QWidget *>(QStringLiteral("loading"))->isVisible());
    if (list.state() == ContextList::State::Content && state != QLatin1String("loading") && state != QLatin1String("checking"))
        stage.answer();
    if (state == QLatin1String("failed-context"))
        stage.choose(QStringLiteral("lab-k3s"));
    if (state == QLatin1String("refused-context"))
        stage.choose(QStringLiteral("analytics-west-9x6t"));
    if (state == QLatin1String("not-yet-context"))
        stage.choose(QStringLiteral("production-eu"));
    if (state == QLatin1String("hidden"))
        stage.filter().setText(QStringLiteral("kubeadm production"));
    if (state == QLatin1String("file-refused")) {
        stage.world.files["/home/mara/Downloads/prod.yaml"].failure = Error{.code = Code::BadInput,
            .message = "a tab stands where YAML wants blanks",
            .remedy = "Put blanks for it.",
            .place = {"/home/mara/Downloads/prod.yaml", 12, 3}};
        stage.page->openFile(QStringLiteral("/home/mara/Downloads/prod.yaml"));
        stage.world.settle();
    }
    if (state == QLatin1String("starting")) {
        QTest::mouseClick(stage.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
        auto *output = stage.page->findChild<QPlainTextEdit *>(QStringLiteral("output"));
        QTRY_VERIFY(output->toPlainText().contains(QStringLiteral("scheduler in 4.1 s")));
    }
    QCoreApplication::processEvents();
    QVERIFY(grabbed(*stage.page, scale).save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));

    const QStringList faults = test::lookFaults(*stage.page);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    if (state == QLatin1String("starting")) {
        QTest::mouseClick(stage.button(QStringLiteral("Cancel")), Qt::LeftButton);
        QTRY_VERIFY(stage.button(QStringLiteral("Start a test cluster")) != nullptr);
    }
}

void TestShotsClusters::nothingIsCut_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1280x800") << QSize(1068, 706);
    QTest::newRow("1920x1200") << QSize(1708, 1106);
}

void TestShotsClusters::nothingIsCut()
{
    QFETCH(QSize, size);
    Stage stage(test::someContexts());
    stage.show(size);
    stage.answer();
    const auto &table = stage.table();
    QCOMPARE(table.model()->rowCount(), 9);
    for (int row = 0; row < 9; ++row)
        QCOMPARE(table.rowHeight(row), 41); // the design's figure, not our constant
    int width = 0;
    for (int column = 0; column < ContextModel::Columns; ++column) {
        QVERIFY2(table.wantedWidth(column) <= table.columnWidth(column), qPrintable(stage.model().headerData(column, Qt::Horizontal).toString()));
        width += table.columnWidth(column);
    }
    QCOMPARE(width, table.viewport()->width());
    const auto *spoken = QAccessible::queryAccessibleInterface(&stage.table());
    QCOMPARE(spoken->role(), QAccessible::Table);
    QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("contexts"));
    // Columns do not move when a server answers.
    QList<int> before;
    for (int column = 0; column < ContextModel::Columns; ++column)
        before << table.columnWidth(column);
    stage.world.answer("ci-readonly", "v1.34.4", 9ms);
    for (int column = 0; column < ContextModel::Columns; ++column)
        QCOMPARE(table.columnWidth(column), before[column]);
}

void TestShotsClusters::tripsArePainted_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestShotsClusters::tripsArePainted()
{
    QFETCH(bool, dark);
    Stage stage(test::someContexts(), dark ? Scheme::Dark : Scheme::Light);
    stage.show();
    stage.answer();
    for (const auto &[name, reach] : test::someReaches())
        stage.model().setReach(name, reach);
    const QImage image = grabbed(*stage.page);
    QVERIFY(image.save(m_folder.filePath(dark ? QStringLiteral("clusterspage-trips-dark.png") : QStringLiteral("clusterspage-trips-light.png"))));
    const auto inked = [&](int row, const QColor &colour) {
        const QRect cell = stage.table().visualRect(stage.model().index(row, ContextModel::Reachable));
        const QPoint place = stage.table().viewport()->mapTo(stage.page.get(), QPoint(cell.right() - 56, cell.top()));
        int pixels = 0;
        for (int y = place.y(); y < place.y() + 20; ++y) {
            for (int x = place.x(); x < place.x() + 56; ++x)
                pixels += image.pixel(x, y) == colour.rgb() ? 1 : 0;
        }
        return pixels;
    };
    const Tokens &t = stage.theme.tokens();
    const QColor usual = mix(t.surface, t.muted, 0.8);
    QVERIFY(inked(1, usual) + inked(1, t.warn) + inked(1, t.bad) == 0); // it was never asked
    QVERIFY(inked(3, usual) >= 12 * 3 * 2);                             // twelve bars of 3 px
    QVERIFY(inked(2, usual) > 0 && inked(2, usual) > inked(3, usual));  // 30 ms stand higher than 2 ms
    QCOMPARE(inked(3, t.warn), 0);
    QVERIFY2(inked(2, t.warn) >= 2 * 3 * 7, qPrintable(QString::number(inked(2, t.warn)))); // slow twice
    QCOMPARE(inked(5, t.bad), 2 * 11);                                                      // away twice: thin and whole
    QVERIFY(contrast(usual, t.surface) >= 3 && contrast(usual, t.select) >= 3 && contrast(usual, t.hover) >= 3);
}

void TestShotsClusters::stepsTellWhereItEnded_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("http");
    QTest::addColumn<int>("failed");
    QTest::newRow("no connection") << int(Code::Unreachable) << 0 << 1;
    QTest::newRow("wrong authority") << int(Code::Untrusted) << 0 << 2;
    QTest::newRow("401") << int(Code::Unauthorized) << 401 << 3;
    QTest::newRow("403") << int(Code::Forbidden) << 403 << 3;
    QTest::newRow("silence") << int(Code::Timeout) << 0 << 4;
    QTest::newRow("500") << int(Code::ServerError) << 500 << 4;
    QTest::newRow("something else") << int(Code::NotKubernetes) << 404 << 4;
    QTest::newRow("key not readable") << int(Code::BadInput) << 0 << 0;
}

void TestShotsClusters::stepsTellWhereItEnded()
{
    QFETCH(int, code);
    QFETCH(int, http);
    QFETCH(int, failed);
    using State = CheckSteps::Step::State;
    contexts::ContextFacts facts;
    facts.server = "https://one.example.com:6443";
    Reach reach;
    reach.state = code == int(Code::Unauthorized) || code == int(Code::Forbidden) ? Reach::State::Refused : Reach::State::Failed;
    reach.error = Error{.code = Code(code), .http = http};
    const auto steps = stepsOf(facts, reach);
    QCOMPARE(steps.size(), 5);
    for (int i = 0; i < 5; ++i) {
        if (i == failed)
            QCOMPARE(steps[i].state, State::Failed);
        else if (i > failed)
            QCOMPARE(steps[i].state, State::NotDone);
        else if (i != 3 || http > 0) // who is silent has not said whether it knows us
            QCOMPARE(steps[i].state, State::Done);
    }
    reach.state = Reach::State::Reachable;
    reach.error.reset();
    for (const auto &step : stepsOf(facts, reach))
        QCOMPARE(step.state, State::Done);
}

void TestShotsClusters::foreignTextIsLiteral()
{
    ContextList list = test::someContexts();
    list.contexts[0].name = "<img src='http://127.0.0.1:9/'><b>bold</b> &amp; &x";
    list.contexts[0].server = "https://" + std::string(3000, 'x');
    list.contexts[0].user = "a\033[31mred\nline \xe2\x80\xae"
                            "gnp.exe \xff";
    list.contexts[0].signIn = {.by = kube::SignIn::By::Plugin, .program = "<i>aws</i>\n"};
    list.contexts[0].standing = contexts::Standing::Broken;
    list.contexts[0].problem = Error{.message = "<i>not</i> a tag", .remedy = "<u>nor</u> this"};
    list.tellApart(list.contexts[0].name);
    Stage stage(list);
    stage.show();
    stage.answer();
    QVERIFY(grabbed(*stage.page).save(m_folder.filePath(QStringLiteral("clusterspage-hostile.png"))));
    const auto cell = [&](int column, int role = Qt::DisplayRole) { return stage.model().index(0, column).data(role).toString(); };
    QCOMPARE(cell(ContextModel::Name), QStringLiteral("<img src='http://127.0.0.1:9/'><b>bold</b> &amp; &x"));
    QCOMPARE(cell(ContextModel::Cluster, ContextModel::SecondRole).size(), 3008);
    QCOMPARE(cell(ContextModel::User), QStringLiteral("a\\x1b[31mred\\nline \\u202egnp.exe \uFFFD"));
    QCOMPARE(cell(ContextModel::User, ContextModel::SecondRole), QStringLiteral("exec <i>aws</i>\\n (not yet)"));
    const QStringList said = stage.said(stage.pane());
    QVERIFY(said.contains(QStringLiteral("<i>not</i> a tag")));
    QVERIFY(said.contains(QStringLiteral("<u>nor</u> this")));
    QVERIFY(stage.table().horizontalHeader()->length() <= stage.table().viewport()->width());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsClusters>(argc, argv);
}

#include "tst_shots_clusters.moc"
