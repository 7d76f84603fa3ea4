// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/contextdelegate.h"

#include "items/contextmodel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using contexts::Reach;
using contexts::Standing;
using items::ContextModel;

namespace {

constexpr int barWidth = 4;
constexpr int barRoom = barWidth + 6;
constexpr int markRoom = measure::shape + 6; // left of both lines, where a column has marks
constexpr int iconSize = 12;
constexpr int iconRoom = iconSize + 5;
constexpr int tripStep = 4; // a bar of 3 px and its air
constexpr int tripsHeight = 11;
constexpr int tripsWidth = int(contexts::Reach::mostTrips) * tripStep - 1;
constexpr int tagHeight = 16;
constexpr int tagPadding = 5;
constexpr int lineHeight = 17;
constexpr int lineStep = lineHeight - 2; // from one line's box to the next: their air may overlap

bool hasMarks(int column)
{
    return column == ContextModel::Reachable;
}

/// Left and right of the cell's contents; the outer ones stand under the page's title.
QMargins padding(int column)
{
    return {column == 0 ? measure::margin : measure::between, 0, column == ContextModel::Columns - 1 ? measure::margin : measure::between, 0};
}

QStringList tags(const QModelIndex &index)
{
    QStringList tags;
    if (index.data(ContextModel::OpenedRole).toBool())
        tags << ContextDelegate::tr("this window");
    if (index.data(ContextModel::CurrentRole).toBool())
        tags << ContextDelegate::tr("kubectl");
    return tags;
}

Icon signInIcon(const QModelIndex &index)
{
    using By = kube::SignIn::By;
    switch (By(index.data(ContextModel::SignInRole).toInt())) {
    case By::Certificate:
        return Icon::Certificate;
    case By::Token:
    case By::TokenFile:
        return Icon::Token;
    case By::Plugin:
    case By::Provider:
        return Icon::Terminal;
    case By::Password:
        return Icon::Lock;
    case By::Nothing:
        break;
    }
    return Icon::Account;
}

bool isSlow(const QVariant &pace)
{
    return pace.toInt() == int(contexts::Pace::Slow) || pace.toInt() == int(contexts::Pace::Crawling);
}

/// Of a round trip's bar, in pixels: 3 more for ten times as long, so that 2 ms and 2 s both can be seen.
int barHeight(int milliseconds)
{
    return std::clamp(int(std::lround(2 + 3 * std::log10(double(milliseconds)))), 2, tripsHeight);
}

} // namespace

Shape contextShape(const QModelIndex &index)
{
    switch (Standing(index.data(ContextModel::StandingRole).toInt())) {
    case Standing::NotYet:
        return Shape::Unknown;
    case Standing::Broken:
        return Shape::Bad;
    case Standing::Usable:
        break;
    }
    if (index.data(ContextModel::CheckingRole).toBool())
        return Shape::Progress;
    switch (Reach::State(index.data(ContextModel::StateRole).toInt())) {
    case Reach::State::Reachable:
        return isSlow(index.data(ContextModel::PaceRole)) ? Shape::Warn : Shape::Ok;
    case Reach::State::Refused:
        return Shape::Unknown;
    case Reach::State::Failed:
        return Shape::Bad;
    case Reach::State::NotAsked:
        break;
    }
    return Shape::Idle;
}

ContextDelegate::ContextDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

ContextDelegate::Line ContextDelegate::first(const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QString text = index.data().toString();
    if (text.isEmpty())
        return {QStringLiteral("–"), t.muted};
    switch (index.column()) {
    case ContextModel::Reachable: {
        // A check under way takes the last one's words, and not its colour.
        const Shape shape = contextShape(index);
        return {text, shape == Shape::Bad || shape == Shape::Unknown || shape == Shape::Warn ? shapeColour(t, shape)
                      : shape == Shape::Idle                                                 ? t.muted
                                                                                             : t.text};
    }
    case ContextModel::Expires: {
        const auto ending = ContextModel::Ending(index.data(ContextModel::EndingRole).toInt());
        return {text, ending == ContextModel::Ending::Over ? t.bad : ending == ContextModel::Ending::Soon ? t.warn : t.text};
    }
    default:
        break;
    }
    const bool quiet = index.data(ContextModel::ImpliedRole).toBool() || index.data(ContextModel::PastRole).toBool();
    return {text, quiet ? t.muted : t.text};
}

