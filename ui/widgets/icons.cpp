// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include "ui/widgets/pixels.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPen>
#include <QPixmapCache>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string>

namespace fairlead::ui {

namespace {

struct Drawing {
    std::string_view name;
    /// M x y, L x y, H x, V y, C x1 y1 x2 y2 x y, Z as in SVG, absolute only; O cx cy r is a circle, R x y w h r a rounded
    /// rectangle.
    const char *path;
};

/// In the order of Icon, which is that of the names.
constexpr std::array<Drawing, icons> drawings{{
    {"account", "R 2.5 3.5 11 9 1 O 5.8 7 1.3 M 3.9 10.3 C 4.2 8.7 7.4 8.7 7.7 10.3 M 9.5 6.5 H 11.5 M 9.5 9.5 H 11.5"},
    {"address", "O 8 6.3 1.6 M 8 14 C 5.5 11 3.8 8.8 3.8 6.4 C 3.8 0.9 12.2 0.9 12.2 6.4 C 12.2 8.8 10.5 11 8 14 Z"},
    {"api", "M 5.5 4 L 2 8 L 5.5 12 M 10.5 4 L 14 8 L 10.5 12 M 9 3 L 7 13"},
    {"apply", "M 8 2.5 V 10 M 5 7 L 8 10 L 11 7 M 3 13 H 13"},
    {"arrow", "M 2.5 8 H 13 M 9.5 4.5 L 13 8 L 9.5 11.5"},
    {"begin", "M 4 4 V 12 M 12 4 L 6.5 8 L 12 12 Z"},
    {"binding", "O 5.5 5 2.2 M 1.5 12.5 C 1.5 8 9.5 8 9.5 12.5 M 10.5 8 H 14.5 M 12.5 6 V 10"},
    {"budget", "M 8 2 L 13 4 V 8 C 13 11 11 13 8 14 C 5 13 3 11 3 8 V 4 Z M 5.5 8 L 7.3 9.8 L 10.5 6.2"},
    {"certificate", "R 2.5 3.5 11 7 0.5 M 5 6 H 9 M 5 8 H 7 O 11 10.5 1.8 M 10 12 V 14 M 12 12 V 14"},
    {"chart", "M 2.5 2.5 V 13.5 H 13.5 M 4.5 10.5 L 7.5 7 L 9.5 9 L 13 4.5"},
    {"check", "M 3.5 8.5 L 6.5 11.5 L 12.5 4.5"},
    {"claim",
        "M 3 4.5 C 3 2 13 2 13 4.5 V 7 M 3 4.5 V 11.5 C 3 12.7 5.2 13.3 7.5 13.4 M 3 4.5 C 3 7 13 7 13 4.5 M 9.5 11.5 H 14 M 12 9.5 L 14 11.5 L 12 13.5"},
    {"clock", "O 8 8 5.5 M 8 4.5 V 8 L 10.5 9.5"},
    {"close", "M 4.5 4.5 L 11.5 11.5 M 11.5 4.5 L 4.5 11.5"},
    {"columns", "R 2.5 3.5 11 9 1 M 6.5 3.5 V 12.5 M 10 3.5 V 12.5"},
    {"component",
        "R 4.5 4.5 7 7 0.5 M 6.5 2 V 4.5 M 9.5 2 V 4.5 M 6.5 11.5 V 14 M 9.5 11.5 V 14 M 2 6.5 H 4.5 M 2 9.5 H 4.5 M 11.5 6.5 H 14 M 11.5 9.5 H 14"},
    {"config", "M 4 2.5 H 9.5 L 12.5 5.5 V 13.5 H 4 Z M 6.5 8 H 10 M 6.5 10.5 H 10"},
    {"container", "R 2.5 4.5 11 7 0.5 M 5.5 6.5 V 9.5 M 8 6.5 V 9.5 M 10.5 6.5 V 9.5"},
    {"copy", "R 5.5 5.5 8 8 1 M 10.5 5.5 V 2.5 H 2.5 V 10.5 H 5.5"},
    {"cronjob", "O 8 8 5.5 M 8 4.5 V 8 L 10.5 9.5"},
    {"custom", "M 2.5 5.5 H 5.5 C 4.5 2.5 8.5 2.5 7.5 5.5 H 10.5 V 8.5 C 13.5 7.5 13.5 11.5 10.5 10.5 V 13.5 H 2.5 Z"},
    {"daemonset", "R 5.5 5.5 5 5 0.5 M 2.5 5 V 2.5 H 5 M 11 2.5 H 13.5 V 5 M 13.5 11 V 13.5 H 11 M 5 13.5 H 2.5 V 11"},
    {"deployment", "R 2.5 2.5 7 7 1 M 12 6.5 H 13.5 V 13.5 H 6.5 V 12"},
    {"device", "R 1.5 4.5 13 6 0.5 O 6 7.5 1.5 O 10.5 7.5 1.5 M 3.5 10.5 V 13 M 6.5 10.5 V 12 M 9.5 10.5 V 12"},
    {"diagnose", "M 1.5 8.5 H 4.5 L 6.5 3.5 L 9 12.5 L 11 8.5 H 14.5"},
    {"dockbottom", "R 2.5 3.5 11 9 1 M 2.5 9.5 H 13.5"},
    {"dockright", "R 2.5 3.5 11 9 1 M 9.5 3.5 V 12.5"},
    {"down", "M 4.5 6.5 L 8 10 L 11.5 6.5"},
    {"edit", "M 3 13 L 3.5 10.5 L 10.5 3.5 L 12.5 5.5 L 5.5 12.5 Z"},
    {"end", "M 12 4 V 12 M 4 4 L 9.5 8 L 4 12 Z"},
    {"endpoints", "O 4 8 1.5 O 12 4 1.5 O 12 12 1.5 M 5.4 7.3 L 10.6 4.7 M 5.4 8.7 L 10.6 11.3"},
    {"event", "M 9 2 L 4 9 H 8 L 7 14 L 12 7 H 8 Z"},
    {"external", "M 6.5 3.5 H 3 V 13 H 12.5 V 9.5 M 9 3 H 13 V 7 M 13 3 L 7.5 8.5"},
    {"eye", "M 1.5 8 C 4 3 12 3 14.5 8 C 12 13 4 13 1.5 8 Z O 8 8 1.8"},
    {"fairlead",
        "M 2.5 13.5 V 8 C 2.5 1.5 13.5 1.5 13.5 8 V 13.5 M 5.5 13.5 V 8.5 C 5.5 5.2 10.5 5.2 10.5 8.5 V 13.5 M 1.5 13.5 H 6.5 M 9.5 13.5 H 14.5"},
    {"file", "M 4 2.5 H 9.5 L 12.5 5.5 V 13.5 H 4 Z M 9.5 2.5 V 5.5 H 12.5"},
    {"filter", "M 2.5 4 H 13.5 M 4.5 8 H 11.5 M 6.5 12 H 9.5"},
    {"flow", "M 2 4.5 H 14 M 2 11.5 H 14 M 2 8 C 5 8 5 6.5 8 6.5 C 11 6.5 11 9.5 14 9.5"},
    {"folder", "M 2.5 12.5 V 3.5 H 6.5 L 8 5.5 H 13.5 V 12.5 Z"},
    {"gear",
        "O 8 8 2 M 8 2 V 4 M 8 12 V 14 M 2 8 H 4 M 12 8 H 14 M 3.8 3.8 L 5.2 5.2 M 10.8 10.8 L 12.2 12.2 M 3.8 12.2 L 5.2 10.8 M 10.8 5.2 L 12.2 3.8"},
    {"grip", "M 6 4 V 12 M 10 4 V 12"},
    {"history", "M 3.5 8 C 3.5 2 12.5 2 12.5 8 C 12.5 14 4.5 13.5 3.8 10 M 1.7 6.3 L 3.5 8.2 L 5.4 6.4 M 8 5.5 V 8 L 9.8 9.2"},
    {"info", "O 8 8 5.5 M 8 7.5 V 11 M 8 5 V 5.3"},
    {"ingress", "M 2.5 8 H 10 M 7 5 L 10 8 L 7 11 M 13 3 V 13"},
    {"job", "R 2.5 2.5 11 11 1 M 6.5 5.5 L 10.5 8 L 6.5 10.5 Z"},
    {"journal", "M 3.5 2.5 H 12.5 V 13.5 H 3.5 Z M 6 2.5 V 13.5 M 8 5.5 H 10.5 M 8 8 H 10.5"},
    {"keyboard", "R 1.5 4.5 13 7 1 M 4 7 H 4.3 M 6.5 7 H 6.8 M 9 7 H 9.3 M 11.7 7 H 12 M 5 9.5 H 11"},
    {"lease", "M 4 2.5 H 12 M 4 13.5 H 12 M 5 2.5 V 5 L 8 8 L 5 11 V 13.5 M 11 2.5 V 5 L 8 8 L 11 11 V 13.5"},
    {"left", "M 9.5 4.5 L 6 8 L 9.5 11.5"},
    {"lock", "R 3.5 7.5 9 6 1 M 5.5 7.5 V 5.5 C 5.5 2 10.5 2 10.5 5.5 V 7.5"},
    {"moon", "M 13 9.6 C 9 11.4 4.6 7.4 6.6 2.8 C 1.6 4.2 1.4 11.6 6.4 13.2 C 9.6 14.1 12.3 12.3 13 9.6 Z"},
    {"more", "O 3.5 8 0.6 O 8 8 0.6 O 12.5 8 0.6"},
    {"namespace", "M 5 2.5 H 2.5 V 13.5 H 5 M 11 2.5 H 13.5 V 13.5 H 11"},
    {"node", "R 2.5 3.5 11 4 0.5 R 2.5 8.5 11 4 0.5 M 5 5.5 H 6 M 5 10.5 H 6"},
    {"overview", "R 2.5 2.5 4.5 6 0.5 R 9 2.5 4.5 3.5 0.5 R 9 8 4.5 5.5 0.5 R 2.5 10.5 4.5 3 0.5"},
    {"pause", "M 6 4 V 12 M 10 4 V 12"},
    {"play", "M 5 3.5 L 12.5 8 L 5 12.5 Z"},
    {"plus", "M 8 3.5 V 12.5 M 3.5 8 H 12.5"},
    {"pod", "M 8 2 L 13.2 5 V 11 L 8 14 L 2.8 11 V 5 Z M 2.8 5 L 8 8 L 13.2 5 M 8 8 V 14"},
    {"policy", "M 8 2 L 13 4 V 8 C 13 11 11 13 8 14 C 5 13 3 11 3 8 V 4 Z M 5.5 8 H 10.5"},
    {"priority", "M 3 13.5 V 10.5 M 6.5 13.5 V 8 M 10 13.5 V 5.5 M 13.5 13.5 V 2.5"},
    {"quota", "M 2.5 11.5 C 2.5 3 13.5 3 13.5 11.5 M 8 11 L 10.8 7.2 M 2.5 11.5 H 4 M 12 11.5 H 13.5"},
    {"read", "M 12.5 8 C 12.5 14 3.5 14 3.5 8 C 3.5 3 9.5 2.2 11.8 5.2 M 12.2 2.5 V 5.5 H 9.2"},
    {"record", "O 8 8 5.5 O 8 8 2 O 8 8 1"},
    {"replicaset", "R 2.5 2.5 4.5 4.5 0.5 R 9 2.5 4.5 4.5 0.5 R 2.5 9 4.5 4.5 0.5 R 9 9 4.5 4.5 0.5"},
    {"right", "M 6.5 4.5 L 10 8 L 6.5 11.5"},
    {"role", "O 8 5 2.5 M 3 13.5 C 3 8 13 8 13 13.5"},
    {"runtime", "R 2.5 2.5 11 11 1 M 5 8 C 5 4.7 11 4.7 11 8 C 11 11.3 5 11.3 5 8 Z M 8 8 V 5.5"},
    {"save", "M 8 2.5 V 10 M 5 7 L 8 10 L 11 7 M 2.5 10.5 V 13.5 H 13.5 V 10.5"},
    {"scaler", "R 6 6 4 4 0.5 M 6 2.5 H 2.5 V 6 M 2.5 2.5 L 5 5 M 10 13.5 H 13.5 V 10 M 13.5 13.5 L 11 11"},
    {"search", "O 7 7 4 M 10 10 L 13.5 13.5"},
    {"secret", "O 5 11 2.5 M 6.8 9.2 L 13 3 M 10.5 5.5 L 12.5 7.5"},
    {"service", "O 8 3.5 1.5 O 3.5 12 1.5 O 12.5 12 1.5 M 8 5 V 8 M 8 8 L 4.4 10.8 M 8 8 L 11.6 10.8"},
    {"shield", "M 8 2 L 13 4 V 8 C 13 11 11 13 8 14 C 5 13 3 11 3 8 V 4 Z"},
    {"sidebar", "R 2.5 3.5 11 9 1 M 6.5 3.5 V 12.5"},
    {"statefulset", "R 2.5 2.5 11 3 0.5 R 2.5 6.5 11 3 0.5 R 2.5 10.5 11 3 0.5"},
    {"storage", "M 2.5 9.5 L 4.5 3.5 H 11.5 L 13.5 9.5 V 13 H 2.5 Z M 2.5 9.5 H 13.5 M 10.5 11.3 H 11.5"},
    {"sun",
        "O 8 8 2.6 M 8 1.5 V 3 M 8 13 V 14.5 M 1.5 8 H 3 M 13 8 H 14.5 M 3.4 3.4 L 4.5 4.5 M 11.5 11.5 L 12.6 12.6 M 3.4 12.6 L 4.5 11.5 M 11.5 4.5 L 12.6 3.4"},
    {"table", "R 2.5 3.5 11 9 1 M 2.5 6.5 H 13.5 M 2.5 9.5 H 13.5"},
    {"tape", "O 4.8 7.6 2.6 O 11.2 7.6 2.6 M 4.8 10.2 H 11.2"},
    {"terminal", "R 2.5 3.5 11 9 1 M 5 6.5 L 7 8 L 5 9.5 M 8.5 10 H 11"},
    {"token", "O 5 8 2.5 M 7.5 8 H 13.5 V 10.5 M 11 8 V 10"},
    {"trash", "M 3 4.5 H 13 M 6 4.5 V 2.5 H 10 V 4.5 M 4.5 4.5 L 5 13.5 H 11 L 11.5 4.5"},
    {"tree", "M 3.5 2.5 V 12.5 H 7 M 3.5 7 H 7 M 9 7 H 13 M 9 12.5 H 13 M 3.5 2.5 H 9"},
    {"unlock", "R 3.5 7.5 9 6 1 M 5.5 7.5 V 5 C 5.5 2 9.5 1.6 10.4 4"},
    {"up", "M 4.5 9.5 L 8 6 L 11.5 9.5"},
    {"volume", "M 3 4.5 C 3 2 13 2 13 4.5 V 11.5 C 13 14 3 14 3 11.5 Z M 3 4.5 C 3 7 13 7 13 4.5"},
    {"webhook", "O 8 4.5 2 O 4 11.5 2 O 12 11.5 2 M 7 6.3 L 5 9.8 M 6 11.5 H 10 M 9 6.3 L 11 9.8"},
    {"wheel", "O 8 8 4.5 O 8 8 1.3 M 8 1.5 V 6.5 M 8 9.5 V 14.5 M 1.5 8 H 6.5 M 9.5 8 H 14.5"},
    {"wrap", "M 2.5 4 H 13.5 M 2.5 8 H 11 C 14.4 8 14.4 12.5 11 12.5 H 8 M 10 10.5 L 8 12.5 L 10 14.5 M 2.5 12.5 H 5"},
}};

QPainterPath parsed(const char *text)
{
    QPainterPath path;
    std::istringstream in(text);
    double x = 0;
    double y = 0;
    std::array<double, 4> more{};
    for (char step = 0; in >> step;) {
        switch (step) {
        case 'M':
            in >> x >> y;
            path.moveTo(x, y);
            break;
        case 'L':
            in >> x >> y;
            path.lineTo(x, y);
            break;
        case 'H':
            in >> x;
            path.lineTo(x, y);
            break;
        case 'V':
            in >> y;
            path.lineTo(x, y);
            break;
        case 'C':
            in >> more[0] >> more[1] >> more[2] >> more[3] >> x >> y;
            path.cubicTo(more[0], more[1], more[2], more[3], x, y);
            break;
        case 'Z':
            path.closeSubpath();
            break;
        case 'O':
            in >> more[0] >> more[1] >> more[2];
            path.addEllipse(QPointF(more[0], more[1]), more[2], more[2]);
            break;
        case 'R': {
            double corner = 0;
            in >> more[0] >> more[1] >> more[2] >> more[3] >> corner;
            path.addRoundedRect(QRectF(more[0], more[1], more[2], more[3]), corner, corner);
            break;
        }
        default:
            break;
        }
    }
    return path;
}

/// `size` in device pixels, a side.
QPixmap drawn(Icon icon, const QColor &colour, int size, qreal stroke)
{
    const QString key =
        QStringLiteral("fairlead-icon-%1-%2-%3-%4").arg(int(icon)).arg(colour.rgba(), 0, 16).arg(size).arg(int(std::lround(stroke * 100)));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 16.0, size / 16.0);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(parsed(drawings[std::size_t(icon)].path));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Draws anew for each size and scale, where QIcon's own engine would stretch what it was given.
class PathIconEngine : public QIconEngine {
public:
    PathIconEngine(const Theme &theme, Icon icon, Ink ink)
        : m_theme(theme)
        , m_icon(icon)
        , m_ink(ink)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override { drawIcon(*painter, rect, m_icon, colour(mode)); }
    [[nodiscard]] QIconEngine *clone() const override { return new PathIconEngine(m_theme, m_icon, m_ink); }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        return drawn(m_icon, colour(mode), std::min(size.width(), size.height()), iconStroke);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override { return scaledPixmap(size, mode, state, 1); }

private:
    [[nodiscard]] QColor colour(QIcon::Mode mode) const
    {
        if (mode == QIcon::Disabled)
            return m_theme.tokens().faint;
        // The chosen tab's is as dark as its text.
        return mode == QIcon::Selected && m_ink == &Tokens::muted ? m_theme.tokens().text : m_theme.colour(m_ink);
    }

    const Theme &m_theme;
    Icon m_icon;
    Ink m_ink;
};

} // namespace

Icon iconNamed(std::string_view name)
{
    const auto *found = std::lower_bound(
        drawings.begin(), drawings.end(), name, [](const Drawing &drawing, std::string_view wanted) { return drawing.name < wanted; });
    return found != drawings.end() && found->name == name ? Icon(found - drawings.begin()) : Icon::Custom;
}

std::string_view iconName(Icon icon)
{
    return drawings[std::size_t(icon)].name;
}

void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, qreal stroke)
{
    const qreal scale = deviceScale(painter);
    const qreal side = std::min(rect.width(), rect.height());
    const int size = int(std::lround(side * scale));
    if (size <= 0)
        return;
    QPixmap pixmap = drawn(icon, colour, size, stroke);
    pixmap.setDevicePixelRatio(scale);
    // On whole pixels, or the strokes at .5 of the grid blur.
    painter.drawPixmap(onPixels(painter, rect.center() - QPointF(side / 2, side / 2)), pixmap);
}

QIcon iconOf(const Theme &theme, Icon icon, Ink ink)
{
    return QIcon(new PathIconEngine(theme, icon, ink));
}

} // namespace fairlead::ui
