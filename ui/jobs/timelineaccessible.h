// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobtimeline.h"

#include <QAccessibleWidget>
#include <QHash>

#include <string>

namespace fairlead::ui {

class TimelineView;

/// What a screen reader gets of a TimelineView: a tree of headings, lanes and below each lane its runs, by the names that the hover card says too;
/// focus goes with the current lane and run. Parts are made when they are asked for, and are worth nothing once their lane or run has gone.
/// Thread: GUI. Owner: Qt's registry.
class TimelineAccessible : public QAccessibleWidget {
public:
    explicit TimelineAccessible(TimelineView *view);
    ~TimelineAccessible() override;

    /// For QAccessible::installFactory.
    static QAccessibleInterface *make(const QString &className, QObject *object);
    /// Tells who listens that another lane or run is the current one.
    static void currentChanged(TimelineView &view);
    /// "nightly, in team-a, daily at 03:30, next tomorrow 03:30".
    [[nodiscard]] static QString laneWords(const jobs::Lane &lane, jobs::Moment now);

    [[nodiscard]] TimelineView &view() const;
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;

    /// A row of the view, or with `run` one of its runs.
    [[nodiscard]] QAccessibleInterface *part(const std::string &group, const std::string &lane, const std::string &run) const;

private:
    mutable QHash<QString, QAccessible::Id> m_parts;
};

} // namespace fairlead::ui