ContextDelegate::Line ContextDelegate::second(const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    QString text = index.data(ContextModel::SecondRole).toString();
    if (index.column() == ContextModel::Cluster) {
        // All servers speak https: naming it would push their names out of narrow columns. Plain http stays to be seen.
        const QLatin1String usual("https://");
        if (text.startsWith(usual))
            text = text.mid(usual.size());
    }
    QColor colour = t.muted;
    if (index.column() == ContextModel::Expires) {
        const auto ending = ContextModel::Ending(index.data(ContextModel::EndingRole).toInt());
        if (ending == ContextModel::Ending::Over)
            colour = t.bad;
        else if (ending == ContextModel::Ending::Soon)
            colour = t.warn;
    }
    return {text, colour};
}

void ContextDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRect &rect = option.rect;
    const auto *view = qobject_cast<const TableView *>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = view == nullptr || (view->hasFocus() && view->isActiveWindow());
    QColor ground = t.surface;
    if (selected)
        ground = active ? t.select : t.selectOff;
    else if (view != nullptr && view->hoveredRow() == index.row())
        ground = t.hover;
    painter.fillRect(rect, ground);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.lineSoft);
    if (selected && active && index.column() == 0)
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), t.accent);
}

void ContextDelegate::paintBar(QPainter &painter, const QRectF &rect, const QModelIndex &index) const
{
    const QColor own = m_theme.contextColour(index.data(ContextModel::IdentityRole).toInt());
    const QRectF bar(rect.left(), rect.top() + 6, barWidth, rect.height() - 12);
    if (index.data(ContextModel::ProductionRole).toBool())
        drawHatch(painter, bar, own, mix(own, m_theme.tokens().surface, 0.65), 4);
    else
        painter.fillRect(bar, own);
}

void ContextDelegate::paintName(QPainter &painter, const QRectF &rect, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QFont small = m_theme.font(FontRole::Small);
    const QStringList labels = tags(index);
    qreal tagsWidth = 0;
    for (const QString &label : labels)
        tagsWidth += measure::between + std::ceil(textWidth(label, small)) + 2 * tagPadding;
    const qreal end = drawText(
        painter, rect.adjusted(0, 0, -tagsWidth, 0), Qt::AlignLeft, index.data().toString(), m_theme.font(FontRole::Bold), t.text, Shaping::Exact);
    qreal left = std::round(rect.left() + end) + measure::between;
    for (const QString &label : labels) {
        const QRectF tag(
            left, std::floor(rect.top() + (rect.height() - tagHeight) / 2), std::ceil(textWidth(label, small)) + 2 * tagPadding, tagHeight);
        const QColor own = m_theme.contextColour(index.data(ContextModel::IdentityRole).toInt());
        const bool opened = index.data(ContextModel::OpenedRole).toBool() && label == labels.front();
        drawBox(
            painter, tag, opened ? mix(t.surface, own, t.scheme == Scheme::Dark ? 0.3 : 0.12) : QColor(), opened ? mix(t.surface, own, 0.6) : t.edge);
        drawText(painter, tag.adjusted(tagPadding, 0, 0, 0), Qt::AlignLeft, label, small, opened ? t.text : t.muted);
        left = tag.right() + measure::between;
    }
}

void ContextDelegate::paintTrips(QPainter &painter, const QRectF &rect, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QVariantList trips = index.data(ContextModel::TripsRole).toList();
    const QVariantList paces = index.data(ContextModel::TripPacesRole).toList();
    const qreal foot = std::round(rect.center().y() + tripsHeight / 2.0);
    // The last one ends where the column does; those that are not there yet leave their place.
    qreal left = std::round(rect.right() - qreal(trips.size() * tripStep - 1));
    for (qsizetype at = 0; at < trips.size(); ++at) {
        const int trip = trips[at].toInt();
        if (trip < 0) // thin and whole, not only red: no bar at all could be taken for no check
            painter.fillRect(QRectF(left + 1, foot - tripsHeight, 1, tripsHeight), t.bad);
        else
            painter.fillRect(
                QRectF(left, foot - barHeight(trip), tripStep - 1, barHeight(trip)), isSlow(paces[at]) ? t.warn : mix(t.surface, t.muted, 0.8));
        left += tripStep;
    }
}

