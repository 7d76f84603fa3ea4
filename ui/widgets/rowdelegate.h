// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/shapes.h"
#include "ui/widgets/textline.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemDelegate>
#include <QCache>
#include <QStringList>

#include <functional>

namespace fairlead::ui {

/// Where a model says what its cells mean. -1: it does not.
struct RowRoles {
    int health = -1;         ///< int, of the row; none: nothing can be told
    int speaksOfHealth = -1; ///< bool, of the cell: its text says how the row does
    int stem = -1;           ///< int, of the cell: how many characters a person wrote; none: all of them
    int number = -1;         ///< bool, of the cell: stands at the right
    int icon = -1;           ///< int(Icon), of the marked cell: behind the shape, before the text
    int longest = -1;        ///< QString, of the cell: the widest that its text comes to be while only time passes; none: it stays as it is
    int quiet = -1;          ///< bool, of the row: muted as a whole (done with, empty)
    int bar = -1;            ///< double, of the cell: share of a whole, drawn in front of its text; of the header bool: there may be one
    bool hairlines = true;   ///< between rows; a list at the side has none
    std::function<Shape(int health)> shape;
    /// What never takes a state's colour, though its row does: a pod that is not ready still says Running.
    QStringList calmWords = {QStringLiteral("Running"), QStringLiteral("Ready"), QStringLiteral("Active"), QStringLiteral("Bound"),
        QStringLiteral("True"), QStringLiteral("Available")};
};

/// Paints the cells of the house's tables and trees: the state's shape in front of the name, the name's stem in text colour and its made-up
/// tail muted, numbers at the right, what says nothing (0, <none>) muted, a hairline below, and the selection with a bar at the row's edge.
///
/// Promise: a cell's text is made into glyphs once and kept while it is used, up to a bound; another text, width or font is another entry,
/// so nothing kept is ever stale. Never initStyleOption, never QTextLayout. What is cut is shown by elidedName() or at its end; the view's
/// tool tip says the whole.
/// Thread: GUI. Owner: the view's page. `theme` outlives it. Knows roles by number only.
class RowDelegate : public QAbstractItemDelegate {
    Q_OBJECT

public:
    static constexpr int mostKept = 6000; ///< texts: three full screens
    static constexpr int barWide = 38;
    static constexpr double much = 0.90; ///< from these shares on a bar warns, and is red
    static constexpr double full = 0.95;

    RowDelegate(const Theme &theme, RowRoles roles, QObject *parent = nullptr);

    /// The column whose cells carry the shape; -1 (as it begins): none.
    void setMarkedColumn(int column) { m_marked = column; }
    [[nodiscard]] int markedColumn() const { return m_marked; }
    /// No word from the server: rows stay, without colour. The view repaints itself afterwards.
    void setStale(bool stale) { m_stale = stale; }
    [[nodiscard]] bool isStale() const { return m_stale; }
    /// What sizeHint() says, for views that ask (trees): the theme's height of a table's row as it begins, or one of its others.
    void setRowHeight(int RowHeights::*height) { m_rowHeight = height; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// What the cell wants for its whole text, and for what that grows into, padding included.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    /// How many texts are kept, and how many were made since the beginning: for tests.
    [[nodiscard]] int kept() const { return int(m_lines.count()); }
    [[nodiscard]] int made() const { return m_made; }

protected: // for who paints more into a cell
    struct Cell {
        TextLine first;
        TextLine tail; ///< made up; muted
        [[nodiscard]] qreal width() const { return first.width() + tail.width(); }
    };

    [[nodiscard]] const Cell &cell(const QString &text, int stem, qreal width) const;
    [[nodiscard]] QMargins padding(const QStyleOptionViewItem &option, int column) const;
    [[nodiscard]] Shape shapeOf(const QModelIndex &index) const;
    [[nodiscard]] QColor inkOf(const QModelIndex &index, const QString &text, bool number) const;
    void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;

    const Theme &m_theme;

private:
    struct Key {
        QString text;
        int stem = 0;
        int width = 0;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0) { return qHashMulti(seed, key.text, key.stem, key.width); }
    };

    [[nodiscard]] qreal markWidth(const QModelIndex &index) const;
    void paintBar(QPainter &painter, QRectF &inner, const QModelIndex &index) const;
    void paintMarks(QPainter &painter, QRectF &inner, const QModelIndex &index) const;

    RowRoles m_roles;
    QFont m_font;
    int m_marked = -1;
    int RowHeights::*m_rowHeight = &RowHeights::table;
    bool m_stale = false;
    mutable QCache<Key, Cell> m_lines;
    mutable int m_made = 0;
};

} // namespace fairlead::ui
