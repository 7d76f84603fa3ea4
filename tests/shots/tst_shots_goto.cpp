// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of what lies over the window: where to go, which namespaces, which context; written to shots/ beside this program, and what must be
// true of them.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/windowworld.h"

#include "ui/widgets/dropbutton.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/text.h"
#include "ui/window/gotodelegate.h"
#include "ui/window/gotofield.h"
#include "ui/window/gotolist.h"
#include "ui/window/headerbar.h"
#include "ui/window/mainwindow.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/switchform.h"

#include <QApplication>
#include <QDir>
#include <QImage>
#include <QListView>
#include <QPainter>
#include <QTest>

namespace fairlead {

using namespace ui;

namespace {

/// The window with a popup of it, which is a window of its own, drawn where it lies.
QImage withPopup(QWidget &window, QWidget *popup, QSize size, double scale)
{
    QImage image = test::picture(window, size, scale);
    if (popup == nullptr)
        return image;
    QPainter painter(&image);
    popup->render(&painter, popup->pos() - window.mapToGlobal(QPoint()));
    return image;
}

} // namespace

class TestShotsGoTo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = QDir(QCoreApplication::applicationDirPath());
        QVERIFY(m_folder.mkpath(QStringLiteral("shots")) && m_folder.cd(QStringLiteral("shots")));
    }

    void everyState_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("scale");
        for (const char *state :
            {"goto", "goto-begin", "goto-nothing", "namespaces", "namespaces-several", "namespaces-typed", "switch", "switch-here"}) {
            for (const QSize size : {QSize(1280, 800), QSize(1920, 1200)}) {
                for (const bool dark : {false, true}) {
                    for (const double scale : {1.0, 2.0}) {
                        QTest::addRow("window-%s-%dx%d-%d-%s", state, size.width(), size.height(), int(scale * 100), dark ? "dark" : "light")
                            << QString::fromLatin1(state) << size << dark << scale;
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
        test::WindowWorld world;
        world.list.contexts.resize(5); // as drawn
        if (state == QLatin1String("namespaces-typed"))
            world.server("staging-eu")
                .refuse(
                    "/api/v1/namespaces", 403, "Forbidden", "namespaces is forbidden: User dev cannot list resource namespaces at the cluster scope");
        Settings settings{QString()};
        contexts::ContextBook book(world, world.clock, settings);
        world.settle();
        MainWindow window(theme, settings, world, book);
        (void)test::picture(window, size);
        window.go({.page = "resources", .kind = "pods"});
        world.settle();
        auto *field = window.findChild<GoToField *>();
        auto *popup = window.findChild<HeaderBar *>()->namespaces();
        QWidget *over = nullptr;
        if (state.startsWith(QLatin1String("goto"))) {
            field->open();
            QTest::keyClicks(field, state == QLatin1String("goto")           ? QStringLiteral("pay")
                                    : state == QLatin1String("goto-nothing") ? QStringLiteral("nowhere")
                                                                             : QString());
            world.settle();
            QVERIFY(field->isOpen());
            over = window.findChild<GoToList *>();
        } else if (state.startsWith(QLatin1String("namespaces"))) {
            QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
            world.settle();
            QVERIFY(popup->isVisible());
            auto *filter = popup->findChild<SearchField *>();
            if (state == QLatin1String("namespaces-typed"))
                QTest::keyClicks(filter, QStringLiteral("team-x"));
            if (state == QLatin1String("namespaces-several")) {
                for (const char *name : {"payments", "search"}) {
                    QTest::keyClicks(filter, QString::fromLatin1(name));
                    QTest::keyClick(filter, Qt::Key_Space);
                    filter->clear();
                }
            }
            world.settle();
            over = popup;
        } else {
            QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
            over = window.findChild<HeaderBar *>()->contexts();
            QVERIFY(over->isVisible());
            if (state == QLatin1String("switch"))
                QTest::keyClicks(over->findChild<SearchField *>(), QStringLiteral("pro"));
            world.settle();
        }
        const QImage image = withPopup(window, over->isWindow() ? over : nullptr, size, scale);
        QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
        QCOMPARE(image.size(), size * scale);

        QStringList faults = over->isWindow() ? test::lookFaults(*over) : QStringList();
        faults += test::contrastFaults(*over, over->isWindow() ? test::picture(*over, over->size(), scale) : image);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
        // It lies inside the window, and over what it opens from nothing is cut.
        const QRect place(over->mapToGlobal(QPoint()) - window.mapToGlobal(QPoint()), over->size());
        QVERIFY2(window.rect().contains(place),
            qPrintable(QStringLiteral("%1,%2 %3x%4").arg(place.x()).arg(place.y()).arg(place.width()).arg(place.height())));
        if (state.startsWith(QLatin1String("goto")))
            checkGoTo(*field, *static_cast<GoToList *>(over), theme);
        if (state.startsWith(QLatin1String("namespaces")))
            checkNamespaces(*popup, state);
        if (over->isWindow())
            over->close();
    }

private:
    void checkGoTo(const GoToField &field, const GoToList &list, const Theme &theme)
    {
        QCOMPARE(field.width(), 640); // the design's figures, not our constants
        QCOMPARE(list.width(), field.width());
        QCOMPARE(list.x(), field.mapTo(field.window(), QPoint()).x());
        const auto *rows = list.findChild<QListView *>();
        if (!rows->isVisible())
            return;
        QCOMPARE(rows->visualRect(rows->model()->index(0, 0)).height(), 27);
        QVERIFY(rows->currentIndex().row() == 0);
        // No row is cut off at the lower end.
        QCOMPARE(rows->viewport()->height() % 27, 0);
        (void)theme;
    }

    void checkNamespaces(const NamespacePopup &popup, const QString &state)
    {
        const auto *rows = popup.findChild<QListView *>();
        QCOMPARE(rows->visualRect(rows->model()->index(0, 0)).height(), 24);
        QVERIFY(rows->currentIndex().isValid());
        QStringList said;
        for (const auto *label : popup.findChildren<PlainLabel *>()) {
            if (label->isVisible())
                said << label->text();
        }
        if (state == QLatin1String("namespaces-typed")) {
            QVERIFY2(said.join(QLatin1Char(' ')).contains(QStringLiteral("namespaces is forbidden")), qPrintable(said.join(QLatin1Char('\n'))));
            QCOMPARE(rows->currentIndex().data(items::NamespaceChoice::NameRole).toString(), QStringLiteral("team-x"));
        } else {
            QVERIFY(rows->model()->rowCount() >= 12); // all, and each
        }
    }

    QDir m_folder;
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsGoTo>(argc, argv);
}

#include "tst_shots_goto.moc"