void ContextDelegate::paintCell(QPainter &painter, const QRectF &top, const QRectF &below, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const Line line = first(index);
    const Qt::Alignment alignment = index.column() == ContextModel::Expires ? Qt::AlignRight : Qt::AlignLeft;
    qreal left = 0;
    if (hasMarks(index.column())) {
        const Shape shape = contextShape(index);
        drawShape(painter, QRectF(top.left(), top.top(), measure::shape, top.height()), shape, shapeColour(t, shape));
        left = markRoom;
    }
    const qreal width =
        drawText(painter, top.adjusted(left, 0, 0, 0), alignment, line.text, m_theme.font(FontRole::Body), line.colour, Shaping::Exact);
    if (index.column() == ContextModel::Expires) {
        const auto ending = ContextModel::Ending(index.data(ContextModel::EndingRole).toInt());
        const Shape shape = ending == ContextModel::Ending::Over ? Shape::Bad : ending == ContextModel::Ending::Soon ? Shape::Warn : Shape::None;
        const qreal right = top.right() - width - 6;
        if (right - measure::shape >= top.left())
            drawShape(painter, QRectF(right - measure::shape, top.top(), measure::shape, top.height()), shape, shapeColour(t, shape));
    }
    if (index.column() == ContextModel::Reachable && left + width + measure::between + tripsWidth <= top.width())
        paintTrips(painter, QRectF(top.right() - tripsWidth, top.top(), tripsWidth, top.height()), index);
    const Line note = second(index);
    if (note.text.isEmpty())
        return;
    if (index.column() == ContextModel::User) {
        drawIcon(
            painter, QRectF(below.left(), std::floor(below.top() + (below.height() - iconSize) / 2), iconSize, iconSize), signInIcon(index), t.muted);
        left = iconRoom;
    }
    drawText(painter, below.adjusted(left, 0, 0, 0), alignment, note.text, m_theme.font(FontRole::Small), note.colour, Shaping::Exact,
        index.column() == ContextModel::Name ? Cut::Beginning : Cut::End);
}

void ContextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintGround(*painter, option, index);
    QRectF inner = option.rect.marginsRemoved(padding(index.column()));
    if (index.column() == ContextModel::Name) {
        paintBar(*painter, inner, index);
        inner.setLeft(inner.left() + barRoom);
    }
    const int above = (option.rect.height() - 1 - lineStep - lineHeight) / 2; // whole pixels
    const QRectF top(inner.left(), inner.top() + above, inner.width(), lineHeight);
    const QRectF below = top.translated(0, lineStep);
    if (index.column() == ContextModel::Name) {
        paintName(*painter, top, index);
        drawText(*painter, below, Qt::AlignLeft, second(index).text, m_theme.font(FontRole::Small), m_theme.tokens().muted, Shaping::Exact,
            Cut::Beginning);
    } else {
        paintCell(*painter, top, below, index);
    }
    painter->restore();
}

QSize ContextDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int column = index.column();
    const QFont small = m_theme.font(FontRole::Small);
    qreal top = textWidth(first(index).text, m_theme.font(column == ContextModel::Name ? FontRole::Bold : FontRole::Body), Shaping::Exact);
    qreal below = textWidth(second(index).text, small, Shaping::Exact);
    // What a check may bring has its place before it comes: columns do not move while people look at them.
    const auto atLeast = [&](const QString &topText, const QString &belowText) {
        top = std::max(top, textWidth(topText, m_theme.font(FontRole::Body), Shaping::Exact));
        below = std::max(below, textWidth(belowText, small, Shaping::Exact));
    };
    if (column == ContextModel::Version)
        atLeast(QStringLiteral("1.34.44"), QStringLiteral("gke.1003000"));
    else if (column == ContextModel::Reachable)
        atLeast(tr("Sign-in refused"), tr("checked %1").arg(QStringLiteral("00:00:00")));
    if (column == ContextModel::Name) {
        const QStringList labels = tags(index);
        for (const QString &label : labels)
            top += measure::between + std::ceil(textWidth(label, small)) + 2 * tagPadding;
        top += barRoom;
        below += barRoom;
    } else if (hasMarks(column)) {
        top = std::max(top, textWidth(QStringLiteral("9999 ms"), m_theme.font(FontRole::Body), Shaping::Exact) + measure::between + tripsWidth);
        top += markRoom;
        below += markRoom;
    } else if (column == ContextModel::User) {
        below += iconRoom;
    } else if (column == ContextModel::Expires) {
        top += markRoom;
    }
    const QMargins outer = padding(column);
    return {int(std::ceil(std::max(top, below))) + outer.left() + outer.right(), m_theme.rows().twoLines};
}

} // namespace fairlead::ui
