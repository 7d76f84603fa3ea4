// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/svgdevice.h"

#include <QBuffer>
#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int dotsPerInch = 96;
constexpr double millimetres = 25.4;

QByteArray number(qreal value)
{
    QByteArray text = QByteArray::number(value, 'f', 2);
    while (text.contains('.') && (text.endsWith('0') || text.endsWith('.')))
        text.chop(1);
    return text == "-0" ? QByteArray("0") : text;
}

QByteArray point(const QPointF &at)
{
    return number(at.x()) + ' ' + number(at.y());
}

QByteArray pathText(const QPainterPath &path)
{
    QByteArray out;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element &each = path.elementAt(i);
        switch (each.type) {
        case QPainterPath::MoveToElement:
            out += 'M' + point(each);
            break;
        case QPainterPath::LineToElement:
            out += 'L' + point(each);
            break;
        case QPainterPath::CurveToElement:
            out += 'C' + point(each);
            break;
        case QPainterPath::CurveToDataElement:
            out += ' ' + point(each);
            break;
        }
    }
    return out;
}

QByteArray escaped(const QString &text)
{
    QString clean;
    for (const QChar each : text) {
        if (each.unicode() >= 0x20 || each == QLatin1Char('\n'))
            clean += each; // XML has no other control characters
    }
    return clean.toHtmlEscaped().toUtf8();
}

} // namespace

class SvgDevice::Engine : public QPaintEngine {
public:
    Engine()
        : QPaintEngine(
              QPaintEngine::PaintEngineFeatures(QPaintEngine::AllFeatures) & ~QPaintEngine::PatternBrush & ~QPaintEngine::PerspectiveTransform)
    {
    }

    bool begin(QPaintDevice *) override { return true; }
    bool end() override
    {
        closeClip();
        return true;
    }
    [[nodiscard]] Type type() const override { return User; }
    void updateState(const QPaintEngineState &) override {}

    void drawPath(const QPainterPath &path) override
    {
        openClip();
        QPainterPath placed = painter()->combinedTransform().map(path);
        body += "<path d=\"" + pathText(placed) + '"';
        if (placed.fillRule() == Qt::OddEvenFill)
            body += " fill-rule=\"evenodd\"";
        body += inks() + "/>\n";
    }
    void drawRects(const QRectF *rects, int count) override
    {
        for (int i = 0; i < count; ++i) {
            openClip();
            const QRectF rect = painter()->combinedTransform().mapRect(rects[i]);
            body += "<rect x=\"" + number(rect.x()) + "\" y=\"" + number(rect.y()) + "\" width=\"" + number(rect.width()) + "\" height=\"" +
                    number(rect.height()) + '"' + inks() + "/>\n";
        }
    }
    void drawPolygon(const QPointF *points, int count, PolygonDrawMode mode) override
    {
        QPainterPath path(points[0]);
        for (int i = 1; i < count; ++i)
            path.lineTo(points[i]);
        if (mode == PolylineMode) {
            openClip();
            const QPainterPath placed = painter()->combinedTransform().map(path);
            body += "<path fill=\"none\" d=\"" + pathText(placed) + '"' + stroke() + "/>\n";
            return;
        }
        path.closeSubpath();
        path.setFillRule(mode == WindingMode ? Qt::WindingFill : Qt::OddEvenFill);
        drawPath(path);
    }
    void drawPixmap(const QRectF &to, const QPixmap &pixmap, const QRectF &from) override
    {
        openClip();
        QByteArray png;
        QBuffer buffer(&png);
        if (!buffer.open(QIODevice::WriteOnly) || !pixmap.copy(from.toAlignedRect()).save(&buffer, "PNG"))
            return;
        const QRectF rect = painter()->combinedTransform().mapRect(to);
        body += "<image x=\"" + number(rect.x()) + "\" y=\"" + number(rect.y()) + "\" width=\"" + number(rect.width()) + "\" height=\"" +
                number(rect.height()) + "\" href=\"data:image/png;base64," + png.toBase64() + "\"/>\n";
    }

