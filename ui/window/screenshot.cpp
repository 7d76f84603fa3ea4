// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/screenshot.h"

#include <QApplication>
#include <QPainter>
#include <QSaveFile>
#include <QWidget>

#include <cmath>

namespace fairlead::ui {

QImage screenshot(QWidget &window, QSize size, double scale)
{
    // Laid out and shown, so that focus and selection look as in use, but on no screen.
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.resize(size);
    window.show();
    QApplication::setActiveWindow(&window); // nothing on no screen is ever made active by a window system
    QImage image(int(std::lround(size.width() * scale)), int(std::lround(size.height() * scale)), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(window.palette().color(QPalette::Window));
    QPainter painter(&image);
    window.render(&painter);
    return image;
}

Result<void> writeScreenshot(QWidget &window, QSize size, double scale, const QString &file)
{
    const QImage image = screenshot(window, size, scale);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || !image.save(&out, "PNG") || !out.commit()) {
        return failure({.code = Code::BadInput,
            .message = "the picture cannot be written: " + out.errorString().toStdString(),
            .remedy = "Name a file in a folder that exists and that you may write to.",
            .place = {.file = file.toStdString()}});
    }
    return {};
}

} // namespace fairlead::ui
