// SPDX-License-Identifier: GPL-3.0-or-later
// Our own icons: each is drawn, each kind has one, and they stand on whole pixels at every scale.
#include "kinds/kinds.h"
#include "ui/widgets/icons.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <set>

namespace fairlead {

using namespace ui;

class TestIcons : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreThoseOfTheTable();
    void everyIconDrawsSomething();
    void everyKindHasItsIcon();
    void strokesStandOnWholePixels_data();
    void strokesStandOnWholePixels();
    void keptPixmapsAreTheRightOnes();
    void iconOfControlIsSharp();
};

namespace {

QImage drawn(Icon icon, const QColor &colour, double scale, QPointF at = {0, 0})
{
    QImage image(int(24 * scale), int(24 * scale), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::white);
    QPainter painter(&image);
    drawIcon(painter, QRectF(at, QSizeF(16, 16)), icon, colour);
    return image;
}

} // namespace

void TestIcons::namesAreThoseOfTheTable()
{
    std::set<std::string_view> names;
    for (int number = 0; number < icons; ++number) {
        const std::string_view name = iconName(Icon(number));
        QVERIFY(names.insert(name).second);
        QCOMPARE(iconNamed(name), Icon(number)); // the table is sorted: it is searched by halves
    }
    // The enumeration and the table go together: some of each end.
    QCOMPARE(iconName(Icon::Account), std::string_view("account"));
    QCOMPARE(iconName(Icon::CronJob), std::string_view("cronjob"));
    QCOMPARE(iconName(Icon::Pod), std::string_view("pod"));
    QCOMPARE(iconName(Icon::Wrap), std::string_view("wrap"));
    QCOMPARE(iconNamed("no such icon"), Icon::Custom);
    QCOMPARE(iconNamed(""), Icon::Custom);
    QCOMPARE(iconNamed("zzz"), Icon::Custom);
}

void TestIcons::everyIconDrawsSomething()
{
    for (int number = 0; number < icons; ++number) {
        const QImage image = drawn(Icon(number), Qt::black, 1, {4, 4});
        int dark = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const bool ink = qGray(image.pixel(x, y)) < 160;
                dark += ink ? 1 : 0;
                // Nothing leaves the 16 grid, where a neighbour stands.
                QVERIFY2(!ink || (x >= 4 && x < 20 && y >= 4 && y < 20), iconName(Icon(number)).data());
            }
        }
        QVERIFY2(dark >= 6, iconName(Icon(number)).data());
    }
}

void TestIcons::everyKindHasItsIcon()
{
    QVERIFY(kinds::allKinds().size() > 40);
    for (const kinds::Kind *kind : kinds::allKinds())
        QVERIFY2(iconName(iconNamed(kind->icon)) == kind->icon, std::string(kind->icon).c_str());
    const kinds::Kind &unknown = kinds::kindOf("example.com", "widgets");
    QCOMPARE(iconNamed(unknown.icon), Icon::Custom);
}

void TestIcons::strokesStandOnWholePixels_data()
{
    QTest::addColumn<double>("scale");
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("150 %") << 1.5;
    QTest::newRow("200 %") << 2.0;
}

void TestIcons::strokesStandOnWholePixels()
{
    QFETCH(double, scale);
    // Wherever it is asked for, its pixels are the same, moved: it was not laid between two.
    const QImage whole = drawn(Icon::Table, Qt::black, scale, {4, 4});
    for (const QPointF at : {QPointF(5, 3), QPointF(4.3, 4.4), QPointF(3, 6)}) {
        const QImage moved = drawn(Icon::Table, Qt::black, scale, at);
        const QPoint by(qRound(at.x() * scale) - qRound(4 * scale), qRound(at.y() * scale) - qRound(4 * scale));
        const QRect middle(8, 8, int(10 * scale), int(10 * scale));
        QCOMPARE(moved.copy(middle.translated(by)), whole.copy(middle));
    }
}

void TestIcons::keptPixmapsAreTheRightOnes()
{
    const QImage black = drawn(Icon::Pod, Qt::black, 1);
    QVERIFY(drawn(Icon::Pod, Qt::red, 1) != black);
    QVERIFY(drawn(Icon::Job, Qt::black, 1) != black);
    QCOMPARE(drawn(Icon::Pod, Qt::black, 2).size(), QSize(48, 48));
    QCOMPARE(drawn(Icon::Pod, Qt::black, 1), black);
}

void TestIcons::iconOfControlIsSharp()
{
    Theme theme(Scheme::Light);
    const QIcon icon = iconOf(theme, Icon::Trash, &Tokens::bad);
    const auto painted = [&icon](QIcon::Mode mode) {
        QImage image(24, 24, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        icon.paint(&painter, QRect(0, 0, 16, 16), Qt::AlignCenter, mode);
        return image;
    };
    QCOMPARE(painted(QIcon::Normal), drawn(Icon::Trash, theme.tokens().bad, 1));
    QCOMPARE(painted(QIcon::Disabled), drawn(Icon::Trash, theme.tokens().faint, 1));
    theme.setScheme(Scheme::Dark); // the same icon follows
    QCOMPARE(painted(QIcon::Normal), drawn(Icon::Trash, tokens(Scheme::Dark).bad, 1));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    fairlead::TestIcons test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_icons.moc"
