// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/trackaccessible.h"

#include "ui/recording/timetrack.h"

#include <cmath>

namespace fairlead::ui {

namespace {

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *track = qobject_cast<TimeTrack *>(object);
    return track ? new TrackAccessible(track) : nullptr;
}

double secondsOf(std::chrono::milliseconds length)
{
    return static_cast<double>(length.count()) / 1000;
}

} // namespace

TrackAccessible::TrackAccessible(TimeTrack *track)
    : QAccessibleWidget(track, QAccessible::Slider)
{
}

void TrackAccessible::install()
{
    QAccessible::installFactory(make); // passes over what it knows
}

void TrackAccessible::valueChanged(TimeTrack &track)
{
    QAccessibleValueChangeEvent event(&track, secondsOf(track.now() - track.first()));
    QAccessible::updateAccessibility(&event);
}

TimeTrack &TrackAccessible::track() const
{
    return *static_cast<TimeTrack *>(widget());
}

void *TrackAccessible::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::ValueInterface)
        return static_cast<QAccessibleValueInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QString TrackAccessible::text(QAccessible::Text which) const
{
    return which == QAccessible::Value ? track().words() : QAccessibleWidget::text(which);
}

QVariant TrackAccessible::currentValue() const
{
    return secondsOf(track().now() - track().first());
}

void TrackAccessible::setCurrentValue(const QVariant &value)
{
    const double most = maximumValue().toDouble();
    const double wanted = value.toDouble();
    if (!std::isfinite(wanted))
        return;
    track().wantJump(track().first() + std::chrono::milliseconds(std::llround(std::clamp(wanted, 0.0, most) * 1000)));
}

QVariant TrackAccessible::maximumValue() const
{
    return secondsOf(track().last() - track().first());
}

QVariant TrackAccessible::minimumValue() const
{
    return 0.0;
}

QVariant TrackAccessible::minimumStepSize() const
{
    return 1.0;
}

} // namespace fairlead::ui
