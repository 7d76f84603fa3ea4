// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factgrid.h"

#include "ui/object/factlink.h"
#include "ui/object/kindmark.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QGridLayout>

#include <algorithm>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int ruleHeight = 9;

bool isOfState(Ink ink)
{
    return ink == &Tokens::ok || ink == &Tokens::progress || ink == &Tokens::warn || ink == &Tokens::bad || ink == &Tokens::unknown;
}

int heightOf(const FactRow &row)
{
    bool small = false;
    for (const FactCell &each : row) {
        if (each.what == FactCell::What::Rule)
            return ruleHeight;
        if (each.what != FactCell::What::Nothing && each.font != FontRole::Small)
            return FactGrid::rowHeight;
        small = small || each.what != FactCell::What::Nothing;
    }
    return small ? FactGrid::smallHeight : FactGrid::rowHeight;
}

// A mark is drawn once for all; another mark is another widget.
bool fits(const FactCell &before, const FactCell &now)
{
    return before.what == now.what && before.span == now.span && before.font == now.font && before.shaping == now.shaping &&
           (now.what != FactCell::What::Shape || before.shape == now.shape);
}

} // namespace

FactCell FactCell::words(const QString &text, Ink ink, FontRole font)
{
    FactCell cell;
    cell.what = What::Text;
    cell.text = text;
    cell.ink = ink;
    cell.font = font;
    return cell;
}

FactCell FactCell::mark(Shape shape, const QString &word)
{
    FactCell cell;
    cell.what = What::Shape;
    cell.shape = shape;
    cell.toolTip = word;
    return cell;
}

FactCell FactCell::rule(int span)
{
    FactCell cell;
    cell.what = What::Rule;
    cell.span = span;
    return cell;
}

FactCell FactCell::link(const QString &text, const Destination &target)
{
    FactCell cell;
    cell.what = What::Link;
    cell.text = text;
    cell.target = target;
    return cell;
}

FactGrid::FactGrid(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(measure::between);
    m_grid->setVerticalSpacing(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FactGrid::setStretch(int column, int stretch)
{
    m_grid->setColumnStretch(column, stretch);
}

void FactGrid::setMostWidth(int column, int width)
{
    m_mostWidths[column] = width;
}

QWidget *FactGrid::make(const FactCell &cell)
{
    switch (cell.what) {
    case FactCell::What::Nothing:
        break;
    case FactCell::What::Text:
        return new PlainLabel(m_theme, cell.font, cell.ink, cell.shaping, this);
    case FactCell::What::Shape: {
        QWidget *mark = Mark::shape(m_theme, cell.shape);
        mark->setParent(this);
        return mark;
    }
    case FactCell::What::Rule: {
        QWidget *rule = Mark::hairline(m_theme, &Tokens::lineSoft);
        rule->setParent(this);
        return rule;
    }
    case FactCell::What::Kind:
        return new KindMark(m_theme, this);
    case FactCell::What::Link: {
        auto *link = new FactLink(m_theme, this);
        connect(link, &FactLink::clicked, this, [this, link] { Q_EMIT linked(link->destination()); });
        return link;
    }
    }
    return nullptr;
}

void FactGrid::fill(QWidget *widget, const FactCell &cell)
{
    if (auto *label = qobject_cast<PlainLabel *>(widget)) {
        label->setInk(m_stale && isOfState(cell.ink) ? &Tokens::muted : cell.ink);
        label->setAlignment(cell.alignment | Qt::AlignVCenter);
        label->setLine(cell.text);
        if (!cell.toolTip.isEmpty())
            label->setToolTip(toolTipText(cell.toolTip));
    } else if (auto *link = qobject_cast<FactLink *>(widget)) {
        link->setTarget(cell.text, cell.stem, cell.target);
        link->setAccessibleDescription(cell.toolTip);
    } else if (auto *kind = qobject_cast<KindMark *>(widget)) {
        kind->say(cell.depth, cell.icon, cell.shape, cell.text);
        kind->setStale(m_stale);
    } else if (auto *mark = qobject_cast<Mark *>(widget)) {
        mark->setStale(m_stale);
        if (!cell.toolTip.isEmpty())
            mark->setToolTip(toolTipText(cell.toolTip));
    }
}

void FactGrid::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) == stale)
        return;
    for (int row = 0; row < m_rows.size(); ++row) {
        for (int i = 0; i < m_rows[row].size(); ++i)
            fill(m_widgets[row][i], m_rows[row][i]);
    }
}

void FactGrid::removeCell(int row, int column)
{
    QWidget *widget = m_widgets[row][column];
    if (widget == nullptr)
        return;
    m_grid->removeWidget(widget);
    widget->hide();
    widget->deleteLater(); // it may be the link whose click brought the change
    m_widgets[row][column] = nullptr;
}

void FactGrid::setRows(const QList<FactRow> &rows)
{
    for (int row = 0; row < rows.size(); ++row) {
        if (row == m_widgets.size()) {
            m_widgets.append(QList<QWidget *>());
            m_rows.append(FactRow());
        }
        const FactRow &now = rows[row];
        const int height = heightOf(now);
        FactRow &before = m_rows[row];
        int column = 0;
        for (int i = 0; i < std::max(now.size(), before.size()); ++i) {
            if (i >= now.size() || i >= before.size() || !fits(before[i], now[i])) {
                if (i < m_widgets[row].size())
                    removeCell(row, i);
                else
                    m_widgets[row].append(nullptr);
                if (i < now.size()) {
                    QWidget *widget = make(now[i]);
                    m_widgets[row][i] = widget;
                    if (widget != nullptr) {
                        const bool fixed = now[i].what == FactCell::What::Shape || now[i].what == FactCell::What::Rule;
                        if (m_mostWidths.contains(i))
                            widget->setMaximumWidth(m_mostWidths[i]);
                        m_grid->addWidget(widget, row, column, 1, now[i].span, fixed ? Qt::AlignVCenter : Qt::Alignment());
                    }
                }
            }
            if (i < now.size()) {
                if (QWidget *widget = m_widgets[row][i];
                    widget != nullptr && now[i].what != FactCell::What::Shape && now[i].what != FactCell::What::Rule)
                    widget->setFixedHeight(height);
                fill(m_widgets[row][i], now[i]);
                column += now[i].span;
            }
        }
        m_widgets[row].resize(now.size());
        before = now;
        m_grid->setRowMinimumHeight(row, height);
    }
    for (int row = int(m_widgets.size()) - 1; row >= rows.size(); --row) {
        for (int i = 0; i < m_widgets[row].size(); ++i)
            removeCell(row, i);
        m_grid->setRowMinimumHeight(row, 0);
        m_widgets.removeLast();
        m_rows.removeLast();
    }
    updateGeometry();
}

} // namespace fairlead::ui
