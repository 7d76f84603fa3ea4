// SPDX-License-Identifier: GPL-3.0-or-later
// The Clusters page as it is used: by keys and buttons, with servers that are scripts.
#include "support/clustersstage.h"
#include "support/offscreenmain.h"

#include "ui/clusters/checksteps.h"
#include "ui/widgets/chip.h"

#include <QClipboard>
#include <QFileDialog>
#include <QJsonArray>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fairlead {

using contexts::ContextList;
using items::ContextModel;
using Stage = test::ClustersStage;
using namespace ui;
using namespace std::chrono_literals;

namespace {

/// A folder that looks like a checkout; its programs are these lines of shell.
class Checkout {
public:
    explicit Checkout(const QByteArray &up, const QByteArray &load = "exit 0", const QByteArray &down = "exit 0")
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("tests/cluster"));
        write("up", up);
        write("load", load);
        write("down", down);
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] bool has(const char *file) const { return QFile::exists(m_folder.filePath(QLatin1String(file))); }
    [[nodiscard]] qint64 number(const char *name) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
    }

private:
    void write(const char *name, const QByteArray &lines)
    {
        QFile file(m_folder.filePath(QStringLiteral("tests/cluster/") + QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write("#!/bin/sh\ncd \"$(dirname \"$0\")/../..\"\n" + lines + '\n');
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    QTemporaryDir m_folder;
};

bool lives(qint64 process)
{
    return QFile::exists(QStringLiteral("/proc/%1").arg(process));
}

} // namespace

class TestClusters : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void enterOpensTheContext();
    void whatIsNotUsableIsNotOpened();
    void filterByKeys();
    void filterThatHidesAllSaysSo();
    void chipsFilter();
    void paneByKeys();
    void paneSpeaksOfTheChosen();
    void addressIsCopied();
    void retryAsksAgain();
    void selectionSurvivesReading();
    void completeWhenAllHaveAnswered();
    void nobodyIsAskedWhileHidden();
    void fileIsOpened();
    void badFileIsRefusedWithItsLine();
    void dialogBlocksNothing();
    void theDemoIsOfferedWhereThereIsOne();
    void recordingsAreRows();
    void aRecordingIsOpenedAtOnce();
    void testClusterIsOfferedInACheckoutOnly();
    void testClusterStarts();
    void testClusterOpensWithWhatIsThere();
    void testClusterThatFailsSaysWhy();
    void cancelEndsTheChildrenToo();
};

