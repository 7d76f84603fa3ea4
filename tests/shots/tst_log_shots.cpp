// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the log in every state, at the sizes in which the object's pane and page show it, and what must be true of them.
#include "support/logworld.h"

#include "ui/logs/logbar.h"
#include "ui/logs/logcanvas.h"
#include "ui/logs/logfoot.h"
#include "ui/logs/logview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QLabel>
#include <QPainter>
#include <QTest>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

struct Size {
    const char *name;
    QSize size;
};
const Size sizes[] = {{"below", {1068, 300}}, {"right", {500, 900}}, {"page", {1708, 1040}}};

QImage picture(QWidget &widget, double scale)
{
    QImage image(widget.size() * scale, QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    widget.render(&image);
    return image;
}

std::string manyLines(int count)
{
    std::string out;
    for (int i = 0; i < count; ++i) {
        const char *const words[] = {"INFO  http     POST /v1/charges 201 in 48ms", "WARN  cache    redis pool at 190 of 200 connections",
            "{\"level\":\"error\",\"msg\":\"redis: dial tcp 10.43.2.9:6379: i/o timeout\",\"attempt\":1}",
            "\tat com.example.payments.Charge.run(Charge.java:42)"};
        out += LogWorld::line(-100'000 + i * 0.7, words[(i * 7 + i / 11) % 4]);
    }
    return out;
}

} // namespace

class LogShotsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = QDir(QCoreApplication::applicationDirPath());
        QVERIFY(m_folder.mkpath(QStringLiteral("shots")));
        QVERIFY(m_folder.cd(QStringLiteral("shots")));
    }

    void everyState_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("scale");
        for (const char *state : {"content", "full", "wrapped", "selected", "hostile", "loading", "empty", "waiting", "failed", "cut", "unreached"}) {
            for (const Size &size : sizes) {
                for (const bool dark : {false, true}) {
                    for (const double scale : {1.0, 2.0}) {
                        if (scale != 1.0 && qstrcmp(state, "content") != 0)
                            continue;
                        QTest::addRow("log-%s-%s-%d-%s", state, size.name, int(scale * 100), dark ? "dark" : "light")
                            << QString::fromLatin1(state) << size.size << dark << scale;
                    }
                }
            }
        }
    }

    void everyState()
    {
        QFETCH(QString, state);
        QFETCH(QSize, size);
        QFETCH(bool, dark);
        QFETCH(double, scale);
        const Theme theme(dark ? Scheme::Dark : Scheme::Light);
        theme.applyTo(*qApp);
        LogWorld world;
        prepare(world, state);
        LogView view(theme, world.settings(), world.cluster(), LogWorld::space, LogWorld::pod);
        view.resize(size);
        view.show();
        const QStringList without{
            QStringLiteral("loading"), QStringLiteral("empty"), QStringLiteral("waiting"), QStringLiteral("failed"), QStringLiteral("unreached")};
        if (!without.contains(state))
            QTRY_VERIFY((world.settle(), view.follower().ring().size() > 0));
        else
            QTRY_VERIFY((world.settle(), view.follower().state().phase != logs::LogState::Phase::Idle));
        play(world, view, state);
        world.settle();
        if (state == QLatin1String("loading"))
            QTRY_VERIFY(!view.isComplete()); // it stays so: nothing answers
        else
            QTRY_VERIFY2(view.isComplete(), "the picture is never ready");
        const QImage image = picture(view, scale);
        QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
        world.settings().set(QStringLiteral("log/wrap"), QJsonValue(QJsonValue::Undefined));

        // Nothing is cut that must be read, nothing stands on another.
        const auto children = view.bar().findChildren<QWidget *>();
        for (const QWidget *child : children) {
            if (!child->isVisibleTo(&view) || child->width() == 0)
                continue;
            const QRect place(child->mapTo(&view.bar(), QPoint()), child->size());
            QVERIFY2(view.bar().rect().contains(place), qPrintable(QString::fromLatin1(child->metaObject()->className()) + child->accessibleName()));
        }
        QCOMPARE(view.foot().height(), 22);
        const bool rows = view.follower().ring().size() > 0;
        QCOMPARE(view.canvas().isVisible(), rows);
        if (rows) {
            const auto first = view.canvas().rowRect(view.canvas().topRow());
            QCOMPARE(int(first.height()) % 17, 0);
            QVERIFY(!view.foot().said().isEmpty());
        }
        for (const QLabel *label : view.findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }

private:
    static void prepare(LogWorld &world, const QString &state)
    {
        if (state == QLatin1String("waiting"))
            return world.givePod(LogWorld::State::Creating);
        world.givePod(LogWorld::State::Running);
        if (state == QLatin1String("content") || state == QLatin1String("cut")) {
            world.giveLog(held({LogWorld::firstLines()}));
            world.giveLog(
                held({LogWorld::line(2.054, "\x1b[33mWARN\x1b[0m  cache    redis pool at 190 of 200 connections") + LogWorld::laterLines()}));
        } else if (state == QLatin1String("full")) {
            world.giveLog(held({manyLines(100'000)}));
        } else if (state == QLatin1String("wrapped") || state == QLatin1String("selected")) {
            world.giveLog(held({manyLines(60) + LogWorld::line(1, "long " + std::string(700, 'x') + " end") + LogWorld::line(2, "after")}));
        } else if (state == QLatin1String("hostile")) {
            world.giveLog(
                held({LogWorld::line(0, "<b>bold</b><img src=http://127.0.0.1:9/x.png> &amp; \x1b]0;title\x07 \x1b[2J\x1b[H cleared?") +
                      LogWorld::line(1, "\xe2\x80\xaeright to left\xe2\x80\xac and \xc2\x9b"
                                        "31m C1 \x00 nul" +
                                            std::string("\x00\x07\x08", 3)) +
                      LogWorld::line(2, "10%\r50%\r100%") +
                      LogWorld::line(3, "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e | gr\xc3\xbc\xc3\x9f | \xf0\x9f\x9a\x80 | e\xcc\x81 | end") +
                      LogWorld::line(4,
                          "\x1b[41;97m background \x1b[0m \x1b[7m inverse \x1b[0m \x1b[4munderlined\x1b[0m \x1b[9mstruck\x1b[0m \x1b[3mitalic\x1b[0m "
                          "\x1b[38;5;208morange\x1b[0m \x1b[34mblue\x1b[0m \x1b[30mblack\x1b[0m \x1b[90mgrey\x1b[0m") +
                      LogWorld::line(5, "a\ttab\tstops\there") + LogWorld::line(6, "\xff\xfe no utf-8") + LogWorld::line(7, "x\x1b]never ended")}));
        } else if (state == QLatin1String("empty")) {
            world.giveLog(held());
        } else if (state == QLatin1String("failed")) {
            world.giveLog(refusal(403, "Forbidden",
                "pods \\\"" + LogWorld::pod +
                    "\\\" is forbidden: User \\\"dev\\\" cannot get resource \\\"pods/log\\\" in the namespace \\\"payments\\\""));
        } else if (state == QLatin1String("unreached")) {
            world.giveLog(noAnswer({.code = Code::Unreachable,
                .message = "no connection to https://staging.example:6443: connection refused",
                .remedy = "Is the cluster running?"}));
        } else if (state == QLatin1String("loading")) {
            Answer never;
            never.sendsHead = false;
            never.finish = Answer::Finish::Hold;
            world.giveLog(never);
        }
    }

    static void play(LogWorld &world, LogView &view, const QString &state)
    {
        if (state == QLatin1String("cut")) {
            world.server().breakWatch(
                {.code = Code::Interrupted, .message = "the connection to https://staging.example:6443 was cut"}, LogWorld::logPath());
        } else if (state == QLatin1String("content")) {
            world.server().breakWatch({.code = Code::Interrupted, .message = "cut"}, LogWorld::logPath());
            world.settle();
            view.reload();
            world.settle();
            world.server().endWatch(LogWorld::logPath());
            world.change(LogWorld::State::BackingOff);
            world.settle();
            view.bar().search().setText(QStringLiteral("redis"));
            world.settle();
            QTest::keyClick(&view.bar().search(), Qt::Key_Return);
            QTest::keyClick(&view.bar().search(), Qt::Key_Return);
            view.canvas().setFocus();
        } else if (state == QLatin1String("full")) {
            world.server().push(manyLines(41'208), LogWorld::logPath());
            world.settle();
            view.bar().search().setText(QStringLiteral("redis"));
        } else if (state == QLatin1String("wrapped")) {
            QTest::keyClick(&view.canvas(), Qt::Key_End);
            Q_EMIT view.bar().wrapWanted(true);
        } else if (state == QLatin1String("selected")) {
            QTest::keyClick(&view.canvas(), Qt::Key_Home);
            QTest::keyClick(&view.canvas(), Qt::Key_Down, Qt::ShiftModifier);
            QTest::keyClick(&view.canvas(), Qt::Key_Down, Qt::ShiftModifier);
            for (int i = 0; i < 9; ++i)
                QTest::keyClick(&view.canvas(), Qt::Key_Right, Qt::ShiftModifier);
        }
    }

    QDir m_folder;
};

QTEST_MAIN(LogShotsTest)
#include "tst_log_shots.moc"
