// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timelineaccessible.h"

#include "ui/jobs/runlook.h"
#include "ui/jobs/timelineview.h"

#include <QAccessible>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

using jobs::Run;

namespace {

constexpr qsizetype mostParts = 4096;

/// A heading (no lane), a lane (no run), or a run.
class Part : public QAccessibleInterface {
public:
    Part(const TimelineAccessible &whole, std::string group, std::string lane, std::string run)
        : m_whole(whole)
        , m_group(std::move(group))
        , m_lane(std::move(lane))
        , m_run(std::move(run))
    {
    }

    [[nodiscard]] bool isValid() const override { return row() >= 0 && (m_run.empty() || run()); }
    [[nodiscard]] QObject *object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    void setText(QAccessible::Text, const QString &) override {}
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::TreeItem; }
    [[nodiscard]] QAccessibleInterface *parent() const override
    {
        return m_run.empty() ? const_cast<TimelineAccessible *>(&m_whole) : m_whole.part(m_group, m_lane, {});
    }
    [[nodiscard]] int childCount() const override
    {
        const TimelineRow *const shown = shownRow();
        return shown && shown->lane && m_run.empty() ? int(shown->runs.size()) : 0;
    }
    [[nodiscard]] QAccessibleInterface *child(int index) const override
    {
        const TimelineRow *const shown = shownRow();
        if (index < 0 || index >= childCount())
            return nullptr;
        return m_whole.part(m_group, m_lane, shown->runs[std::size_t(index)]->uid);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override
    {
        const auto *const part = dynamic_cast<const Part *>(child);
        return part && !part->m_run.empty() && part->m_lane == m_lane ? part->runNumber() : -1;
    }
    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        const TimelineRow *const shown = shownRow();
        if (!shown || (which != QAccessible::Name && which != QAccessible::Description))
            return {};
        const jobs::Moment now = m_whole.view().now();
        if (!shown->lane)
            return which == QAccessible::Name ? shown->heading + QStringLiteral(", ") + shown->note : QString();
        if (m_run.empty())
            return which == QAccessible::Name ? TimelineAccessible::laneWords(*shown->lane, now) : QString();
        const Run *const of = run();
        const QStringList lines = of ? runLines(*shown->lane, *of, now) : QStringList();
        return which == QAccessible::Name ? lines.value(0) : lines.mid(1).join(QStringLiteral(". "));
    }
    [[nodiscard]] QRect rect() const override
    {
        const int number = row();
        if (number < 0)
            return {};
        const TimelineView &view = m_whole.view();
        const Run *const of = run();
        const QRect inside = of ? view.runRect(std::size_t(number), *of) : view.rowRect(std::size_t(number));
        const QRect visible = inside.intersected(view.viewport()->rect());
        return {view.viewport()->mapToGlobal(visible.topLeft()), visible.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        const TimelineView &view = m_whole.view();
        const TimelineRow *const shown = shownRow();
        state.focusable = state.selectable = true;
        state.invisible = !shown;
        if (!shown)
            return state;
        if (!shown->lane) {
            state.expandable = true;
            state.expanded = !shown->folded;
            state.collapsed = shown->folded;
        }
        const bool current = shown->lane && view.chosenLane() == shown->lane && (m_run.empty() ? !view.chosenRun() : view.chosenRun() == run());
        state.selected = state.active = current;
        state.focused = current && view.hasFocus();
        return state;
    }

private:
    [[nodiscard]] int row() const
    {
        const auto &rows = m_whole.view().rows().rows();
        const auto found = std::find_if(rows.begin(), rows.end(),
            [this](const TimelineRow &row) { return row.group == m_group && (row.lane ? row.lane->uid == m_lane : m_lane.empty()); });
        return found == rows.end() ? -1 : int(found - rows.begin());
    }
    [[nodiscard]] const TimelineRow *shownRow() const
    {
        const int number = row();
        return number < 0 ? nullptr : &m_whole.view().rows().rows()[std::size_t(number)];
    }
    [[nodiscard]] int runNumber() const
    {
        const TimelineRow *const shown = shownRow();
        if (!shown || m_run.empty())
            return -1;
        const auto found = std::find_if(shown->runs.begin(), shown->runs.end(), [this](const Run *each) { return each->uid == m_run; });
        return found == shown->runs.end() ? -1 : int(found - shown->runs.begin());
    }
    [[nodiscard]] const Run *run() const
    {
        const int number = runNumber();
        return number < 0 ? nullptr : shownRow()->runs[std::size_t(number)];
    }

    friend class fairlead::ui::TimelineAccessible;
    const TimelineAccessible &m_whole; ///< it gives its parts up before it goes
    const std::string m_group;
    const std::string m_lane;
    const std::string m_run;
};

} // namespace