    QByteArray body;

private:
    // One group as long as the clip stays.
    void openClip()
    {
        const QRectF clip = painter()->hasClipping() ? painter()->combinedTransform().mapRect(painter()->clipBoundingRect()) : QRectF();
        if (m_open && clip == m_clip)
            return;
        closeClip();
        m_clip = clip;
        m_open = true;
        if (clip.isNull()) {
            body += "<g>\n";
            return;
        }
        const QByteArray id = "c" + QByteArray::number(++m_clips);
        body += "<clipPath id=\"" + id + "\"><rect x=\"" + number(clip.x()) + "\" y=\"" + number(clip.y()) + "\" width=\"" + number(clip.width()) +
                "\" height=\"" + number(clip.height()) + "\"/></clipPath>\n<g clip-path=\"url(#" + id + ")\">\n";
    }
    void closeClip()
    {
        if (m_open)
            body += "</g>\n";
        m_open = false;
    }
    static QByteArray ink(const char *what, const QColor &colour)
    {
        QByteArray out = QByteArray(" ") + what + "=\"" + colour.name().toUtf8() + '"';
        if (colour.alpha() < 255)
            out += QByteArray(" ") + what + "-opacity=\"" + number(colour.alphaF()) + '"';
        return out;
    }
    [[nodiscard]] QByteArray stroke() const
    {
        const QPen pen = painter()->pen();
        if (pen.style() == Qt::NoPen)
            return {};
        const qreal scale = std::hypot(painter()->combinedTransform().m11(), painter()->combinedTransform().m12());
        QByteArray out = ink("stroke", pen.color()) + " stroke-width=\"" + number(std::max(pen.widthF(), 1.0) * scale) + '"';
        if (pen.style() != Qt::SolidLine) {
            out += " stroke-dasharray=\"";
            for (const qreal each : pen.dashPattern())
                out += number(each * std::max(pen.widthF(), 1.0) * scale) + ' ';
            out += '"';
        }
        return out;
    }
    [[nodiscard]] QByteArray inks() const
    {
        const QBrush brush = painter()->brush();
        if (brush.style() == Qt::NoBrush)
            return " fill=\"none\"" + stroke();
        QColor colour = brush.color();
        if (brush.style() != Qt::SolidPattern)
            colour.setAlphaF(colour.alphaF() * 0.35F); // a hatch, as the tone that it has from afar
        return ink("fill", colour) + stroke();
    }

    QRectF m_clip;
    bool m_open = false;
    int m_clips = 0;
};

SvgDevice::SvgDevice(QSize size, const QString &title, const QString &description)
    : m_size(size)
    , m_title(title)
    , m_description(description)
    , m_engine(std::make_unique<Engine>())
{
}

SvgDevice::~SvgDevice() = default;

QPaintEngine *SvgDevice::paintEngine() const
{
    return m_engine.get();
}

int SvgDevice::metric(PaintDeviceMetric which) const
{
    switch (which) {
    case PdmWidth:
        return m_size.width();
    case PdmHeight:
        return m_size.height();
    case PdmWidthMM:
        return int(m_size.width() * millimetres / dotsPerInch);
    case PdmHeightMM:
        return int(m_size.height() * millimetres / dotsPerInch);
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return dotsPerInch;
    case PdmDepth:
        return 32;
    case PdmNumColors:
        return 1 << 24;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
    default:
        return 0;
    }
}

QByteArray SvgDevice::svg() const
{
    const QByteArray width = QByteArray::number(m_size.width());
    const QByteArray height = QByteArray::number(m_size.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" width=\"" + width + "\" height=\"" +
           height + "\" viewBox=\"0 0 " + width + ' ' + height + "\" role=\"img\">\n<title>" + escaped(m_title) + "</title>\n<desc>" +
           escaped(m_description) + "</desc>\n" + m_engine->body + "</svg>\n";
}

} // namespace fairlead::ui