void TestClusters::enterOpensTheContext()
{
    Stage stage(test::someContexts());
    QSignalSpy wanted(stage.page.get(), &Page::wanted);
    stage.show();
    QVERIFY(stage.table().hasFocus()); // the rows are there at once for the keys
    QTest::keyClick(&stage.table(), Qt::Key_Down);
    QTest::keyClick(&stage.table(), Qt::Key_Down);
    QTest::keyClick(&stage.table(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    const auto destination = wanted[0][0].value<Destination>();
    QCOMPARE(destination.page, std::string()); // what it showed before, else the Overview
    QCOMPARE(destination.context, std::string("production-us"));
    QCOMPARE(destination.kind, std::string());
    const QPoint row = stage.table().visualRect(stage.model().index(3, 1)).center();
    QTest::mouseClick(stage.table().viewport(), Qt::LeftButton, {}, row);
    QTest::mouseDClick(stage.table().viewport(), Qt::LeftButton, {}, row);
    QCOMPARE(wanted.size(), 2);
    QCOMPARE(wanted[1][0].value<Destination>().context, std::string("dev-local"));
    QTest::mouseClick(stage.button(QStringLiteral("Open")), Qt::LeftButton);
    QCOMPARE(wanted.size(), 3);
}

void TestClusters::whatIsNotUsableIsNotOpened()
{
    Stage stage(test::someContexts());
    QSignalSpy wanted(stage.page.get(), &Page::wanted);
    stage.show();
    stage.choose(QStringLiteral("edge-berlin"));
    QTest::keyClick(&stage.table(), Qt::Key_Escape);
    QVERIFY(!stage.pane().isVisible());
    QTest::keyClick(&stage.table(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 0);
    QVERIFY(stage.pane().isVisible()); // it says why not
    QVERIFY(stage.button(QStringLiteral("Open")) == nullptr);
}

void TestClusters::filterByKeys()
{
    Stage stage(test::someContexts());
    stage.show();
    QTest::keyClick(&stage.table(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(stage.filter().hasFocus());
    QTest::keyClicks(&stage.filter(), QStringLiteral("prod us"));
    QCOMPARE(stage.model().rowCount(), 1);
    QVERIFY(stage.said(*stage.page).contains(QStringLiteral("1 of 9 contexts")));
    QTest::keyClick(&stage.filter(), Qt::Key_Down);
    QVERIFY(stage.table().hasFocus());
    QCOMPARE(stage.table().currentIndex().data().toString(), QStringLiteral("production-us"));
    stage.page->focusFilter();
    QTest::keyClick(&stage.filter(), Qt::Key_Escape);
    QCOMPARE(stage.model().rowCount(), 9);
    QVERIFY(stage.filter().hasFocus());
    QTest::keyClick(&stage.filter(), Qt::Key_Escape);
    QVERIFY(stage.table().hasFocus());
}

void TestClusters::filterThatHidesAllSaysSo()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.filter().setText(QStringLiteral("<b>none</b>"));
    QVERIFY(stage.said(*stage.page).contains(QStringLiteral("The filter hides all 9 contexts.")));
    QVERIFY(!stage.table().isEnabled());
    QVERIFY(!stage.pane().isVisible());
    QTest::mouseClick(stage.button(QStringLiteral("Clear the filter")), Qt::LeftButton);
    QVERIFY(stage.table().isEnabled());
    QCOMPARE(stage.model().rowCount(), 9);
}

void TestClusters::chipsFilter()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.answer();
    QHash<QString, Chip *> chips;
    for (Chip *chip : stage.page->findChildren<Chip *>()) {
        if (chip->isVisible())
            chips.insert(chip->accessibleName(), chip);
    }
    QVERIFY(chips.contains(QStringLiteral("Unreachable 2")));
    QVERIFY(chips.contains(QStringLiteral("Reachable 4")));
    QVERIFY(chips.contains(QStringLiteral("Expires soon 3")));
    QTest::keyClick(chips[QStringLiteral("Unreachable 2")], Qt::Key_Space);
    QCOMPARE(stage.model().rowCount(), 2);
    QTest::keyClick(chips[QStringLiteral("Sign-in needed 2")], Qt::Key_Space);
    QCOMPARE(stage.model().rowCount(), 4);
    // A server that comes back leaves the rows that are shown.
    stage.book->reachability().check("lab-k3s");
    stage.world.answer("lab-k3s", "v1.31.2", 3ms);
    QCOMPARE(stage.model().rowCount(), 3);
}

void TestClusters::paneByKeys()
{
    Stage stage(test::someContexts());
    stage.show();
    QVERIFY(stage.pane().isVisible());
    QTest::keyClick(&stage.table(), Qt::Key_Escape);
    QVERIFY(!stage.pane().isVisible());
    QVERIFY(stage.table().hasFocus());
    QTest::keyClick(&stage.table(), Qt::Key_Space);
    QVERIFY(stage.pane().isVisible());
    // The rows stay where they are, whatever the pane has to say.
    const int height = stage.table().height();
    for (int row = 0; row < 9; ++row) {
        stage.table().setCurrentIndex(stage.model().index(row, 0));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCOMPARE(stage.table().height(), height);
    }
    // What was closed stays closed at the next start.
    QTest::keyClick(&stage.table(), Qt::Key_Escape);
    ClustersPage next({stage.theme, stage.settings, stage.world, nullptr, {}, stage.book.get()}, {.page = "clusters"});
    next.setAttribute(Qt::WA_DontShowOnScreen);
    next.resize(1068, 706);
    next.show();
    QVERIFY(!next.findChild<QWidget *>(QStringLiteral("chosen"))->isVisible());
}

void TestClusters::paneSpeaksOfTheChosen()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.answer();
    stage.choose(QStringLiteral("lab-k3s"));
    QStringList said = stage.said(stage.pane());
    QVERIFY(said.contains(QStringLiteral("There is no way to https://192.168.44.10:6443 (no route to host)")));
    QVERIFY(said.contains(QStringLiteral("Check the network and the VPN. (~/.kube/lab.yaml:6)")));
    QVERIFY(said.contains(QStringLiteral("https://192.168.44.10:6443")));
    const auto *steps = stage.pane().findChild<CheckSteps *>();
    QCOMPARE(steps->steps()[1].state, CheckSteps::Step::State::Failed);
    QVERIFY(steps->accessibleName().contains(QStringLiteral("Connection: failed, No connection")));
    // It follows its server.
    stage.book->reachability().check("lab-k3s");
    stage.world.answer("lab-k3s", "v1.31.3", 3ms);
    said = stage.said(stage.pane());
    QVERIFY(said.contains(QStringLiteral("The server answers.")));
    QCOMPARE(steps->steps()[4].note, QStringLiteral("v1.31.3"));
}

void TestClusters::addressIsCopied()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.choose(QStringLiteral("dev-local"));
    QTest::mouseClick(stage.button(QStringLiteral("Copy address")), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("https://127.0.0.1:38401"));
}

void TestClusters::retryAsksAgain()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.answer();
    stage.choose(QStringLiteral("lab-k3s"));
    const int before = stage.world.requests("lab-k3s");
    const int opens = stage.world.opens;
    QTest::mouseClick(stage.button(QStringLiteral("Check again")), Qt::LeftButton);
    QVERIFY(!stage.button(QStringLiteral("Check again"))->isEnabled());
    stage.world.settle();
    QCOMPARE(stage.world.requests("lab-k3s"), before + 1);
    QCOMPARE(stage.world.opens, opens + 1);
    stage.world.fail("lab-k3s", Error{.code = Code::Unreachable, .message = "still nothing"});
    QVERIFY(stage.said(stage.pane()).contains(QStringLiteral("Still nothing")));
    // F5: the files again, and everyone.
    const int reads = stage.world.reads;
    QTest::keyClick(&stage.table(), Qt::Key_F5);
    stage.world.settle();
    QCOMPARE(stage.world.reads, reads + 1);
    QVERIFY(stage.world.opens > opens + 3);
}

