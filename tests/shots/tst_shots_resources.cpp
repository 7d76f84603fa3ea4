// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the Resources page in each of its states, written to shots/ beside this program, and what must be true of them. Rows are the recorded
// scenario's.
#include "support/lookasserts.h"
#include "support/noclusters.h"
#include "support/offscreenmain.h"
#include "support/scenarioworld.h"
#include "support/shotrows.h"

#include "ui/resources/resourcespage.h"
#include "ui/resources/resourcetable.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/theme.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace fairlead {

using namespace ui;
using test::ScenarioWorld;

namespace {

constexpr int patience = 20'000; // milliseconds

Destination destination(const QString &state)
{
    if (state == QLatin1String("tree"))
        return {.page = "resources", .kind = "deployments", .view = "tree"};
    if (state == QLatin1String("tree-filtered"))
        return {.page = "resources", .kind = "deployments", .filter = "crash", .view = "tree"};
    if (state == QLatin1String("services"))
        return {.page = "resources", .kind = "services"};
    if (state == QLatin1String("none"))
        return {.page = "resources", .kind = "pods", .scope = kube::Scope::of({"quiet"})};
    if (state == QLatin1String("filtered"))
        return {.page = "resources", .kind = "pods", .filter = "no-such-name"};
    if (state == QLatin1String("chosen"))
        return {.page = "resources", .kind = "pods", .states = "failed"};
    return {.page = "resources", .kind = "pods"};
}

} // namespace

class TestShotsResources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyState_data()
    {
        test::addShotRows("resources",
            {"pods", "chosen", "services", "tree", "tree-filtered", "loading", "none", "filtered", "forbidden", "failed", "stale"},
            {QSize(1068, 706), QSize(1708, 1106)}, {1.0, 2.0},
            [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.width() > 1100); });
    }
    void everyState();
};

void TestShotsResources::everyState()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    Theme theme(dark ? Scheme::Dark : Scheme::Light);
    theme.applyTo(*qApp);
    Settings settings{QString()};
    test::NoClusters clusters;
    ScenarioWorld world;
    world.server().addCollection(ScenarioWorld::path("pods", "quiet"), {"Name", "Ready", "Status", "Restarts", "Age"});
    if (state == QLatin1String("forbidden"))
        world.refuse("pods", 403, "Forbidden",
            "pods is forbidden: User \\\"dev\\\" cannot list resource \\\"pods\\\" in API group \\\"\\\" at the cluster scope");
    if (state == QLatin1String("failed"))
        world.refuse("pods", 503, "ServiceUnavailable", "the server is currently unable to handle the request");
    const Destination where = destination(state);
    ResourcesPage page(PageContext{theme, settings, clusters, world.server().cluster(), where.scope.value_or(kube::Scope::all())}, where);
    (void)test::picture(page, size);
    const bool isThere = state != QLatin1String("loading");
    if (isThere) {
        QVERIFY(QTest::qWaitFor([&] { return (world.settle(), page.isComplete()); }, patience));
    } else {
        auto *const placeholders = page.findChild<PlaceholderRows *>();
        QSignalSpy shown(placeholders, &PlaceholderRows::shown);
        QVERIFY(!shown.isEmpty() || shown.wait());
    }
    if (state == QLatin1String("stale")) {
        world.refuse("pods", 503, "ServiceUnavailable", "not now");
        world.server().server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, "/api/v1/pods");
        QVERIFY(QTest::qWaitFor([&] { return (world.settle(), page.findChild<Banner *>()->isVisibleTo(&page)); }, patience));
    }
    (void)test::picture(page, size, scale);
    const QImage image = test::picture(page, size, scale);
    QVERIFY(image.save(test::shotsFolder().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(test::lookFaults(page).join(u'\n'), QString());
    QCOMPARE(test::contrastFaults(page, image).join(u'\n'), QString());
    if (scale > 1)
        return;

    // Rows with colours where it is known how things stand; words where there is nothing to show.
    const Tokens &t = theme.tokens();
    const bool tells = state == QLatin1String("none") || state == QLatin1String("filtered") || state == QLatin1String("forbidden") ||
                       state == QLatin1String("failed");
    auto *const message = page.findChild<MessagePanel *>();
    QCOMPARE(message != nullptr && message->isVisibleTo(&page), tells);
    QCOMPARE(page.failure().has_value(), state == QLatin1String("forbidden") || state == QLatin1String("failed"));
    if (tells || !isThere)
        return;
    const bool isStale = state == QLatin1String("stale");
    const QRect body(0, 80, size.width(), size.height() - 80); // beneath the header, whose chips have colours, too
    QCOMPARE(test::nearlyPixels(image, body, t.bad) > 20, !isStale && state != QLatin1String("services")); // those do not say how they are
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsResources>(argc, argv);
}

#include "tst_shots_resources.moc"
