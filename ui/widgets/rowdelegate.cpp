// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowdelegate.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/tableview.h"

#include <QHeaderView>
#include <QPainter>
#include <QTreeView>

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairlead::ui {

namespace {

constexpr int shapeRoom = measure::shape + 7;
constexpr int iconRoom = measure::icon + 6;
constexpr int barRoom = RowDelegate::barWide + 8;
constexpr qreal barHigh = 4;

const QHeaderView *headerOf(const QStyleOptionViewItem &option)
{
    if (const auto *table = qobject_cast<const QTableView *>(option.widget))
        return table->horizontalHeader();
    if (const auto *tree = qobject_cast<const QTreeView *>(option.widget))
        return tree->header();
    return nullptr;
}

/// Says that there is nothing: not worth a look.
bool saysNothing(const QString &text, bool number)
{
    if (number && text == QLatin1String("0"))
        return true;
    return text == QLatin1String("<none>") || text == QLatin1String("<unset>") || text == QLatin1String("–") || text == QLatin1String("-");
}

enum class Ratio { None, Whole, Part };

/// "1/2": some of what there should be.
Ratio ratioOf(const QString &text)
{
    const qsizetype slash = text.indexOf(QLatin1Char('/'));
    if (slash <= 0 || slash == text.size() - 1)
        return Ratio::None;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (at != slash && (text[at] < QLatin1Char('0') || text[at] > QLatin1Char('9')))
            return Ratio::None;
    }
    return QStringView(text).left(slash) == QStringView(text).mid(slash + 1) ? Ratio::Whole : Ratio::Part;
}

} // namespace

RowDelegate::RowDelegate(const Theme &theme, RowRoles roles, QObject *parent)
    : QAbstractItemDelegate(parent)
    , m_theme(theme)
    , m_roles(std::move(roles))
    , m_font(theme.font(FontRole::Body))
    , m_lines(mostKept)
{
}

const RowDelegate::Cell &RowDelegate::cell(const QString &text, int stem, qreal width) const
{
    const Key key{text, stem, int(std::floor(width))};
    if (const Cell *known = m_lines.object(key))
        return *known;
    ++m_made;
    auto *made = new Cell;
    qsizetype stemShown = 0;
    const QString shown = elidedName(text, stem, m_font, width, &stemShown);
    if (stem <= 0 || stemShown >= shown.size()) {
        made->first = TextLine(shown, m_font, Shaping::Exact);
    } else {
        made->first = TextLine(shown.left(stemShown), m_font, Shaping::Exact);
        made->tail = TextLine(shown.mid(stemShown), m_font, Shaping::Exact);
    }
    m_lines.insert(key, made); // takes it, and gives up what was used longest ago
    return *made;
}

QMargins RowDelegate::padding(const QStyleOptionViewItem &option, int column) const
{
    // The outer ones stand under the page's title and over the window's edge, also after columns were moved or hidden.
    QMargins margins(measure::between, 0, measure::between, 0);
    const QHeaderView *header = headerOf(option);
    if (header == nullptr)
        return margins;
    const int start = header->sectionPosition(column);
    if (start == 0)
        margins.setLeft(measure::margin);
    if (start + header->sectionSize(column) == header->length())
        margins.setRight(measure::margin);
    return margins;
}

Shape RowDelegate::shapeOf(const QModelIndex &index) const
{
    if (m_roles.health < 0 || !m_roles.shape)
        return Shape::None;
    const QVariant health = index.data(m_roles.health);
    return health.isValid() ? m_roles.shape(health.toInt()) : Shape::None;
}

QColor RowDelegate::inkOf(const QModelIndex &index, const QString &text, bool number) const
{
    const Tokens &t = m_theme.tokens();
    if (m_stale || saysNothing(text, number))
        return t.muted;
    if (m_roles.quiet >= 0 && index.data(m_roles.quiet).toBool())
        return t.muted;
    if (m_roles.speaksOfHealth < 0 || !index.data(m_roles.speaksOfHealth).toBool())
        return t.text;
    const Shape shape = shapeOf(index);
    switch (shape) {
    case Shape::None:
    case Shape::Ok:
        return t.text;
    case Shape::Idle:
        return t.muted;
    default:
        break;
    }
    switch (ratioOf(text)) {
    case Ratio::Whole:
        return t.text;
    case Ratio::Part: // on its way there: nothing is wrong with 0/1 yet
        return shape == Shape::Progress ? t.text : shapeColour(t, shape);
    case Ratio::None:
        break;
    }
    return m_roles.calmWords.contains(text) ? t.text : shapeColour(t, shape);
}

qreal RowDelegate::markWidth(const QModelIndex &index) const
{
    if (index.column() != m_marked)
        return 0;
    qreal width = m_roles.health >= 0 ? shapeRoom : 0; // also where none is drawn: names stand under each other
    if (m_roles.icon >= 0 && index.data(m_roles.icon).isValid())
        width += iconRoom;
    return width;
}

void RowDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRect &rect = option.rect;
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = option.widget == nullptr || (option.widget->hasFocus() && option.widget->isActiveWindow());
    const auto *table = qobject_cast<const TableView *>(option.widget);
    const bool hovered = table != nullptr ? table->hoveredRow() == index.row() : bool(option.state & QStyle::State_MouseOver);
    if (selected)
        painter.fillRect(rect, active ? t.select : t.selectOff);
    else if (hovered)
        painter.fillRect(rect, t.hover);
    const qreal line = hairline(painter);
    if (m_roles.hairlines)
        painter.fillRect(onPixels(painter, QRectF(rect.left(), rect.bottom() + 1 - line, rect.width(), line)), t.lineSoft);
    const QHeaderView *header = headerOf(option);
    const bool first = header == nullptr ? index.column() == 0 : header->sectionPosition(index.column()) == 0;
    // The current row keeps its bar where several rows are chosen or none is: the keyboard's next step begins there.
    if (active && first && (selected || (option.state & QStyle::State_HasFocus)))
        painter.fillRect(onPixels(painter, QRectF(header != nullptr ? -header->offset() : rect.left(), rect.top(), 2, rect.height())), t.accent);
}

void RowDelegate::paintMarks(QPainter &painter, QRectF &inner, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    if (m_roles.health >= 0) {
        const Shape shape = shapeOf(index);
        const QColor colour = m_stale ? t.muted : shapeColour(t, shape);
        drawShape(painter, QRectF(inner.left(), inner.top(), measure::shape, inner.height()), shape, colour);
        inner.setLeft(inner.left() + shapeRoom);
    }
    if (m_roles.icon >= 0) {
        if (const QVariant icon = index.data(m_roles.icon); icon.isValid()) {
            drawIcon(painter, QRectF(inner.left(), inner.top(), measure::icon, inner.height()), Icon(icon.toInt()), t.muted);
            inner.setLeft(inner.left() + iconRoom);
        }
    }
}

// At the same place in each row, so that bars are compared at a glance; the text stands at the other side.
void RowDelegate::paintBar(QPainter &painter, QRectF &inner, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QVariant share = index.data(m_roles.bar);
    const QRectF room(inner.left(), inner.center().y() - barHigh / 2, barWide, barHigh);
    if (share.isValid() && inner.width() > barRoom) {
        const double value = share.toDouble();
        const QColor ink = m_stale || value < much ? t.muted : value < full ? t.warn : t.bad;
        painter.fillRect(onPixels(painter, room), t.lineSoft);
        painter.fillRect(onPixels(painter, QRectF(room.topLeft(), QSizeF(std::max(1.0, barWide * std::clamp(value, 0.0, 1.0)), barHigh))), ink);
    }
    if (inner.width() > barRoom && index.model()->headerData(index.column(), Qt::Horizontal, m_roles.bar).toBool())
        inner.setLeft(inner.left() + barRoom);
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintGround(*painter, option, index);
    QRectF inner = QRectF(option.rect.marginsRemoved(padding(option, index.column()))).adjusted(0, 0, 0, -1);
    if (index.column() == m_marked)
        paintMarks(*painter, inner, index);
    if (m_roles.bar >= 0)
        paintBar(*painter, inner, index);
    if (inner.width() < 1)
        return;
    const QString text = index.data().toString();
    if (text.isEmpty())
        return;
    const bool number = m_roles.number >= 0 && index.data(m_roles.number).toBool();
    const int stem = m_roles.stem >= 0 ? index.data(m_roles.stem).toInt() : 0;
    const Cell &line = cell(text, stem, inner.width());
    const qreal base = baseLine(*painter, inner, m_font);
    const qreal left = number ? inner.right() - line.width() : inner.left();
    line.first.draw(*painter, {left, base}, inkOf(index, text, number));
    if (line.tail.width() > 0)
        line.tail.draw(*painter, {left + line.first.width(), base}, m_theme.tokens().muted);
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QMargins outer = padding(option, index.column());
    qreal width = textWidth(index.data().toString(), m_font, Shaping::Exact);
    if (const QString longest = m_roles.longest < 0 ? QString() : index.data(m_roles.longest).toString(); !longest.isEmpty())
        width = std::max(width, textWidth(longest, m_font, Shaping::Exact));
    width += markWidth(index);
    if (m_roles.bar >= 0 && index.model()->headerData(index.column(), Qt::Horizontal, m_roles.bar).toBool())
        width += barRoom;
    return {int(std::ceil(width)) + outer.left() + outer.right(), m_theme.rows().*m_rowHeight};
}

} // namespace fairlead::ui