void TestClusters::selectionSurvivesReading()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.choose(QStringLiteral("dev-local"));
    std::reverse(stage.world.list.contexts.begin(), stage.world.list.contexts.end());
    stage.page->reload();
    stage.world.settle();
    QCOMPARE(stage.table().currentIndex().data().toString(), QStringLiteral("dev-local"));
    stage.world.list.failure = Error{.code = Code::BadInput, .message = "a tab", .place = {"/home/mara/.kube/config", 3, 1}};
    stage.world.list.contexts.clear();
    stage.page->reload();
    stage.world.settle();
    QVERIFY(stage.page->failure());
    QVERIFY(stage.said(*stage.page).contains(QStringLiteral("The kubeconfig could not be read: ~/.kube/config:3")));
    stage.world.list = test::someContexts();
    QTest::mouseClick(stage.button(QStringLiteral("Retry")), Qt::LeftButton);
    stage.world.settle();
    QVERIFY(!stage.page->failure());
    QVERIFY(stage.table().isEnabled());
}

void TestClusters::completeWhenAllHaveAnswered()
{
    Stage stage(test::someContexts());
    QSignalSpy completed(stage.page.get(), &Page::completed);
    stage.show();
    QVERIFY(!stage.page->isComplete());
    stage.answer();
    QVERIFY(!stage.page->isComplete()); // ci-readonly
    stage.world.answer("ci-readonly", "v1.34.4", 5ms);
    QVERIFY(stage.page->isComplete());
    QCOMPARE(completed.size(), 1);
}

void TestClusters::nobodyIsAskedWhileHidden()
{
    Stage stage(test::someContexts());
    stage.show();
    stage.answer();
    stage.world.answer("ci-readonly", "v1.34.4", 5ms);
    const int opens = stage.world.opens;
    stage.page->hide();
    stage.clock.advance(5min);
    QCOMPARE(stage.world.opens, opens);
    stage.page->show();
    QVERIFY(stage.world.opens > opens);
}

void TestClusters::fileIsOpened()
{
    Stage stage(test::noContexts());
    stage.show();
    ContextList other = test::someContexts();
    stage.world.files["/home/mara/Downloads/other"] = other;
    stage.world.list = other; // what reading again brings
    stage.page->openFile(QStringLiteral("/home/mara/Downloads/../Downloads/other"));
    stage.world.settle();
    QCOMPARE(stage.world.added, std::vector<std::string>{"/home/mara/Downloads/other"});
    QCOMPARE(stage.settings.value(QLatin1String(contexts::ContextBook::filesKey)).toArray().size(), 1);
    QVERIFY(stage.table().isEnabled());
    QCOMPARE(stage.table().currentIndex().data().toString(), QStringLiteral("staging-eu"));
}

