// SPDX-License-Identifier: GPL-3.0-or-later
// How a window records its cluster: what is offered, what is written, and that it goes on whatever the window shows. The server is the demo.
#include "app/demo.h"
#include "app/engine.h"
#include "recording/reader.h"
#include "support/good.h"
#include "support/offscreenmain.h"
#include "ui/recording/recordbar.h"
#include "ui/widgets/dropbutton.h"
#include "ui/window/recordcontrol.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDateTime>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

namespace fairlead {

using namespace ui;
using recording::Reader;
using recording::StreamKind;
using test::good;

class RecordControlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_button = new DropButton(m_theme, DropButton::Frame::Outlined, QStringLiteral("Record"), m_window.get());
        m_control = new RecordControl(m_theme, *m_button, m_window.get());
        m_control->bar()->setParent(m_window.get());
        m_control->bar()->hide();
        m_window->resize(1280, 200);
        m_window->show();
    }
    void cleanup() { m_window.reset(); }

    void offeredWhereThereIsAServer();
    void offersTheChosenNamespace();
    void recordsUntilStop();
    void logsOnlyWhereTheyAreWanted_data();
    void logsOnlyWhereTheyAreWanted();
    void aFailureSaysWhy();
    void namesThatAreProposed();

private:
    static constexpr int patience = 60'000; // milliseconds; every kind is listed

    [[nodiscard]] static contexts::OpenClusterPtr server()
    {
        auto reader = good(app::openDemo());
        const Moment at = reader.last();
        const auto engine = std::make_shared<app::Engine>(std::move(reader), at, "shop-eu");
        contexts::OpenCluster cluster;
        cluster.facts.name = "shop-eu";
        cluster.space = "default";
        cluster.session = {engine, &engine->session()};
        return std::make_shared<const contexts::OpenCluster>(std::move(cluster));
    }
    [[nodiscard]] static QStringList buttons(const QWidget &of)
    {
        QStringList names;
        for (const auto *button : of.findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                names << button->accessibleName();
        }
        return names;
    }
    void press(const char *name) const
    {
        for (auto *button : m_control->bar()->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->accessibleName() == QLatin1String(name))
                return button->click();
        }
        QFAIL(name);
    }
    [[nodiscard]] QList<QAction *> offered() const
    {
        Q_EMIT m_button->opening();
        return m_button->menu()->actions();
    }
    [[nodiscard]] QStringList menu() const
    {
        QStringList lines;
        for (const QAction *action : offered())
            lines << action->text();
        return lines;
    }
    [[nodiscard]] QString said() const { return m_control->bar()->isVisible() ? m_control->bar()->words() : QString(); }
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    /// Of the menu's line: where to, as a person says it.
    void choose(int line, const QString &file)
    {
        offered().at(line)->trigger();
        auto *dialog = m_window->findChild<QFileDialog *>();
        QVERIFY(dialog != nullptr);
        Q_EMIT dialog->fileSelected(file);
        delete dialog;
    }
    [[nodiscard]] bool isOver() const { return said().contains(QStringLiteral(" recorded.")) || said().contains(QStringLiteral("ended early")); }

    QTemporaryDir m_folder;
    Theme m_theme{Scheme::Light};
    std::unique_ptr<QWidget> m_window;
    DropButton *m_button = nullptr;
    RecordControl *m_control = nullptr;
};

void RecordControlTest::offeredWhereThereIsAServer()
{
    QVERIFY(!m_button->isVisible());
    const auto cluster = server();
    m_control->setCluster(cluster, kube::Scope::all());
    QVERIFY(m_button->isVisible());
    QCOMPARE(menu(), (QStringList{QStringLiteral("Record this cluster…"), QStringLiteral("Record it with the logs of its pods…")}));
    // A recording is recorded already.
    auto played = *cluster;
    played.recording = std::make_shared<const contexts::OpenRecording>();
    m_control->setCluster(std::make_shared<const contexts::OpenCluster>(std::move(played)), kube::Scope::all());
    QVERIFY(!m_button->isVisible());
    m_control->start(path("never.flrec"), false);
    m_control->setCluster(cluster, kube::Scope::all());
    QVERIFY(m_button->isVisible());
    m_control->setCluster(nullptr, kube::Scope::all());
    QVERIFY(!m_button->isVisible());
    m_control->start(path("never.flrec"), false);
    QCOMPARE(said(), QString());
    QVERIFY(!QFile::exists(path("never.flrec")));
}

void RecordControlTest::offersTheChosenNamespace()
{
    m_control->setCluster(server(), kube::Scope::of({"shop"}));
    QCOMPARE(menu().first(), QStringLiteral("Record this namespace…"));
    choose(0, path("shop.flrec"));
    QTRY_VERIFY2_WITH_TIMEOUT(said().startsWith(QStringLiteral("Recording shop-eu, namespace shop. ")), qPrintable(said()), patience);
    // Of what was chosen when it began.
    m_control->setCluster(server(), kube::Scope::all());
    press("Stop");
    QTRY_VERIFY2_WITH_TIMEOUT(isOver(), qPrintable(said()), patience);
    auto reader = good(Reader::open(path("shop.flrec").toStdString()));
    QCOMPARE(reader.index().about.at("only namespace"), std::string("shop"));
    QCOMPARE(reader.index().about.at("context"), std::string("shop-eu"));
}

