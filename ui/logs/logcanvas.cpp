// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logcanvas.h"

#include "ui/logs/logaccessible.h"
#include "ui/logs/logscrollbar.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

using logs::LogRow;
using logs::RowNumber;

namespace {

constexpr int topMargin = 4;
constexpr int stampColumns = 13; // "14:38:11.902" and its blank
constexpr int least = 20;        // columns of a wrapped line
constexpr int rowHeight = LogFonts::rowHeight;

Shape shapeOf(LogRow::Kind kind)
{
    switch (kind) {
    case LogRow::Kind::Gap:
        return Shape::Unknown;
    case LogRow::Kind::Started:
        return Shape::Progress;
    case LogRow::Kind::Done:
        return Shape::Idle;
    case LogRow::Kind::Failed:
        return Shape::Bad;
    default:
        return Shape::None;
    }
}

} // namespace

LogCanvas::LogCanvas(const Theme &theme, const logs::LogRing &ring, const logs::LogSearch &search, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_ring(ring)
    , m_search(search)
    , m_lines(theme, ring)
    , m_selection(ring, m_lines)
{
    // First: a name that is set is told to a reader, and whatever interface is made for that stays. Asked again with the same one, Qt does nothing.
    QAccessible::installFactory(LogAccessible::make);
    setVerticalScrollBar(new LogScrollBar(theme, ring, search));
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(QStringLiteral("log"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(false);
}

LogCanvas::~LogCanvas() = default;

void LogCanvas::setStamps(bool shown)
{
    m_stamps = shown;
    m_lines.setStamps(shown);
    m_lines.setWrapColumns(wrapColumns());
    forgetLaid();
    settle();
}

void LogCanvas::setWrapped(bool wrapped)
{
    m_wrapped = wrapped;
    m_top.line = 0;
    m_lines.setWrapColumns(wrapColumns());
    forgetLaid();
    settle();
}

void LogCanvas::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    if (following)
        settle();
    Q_EMIT followingChanged(following);
}

void LogCanvas::setSuffix(const QString &suffix)
{
    if (m_lines.setSuffix(suffix))
        viewport()->update();
}

void LogCanvas::setCurrentHit(const std::optional<logs::LogSearch::Hit> &hit)
{
    m_hit = hit;
    viewport()->update();
}

void LogCanvas::hitsChanged()
{
    viewport()->update();
    verticalScrollBar()->update();
}

void LogCanvas::rowsChanged()
{
    if (m_generation != m_ring.generation()) {
        m_generation = m_ring.generation();
        m_lines.forget();
        m_selection.clear();
        m_hit.reset();
        m_widest = 0;
        m_measured = 0;
        m_top = {};
        Q_EMIT selectionChanged();
    }
    for (m_measured = std::max(m_measured, m_ring.begin()); m_measured < m_ring.end(); ++m_measured)
        m_widest = std::max<std::size_t>(m_widest, m_ring.row(m_measured).length);
    settle();
}

void LogCanvas::forgetLaid()
{
    m_lines.forget();
    viewport()->update();
}

int LogCanvas::textLeft() const
{
    return measure::margin + (m_stamps ? int(std::lround(stampColumns * m_lines.fonts().advance())) + 2 : 0);
}

int LogCanvas::wrapColumns() const
{
    if (!m_wrapped)
        return 0;
    return std::max(least, int((viewport()->width() - textLeft() - measure::between) / m_lines.fonts().advance()));
}

int LogCanvas::visibleLines() const
{
    return std::max(1, (viewport()->height() - topMargin) / rowHeight);
}

// Scrolling: the bar counts rows; a place in the middle of a wrapped row is only here.

LogCanvas::Top LogCanvas::moved(Top top, int lines) const
{
    for (; lines < 0; ++lines) {
        if (top.line > 0)
            --top.line;
        else if (top.row > m_ring.begin())
            top = {top.row - 1, m_lines.linesOf(top.row - 1) - 1};
        else
            break;
    }
    for (; lines > 0 && top.row < m_ring.end(); --lines) {
        if (top.line + 1 < m_lines.linesOf(top.row))
            ++top.line;
        else
            top = {top.row + 1, 0};
    }
    return top;
}

LogCanvas::Top LogCanvas::endTop() const
{
    return moved({m_ring.end(), 0}, -visibleLines());
}

bool LogCanvas::isAtEnd() const
{
    return m_top >= endTop();
}

RowNumber LogCanvas::bottomRow() const
{
    Top top = m_top;
    for (int left = visibleLines() + 1; left > 0 && top.row < m_ring.end(); top = {top.row + 1, 0})
        left -= m_lines.linesOf(top.row) - top.line;
    return std::min(top.row, m_ring.end());
}

void LogCanvas::goTo(Top top)
{
    m_top = std::clamp(top, Top{m_ring.begin(), 0}, endTop());
    updateBars();
    viewport()->update();
    Q_EMIT scrolled();
}

void LogCanvas::scrollLines(int lines)
{
    goTo(moved(m_top, lines));
    followIfAtEnd();
}

void LogCanvas::followIfAtEnd()
{
    setFollowing(isAtEnd());
}

void LogCanvas::settle()
{
    goTo(m_following ? endTop() : m_top);
}

void LogCanvas::updateBars()
{
    const bool before = std::exchange(m_settling, true);
    const Top end = endTop();
    QScrollBar *bar = verticalScrollBar();
    const int most = int(end.row - m_ring.begin()) + (end.line > 0 ? 1 : 0);
    bar->setRange(0, most);
    bar->setPageStep(visibleLines());
    bar->setSingleStep(1);
    bar->setValue(m_top >= end ? most : int(m_top.row - m_ring.begin()));
    QScrollBar *flat = horizontalScrollBar();
    const int wanted = m_wrapped ? 0 : int(std::ceil(double(m_widest) * m_lines.fonts().advance())) + measure::between;
    const int room = viewport()->width() - textLeft();
    flat->setRange(0, std::max(0, wanted - room));
    flat->setPageStep(std::max(1, room));
    flat->setSingleStep(int(4 * m_lines.fonts().advance()));
    m_settling = before;
}

void LogCanvas::scrollContentsBy(int, int dy)
{
    viewport()->update();
    if (m_settling || dy == 0)
        return;
    const QScrollBar *bar = verticalScrollBar();
    goTo(bar->value() >= bar->maximum() ? endTop() : Top{m_ring.begin() + RowNumber(bar->value()), 0});
    followIfAtEnd();
}

void LogCanvas::bring(RowNumber row, std::size_t byte)
{
    if (row < m_ring.begin() || row >= m_ring.end())
        return;
    if (row < m_top.row || row + 1 >= bottomRow())
        goTo(moved({row, 0}, -visibleLines() / 2));
    setFollowing(isAtEnd() && m_following);
    if (m_wrapped || !m_ring.row(row).isLine())
        return;
    const LaidRow &text = m_lines.laid(row).row;
    const qreal x = text.boxes(0, text.placeOfByte(byte)).isEmpty() ? 0 : text.boxes(0, text.placeOfByte(byte)).last().right();
    QScrollBar *flat = horizontalScrollBar();
    const int room = viewport()->width() - textLeft();
    if (x < flat->value() || x > flat->value() + room * 3 / 4)
        flat->setValue(int(x) - room / 3);
}

void LogCanvas::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_lines.setWrapColumns(wrapColumns());
    settle();
}

QRectF LogCanvas::rowRect(RowNumber row) const
{
    qreal y = topMargin - m_top.line * rowHeight;
    for (RowNumber each = m_top.row; each < m_ring.end() && y < viewport()->height(); ++each) {
        const int height = m_lines.linesOf(each) * rowHeight;
        if (each == row)
            return {0, y, qreal(viewport()->width()), qreal(height)};
        y += height;
    }
    return {};
}

// Painting

void LogCanvas::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_lines.fonts().ground());
    qreal y = topMargin - m_top.line * rowHeight;
    painter.setClipRect(QRect(0, topMargin, viewport()->width(), viewport()->height() - topMargin));
    for (RowNumber row = m_top.row; row < m_ring.end() && y < viewport()->height(); ++row) {
        if (m_ring.row(row).isLine())
            paintRow(painter, row, y);
        else
            paintOurs(painter, row, y);
        y += m_lines.linesOf(row) * rowHeight;
    }
    if (hasFocus() && (window()->testAttribute(Qt::WA_KeyboardFocusChange) || m_selection.hasCursor())) {
        painter.setClipping(false);
        painter.fillRect(QRect(0, 0, 2, viewport()->height()), m_theme.tokens().accent);
    }
}

