// SPDX-License-Identifier: GPL-3.0-or-later
// The program's own recording in the window: it opens as a cluster does, its bar moves what the pages show, forward and backward.
#include "app/demo.h"
#include "app/engines.h"
#include "base/settings.h"
#include "contexts/contextbook.h"
#include "playback/player.h"
#include "support/offscreenmain.h"
#include "support/paths.h"
#include "support/smallrecording.h"
#include "ui/recording/recordingnotice.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetrack.h"
#include "ui/resources/resourcetable.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/plainlabel.h"
#include "ui/window/livemark.h"
#include "ui/window/mainwindow.h"
#include "ui/window/pagetabs.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QDateTime>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <memory>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;

namespace {

constexpr int patience = 20'000; // milliseconds

/// How many pods there were, by the file itself.
int podsAt(Moment moment)
{
    auto reader = app::openDemo();
    if (!reader)
        qFatal("%s", reader.error().text().c_str());
    const auto pods = reader->find(recording::StreamKind::Resource, {"", "v1", "pods"});
    const auto state = reader->state(pods.value(), moment);
    if (!state)
        qFatal("%s", state.error().text().c_str());
    return int(state->rows().size());
}

} // namespace

class RecordingWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(qputenv("KUBECONFIG", "/nonexistent/kubeconfig"));
        m_theme.applyTo(*qApp);
    }
    void init()
    {
        m_engines = std::make_unique<app::Engines>(std::nullopt, std::nullopt);
        m_name = m_engines->addRecording({}, {}, app::RecordingName::Start::Still);
        m_book = std::make_unique<contexts::ContextBook>(*m_engines, m_clock, m_settings);
        m_window = std::make_unique<MainWindow>(m_theme, m_settings, *m_engines, *m_book);
        m_window->resize(1280, 800);
        m_window->show();
        QVERIFY(QTest::qWaitFor([&] { return m_book->isRead(); }, patience));
    }
    void cleanup()
    {
        m_window.reset();
        m_book.reset();
        m_engines.reset();
    }

    void itOpensAtItsEnd();
    void itsBarMovesThePages();
    void itSaysWhatItIs();
    void itCanBeLeftWhileItBeginsAgain();
    void theOverviewSaysItsMoment();
    void theDemoBeginsAgainAtItsEnd();
    void itsKeysGoFromChangeToChange();
    void theNoticeLeadsOn();
    void aLocalClusterIsOfferedInACheckout();
    void whatIsNoRecordingSaysWhy();
    void anotherRecordingIsNotTheDemo();

private:
    void open(const std::string &kind = "pods")
    {
        m_window->go({.page = "resources", .context = m_name, .kind = kind, .scope = kube::Scope::all()});
        QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete(); }, patience));
        QVERIFY2(!m_window->failure(), m_window->failure() ? m_window->failure()->text().c_str() : "");
    }
    [[nodiscard]] int rows() const
    {
        for (const auto *table : m_window->findChildren<ResourceTable *>()) {
            if (table->isVisible())
                return table->model()->rowCount();
        }
        return -1;
    }
    /// What plays the open one.
    [[nodiscard]] std::shared_ptr<playback::Player> player(const std::string &name)
    {
        contexts::OpenClusterPtr cluster;
        m_engines->open(name).then(this, [&cluster](Result<contexts::OpenClusterPtr> opened) { cluster = opened.value(); });
        if (!QTest::qWaitFor([&] { return cluster != nullptr; }, patience))
            qFatal("%s does not open", name.c_str());
        return cluster->recording->player;
    }
    /// Of the notice; null: it is not offered.
    [[nodiscard]] QAbstractButton *offer(const char *name) const
    {
        for (auto *notice : m_window->findChildren<RecordingNotice *>()) {
            for (auto *button : notice->findChildren<QAbstractButton *>()) {
                if (button->isVisible() && button->accessibleName() == QString::fromUtf8(name))
                    return button;
            }
        }
        return nullptr;
    }
    [[nodiscard]] bool isShown(const char *page) const { return m_window->windowTitle().startsWith(QString::fromUtf8(page)); }
    [[nodiscard]] TimeBar *bar() const { return m_window->findChild<TimeBar *>(); }

    SystemClock m_clock;
    Theme m_theme{Scheme::Light};
    Settings m_settings{QString()};
    std::unique_ptr<app::Engines> m_engines;
    std::unique_ptr<contexts::ContextBook> m_book;
    std::unique_ptr<MainWindow> m_window;
    std::string m_name;
};