void RecordControlTest::recordsUntilStop()
{
    QSignalSpy wanted(m_control, &RecordControl::openWanted);
    m_control->setCluster(server(), kube::Scope::all());
    QCOMPARE(said(), QString());
    choose(0, path("all")); // it gets the ending that opens it again
    QVERIFY(said().startsWith(QStringLiteral("Recording shop-eu. ")));
    QCOMPARE(menu(), QStringList{QStringLiteral("Stop recording")});
    // It goes on while another cluster is looked at, and none.
    m_control->setCluster(nullptr, kube::Scope::all());
    const auto isListed = [this] { return said().contains(QStringLiteral(" kinds, ")) && !said().contains(QStringLiteral(" of ")); };
    QTRY_VERIFY2_WITH_TIMEOUT(isListed(), qPrintable(said()), patience);
    QCOMPARE(buttons(*m_control->bar()), QStringList{QStringLiteral("Stop")});
    offered().first()->trigger();
    QTRY_VERIFY2_WITH_TIMEOUT(isOver(), qPrintable(said()), patience);
    QVERIFY2(said().startsWith(QStringLiteral("shop-eu was recorded. all.flrec: ")), qPrintable(said()));
    auto reader = good(Reader::open(path("all.flrec").toStdString()));
    QVERIFY(reader.file().isClosed() && reader.file().damages().empty());
    const auto pods = reader.find(recording::StreamKind::Resource, {"", "v1", "pods"});
    QVERIFY(pods.has_value());
    auto demo = good(app::openDemo());
    const auto there = demo.find(recording::StreamKind::Resource, {"", "v1", "pods"});
    QCOMPARE(good(reader.state(*pods, reader.last())).rows().size(), good(demo.state(*there, demo.last())).rows().size());
    press("Open the recording");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toString(), path("all.flrec"));
    press("Hide this line");
    QCOMPARE(said(), QString());
}

void RecordControlTest::logsOnlyWhereTheyAreWanted_data()
{
    QTest::addColumn<int>("line");
    QTest::addColumn<bool>("logs");
    QTest::newRow("without") << 0 << false;
    QTest::newRow("with") << 1 << true;
}

void RecordControlTest::logsOnlyWhereTheyAreWanted()
{
    QFETCH(const int, line);
    QFETCH(const bool, logs);
    const QString file = path(logs ? "with.flrec" : "without.flrec");
    m_control->setCluster(server(), kube::Scope::of({"shop"}));
    choose(line, file);
    const auto isRecorded = [&] { return said().contains(QStringLiteral(" kinds, ")) && said().contains(QStringLiteral("lines of logs")) == logs; };
    QTRY_VERIFY2_WITH_TIMEOUT(isRecorded(), qPrintable(said()), patience);
    press("Stop");
    QTRY_VERIFY2_WITH_TIMEOUT(isOver(), qPrintable(said()), patience);
    const auto reader = good(Reader::open(file.toStdString()));
    const auto &streams = reader.index().streams;
    QCOMPARE(std::any_of(streams.begin(), streams.end(), [](const auto &each) { return each.second.kind == StreamKind::Log; }), logs);
    QCOMPARE(said().contains(QStringLiteral("lines of logs")), logs);
}

void RecordControlTest::aFailureSaysWhy()
{
    QFile there(path("there.flrec"));
    QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
    there.close();
    m_control->setCluster(server(), kube::Scope::all());
    m_control->start(there.fileName(), false);
    QTRY_VERIFY2_WITH_TIMEOUT(isOver(), qPrintable(said()), patience);
    QVERIFY2(said().startsWith(QStringLiteral("shop-eu was not recorded. ")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("there.flrec")) && said().contains(QStringLiteral("another file")), qPrintable(said()));
    QCOMPARE(buttons(*m_control->bar()), QStringList{QStringLiteral("Hide this line")});
    QVERIFY(there.open(QIODevice::ReadOnly));
    QCOMPARE(there.readAll(), QByteArray("mine"));
}

void RecordControlTest::namesThatAreProposed()
{
    const QDateTime now(QDate(2026, 11, 30), QTime(21, 15));
    QCOMPARE(RecordControl::proposedName("staging-eu", now), QStringLiteral("staging-eu-2026-11-30-2115.flrec"));
    QCOMPARE(RecordControl::proposedName("admin@here:6443/x", now), QStringLiteral("admin-here-6443-x-2026-11-30-2115.flrec"));
    QCOMPARE(RecordControl::proposedName("../..", now), QStringLiteral("cluster-2026-11-30-2115.flrec")); // neither hidden nor elsewhere
    QCOMPARE(RecordControl::proposedName(std::string(300, 'x'), now).size(), qsizetype(100 + 22));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::RecordControlTest>(argc, argv);
}

#include "tst_recordcontrol.moc"
