// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logaccessible.h"

#include "ui/logs/logcanvas.h"

#include <QStringList>

#include <algorithm>

namespace fairlead::ui {

LogAccessible::LogAccessible(LogCanvas *canvas)
    : QAccessibleWidget(canvas, QAccessible::EditableText)
{
}

QAccessibleInterface *LogAccessible::make(const QString &, QObject *object)
{
    auto *canvas = qobject_cast<LogCanvas *>(object);
    return canvas ? new LogAccessible(canvas) : nullptr;
}

LogCanvas &LogAccessible::canvas() const
{
    return *static_cast<LogCanvas *>(widget());
}

QAccessible::State LogAccessible::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.readOnly = true;
    state.multiLine = true;
    state.selectableText = true;
    return state;
}

QString LogAccessible::text(QAccessible::Text which) const
{
    return which == QAccessible::Value ? visible() : QAccessibleWidget::text(which);
}

void *LogAccessible::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::TextInterface ? static_cast<QAccessibleTextInterface *>(this) : QAccessibleWidget::interface_cast(type);
}

QString LogAccessible::visible() const
{
    QStringList lines;
    const LogCanvas &log = canvas();
    for (logs::RowNumber row = log.topRow(); row < log.bottomRow(); ++row)
        lines << log.lineText(row);
    return lines.join(QLatin1Char('\n'));
}

void LogAccessible::selection(int, int *start, int *end) const
{
    *start = *end = 0;
}

QString LogAccessible::text(int start, int end) const
{
    const QString all = visible();
    const int stop = end < 0 ? int(all.size()) : end;
    return all.mid(start, std::max(0, stop - start));
}

int LogAccessible::characterCount() const
{
    return int(visible().size());
}

QRect LogAccessible::characterRect(int offset) const
{
    const LogCanvas &log = canvas();
    const auto line = logs::RowNumber(visible().left(offset).count(QLatin1Char('\n')));
    const QRectF shown = log.rowRect(log.topRow() + line);
    const QRect rect = shown.toAlignedRect();
    return {log.viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

int LogAccessible::offsetAtPoint(const QPoint &point) const
{
    const LogCanvas &log = canvas();
    const QPoint inside = log.viewport()->mapFromGlobal(point);
    int offset = 0;
    for (logs::RowNumber row = log.topRow(); row < log.bottomRow(); ++row) {
        if (log.rowRect(row).contains(inside))
            return offset;
        offset += int(log.lineText(row).size()) + 1;
    }
    return -1;
}

QString LogAccessible::attributes(int, int *start, int *end) const
{
    *start = 0;
    *end = characterCount();
    return {};
}

} // namespace fairlead::ui
