// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the Overview in each of its states, written to shots/ beside this program, and what must be true of them.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/overviewstage.h"
#include "support/shotrows.h"

#include "kinds/findings/rules.h"
#include "ui/overview/chartcard.h"
#include "ui/overview/tile.h"
#include "ui/widgets/placeholderrows.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;
using test::OverviewStage;
using test::ScenarioWorld;

class TestShotsOverview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyState_data()
    {
        test::addShotRows("overview", {"content", "day", "metrics", "tables", "healthy", "refused", "stale", "loading", "failed"},
            {QSize(1068, 706), QSize(1708, 1106)}, {1.0, 2.0},
            [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.width() > 1100); });
    }
    void everyState();
};

void TestShotsOverview::everyState()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    OverviewStage stage(
        state == QLatin1String("healthy") ? ScenarioWorld::Content::Healthy : ScenarioWorld::Content::All, dark ? Scheme::Dark : Scheme::Light);
    if (state == QLatin1String("refused"))
        stage.world.refuse("nodes", 403, "Forbidden",
            "nodes is forbidden: User \\\"dev\\\" cannot list resource \\\"nodes\\\" in API group \\\"\\\" at the cluster scope");
    if (state == QLatin1String("failed")) {
        for (const kinds::KindKey &key : kinds::diagnosedKinds())
            stage.world.refuse(std::string(key.resource) + (key.group.empty() ? "" : "." + std::string(key.group)), 403, "Forbidden",
                std::string(key.resource) + " is forbidden: User dev cannot list resource " + std::string(key.resource));
    }
    if (state == QLatin1String("metrics"))
        stage.world.server().offerMetrics([](const net::Request &) {
            using World = test::ObjectWorld;
            return World::podMetricsList({World::podMetrics("team-a", "a", "1100m", "2Gi"), World::podMetrics("shop", "b", "310m", "900Mi"),
                World::podMetrics("team-b", "c", "40m", "64Mi"), World::podMetrics("kube-system", "d", "220m", "300Mi")});
        });
    if (state == QLatin1String("tables"))
        stage.settings.set(QStringLiteral("overview/twin"), true);
    if (state == QLatin1String("day"))
        stage.settings.set(QStringLiteral("overview/range"), 2);
    if (state == QLatin1String("loading")) {
        stage.make(size);
        QSignalSpy shown(stage.page->findChild<PlaceholderRows *>(), &PlaceholderRows::shown);
        QVERIFY(!shown.isEmpty() || shown.wait());
    } else {
        stage.open(size);
    }
    if (state == QLatin1String("metrics"))
        QVERIFY(stage.wait([&] { return stage.tiles().tile(4).facts().unit == QLatin1String("used"); }));
    if (state == QLatin1String("content") || state == QLatin1String("tables")) {
        const QModelIndex index = stage.view().model()->index(1, 0);
        stage.view().setCurrentIndex(index);
        stage.view().expand(index);
    } else if (state == QLatin1String("refused")) {
        stage.view().setCurrentIndex(stage.view().model()->index(0, 0));
        stage.view().expand(stage.view().model()->index(0, 0));
    } else if (state == QLatin1String("stale")) {
        stage.world.refuse("pods", 503, "ServiceUnavailable", "not now");
        stage.world.server().server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, "/api/v1/pods");
        QVERIFY(stage.wait([&] { return stage.page->freshness() && stage.page->freshness()->phase == kube::Phase::Stale; }));
    }
    stage.view().setFocus();
    (void)test::picture(*stage.page, size, scale);
    const QImage image = test::picture(*stage.page, size, scale);
    QVERIFY(image.save(test::shotsFolder().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(test::lookFaults(*stage.page).join(QLatin1Char('\n')), QString());
    QCOMPARE(test::contrastFaults(*stage.page, image).join(QLatin1Char('\n')), QString());
    if (scale > 1 || state == QLatin1String("failed"))
        return;

    // Tiles: as wide as each other, their bars in the states' colours unless nobody knows how it stands now.
    const Tokens &t = stage.theme.tokens();
    const QRect tiles(stage.tiles().mapTo(stage.page.get(), QPoint(0, 0)), stage.tiles().size());
    const bool content = state != QLatin1String("loading");
    QCOMPARE(test::pixels(image, tiles, t.ok) > 100, content && state != QLatin1String("stale"));
    QCOMPARE(test::pixels(image, tiles, t.bad) > 20, content && state != QLatin1String("stale") && state != QLatin1String("healthy"));
    for (int i = 1; i < TileBar::tiles; ++i)
        QVERIFY(qAbs(stage.tiles().tile(i).width() - stage.tiles().tile(0).width()) <= 1);
    // Charts stand under each other, none of them squeezed away.
    const auto cards = stage.page->findChildren<ChartCard *>();
    for (ChartCard *card : cards) {
        QVERIFY(card->height() >= 120);
        QVERIFY(card->width() >= 300);
        QCOMPARE(card->x(), cards[0]->x());
    }
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsOverview>(argc, argv);
}

#include "tst_shots_overview.moc"
