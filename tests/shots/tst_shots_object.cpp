// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the object's page and of its pane in both places, in every state, written to shots/ beside this program, and what must be true of them.
#include "support/lookasserts.h"
#include "support/objectworld.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "ui/object/factgrid.h"
#include "ui/object/noticeline.h"
#include "ui/object/objectview.h"
#include "ui/object/summaryview.h"
#include "ui/object/yamleditor.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QTest>

namespace fairlead {

using namespace ui;
using test::ObjectWorld;

namespace {

const std::string podPath = "/api/v1/namespaces/payments/pods";
const char *podName = "payments-api-7d9f6c5b84-x2k4q";

kube::Resource jobs()
{
    return {.id = {"batch", "v1", "jobs"}, .kind = "Job", .singular = "job", .verbs = {"get"}, .namespaced = true, .preferred = true};
}

} // namespace

class TestShotsObject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = test::shotsFolder();
        QVERIFY(m_folder.exists());
    }

    void everyState_data()
    {
        test::shotColumns();
        struct State {
            const char *name;
            QSize size;
        };
        // The pane below at 1280, at the right at 1920, the page at both.
        const State states[] = {{"pane-summary", {1068, 232}}, {"pane-events", {1068, 232}}, {"pane-yaml", {1068, 232}},
            {"right-summary", {500, 1070}}, {"right-yaml", {500, 1070}}, {"page-summary", {1068, 706}}, {"page-yaml", {1068, 706}},
            {"page-events", {1068, 706}}, {"page-job", {1068, 706}}, {"page-summary", {1708, 1106}}, {"page-gone", {1068, 706}},
            {"page-missing", {1068, 706}}, {"page-forbidden", {1068, 706}}, {"page-loading", {1068, 706}}, {"page-stale", {1068, 706}}};
        for (const State &state : states) {
            for (const bool dark : {false, true}) {
                for (const double scale : {1.0, 2.0}) {
                    if (scale == 2.0 && QLatin1String(state.name) != QLatin1String("page-summary") &&
                        QLatin1String(state.name) != QLatin1String("page-yaml"))
                        continue;
                    test::addShotRow("object", state.name, dark, state.size, scale);
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
        ObjectWorld world;
        world.addPayments();
        world.addReport();
        if (state == QLatin1String("page-forbidden")) {
            world.refuse(podPath, 403, "Forbidden", "pods is forbidden: User dev cannot list resource pods in API group in the namespace payments");
            world.server().on(net::Verb::Get, podPath + "/secret-pod",
                test::refusal(403, "Forbidden", "pods secret-pod is forbidden: User dev cannot get resource pods"));
        }
        ObjectView view(theme, world.cluster(), {}, state.startsWith(QLatin1String("page")) ? ObjectView::Where::Page : ObjectView::Where::Pane);
        view.setDock(state.startsWith(QLatin1String("right")) ? DetailPane::Dock::Right : DetailPane::Dock::Below);
        const QString what = state.section(QLatin1Char('-'), 1);
        view.setTab(what == QLatin1String("yaml") || what == QLatin1String("events") ? what.toStdString() : "summary");
        (void)test::picture(view, size);
        if (what == QLatin1String("job"))
            view.showObject(jobs(), "data", "daily-report-29381640");
        else
            view.showObject(ObjectWorld::pods(), "payments",
                what == QLatin1String("missing")     ? "no-such-pod"
                : what == QLatin1String("forbidden") ? "secret-pod"
                                                     : podName);
        if (what != QLatin1String("loading"))
            world.settle();
        if (what == QLatin1String("gone"))
            world.remove(podPath, podName);
        if (what == QLatin1String("stale")) {
            world.refuse(podPath, 503, "ServiceUnavailable", "the server is currently unable to handle the request");
            world.server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podPath);
        }
        if (what != QLatin1String("loading"))
            world.settle();
        // Layouts follow their contents in posted events.
        (void)test::picture(view, size);
        if (what != QLatin1String("loading"))
            world.settle();
        if (what == QLatin1String("stale"))
            QTRY_VERIFY((world.settle(), view.findChild<NoticeLine *>()->accessibleName().startsWith(QLatin1String("No word from the server"))));
        if (what == QLatin1String("loading"))
            QTRY_VERIFY(view.findChild<PlaceholderRows *>()->isVisible());
        view.setFocus(Qt::OtherFocusReason);
        const QImage image = test::picture(view, size, scale);
        QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
        QCOMPARE(image.size(), size * scale);
        QCOMPARE(view.isComplete(), what != QLatin1String("loading"));

        const QStringList faults = test::lookFaults(view) + test::contrastFaults(view, image);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));

        // What is wrong is said first, and whole.
        auto *notice = view.findChild<NoticeLine *>();
        QVERIFY(notice != nullptr);
        QCOMPARE(notice->isVisible(), what != QLatin1String("missing") && what != QLatin1String("forbidden") && what != QLatin1String("loading"));
        if (what == QLatin1String("summary"))
            QVERIFY2(notice->accessibleName().startsWith(QLatin1String("Container api was killed for using more memory than its limit of 256Mi")),
                qPrintable(notice->accessibleName()));
        if (what == QLatin1String("job"))
            QVERIFY(notice->accessibleName().startsWith(QLatin1String("Gave up after 4 tries (back-off limit 3)")));
        if (auto *summary = view.findChild<SummaryView *>(); summary->isVisible())
            QCOMPARE(summary->columns(), size.width() <= 500 ? 1 : size.height() < 400 ? 3 : 2);
    }

private:
    QDir m_folder;
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsObject>(argc, argv);
}

#include "tst_shots_object.moc"