void LogCanvas::paintRow(QPainter &painter, RowNumber row, qreal y)
{
    const Tokens &t = m_theme.tokens();
    const LogLines::Laid &line = m_lines.laid(row);
    const LaidRow &text = line.row;
    if (m_stamps)
        line.stamp.draw(painter, QPointF(measure::margin, y + m_lines.fonts().base()), t.muted);
    const QPointF at(textLeft() - (m_wrapped ? 0 : horizontalScrollBar()->value()), y);
    painter.save();
    painter.setClipRect(QRectF(textLeft() - 1, y, viewport()->width() - textLeft() + 1, text.lines() * rowHeight), Qt::IntersectClip);
    text.drawGrounds(painter, at);
    const auto chosen = m_selection.range();
    if (chosen) {
        const auto &[from, to] = *chosen;
        if (row >= from.row && row <= to.row) {
            const QColor fill = hasFocus() ? t.select : t.selectOff;
            const qsizetype end = row == to.row ? to.at : text.text().size();
            const auto boxes = text.boxes(row == from.row ? from.at : 0, end);
            for (const QRectF &box : boxes)
                painter.fillRect(box.translated(at), fill);
            // The line's end is selected too: a narrow box says so, also on an empty line.
            if (row != to.row) {
                const QRectF last = boxes.isEmpty() ? QRectF(0, 0, 0, rowHeight) : boxes.last();
                painter.fillRect(QRectF(last.right(), last.top(), m_lines.fonts().advance(), rowHeight).translated(at), fill);
            }
        }
    }
    text.drawText(painter, at);
    paintHits(painter, row, text, at);
    if (const auto cursor = m_selection.cursor(); cursor && cursor->row == row && hasFocus()) {
        const auto before = text.boxes(0, cursor->at);
        const QPointF place = before.isEmpty() ? QPointF() : before.last().topRight();
        painter.fillRect(QRectF(at.x() + place.x() - 1, at.y() + place.y(), 1, rowHeight), t.accent);
    }
    painter.restore();
}