void RecordingWindowTest::itOpensAtItsEnd()
{
    open();
    auto reader = app::openDemo();
    QVERIFY(reader.has_value());
    QVERIFY(QTest::qWaitFor([&] { return rows() == podsAt(reader->last()); }, patience));
    QVERIFY(rows() > 100);
    QVERIFY(bar() != nullptr && bar()->isVisible());
    QCOMPARE(bar()->height(), TimeBar::tall);
}

void RecordingWindowTest::itsBarMovesThePages()
{
    open();
    auto reader = app::openDemo();
    QVERIFY(reader.has_value());
    const int atBegin = podsAt(reader->first());
    const int atEnd = podsAt(reader->last());
    QVERIFY(atBegin != atEnd);
    QVERIFY(QTest::qWaitFor([&] { return rows() == atEnd; }, patience));
    // As a person does: keys in the bar.
    bar()->track().setFocus();
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY2(QTest::qWaitFor([&] { return m_window->isComplete() && rows() == atBegin; }, patience), qPrintable(QString::number(rows())));
    QVERIFY(bar()->isVisible());
    QTest::keyClick(&bar()->track(), Qt::Key_End);
    QVERIFY2(QTest::qWaitFor([&] { return m_window->isComplete() && rows() == atEnd; }, patience), qPrintable(QString::number(rows())));
    // And back again: the tab is the one that it was.
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete() && rows() == atBegin; }, patience));
    const auto tabs = m_window->findChildren<PageTabs *>();
    QCOMPARE(std::count_if(tabs.begin(), tabs.end(), [](const PageTabs *each) { return each->isVisible() && each->count() == 1; }), 1);
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("Pods – ")));
}

void RecordingWindowTest::itSaysWhatItIs()
{
    open();
    const auto *mark = m_window->findChild<LiveMark *>();
    QVERIFY(mark->accessibleName().contains(QStringLiteral("recording")));
    auto *notice = m_window->findChild<RecordingNotice *>();
    QVERIFY(notice != nullptr && notice->isVisible());
    // Closed, it stays away, whatever the bar does.
    for (auto *button : notice->findChildren<QAbstractButton *>()) {
        if (button->accessibleName().contains(QStringLiteral("Hide this line")))
            button->click();
    }
    QVERIFY(!notice->isVisible());
    bar()->track().setFocus();
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete(); }, patience));
    QVERIFY(m_window->findChild<RecordingNotice *>() == nullptr || !m_window->findChild<RecordingNotice *>()->isVisible());
}

// Who goes elsewhere while the pages begin anew sees that, and not what stood there before.
void RecordingWindowTest::itCanBeLeftWhileItBeginsAgain()
{
    open();
    auto *const stack = m_window->findChild<PageTabs *>()->parentWidget();
    QVERIFY(stack->updatesEnabled());
    bar()->track().setFocus();
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return !stack->updatesEnabled(); }, patience));
    m_window->go({.page = "clusters"});
    QVERIFY(stack->updatesEnabled());
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete(); }, patience));
    QVERIFY(m_window->windowTitle().startsWith(QStringLiteral("Clusters")));
}

// Of the recording's clock, not of the desktop's: "updated 2 s ago" would be of nobody's time.
void RecordingWindowTest::theOverviewSaysItsMoment()
{
    m_window->go({.page = "overview", .context = m_name});
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete(); }, patience));
    auto reader = app::openDemo();
    QVERIFY(reader.has_value());
    // A page that begins anew leaves its words behind until it is gone.
    const auto said = [this] {
        QStringList lines;
        for (const auto *label : m_window->findChildren<PlainLabel *>()) {
            if (label->isVisible() && (label->text().startsWith(QStringLiteral("as of ")) || label->text().startsWith(QStringLiteral("updated"))))
                lines << label->text();
        }
        return lines.join(QStringLiteral("; "));
    };
    const auto of = [](Moment at) {
        return QStringLiteral("as of ") + QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count()).toString(QStringLiteral("HH:mm:ss"));
    };
    QVERIFY2(QTest::qWaitFor([&] { return said() == of(reader->last()); }, patience), qPrintable(said()));
    bar()->track().setFocus();
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY2(QTest::qWaitFor([&] { return said() == of(reader->first()); }, patience), qPrintable(said()));
    // Forward, on the session that is open.
    QTest::keyClick(&bar()->track(), Qt::Key_End);
    QVERIFY2(QTest::qWaitFor([&] { return said() == of(reader->last()); }, patience), qPrintable(said()));
}

