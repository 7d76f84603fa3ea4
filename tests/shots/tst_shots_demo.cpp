// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the whole window on the demo, a world that stands still: each page at one moment of the story, in both schemes, written to shots/
// beside this program, and what must be true of them. README's pictures are of the same world (packaging/pictures).
#include "app/demo.h"
#include "app/engines.h"
#include "base/settings.h"
#include "contexts/contextbook.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"
#include "ui/recording/recordingnotice.h"
#include "ui/recording/timebar.h"
#include "ui/resources/resourcetable.h"
#include "ui/window/mainwindow.h"
#include "ui/window/screenshot.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

#include <memory>

namespace fairlead {

using namespace ui;

namespace {

constexpr const char *moment = "+5m20s"; // cart crashes, checkout is stuck, a node is being drained
constexpr int patience = 60'000;         // milliseconds

/// A pod of cart, which crashes then.
std::string crashing()
{
    auto reader = app::openDemo();
    if (!reader)
        qFatal("%s", reader.error().text().c_str());
    const auto pods = reader->find(recording::StreamKind::Resource, {"", "v1", "pods"});
    const auto state = reader->state(pods.value(), reader->first() + std::chrono::seconds(320));
    if (!state)
        qFatal("%s", state.error().text().c_str());
    for (const auto &row : state->rows()) {
        const std::string &key = row.first;
        if (key.find("shop/cart-") != std::string::npos)
            return key.substr(key.find("cart-"));
    }
    qFatal("no pod of cart");
}

} // namespace

class TestShotsDemo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(qputenv("KUBECONFIG", "/nonexistent/kubeconfig"));
        m_folder = test::shotsFolder();
        m_pod = crashing();
    }
    void everyPage_data() { test::addShotRows("demo", {"overview", "pods", "tree", "object", "log", "jobs"}, {{1280, 800}, {1920, 1200}}, {1.0}); }
    void everyPage();

private:
    [[nodiscard]] Destination destination(const QString &page, const std::string &context) const
    {
        Destination where{.page = "resources", .context = context, .kind = "pods", .scope = kube::Scope::all()};
        if (page == QLatin1String("overview") || page == QLatin1String("jobs")) {
            where.page = page.toStdString();
            where.kind.clear();
        } else if (page == QLatin1String("tree")) {
            where.view = "tree";
        } else if (page == QLatin1String("object") || page == QLatin1String("log")) {
            where.page = "object";
            where.scope.reset();
            where.space = "shop";
            where.name = m_pod;
            where.tab = page == QLatin1String("log") ? "log" : "";
        }
        return where;
    }

    QDir m_folder;
    std::string m_pod;
};

void TestShotsDemo::everyPage()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    const Theme theme(dark ? Scheme::Dark : Scheme::Light);
    theme.applyTo(*qApp);
    SystemClock clock;
    Settings settings{QString()};
    app::Engines engines(std::nullopt, std::nullopt);
    const std::string name = engines.addRecording({}, moment, app::RecordingName::Start::Still);
    contexts::ContextBook book(engines, clock, settings);
    MainWindow window(theme, settings, engines, book);
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.resize(size);
    window.show();
    QApplication::setActiveWindow(&window);
    QVERIFY(QTest::qWaitFor([&] { return book.isRead(); }, patience));
    window.go(destination(state, name));
    QVERIFY(QTest::qWaitFor([&] { return window.isComplete(); }, patience));
    QVERIFY2(!window.failure(), window.failure() ? window.failure()->text().c_str() : "");
    for (int turn = 0; turn < 5; ++turn) // layouts follow their contents in events that are posted, some of them by others
        QCoreApplication::processEvents();
    const QString file = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"));
    QVERIFY(writeScreenshot(window, size, scale, file));
    const QImage image(file);
    QCOMPARE(image.size(), size * scale);
    auto *const bar = window.findChild<TimeBar *>();
    QVERIFY(bar != nullptr && bar->isVisible() && bar->width() == size.width());
    QVERIFY(window.findChild<RecordingNotice *>() != nullptr);
    if (state == QLatin1String("pods")) {
        // Crashes are read whole, whatever is cut beside them.
        auto *const table = window.findChild<ResourceTable *>();
        for (int column = 0; column < table->model()->columnCount(); ++column) {
            const QString caption = table->model()->headerData(column, Qt::Horizontal).toString();
            if (caption == QStringLiteral("Status") || caption == QStringLiteral("Restarts"))
                QVERIFY2(table->wantedWidth(column) <= table->columnWidth(column), qPrintable(caption));
        }
    }
    QCOMPARE(test::lookFaults(window), QStringList());
    QCOMPARE(test::contrastFaults(window, image), QStringList());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsDemo>(argc, argv);
}

#include "tst_shots_demo.moc"