// Under the text, and the text once more on top: a hit must be readable in whatever colour it stood.
void LogCanvas::paintHits(QPainter &painter, RowNumber row, const LaidRow &text, const QPointF &at)
{
    if (m_search.pattern().isEmpty())
        return;
    const Tokens &t = m_theme.tokens();
    const QColor other = mix(m_lines.fonts().ground(), t.warn, m_theme.scheme() == Scheme::Dark ? 0.42 : 0.26);
    std::uint32_t index = 0;
    for (const auto &place : m_search.pattern().places(m_ring.text(row))) {
        const bool current = m_hit && m_hit->row == row && m_hit->index == index++;
        for (const QRectF &box : text.boxes(text.placeOfByte(place.begin), text.placeOfByte(place.begin + place.length))) {
            const QRectF shown(std::round(at.x() + box.left()) - 1, at.y() + box.top() + 1, std::round(box.width()) + 2, rowHeight - 2);
            painter.fillRect(shown, current ? t.accentFill : other);
            painter.save();
            painter.setClipRect(shown, Qt::IntersectClip);
            text.drawText(painter, at, current ? t.onFill : t.text);
            painter.restore();
        }
    }
}

void LogCanvas::paintOurs(QPainter &painter, RowNumber row, qreal y)
{
    const Tokens &t = m_theme.tokens();
    const LogRow &facts = m_ring.row(row);
    const ui::Shape shape = shapeOf(facts.kind);
    const QColor colour = shapeColour(t, shape);
    const bool dark = m_theme.scheme() == Scheme::Dark;
    const QRectF box(0, y, viewport()->width(), rowHeight);
    painter.fillRect(box, mix(m_lines.fonts().ground(), colour, dark ? 0.13 : 0.06));
    drawShape(painter, QRectF(measure::margin, y, measure::shape, rowHeight), shape, colour);
    const QFont font = m_theme.font(FontRole::SmallMedium);
    const qreal left = measure::margin + measure::shape + 7;
    const qreal end = left + drawText(painter, QRectF(left, y, box.width() - left - measure::margin, rowHeight), Qt::AlignLeft, m_lines.words(row),
                                 font, t.text, Shaping::Exact);
    const QColor dash = mix(m_lines.fonts().ground(), colour, 0.6);
    const qreal middle = std::round(y + rowHeight / 2.0);
    for (qreal x = std::round(end) + 10; x + 3 <= box.width() - measure::margin; x += 6)
        painter.fillRect(QRectF(x, middle, 3, 1), dash);
    const auto chosen = m_selection.range();
    if (chosen && row >= chosen->first.row && row <= chosen->second.row)
        painter.fillRect(QRectF(0, y, 2, rowHeight), t.accent);
}

void LogCanvas::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void LogCanvas::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void LogCanvas::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        forgetLaid(); // its colours are of the other scheme
}

// Selection

void LogCanvas::selected()
{
    viewport()->update();
    Q_EMIT selectionChanged();
}

void LogCanvas::selectAll()
{
    m_selection.selectAll();
    selected();
}

void LogCanvas::clearSelection()
{
    m_selection.clear();
    selected();
}

LogSelection::Place LogCanvas::placeAt(const QPoint &point) const
{
    if (m_ring.size() == 0)
        return {};
    const int y = std::max(0, point.y() - topMargin);
    const Top top = moved(m_top, y / rowHeight);
    if (top.row >= m_ring.end())
        return {m_ring.end() - 1, m_lines.size(m_ring.end() - 1)};
    const int x = point.x() - textLeft() + (m_wrapped ? 0 : horizontalScrollBar()->value());
    return {top.row, m_lines.laid(top.row).row.placeAt(QPointF(x, top.line * rowHeight + y % rowHeight))};
}

