// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace fairlead::ui {

class TimeTrack;

/// What a screen reader gets of a time track: a slider whose value is the seconds since the beginning, and whose value in words is the moment. It can
/// be set. Thread: GUI. Owner: Qt's registry.
class TrackAccessible : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TrackAccessible(TimeTrack *track);

    /// From now on time tracks get this interface. Can be called again.
    static void install();
    /// Tells who listens that the moment is another one.
    static void valueChanged(TimeTrack &track);

    [[nodiscard]] void *interface_cast(QAccessible::InterfaceType type) override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;

    [[nodiscard]] QVariant currentValue() const override;
    void setCurrentValue(const QVariant &value) override;
    [[nodiscard]] QVariant maximumValue() const override;
    [[nodiscard]] QVariant minimumValue() const override;
    [[nodiscard]] QVariant minimumStepSize() const override;

private:
    [[nodiscard]] TimeTrack &track() const;
};

} // namespace fairlead::ui
