// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/destination.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/widgets/theme.h"

#include <QList>
#include <QWidget>

class QGridLayout;

namespace fairlead::ui {

/// One cell of a FactGrid.
struct FactCell {
    enum class What { Nothing, Text, Shape, Kind, Link, Rule };

    What what = What::Nothing;
    QString text; ///< shown literally
    FontRole font = FontRole::Body;
    Ink ink = &Tokens::text;
    Shaping shaping = Shaping::Exact;
    Qt::Alignment alignment = Qt::AlignLeft;
    Shape shape = Shape::None;
    Icon icon = Icon::Info;
    QString toolTip;    ///< more than the text says; of a shape: its word
    Destination target; ///< of a link
    int span = 1;       ///< columns
    int depth = 0;      ///< of a kind: how many owners stand above it
    int stem = -1;      ///< of a link: how many characters a person wrote, the rest is cut last; -1: all

    [[nodiscard]] static FactCell words(const QString &text, Ink ink = &Tokens::text, FontRole font = FontRole::Body);
    [[nodiscard]] static FactCell mark(Shape shape, const QString &word);
    /// A hairline between rows, over so many columns; the only cell of its row.
    [[nodiscard]] static FactCell rule(int span);
    [[nodiscard]] static FactCell link(const QString &text, const Destination &target);
};
using FactRow = QList<FactCell>;

/// Lines of facts under each other, in columns.
///
/// Promise: setRows() changes what differs and leaves the rest: a link that has the keyboard's focus keeps it while figures change round it.
/// Thread: GUI. `theme` outlives it.
class FactGrid : public QWidget {
    Q_OBJECT

public:
    static constexpr int rowHeight = 22;
    static constexpr int smallHeight = 17; ///< of a row that holds small words alone: it goes with the one above it

    explicit FactGrid(const Theme &theme, QWidget *parent = nullptr);

    /// How columns share what is left over; those that are not named take what they need.
    void setStretch(int column, int stretch);
    /// Wider contents are cut.
    void setMostWidth(int column, int width);
    void setRows(const QList<FactRow> &rows);
    /// What it says may be old: no state keeps its colour.
    void setStale(bool stale);
    [[nodiscard]] int rows() const { return int(m_rows.size()); }

Q_SIGNALS:
    void linked(const fairlead::ui::Destination &destination);

private:
    [[nodiscard]] QWidget *make(const FactCell &cell);
    void fill(QWidget *widget, const FactCell &cell);
    void removeCell(int row, int column);

    const Theme &m_theme;
    QGridLayout *m_grid;
    QList<FactRow> m_rows;
    QList<QList<QWidget *>> m_widgets;
    QHash<int, int> m_mostWidths;
    bool m_stale = false;
};

} // namespace fairlead::ui