TimelineAccessible::TimelineAccessible(TimelineView *view)
    : QAccessibleWidget(view, QAccessible::Tree)
{
}

TimelineAccessible::~TimelineAccessible()
{
    for (const QAccessible::Id id : std::as_const(m_parts))
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface *TimelineAccessible::make(const QString &, QObject *object)
{
    auto *const view = qobject_cast<TimelineView *>(object);
    return view ? new TimelineAccessible(view) : nullptr;
}

TimelineView &TimelineAccessible::view() const
{
    return *static_cast<TimelineView *>(widget());
}

QString TimelineAccessible::laneWords(const jobs::Lane &lane, jobs::Moment now)
{
    QString words =
        QString::fromStdString(lane.name) + QStringLiteral(", ") + QString::fromStdString(lane.space) + QStringLiteral(", ") + scheduleWords(lane);
    if (const QString next = nextWords(lane, now); !next.isEmpty())
        words += QStringLiteral(", ") + next;
    return words;
}

QAccessible::State TimelineAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.focusable = true;
    return state;
}

int TimelineAccessible::childCount() const
{
    return int(view().rows().rows().size());
}

QAccessibleInterface *TimelineAccessible::child(int index) const
{
    const auto &rows = view().rows().rows();
    if (index < 0 || index >= int(rows.size()))
        return nullptr;
    const TimelineRow &row = rows[std::size_t(index)];
    return part(row.group, row.lane ? row.lane->uid : std::string(), {});
}

int TimelineAccessible::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *const of = dynamic_cast<const Part *>(child);
    return of && of->m_run.empty() ? of->row() : -1;
}

QAccessibleInterface *TimelineAccessible::childAt(int x, int y) const
{
    const QPoint inside = view().viewport()->mapFromGlobal(QPoint(x, y));
    for (std::size_t i = 0; i < view().rows().rows().size(); ++i) {
        if (view().rowRect(i).contains(inside))
            return child(int(i));
    }
    return nullptr;
}

QAccessibleInterface *TimelineAccessible::focusChild() const
{
    if (!view().hasFocus() || !view().chosenLane())
        return nullptr;
    const jobs::Run *const run = view().chosenRun();
    for (const TimelineRow &row : view().rows().rows()) {
        if (row.lane == view().chosenLane())
            return part(row.group, row.lane->uid, run ? run->uid : std::string());
    }
    return nullptr;
}

QAccessibleInterface *TimelineAccessible::part(const std::string &group, const std::string &lane, const std::string &run) const
{
    const QString key = QString::fromStdString(group) + QChar(0) + QString::fromStdString(lane) + QChar(0) + QString::fromStdString(run);
    if (const auto found = m_parts.constFind(key); found != m_parts.constEnd()) {
        if (QAccessibleInterface *const known = QAccessible::accessibleInterface(*found))
            return known;
    }
    if (m_parts.size() >= mostParts) {
        for (const QAccessible::Id id : std::as_const(m_parts))
            QAccessible::deleteAccessibleInterface(id);
        m_parts.clear();
    }
    auto *const made = new Part(*this, group, lane, run);
    m_parts.insert(key, QAccessible::registerAccessibleInterface(made));
    return made;
}

void TimelineAccessible::currentChanged(TimelineView &view)
{
    if (!QAccessible::isActive() || !view.hasFocus())
        return;
    auto *const whole = dynamic_cast<TimelineAccessible *>(QAccessible::queryAccessibleInterface(&view));
    QAccessibleInterface *const now = whole ? whole->focusChild() : nullptr;
    if (!now)
        return;
    QAccessibleEvent event(now, QAccessible::Focus);
    QAccessible::updateAccessibility(&event);
}

} // namespace fairlead::ui
