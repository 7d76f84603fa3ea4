// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPaintDevice>
#include <QSize>

#include <memory>

namespace fairlead::ui {

/// What is painted on it becomes an SVG 1.1 picture: Qt's own writer is a library that nothing else here needs. Texts become outlines, so that they
/// look the same where the font is missing; patterns become plain tones; clips are their bounding rectangles. Thread: the painter's.
class SvgDevice : public QPaintDevice {
public:
    /// `title`: for who cannot see it.
    SvgDevice(QSize size, const QString &title, const QString &description);
    ~SvgDevice() override;

    /// Whole once the painter has ended.
    [[nodiscard]] QByteArray svg() const;

    [[nodiscard]] QPaintEngine *paintEngine() const override;

protected:
    [[nodiscard]] int metric(PaintDeviceMetric which) const override;

private:
    class Engine;

    const QSize m_size;
    const QString m_title;
    const QString m_description;
    std::unique_ptr<Engine> m_engine;
};

} // namespace fairlead::ui
