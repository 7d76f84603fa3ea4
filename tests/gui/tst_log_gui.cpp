// SPDX-License-Identifier: GPL-3.0-or-later
// The log as it is used: keys, search, selection, copy, save, containers; and what a screen reader gets.
#include "support/logworld.h"

#include "ui/logs/logbar.h"
#include "ui/logs/logcanvas.h"
#include "ui/logs/logfoot.h"
#include "ui/logs/logview.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QPainter>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

std::string numbered(int count, int from = 0)
{
    std::string out;
    for (int i = from; i < from + count; ++i)
        out += LogWorld::line(i, (i % 10 == 3 ? "ERROR line " : "INFO line ") + std::to_string(i) + (i % 7 == 0 ? " redis" : ""));
    return out;
}

} // namespace

class LogGuiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Scheme::Light);
        m_theme->applyTo(*qApp);
        m_world = std::make_unique<LogWorld>();
    }
    void cleanup()
    {
        m_view.reset();
        QCOMPARE(m_world->server().unexpected(), 0);
        m_world.reset();
    }

    void theEndIsFollowedUntilSomeoneScrollsUp()
    {
        open(numbered(100));
        LogCanvas &canvas = m_view->canvas();
        QVERIFY(canvas.isAtEnd() && canvas.isFollowing());
        QCOMPARE(canvas.bottomRow(), logs::RowNumber(100));
        more(numbered(1, 100));
        QCOMPARE(canvas.bottomRow(), logs::RowNumber(101));
        QCOMPARE(m_view->foot().place(), QStringLiteral("at the end, following"));
        QTest::keyClick(&canvas, Qt::Key_PageUp);
        QVERIFY(!canvas.isFollowing());
        const auto top = canvas.topRow();
        more(numbered(50, 101));
        QCOMPARE(canvas.topRow(), top); // what is read stays
        QVERIFY(m_view->foot().place().endsWith(QStringLiteral("lines below")));
        QTest::keyClick(&canvas, Qt::Key_End);
        QVERIFY(canvas.isFollowing());
        QCOMPARE(canvas.bottomRow(), logs::RowNumber(151));
        QTest::keyClick(&canvas, Qt::Key_Home);
        QCOMPARE(canvas.topRow(), logs::RowNumber(0));
        canvas.verticalScrollBar()->setValue(canvas.verticalScrollBar()->maximum());
        QVERIFY(canvas.isFollowing());
        QTest::keyClick(&canvas, Qt::Key_Up);
        QTest::keyClick(&canvas, Qt::Key_Up);
        QVERIFY(!canvas.isFollowing());
    }

    void whatIsReadStaysWhileOlderRowsAreDropped()
    {
        open(numbered(1000));
        LogCanvas &canvas = m_view->canvas();
        QTest::keyClick(&canvas, Qt::Key_Home);
        for (int i = 0; i < 20; ++i)
            QTest::keyClick(&canvas, Qt::Key_PageDown);
        const auto top = canvas.topRow();
        const QString first = canvas.lineText(top);
        for (int i = 1; i <= 10; ++i)
            more(numbered(9'990, i * 10'000));
        QVERIFY(m_view->follower().ring().isFull());
        QCOMPARE(canvas.topRow(), std::max(top, m_view->follower().ring().begin()));
        more(numbered(2'000, 200'000));
        QCOMPARE(canvas.topRow(), m_view->follower().ring().begin()); // it is gone: the oldest there is
        QVERIFY(m_view->foot().said().startsWith(QStringLiteral("Ring full: 100,000 lines kept, ")));
        QVERIFY(!first.isEmpty());
    }

    void searchCountsAndWalks()
    {
        open(numbered(100)); // 15 of them
        SearchField &field = m_view->bar().search();
        m_view->focusSearch();
        QTest::keyClicks(&field, QStringLiteral("REDIS"));
        m_world->settle();
        const auto result = [this] { return m_view->bar().result(); };
        QCOMPARE(result(), QStringLiteral("13 of 15")); // the first in sight: the end is
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(result(), QStringLiteral("14 of 15"));
        QTest::keyClick(m_view.get(), Qt::Key_F3);
        QTest::keyClick(m_view.get(), Qt::Key_F3);
        QCOMPARE(result(), QStringLiteral("1 of 15")); // round the end
        QCOMPARE(m_view->canvas().topRow(), logs::RowNumber(0));
        QVERIFY(!m_view->canvas().isFollowing());
        QTest::keyClick(&field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(result(), QStringLiteral("15 of 15"));
        more(numbered(8, 100));
        QCOMPARE(result(), QStringLiteral("15 of 16"));
        field.setText(QStringLiteral("nowhere"));
        m_world->settle();
        QCOMPARE(result(), QStringLiteral("none"));
        field.setText(QString());
        m_world->settle();
        QCOMPARE(result(), QString());
    }

    void selectionByKeysAndMouseIsCopied()
    {
        open(numbered(30));
        LogCanvas &canvas = m_view->canvas();
        m_view->resize(800, 700);
        QTest::keyClick(&canvas, Qt::Key_Home);
        QTest::keyClick(&canvas, Qt::Key_Down, Qt::ShiftModifier);
        for (int i = 0; i < 4; ++i)
            QTest::keyClick(&canvas, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(canvas.selection().has_value());
        QTest::keyClick(&canvas, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("14:38:11.000 INFO line 0 redis\n14:38:12.000 INFO"));
        Q_EMIT m_view->bar().stampsWanted(false);
        QTest::keyClick(&canvas, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("INFO line 0 redis\nINFO"));
        QTest::keyClick(&canvas, Qt::Key_Escape);
        QVERIFY(!canvas.selection().has_value());
        // With the mouse: from a word in one line to the next line.
        const auto at = [&canvas](logs::RowNumber row, int column) {
            const QFontMetricsF metrics(QFont(QStringLiteral("DejaVu Sans Mono")));
            const qreal advance = LogFonts(Theme(Scheme::Light)).advance();
            return QPoint(12 + int(column * advance) + 1, int(canvas.rowRect(row).center().y()));
        };
        QTest::mousePress(canvas.viewport(), Qt::LeftButton, {}, at(2, 5));
        QMouseEvent move(QEvent::MouseMove, at(3, 5), canvas.viewport()->mapToGlobal(at(3, 5)), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(canvas.viewport(), &move);
        QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, {}, at(3, 5));
        m_view->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("line 2\nERROR"));
        QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, {}, at(7, 1));
        m_view->copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("INFO"));
        QTest::keyClick(&canvas, Qt::Key_A, Qt::ControlModifier);
        m_view->copy();
        QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 29);
        QCOMPARE(m_view->foot().said(), QStringLiteral("Copied 30 lines"));
    }

    void allLinesAreSaved()
    {
        open(numbered(20) + LogWorld::line(20, "\x1b[31mred\x1b[0m " + std::string(40'000, 'x') + "!"));
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("pod.log"));
        m_view->saveTo(file);
        m_world->settle();
        QFile in(file);
        QVERIFY(in.open(QIODevice::ReadOnly));
        const auto lines = in.readAll().split('\n');
        QCOMPARE(lines.size(), 22); // and an empty one at the end
        QCOMPARE(lines[0], QByteArray("2026-11-24T14:38:11.000000000Z INFO line 0 redis"));
        QVERIFY(lines[20].startsWith("2026-11-24T14:38:31.000000000Z red xxx") && lines[20].endsWith("x!"));
        QCOMPARE(lines[20].size(), 31 + 4 + 40'001); // whole again
        QVERIFY(m_view->foot().said().startsWith(QStringLiteral("Saved 23 lines to ")));
        m_view->saveTo(folder.filePath(QStringLiteral("no/such/folder.log")));
        m_world->settle();
        QVERIFY(m_view->foot().said().startsWith(QStringLiteral("Not saved: ")));
        Q_EMIT m_view->bar().saveWanted(); // asks without blocking
        auto *dialog = m_view->findChild<QFileDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->reject();
    }

    void anotherContainerAndItsPreviousRun()
    {
        open(numbered(5));
        auto *containers = named<SegmentedSwitch>(QStringLiteral("Container"));
        QVERIFY(containers);
        QCOMPARE(containers->chosen(), 0);
        m_world->giveLog(held({LogWorld::line(1, "of envoy")}));
        containers->part(1)->click();
        m_world->settle();
        QCOMPARE(m_view->follower().wish().container, std::string("envoy"));
        QCOMPARE(m_view->canvas().lineText(0), QStringLiteral("14:38:12.000 of envoy"));
        QCOMPARE(m_world->server().cancelled(), 1);
        auto *run = named<SegmentedSwitch>(QStringLiteral("Run"));
        QVERIFY(!run->part(1)->isEnabled()); // it has not been restarted
        m_world->giveLog(answer(LogWorld::line(-600, "before")));
        m_view->showContainer("api", true);
        m_world->settle();
        QCOMPARE(run->chosen(), 1);
        QCOMPARE(m_view->canvas().lineText(0), QStringLiteral("14:28:11.000 before"));
        QVERIFY(m_view->canvas().lineText(1).startsWith(QStringLiteral("api ended ")));
        QCOMPARE(m_view->follower().state().phase, logs::LogState::Phase::Ended);
    }

    // Too narrow for all containers side by side: the one that is shown, and how it does.
    void aNarrowPaneNamesOneContainerWithItsState()
    {
        open(numbered(5));
        auto *drop = m_view->bar().findChild<DropButton *>();
        QVERIFY(drop && !drop->isVisible());
        m_view->resize(450, 400);
        m_world->settle();
        QVERIFY(drop->isVisible());
        QCOMPARE(drop->accessibleName(), QStringLiteral("Container api"));
        QCOMPARE(drop->accessibleDescription(), QStringLiteral("Running"));
        const QImage image = drop->grab().toImage();
        bool coloured = false;
        for (int x = 0; x < image.width(); ++x)
            coloured = coloured || image.pixel(x, image.height() / 2) == m_theme->tokens().ok.rgb();
        QVERIFY(coloured);
        m_world->change(LogWorld::State::BackingOff);
        QTRY_COMPARE((m_world->settle(), drop->accessibleDescription()), QStringLiteral("CrashLoopBackOff"));
    }

    void longLinesWrapOrScroll()
    {
        open(LogWorld::line(0, "a" + std::string(300, 'b') + "c") + LogWorld::line(1, "next"));
        LogCanvas &canvas = m_view->canvas();
        QCOMPARE(canvas.rowRect(0).height(), 17.0);
        QVERIFY(canvas.horizontalScrollBar()->maximum() > 0);
        QTest::keyClick(&canvas, Qt::Key_Right);
        QVERIFY(canvas.horizontalScrollBar()->value() > 0);
        Q_EMIT m_view->bar().wrapWanted(true);
        QVERIFY(canvas.rowRect(0).height() >= 3 * 17);
        QCOMPARE(canvas.rowRect(1).top(), canvas.rowRect(0).bottom());
        QCOMPARE(canvas.horizontalScrollBar()->maximum(), 0);
        QVERIFY(m_world->settings().value(QStringLiteral("log/wrap")).toBool());
        // A wrapped line that is higher than the view can be read line by line.
        m_view->resize(500, 160);
        more(LogWorld::line(2, std::string(5'000, 'y')));
        QVERIFY(canvas.isAtEnd());
        QTest::keyClick(&canvas, Qt::Key_Up);
        QCOMPARE(canvas.topRow(), logs::RowNumber(2));
        QVERIFY(!canvas.isAtEnd());
        QTest::keyClick(&canvas, Qt::Key_Down);
        QVERIFY(canvas.isAtEnd());
    }

    void aScreenReaderGetsTheVisibleLines()
    {
        open(numbered(100));
        auto *spoken = QAccessible::queryAccessibleInterface(&m_view->canvas());
        QVERIFY(spoken != nullptr);
        QCOMPARE(spoken->text(QAccessible::Name), QStringLiteral("log"));
        QCOMPARE(spoken->role(), QAccessible::EditableText);
        QVERIFY(spoken->state().readOnly && spoken->state().focusable);
        auto *text = spoken->textInterface();
        QVERIFY(text != nullptr);
        const QStringList lines = text->text(0, text->characterCount()).split(QLatin1Char('\n'));
        QCOMPARE(lines.last(), m_view->canvas().lineText(99));
        QCOMPARE(lines.size(), int(100 - m_view->canvas().topRow()));
        QCOMPARE(text->text(0, 5), lines.first().left(5));
        const int second = int(lines[0].size()) + 1;
        QVERIFY(text->characterRect(second).top() > text->characterRect(0).top());
        QCOMPARE(text->offsetAtPoint(text->characterRect(second).center()), second);
        QTest::keyClick(&m_view->canvas(), Qt::Key_Home);
        QVERIFY(text->text(0, 40).contains(QStringLiteral("line 0")));
        // Every control says what it is.
        for (const QAbstractButton *button : m_view->bar().findChildren<QAbstractButton *>()) {
            auto *said = QAccessible::queryAccessibleInterface(const_cast<QAbstractButton *>(button));
            QVERIFY(said && !said->text(QAccessible::Name).isEmpty());
        }
    }

    void foreignTextIsShownLiterally()
    {
        open(LogWorld::line(0, "<b>x</b> \x1b[31mred\x1b[0m \xe2\x80\xae!"));
        QCOMPARE(m_view->canvas().lineText(0), QStringLiteral("14:38:11.000 <b>x</b> red \\u202e!"));
    }

    void aFrameOfAFullRingIsCheap()
    {
        open(numbered(10));
        for (int i = 1; i <= 11; ++i)
            more(numbered(9'990, i * 10'000));
        m_view->bar().search().setText(QStringLiteral("redis"));
        m_world->settle();
        QImage image(m_view->size(), QImage::Format_RGB32);
        m_view->render(&image);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i) {
            QTest::keyClick(&m_view->canvas(), Qt::Key_PageUp);
            m_view->render(&image);
        }
        const double each = double(timer.nsecsElapsed()) / 20e6;
        qInfo("a page up and its picture: %.1f ms", each);
        QVERIFY(each < 200); // not a figure, only not thousands
    }

private:
    void open(const std::string &lines)
    {
        m_world->givePod(LogWorld::State::Running);
        m_world->giveLog(held({lines}));
        m_view = std::make_unique<LogView>(*m_theme, m_world->settings(), m_world->cluster(), LogWorld::space, LogWorld::pod);
        m_view->resize(1000, 400);
        m_view->show();
        QTRY_VERIFY((m_world->settle(), m_view->follower().ring().size() > 0));
    }
    void more(const std::string &lines)
    {
        m_world->server().push(lines, LogWorld::logPath());
        m_world->settle();
    }
    template<typename T>
    T *named(const QString &name) const
    {
        const auto all = m_view->findChildren<T *>();
        const auto found = std::find_if(all.begin(), all.end(), [&name](const T *each) { return each->accessibleName() == name; });
        return found == all.end() ? nullptr : *found;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<LogWorld> m_world;
    std::unique_ptr<LogView> m_view;
};

QTEST_MAIN(LogGuiTest)
#include "tst_log_gui.moc"