// Input

void LogCanvas::wheelEvent(QWheelEvent *event)
{
    const QPoint turned = event->angleDelta();
    if (turned.y() == 0 || (event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier)) != 0)
        return QAbstractScrollArea::wheelEvent(event);
    const int lines = event->pixelDelta().isNull() ? -turned.y() * QApplication::wheelScrollLines() / 120 : -event->pixelDelta().y() / rowHeight;
    scrollLines(lines == 0 ? (turned.y() > 0 ? -1 : 1) : lines);
    event->accept();
}

void LogCanvas::keyPressEvent(QKeyEvent *event)
{
    if (m_selection.extend(*event, m_top.row, visibleLines())) {
        const LogSelection::Place cursor = *m_selection.cursor();
        selected();
        return bring(cursor.row, m_lines.laid(cursor.row).row.byteOfPlace(cursor.at));
    }
    if (event->matches(QKeySequence::Copy))
        return Q_EMIT copyWanted();
    if (event->matches(QKeySequence::SelectAll))
        return selectAll();
    QScrollBar *flat = horizontalScrollBar();
    switch (event->key()) {
    case Qt::Key_Up:
        return scrollLines(-1);
    case Qt::Key_Down:
        return scrollLines(1);
    case Qt::Key_PageUp:
        return scrollLines(1 - visibleLines());
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        return scrollLines(visibleLines() - 1);
    case Qt::Key_Home:
        goTo({m_ring.begin(), 0});
        return followIfAtEnd();
    case Qt::Key_End:
        goTo(endTop());
        return setFollowing(true);
    case Qt::Key_Left:
        return flat->setValue(flat->value() - flat->singleStep());
    case Qt::Key_Right:
        return flat->setValue(flat->value() + flat->singleStep());
    case Qt::Key_Escape:
        if (m_selection.hasCursor())
            return clearSelection();
        break;
    default:
        break;
    }
    event->ignore(); // the page's own keys
}

void LogCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_ring.size() == 0)
        return;
    const LogSelection::Place place = placeAt(event->pos());
    if (event->timestamp() > 0 && qint64(event->timestamp()) - m_doubleClick < QApplication::doubleClickInterval())
        m_selection.selectRow(place.row); // the third click
    else
        m_selection.set((event->modifiers() & Qt::ShiftModifier) != 0 ? m_selection.anchor().value_or(place) : place, place);
    selected();
}

void LogCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) == 0 || !m_selection.hasCursor())
        return;
    m_pointer = event->pos();
    m_selection.set(*m_selection.anchor(), placeAt(m_pointer));
    selected();
    const bool outside = m_pointer.y() < 0 || m_pointer.y() > viewport()->height();
    if (outside && !m_dragging.isActive())
        m_dragging.start(50, this);
    else if (!outside)
        m_dragging.stop();
}

void LogCanvas::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_dragging.timerId() || !m_selection.hasCursor())
        return QAbstractScrollArea::timerEvent(event);
    scrollLines(m_pointer.y() < 0 ? m_pointer.y() / rowHeight - 1 : (m_pointer.y() - viewport()->height()) / rowHeight + 1);
    m_selection.set(*m_selection.anchor(), placeAt(m_pointer));
    selected();
}

void LogCanvas::mouseReleaseEvent(QMouseEvent *)
{
    m_dragging.stop();
}

void LogCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_doubleClick = qint64(event->timestamp());
    if (m_ring.size() == 0)
        return;
    m_selection.selectWord(placeAt(event->pos()));
    selected();
}

void LogCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copy = menu->addAction(QStringLiteral("Copy"), this, &LogCanvas::copyWanted);
    copy->setShortcut(QKeySequence::Copy);
    copy->setEnabled(selection().has_value());
    QAction *all = menu->addAction(QStringLiteral("Select all"), this, &LogCanvas::selectAll);
    all->setShortcut(QKeySequence::SelectAll);
    menu->popup(event->globalPos());
}

bool LogCanvas::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (!showStampTip(help->pos(), help->globalPos()))
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

// Exactly when, here and in UTC.
bool LogCanvas::showStampTip(const QPoint &point, const QPoint &global)
{
    if (!m_stamps || point.x() >= textLeft() || m_ring.size() == 0)
        return false;
    const QString when = m_lines.when(placeAt(point).row);
    if (when.isEmpty())
        return false;
    QToolTip::showText(global, toolTipText(when), viewport());
    return true;
}

} // namespace fairlead::ui