void TestClusters::badFileIsRefusedWithItsLine()
{
    Stage stage(test::noContexts());
    stage.show();
    stage.world.files["/x/bad"].failure =
        Error{.code = Code::BadInput, .message = "a tab stands where YAML wants blanks", .place = {"/x/bad", 12, 3}};
    stage.page->openFile(QStringLiteral("/x/bad"));
    stage.world.settle();
    QVERIFY(stage.world.added.empty());
    const auto *notice = stage.page->findChild<QWidget *>(QStringLiteral("warning"));
    QVERIFY(notice->isVisible());
    QVERIFY(stage.said(*notice).contains(QStringLiteral("/x/bad:12 was not opened:")));
    QVERIFY(stage.said(*notice).contains(QStringLiteral("a tab stands where YAML wants blanks")));
    QVERIFY(stage.button(QStringLiteral("Open a file…")) != nullptr); // what can be done is still there
}

void TestClusters::dialogBlocksNothing()
{
    Stage stage(test::noContexts());
    stage.show();
    QTest::mouseClick(stage.button(QStringLiteral("Open a file…")), Qt::LeftButton);
    auto *dialog = stage.page->findChild<QFileDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible()); // and we are here: nothing waits for it
    stage.world.files["/x/other"] = test::someContexts();
    Q_EMIT dialog->fileSelected(QStringLiteral("/x/other"));
    dialog->close();
    stage.world.settle();
    QCOMPARE(stage.world.added, std::vector<std::string>{"/x/other"});
}

void TestClusters::testClusterIsOfferedInACheckoutOnly()
{
    const Checkout checkout("exit 0");
    const QString words = QStringLiteral("Start a test cluster");
    Stage without(test::noContexts());
    without.show();
    QVERIFY(without.button(words) == nullptr);
    Stage elsewhere(test::noContexts(), Scheme::Light, QStringLiteral("/nowhere"));
    elsewhere.show();
    QVERIFY(elsewhere.button(words) == nullptr);
    Stage inside(test::noContexts(), Scheme::Light, checkout.path());
    inside.show();
    QVERIFY(inside.button(words) != nullptr);
}

