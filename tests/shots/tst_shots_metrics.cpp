// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of an object's metrics in every state, written to shots/ beside this program, and what must be true of them.
#include "support/lookasserts.h"
#include "support/objectworld.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "ui/metrics/usagechart.h"
#include "ui/metrics/usageview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QImage>
#include <QTest>

#include <cmath>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;

namespace {

const std::string podName = "payments-api-7d9f6c5b84-x2k4q";

/// Half an hour of a container that is killed by its limit again and again, and was not seen for five minutes.
QList<UsageChart::Sample> samples(double most)
{
    QList<UsageChart::Sample> all;
    const Moment begin = *parseTime("2026-11-24T14:08:00Z");
    for (int i = 0; i < 120; ++i) {
        if (i >= 50 && i < 70)
            continue;
        all.append({begin + std::chrono::seconds(15 * i), most * (0.12 + 0.8 * double(i % 24) / 24 + 0.03 * std::sin(i))});
    }
    return all;
}

} // namespace

class TestShotsMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyState_data()
    {
        test::addShotRows("metrics", {"content", "first", "absent", "failing", "loading"}, {QSize(1068, 232), QSize(1068, 600)}, {1.0, 2.0},
            [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.height() > 300); });
    }
    void everyState();
};

void TestShotsMetrics::everyState()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    const Theme theme(dark ? Scheme::Dark : Scheme::Light);
    theme.applyTo(*qApp);
    ObjectWorld world;
    world.addPayments();
    if (state == QLatin1String("loading"))
        world.offerMetrics([](const net::Request &) { return test::held(); });
    else if (state == QLatin1String("failing"))
        world.offerMetrics([](const net::Request &) {
            return test::refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request (get pods.metrics.k8s.io)");
        });
    else if (state != QLatin1String("absent"))
        world.offerMetrics([](const net::Request &) { return test::answer(ObjectWorld::podMetrics("payments", podName, "41m", "238Mi")); });
    UsageView view(theme, world.cluster(), ObjectWorld::pods(), "payments", podName);
    (void)test::picture(view, size, scale);
    world.settle();
    QVERIFY(QTest::qWaitFor(
        [&] {
            world.settle();
            return view.isComplete() || state == QLatin1String("loading");
        },
        10'000));
    if (state == QLatin1String("content")) {
        const auto charts = view.findChildren<UsageChart *>();
        charts[0]->show({.samples = samples(0.25), .most = 0.25, .asked = 0.1});
        charts[1]->show({.samples = samples(256.0 * 1048576), .most = 256.0 * 1048576, .asked = 64.0 * 1048576});
    }
    (void)test::picture(view, size, scale);
    const QImage image = test::picture(view, size, scale);
    QVERIFY(image.save(test::shotsFolder().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(test::lookFaults(view).join(QLatin1Char('\n')), QString());
    QCOMPARE(test::contrastFaults(view, image).join(QLatin1Char('\n')), QString());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsMetrics>(argc, argv);
}

#include "tst_shots_metrics.moc"
