// SPDX-License-Identifier: GPL-3.0-or-later
// The metrics of one object: asked for only while they are looked at, every state in words, lines with gaps.
#include "support/lookasserts.h"
#include "support/objectworld.h"
#include "support/offscreenmain.h"

#include "ui/metrics/usagechart.h"
#include "ui/metrics/usageview.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;
using namespace std::chrono_literals;

namespace {

const std::string podName = "payments-api-7d9f6c5b84-x2k4q";

Moment at(std::chrono::seconds seconds)
{
    return Moment(seconds);
}

} // namespace

class TestMetricsGui : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Scheme::Light);
        m_theme->applyTo(*qApp);
        m_world = std::make_unique<ObjectWorld>();
        m_world->addPayments();
    }
    void cleanup()
    {
        m_view.reset();
        m_world.reset();
    }

    void whatItUsesAndMayUse();
    void onlyWhileItIsLookedAt();
    void absentIsSaid();
    void aPodThatIsNotKnownYetIsSaid();
    void failingIsSaidAndTriedAgain();
    void gapsAreGaps();

private:
    UsageView &open()
    {
        m_view = std::make_unique<UsageView>(*m_theme, m_world->cluster(), ObjectWorld::pods(), "payments", podName);
        return *m_view;
    }
    UsageView &shown()
    {
        open();
        (void)test::picture(*m_view, {1068, 500});
        m_world->settle();
        (void)test::picture(*m_view, {1068, 500});
        return *m_view;
    }
    /// All labels that can be seen.
    [[nodiscard]] QString said() const
    {
        QStringList all;
        for (const PlainLabel *label : m_view->findChildren<PlainLabel *>()) {
            if (label->isVisibleTo(m_view.get()))
                all << label->text();
        }
        return all.join(QLatin1Char('\n'));
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ObjectWorld> m_world;
    std::unique_ptr<UsageView> m_view;
};

void TestMetricsGui::whatItUsesAndMayUse()
{
    m_world->offerMetrics(
        [](const net::Request &) { return test::answer(ObjectWorld::podMetrics("payments", podName, "41m", "64Mi", "2026-11-24T14:39:50Z")); });
    open();
    QSignalSpy completed(m_view.get(), &UsageView::completed);
    (void)test::picture(*m_view, {1068, 500});
    m_world->settle();
    QTRY_COMPARE(completed.size(), 1);
    QTRY_VERIFY2(said().contains(QStringLiteral("now 64 Mi, ")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("now 41m")), qPrintable(said()));
    QCOMPARE(m_view->series().samples().size(), std::size_t(1));
    QVERIFY2(said().contains(QStringLiteral("watched since 14:39, 1 samples")), qPrintable(said()));
    const auto charts = m_view->findChildren<UsageChart *>();
    QCOMPARE(charts.size(), 2);
    QVERIFY(charts[0]->isVisibleTo(m_view.get()));
    QCOMPARE(charts[0]->shown().samples.size(), 1);
    // What its containers may use, as the pod's own words say it.
    QTRY_COMPARE((m_world->settle(), charts[1]->shown().most), double(384 << 20));
    QCOMPARE(charts[1]->shown().asked, double(192 << 20));
    QVERIFY(!charts[1]->accessibleDescription().isEmpty());
    QCOMPARE(test::lookFaults(*m_view).join(QLatin1Char('\n')), QString());
}

void TestMetricsGui::onlyWhileItIsLookedAt()
{
    int asked = 0;
    m_world->offerMetrics([&asked](const net::Request &) {
        ++asked;
        return test::answer(ObjectWorld::podMetrics("payments", podName, "41m", "64Mi"));
    });
    open();
    m_world->settle();
    QCOMPARE(asked, 0);
    (void)test::picture(*m_view, {600, 300});
    m_world->settle();
    QCOMPARE(asked, 1);
}

void TestMetricsGui::absentIsSaid()
{
    shown();
    QVERIFY2(said().contains(QStringLiteral("This cluster has no metrics API.")), qPrintable(said()));
    QVERIFY(m_view->isComplete());
    QVERIFY(!m_view->findChildren<UsageChart *>()[0]->isVisibleTo(m_view.get()));
}

void TestMetricsGui::aPodThatIsNotKnownYetIsSaid()
{
    m_world->offerMetrics([](const net::Request &) { return test::refusal(404, "NotFound", "podmetrics not found"); });
    shown();
    QTRY_VERIFY2(said().contains(QStringLiteral("Nothing is known of what it uses.")), qPrintable(said()));
}

void TestMetricsGui::failingIsSaidAndTriedAgain()
{
    bool works = false;
    m_world->offerMetrics([&works](const net::Request &) {
        return works ? test::answer(ObjectWorld::podMetrics("payments", podName, "41m", "64Mi"))
                     : test::refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request");
    });
    shown();
    QTRY_VERIFY2(said().contains(QStringLiteral("The metrics API fails.")), qPrintable(said()));
    works = true;
    const auto buttons = m_view->findChildren<QAbstractButton *>();
    const auto retry = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton *button) { return button->isVisible(); });
    QVERIFY(retry != buttons.end());
    (*retry)->click();
    m_world->settle();
    QTRY_COMPARE(m_view->series().samples().size(), std::size_t(1));
}

void TestMetricsGui::gapsAreGaps()
{
    const QList<UsageChart::Sample> samples = {{at(0s), 1}, {at(15s), 2}, {at(110s), 3}, {at(206s), 4}, {at(221s), 5}};
    const auto runs = UsageChart::runs(samples);
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[0], (QList<QPointF>{{0, 1}, {15000, 2}, {110000, 3}}));
    QCOMPARE(runs[1], (QList<QPointF>{{206000, 4}, {221000, 5}}));
    QVERIFY(UsageChart::runs({}).isEmpty());
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestMetricsGui>(argc, argv);
}

#include "tst_metrics_gui.moc"