// Wherever in it the window was opened. Another one stands still there.
void RecordingWindowTest::theDemoBeginsAgainAtItsEnd()
{
    open();
    const auto played = player(m_name);
    QVERIFY(!played->isPlaying() && played->now() == played->last());
    played->jumpTo(played->last() - 300ms);
    played->play();
    QVERIFY(QTest::qWaitFor([&] { return played->now() < played->first() + 60s; }, patience));
    QVERIFY(played->isPlaying());
    played->pause();
    // The pages have begun anew by themselves.
    const int pods = podsAt(played->now());
    QVERIFY2(QTest::qWaitFor([&] { return m_window->isComplete() && rows() == pods; }, patience), qPrintable(QString::number(rows())));
}

void RecordingWindowTest::itsKeysGoFromChangeToChange()
{
    open();
    bar()->track().setFocus();
    QTest::keyClick(&bar()->track(), Qt::Key_Home);
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete(); }, patience)); // what happened in it has been read, too
    const Moment first = player(m_name)->first();
    QTest::keyClick(&bar()->track(), Qt::Key_Right);
    QVERIFY(QTest::qWaitFor([&] { return bar()->track().now() > first; }, patience));
    QVERIFY(bar()->track().now() < first + 60s);
}

void RecordingWindowTest::theNoticeLeadsOn()
{
    open();
    QVERIFY(offer("Open your own cluster…") != nullptr);
    offer("Open your own cluster…")->click();
    QVERIFY2(QTest::qWaitFor([&] { return isShown("Clusters – "); }, patience), qPrintable(m_window->windowTitle()));
}

void RecordingWindowTest::aLocalClusterIsOfferedInACheckout()
{
    open();
    QVERIFY(offer("Open your own cluster…") != nullptr);
    QVERIFY(offer("Start a local test cluster") == nullptr);
    qputenv("FAIRLEAD_CHECKOUT", QByteArray::fromStdString(test::sourcePath("")));
    const auto unset = qScopeGuard([] { qunsetenv("FAIRLEAD_CHECKOUT"); });
    cleanup();
    init();
    open();
    QVERIFY(offer("Start a local test cluster") != nullptr);
}

// And names the file.
void RecordingWindowTest::whatIsNoRecordingSaysWhy()
{
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    const QString file = folder.filePath(QStringLiteral("nothing.flrec"));
    QFile empty(file);
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    const std::string name = m_engines->addRecording(file.toStdString());
    QCOMPARE(name, std::string("nothing.flrec"));
    QCOMPARE(m_engines->addRecording(file.toStdString()), name);
    m_window->go({.context = name});
    QVERIFY(QTest::qWaitFor([&] { return m_window->failure().has_value(); }, patience));
    QVERIFY2(m_window->failure()->text().find("nothing.flrec") != std::string::npos, m_window->failure()->text().c_str());
}

// It is named by its file, stands at its end, and is nobody's first look at the program.
void RecordingWindowTest::anotherRecordingIsNotTheDemo()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("night.flrec"));
    const auto truth = test::SmallRecording{.path = file.toStdString()}.write();
    qputenv("FAIRLEAD_CHECKOUT", QByteArray::fromStdString(test::sourcePath("")));
    const auto unset = qScopeGuard([] { qunsetenv("FAIRLEAD_CHECKOUT"); });
    open();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {}); // without it a drop finds nobody
    QDropEvent drop({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QVERIFY2(QTest::qWaitFor([&] { return m_window->windowTitle().contains(QStringLiteral("night.flrec")); }, patience), //
        qPrintable(m_window->windowTitle()));
    m_window->go({.page = "resources", .kind = "pods", .scope = kube::Scope::all()});
    QVERIFY(QTest::qWaitFor([&] { return m_window->isComplete() && rows() == int(truth.rbegin()->second.size()); }, patience));
    QVERIFY(offer("Open your own cluster…") != nullptr);
    QVERIFY(offer("Start a local test cluster") == nullptr);
    const auto played = player("night.flrec");
    QVERIFY(!played->isPlaying() && played->now() == played->last());
    QVERIFY(played->last() == bar()->track().now());
    played->jumpTo(played->last() - 300ms);
    played->play();
    QVERIFY(QTest::qWaitFor([&] { return !played->isPlaying(); }, patience));
    QVERIFY(played->now() == played->last());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::RecordingWindowTest>(argc, argv);
}

#include "tst_recording_window.moc"
