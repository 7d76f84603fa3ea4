// SPDX-License-Identifier: GPL-3.0-or-later
// A name in a list of matches: what was looked for stands out, what a controller has made up stands back.
#include "support/offscreenmain.h"
#include "ui/window/matchtext.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTest>

namespace fairlead {

using namespace ui;

class TestMatchText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_theme.applyTo(*qApp); }
    void theTailIsMuted();
    void theMatchStandsOutInTheTailToo();

private:
    [[nodiscard]] QImage drawn(QPoint match, int stem) const;
    /// Whether a pixel at x from `from` to before `to` is of just this colour.
    [[nodiscard]] static bool has(const QImage &image, int from, int to, const QColor &colour);

    const Theme m_theme{Scheme::Light};
    const QString m_name = QStringLiteral("IIIIIIIIIIlllllllllllllllllllll"); // upright strokes: pixels of the whole ink
    const int m_stem = 10;
};

QImage TestMatchText::drawn(QPoint match, int stem) const
{
    QImage image(600, 48, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(m_theme.tokens().surface);
    QPainter painter(&image);
    (void)drawMatch(painter, m_theme, QRectF(0, 0, 300, 24), m_name, match, m_theme.tokens().text, stem);
    return image;
}

bool TestMatchText::has(const QImage &image, int from, int to, const QColor &colour)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = from; x < to; ++x) {
            if (image.pixel(x, y) == colour.rgb())
                return true;
        }
    }
    return false;
}

void TestMatchText::theTailIsMuted()
{
    const QColor text = m_theme.tokens().text;
    const QColor muted = m_theme.tokens().muted;
    const QImage whole = drawn({}, -1);
    QVERIFY(has(whole, 0, 600, text));
    QVERIFY(!has(whole, 0, 600, muted));
    const QImage cut = drawn({}, m_stem);
    // Nothing of the one stands right of anything of the other.
    int border = 0;
    while (border < 600 && !has(cut, border, border + 1, muted))
        ++border;
    QVERIFY(border > 10 && border < 600);
    QVERIFY(has(cut, 0, border, text));
    QVERIFY(!has(cut, border, 600, text));
}

void TestMatchText::theMatchStandsOutInTheTailToo()
{
    const QColor text = m_theme.tokens().text;
    const QImage image = drawn({m_stem + 5, 4}, m_stem);
    int muted = 0;
    while (muted < 600 && !has(image, muted, muted + 1, m_theme.tokens().muted))
        ++muted;
    QVERIFY(muted < 600);
    QVERIFY(has(image, muted, 600, text));          // in bold, behind the first letters of the tail
    QCOMPARE(drawn({0, 0}, -1), drawn({5, 0}, -1)); // no match
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestMatchText>(argc, argv);
}

#include "tst_matchtext.moc"
