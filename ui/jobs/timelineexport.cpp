// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelineexport.h"

#include "ui/jobs/runtable.h"
#include "ui/jobs/svgdevice.h"
#include "ui/jobs/timelineview.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSaveFile>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int highest = 16'000;

QByteArray bytesOf(TimelineView &view, const RunTable &table, ExportForm form)
{
    const QSize size(view.viewport()->width(), std::min(view.wholeHeight(), highest));
    if (form == ExportForm::Csv)
        return table.csv().toUtf8();
    if (form == ExportForm::Svg) {
        SvgDevice device(size, view.accessibleName(), view.plainText());
        QPainter painter(&device);
        view.paintWhole(painter);
        painter.end();
        return device.svg();
    }
    const qreal ratio = view.devicePixelRatioF();
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    QPainter painter(&image);
    view.paintWhole(painter);
    painter.end();
    QByteArray png;
    QBuffer buffer(&png);
    return buffer.open(QIODevice::WriteOnly) && image.save(&buffer, "PNG") ? png : QByteArray();
}

} // namespace

QString suffixOf(ExportForm form)
{
    return form == ExportForm::Png ? QStringLiteral(".png") : form == ExportForm::Svg ? QStringLiteral(".svg") : QStringLiteral(".csv");
}

Result<void> exportTimeline(TimelineView &view, const RunTable &table, ExportForm form, const QString &file)
{
    const QByteArray bytes = bytesOf(view, table, form);
    QSaveFile out(file);
    if (bytes.isEmpty() || !out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return failure({.code = Code::BadInput,
            .message = "the file cannot be written: " + out.errorString().toStdString(),
            .remedy = "Name a file in a folder that exists and that you may write to.",
            .place = {.file = file.toStdString()}});
    return {};
}

} // namespace fairlead::ui
