// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

namespace fairlead::ui {

class LogCanvas;

/// What a screen reader gets of a LogCanvas: a read-only text, "log", of the lines that are visible, with their stamps, one a line. The
/// whole ring would be ten megabytes; whoever wants other lines scrolls (Home, End, Page Up, Page Down).
class LogAccessible : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit LogAccessible(LogCanvas *canvas);

    /// For QAccessible::installFactory.
    static QAccessibleInterface *make(const QString &className, QObject *object);

    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] int childCount() const override { return 0; } ///< viewport and scroll bars say nothing
    [[nodiscard]] QAccessibleInterface *child(int) const override { return nullptr; }
    void *interface_cast(QAccessible::InterfaceType type) override;

    void selection(int index, int *start, int *end) const override;
    [[nodiscard]] int selectionCount() const override { return 0; }
    void addSelection(int, int) override {}
    void removeSelection(int) override {}
    void setSelection(int, int, int) override {}
    [[nodiscard]] int cursorPosition() const override { return 0; }
    void setCursorPosition(int) override {}
    [[nodiscard]] QString text(int start, int end) const override;
    [[nodiscard]] int characterCount() const override;
    [[nodiscard]] QRect characterRect(int offset) const override;
    [[nodiscard]] int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int, int) override {}
    [[nodiscard]] QString attributes(int offset, int *start, int *end) const override;

private:
    [[nodiscard]] LogCanvas &canvas() const;
    [[nodiscard]] QString visible() const;
};

} // namespace fairlead::ui
