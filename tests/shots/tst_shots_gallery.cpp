// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of every control in every state, written to shots/ beside this program, and what must be true of the theme.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "ui/gallery/gallerypage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QHeaderView>
#include <QPainter>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>
#include <QTimer>

#include <array>
#include <map>

namespace fairlead {

using namespace ui;

class TestShotsGallery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyPicture_data();
    void everyPicture();
    void textHasContrast_data();
    void textHasContrast();
    void marksHaveContrast_data();
    void marksHaveContrast();
    void statesCanBeToldInGrey();
    void themeChangesWhileShown();

private:
    QDir m_folder;
};

namespace {

void schemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

} // namespace

void TestShotsGallery::initTestCase()
{
    m_folder = test::shotsFolder();
    QVERIFY(m_folder.exists());
}

void TestShotsGallery::everyPicture_data()
{
    test::addShotRows("gallery", {"controls", "icons", "states", "lists"}, {{1280, 800}, {1920, 1200}}, {1.0, 1.5, 2.0},
        [](bool, QSize size, double scale) { return scale == 1.5 && size.width() != 1280; });
}

void TestShotsGallery::everyPicture()
{
    QFETCH(QString, state); // a part of it
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    QFETCH(double, scale);
    const Theme theme(dark ? Scheme::Dark : Scheme::Light);
    theme.applyTo(*qApp);
    GalleryPage page(theme, {.tab = state.toStdString()});
    const QImage image = test::picture(page, size, scale);
    QCOMPARE(image.size(), size * scale);
    QVERIFY(image.save(m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(page.destination().tab, state.toStdString());
    const QStringList faults = test::lookFaults(page) + test::contrastFaults(page, image);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    QCOMPARE(test::groundOf(image, QRect(QPoint(0, 0), size)), theme.tokens().surface);
    if (state == QLatin1String("states")) {
        // Each state is seen whole; rows may go on below.
        for (const auto *area : page.findChildren<QScrollArea *>())
            QVERIFY2(!area->isVisible() || area->verticalScrollBar()->maximum() == 0,
                qPrintable(QStringLiteral("%1: %2").arg(area->accessibleName()).arg(area->verticalScrollBar()->maximum())));
    }
}

void TestShotsGallery::textHasContrast_data()
{
    schemes();
}

void TestShotsGallery::textHasContrast()
{
    QFETCH(bool, dark);
    const Tokens t = tokens(dark ? Scheme::Dark : Scheme::Light);
    std::map<std::string, QColor> grounds{
        {"surface", t.surface}, {"raised", t.raised}, {"sunken", t.sunken}, {"hover", t.hover}, {"select", t.select}, {"selectOff", t.selectOff}};
    for (const Shape shape : {Shape::Ok, Shape::Progress, Shape::Warn, Shape::Bad, Shape::Idle, Shape::Unknown}) {
        grounds.emplace("notice " + std::to_string(int(shape)), tint(t, shapeColour(t, shape)));
        // A chip that is on: its count in the state's own colour on more of it.
        const QColor chip = mix(t.surface, shapeColour(t, shape), dark ? 0.20 : 0.10);
        QVERIFY2(contrast(shapeColour(t, shape), chip) >= 4.5, qPrintable(QString::number(contrast(shapeColour(t, shape), chip))));
        QVERIFY(contrast(t.text, chip) >= 4.5);
    }
    const std::map<std::string, QColor> inks{{"text", t.text}, {"muted", t.muted}, {"ok", t.ok}, {"progress", t.progress}, {"warn", t.warn},
        {"bad", t.bad}, {"idle", t.idle}, {"unknown", t.unknown}, {"accent", t.accent}};
    for (const auto &[groundName, ground] : grounds) {
        for (const auto &[inkName, ink] : inks) {
            const double is = contrast(ink, ground);
            QVERIFY2(is >= 4.5,
                qPrintable(QStringLiteral("%1 on %2: %3").arg(QString::fromStdString(inkName), QString::fromStdString(groundName)).arg(is)));
        }
    }
    // Filled buttons, also under the pointer and while they are held; they only get darker.
    for (const QColor &fill : {t.accentFill, t.dangerFill}) {
        for (const double share : {0.0, 0.08, 0.16})
            QVERIFY(contrast(t.onFill, mix(fill, Qt::black, share)) >= 4.5);
    }
    const Theme theme(dark ? Scheme::Dark : Scheme::Light);
    const QPalette palette = theme.palette();
    QVERIFY(contrast(palette.color(QPalette::ToolTipText), palette.color(QPalette::ToolTipBase)) >= 4.5);
    QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5);
    QVERIFY(contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
}

void TestShotsGallery::marksHaveContrast_data()
{
    schemes();
}

void TestShotsGallery::marksHaveContrast()
{
    QFETCH(bool, dark);
    const Tokens t = tokens(dark ? Scheme::Dark : Scheme::Light);
    for (const QColor &ground : {t.surface, t.raised, t.sunken, t.hover, t.select, t.selectOff}) {
        for (const Shape shape : {Shape::Ok, Shape::Progress, Shape::Warn, Shape::Bad, Shape::Idle, Shape::Unknown})
            QVERIFY(contrast(shapeColour(t, shape), ground) >= 3);
        QVERIFY(contrast(t.muted, ground) >= 3);  // icons
        QVERIFY(contrast(t.accent, ground) >= 3); // focus ring, selection bar
    }
    QVERIFY(contrast(t.onFill, t.accentFill) >= 3); // a check mark; the ring inside of a filled button
    QVERIFY(contrast(t.accentFill, t.surface) >= 3);
    for (int number = 0; number < contextColours; ++number) {
        QVERIFY(contrast(contextColour(t.scheme, number), t.surface) >= 3);
        QVERIFY(contrast(contextColour(t.scheme, number), t.raised) >= 3);
    }
}

void TestShotsGallery::statesCanBeToldInGrey()
{
    // All in one colour, no two shapes share more than two thirds of their ink.
    const auto drawn = [](Shape shape) {
        QImage image(16, 16, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        drawShape(painter, QRectF(0, 0, 16, 16), shape, Qt::black);
        return image;
    };
    const std::array shapes{Shape::Ok, Shape::Progress, Shape::Warn, Shape::Bad, Shape::Idle, Shape::Unknown};
    for (const Shape one : shapes) {
        for (const Shape other : shapes) {
            if (one == other)
                continue;
            const QImage a = drawn(one);
            const QImage b = drawn(other);
            int both = 0;
            int any = 0;
            for (int y = 0; y < 16; ++y) {
                for (int x = 0; x < 16; ++x) {
                    const bool inA = qGray(a.pixel(x, y)) < 128;
                    const bool inB = qGray(b.pixel(x, y)) < 128;
                    both += inA && inB ? 1 : 0;
                    any += inA || inB ? 1 : 0;
                }
            }
            QVERIFY2(both * 3 < any * 2, qPrintable(QStringLiteral("%1 and %2: %3 of %4").arg(int(one)).arg(int(other)).arg(both).arg(any)));
        }
    }
}

void TestShotsGallery::themeChangesWhileShown()
{
    // A page that was made in light and turned dark is, pixel by pixel, the page that was made in dark.
    for (const char *part : {"controls", "icons", "states", "lists"}) {
        Theme dark(Scheme::Dark);
        dark.applyTo(*qApp);
        GalleryPage made(dark, {.tab = part});
        const QImage wanted = test::picture(made, {1280, 800});
        made.hide();
        Theme theme(Scheme::Light);
        theme.applyTo(*qApp);
        GalleryPage page(theme, {.tab = part});
        const QImage light = test::picture(page, {1280, 800});
        QVERIFY(light != wanted);
        // Widgets are told of a new palette only while the program runs.
        QImage turned;
        QTimer::singleShot(0, &page, [&] {
            theme.setScheme(Scheme::Dark);
            theme.applyTo(*qApp);
            // Posted, not sent: widgets hear of it in the next turn.
            QTimer::singleShot(0, &page, [&] {
                turned = test::picture(page, {1280, 800});
                QCoreApplication::quit();
            });
        });
        QCOMPARE(QApplication::exec(), 0);
        // The header names the scheme that it was made in.
        for (QImage *image : {&turned, const_cast<QImage *>(&wanted)}) {
            QPainter painter(image);
            painter.fillRect(QRect(60, 0, 100, 34), Qt::black);
        }
        if (turned != wanted)
            turned.save(m_folder.filePath(QStringLiteral("gallery-turned-%1.png").arg(QLatin1String(part))));
        QCOMPARE(turned, wanted);
    }
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsGallery>(argc, argv);
}

#include "tst_shots_gallery.moc"