void TestClusters::testClusterStarts()
{
    const Checkout checkout(
        "echo '<b>bold</b> is literal' >&2; echo 'half a line' >&2; echo /x/local.kubeconfig", "echo \"load $*\" > loaded; echo loading");
    Stage stage(test::noContexts(), Scheme::Light, checkout.path());
    stage.show();
    stage.world.files["/x/local.kubeconfig"] = test::someContexts();
    QTest::mouseClick(stage.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
    const auto *output = stage.page->findChild<QPlainTextEdit *>(QStringLiteral("output"));
    QVERIFY(output->isVisible());
    QVERIFY(stage.button(QStringLiteral("Cancel")) != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT((stage.world.settle(), !stage.world.added.empty()), 20'000);
    QCOMPARE(stage.world.added, std::vector<std::string>{"/x/local.kubeconfig"});
    QVERIFY(checkout.has("loaded"));
    QVERIFY(output->toPlainText().contains(QStringLiteral("<b>bold</b> is literal")));
    QVERIFY(output->toPlainText().contains(QStringLiteral("$ tests/cluster/load small local")));
    QVERIFY(!output->isVisible());
}

void TestClusters::testClusterOpensWithWhatIsThere()
{
    const Checkout checkout("echo /x/local.kubeconfig", "echo 'a rollout took too long' >&2; exit 1", "touch down");
    Stage stage(test::noContexts(), Scheme::Light, checkout.path());
    stage.show();
    stage.world.files["/x/local.kubeconfig"] = test::someContexts();
    QTest::mouseClick(stage.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT((stage.world.settle(), !stage.world.added.empty()), 20'000);
    QCOMPARE(stage.world.added, std::vector<std::string>{"/x/local.kubeconfig"});
    QVERIFY(!checkout.has("down"));
    QVERIFY(stage.page->findChild<QPlainTextEdit *>(QStringLiteral("output"))->toPlainText().contains(QStringLiteral("not loaded whole")));
}

void TestClusters::testClusterThatFailsSaysWhy()
{
    const Checkout checkout("echo 'openssl is missing: apt-get install openssl' >&2; exit 1");
    Stage stage(test::noContexts(), Scheme::Light, checkout.path());
    stage.show();
    QTest::mouseClick(stage.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(stage.said(*stage.page).contains(QStringLiteral("The test cluster did not start.")), 20'000);
    bool said = false;
    for (const auto *well : stage.page->findChildren<QPlainTextEdit *>())
        said = said || (well->isVisible() && well->toPlainText().contains(QStringLiteral("apt-get install openssl")));
    QVERIFY(said);
    QTest::mouseClick(stage.button(QStringLiteral("Back")), Qt::LeftButton);
    QVERIFY(stage.button(QStringLiteral("Start a test cluster")) != nullptr);
}

void TestClusters::cancelEndsTheChildrenToo()
{
    // The program itself does not listen; its child must go all the same. What was built up is not taken down: `up` was not at its end.
    const Checkout checkout("sleep 600 & echo $! > child; echo $$ > self; wait", "exit 0", "touch down");
    Stage stage(test::noContexts(), Scheme::Light, checkout.path());
    stage.show();
    QTest::mouseClick(stage.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(checkout.number("self") > 0 && checkout.number("child") > 0, 20'000);
    QVERIFY(lives(checkout.number("child")));
    QTest::mouseClick(stage.button(QStringLiteral("Cancel")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(stage.button(QStringLiteral("Start a test cluster")) != nullptr, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!lives(checkout.number("child")) && !lives(checkout.number("self")), 20'000);
    QVERIFY(!checkout.has("down"));

    // After `up` has ended well, cancelling takes the cluster down again; unless it was up before.
    for (const bool before : {false, true}) {
        const QByteArray up = before ? "echo 'cluster local: is up already' >&2; echo /x/local" : "echo /x/local";
        const Checkout second(up, "touch loading; sleep 600", "touch down");
        Stage other(test::noContexts(), Scheme::Light, second.path());
        other.show();
        QTest::mouseClick(other.button(QStringLiteral("Start a test cluster")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(second.has("loading"), 20'000);
        QTest::mouseClick(other.button(QStringLiteral("Cancel")), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(other.button(QStringLiteral("Start a test cluster")) != nullptr, 20'000);
        QCOMPARE(second.has("down"), !before);
        QVERIFY(other.world.added.empty());
    }
}

void TestClusters::theDemoIsOfferedWhereThereIsOne()
{
    const QString words = QStringLiteral("Play the demo");
    {
        Stage stage(test::noContexts());
        stage.show();
        QVERIFY(stage.button(words) == nullptr);
    }
    Stage stage(test::noContexts());
    stage.world.demo = true;
    stage.show();
    QSignalSpy wanted(stage.page.get(), &Page::wanted);
    QVERIFY(stage.button(words) != nullptr);
    QTest::mouseClick(stage.button(words), Qt::LeftButton);
    QCOMPARE(stage.world.recordings, std::vector<std::string>{""});
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<Destination>().context, std::string("demo recording"));
    // While it is open the page still says how one's own clusters come here.
    contexts::ContextFacts demo;
    demo.name = "demo recording";
    demo.recording = contexts::ContextFacts::demoName;
    stage.world.list.contexts.push_back(demo);
    stage.page->reload();
    stage.world.settle();
    QCOMPARE(stage.model().rowCount(), 0);
    QVERIFY(stage.button(words) != nullptr && stage.button(words)->isVisible());
}

void TestClusters::recordingsAreRows()
{
    contexts::ContextList list = test::someContexts();
    contexts::ContextFacts facts;
    facts.name = "night.flrec";
    facts.recording = "/x/night.flrec";
    facts.place.file = facts.recording;
    list.contexts.push_back(facts);
    Stage stage(list);
    stage.show();
    stage.choose(QStringLiteral("night.flrec"));
    QVERIFY(stage.said(stage.pane()).contains(QStringLiteral("This is a recording: it is opened without its server.")));
    QVERIFY(!stage.said(stage.pane()).contains(QStringLiteral("The server has not been asked yet.")));
    QVERIFY(stage.button(QStringLiteral("Open")) != nullptr);
    QVERIFY(stage.button(QStringLiteral("Check again")) == nullptr); // there is no server
    QSignalSpy wanted(stage.page.get(), &Page::wanted);
    QTest::keyClick(&stage.table(), Qt::Key_Return);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<Destination>().context, std::string("night.flrec"));
}

void TestClusters::aRecordingIsOpenedAtOnce()
{
    Stage stage(test::noContexts());
    stage.show();
    QSignalSpy wanted(stage.page.get(), &Page::wanted);
    stage.page->openFile(QStringLiteral("/x/night.flrec"));
    stage.world.settle();
    QCOMPARE(stage.world.recordings, std::vector<std::string>{"/x/night.flrec"});
    QVERIFY(stage.world.added.empty()); // it is no kubeconfig
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<Destination>().context, std::string("night.flrec"));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestClusters>(argc, argv);
}

#include "tst_clusters.moc"
