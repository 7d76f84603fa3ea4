// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/chartcard.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStackedLayout>

namespace fairlead::ui {

namespace {

constexpr int heading = 30;
constexpr int keysLine = 20;
constexpr qreal square = 7;
constexpr qreal besideSquare = 5;

RowRoles roles()
{
    RowRoles made;
    made.number = TextTable::NumberRole;
    return made;
}

} // namespace

ChartCard::ChartCard(const Theme &theme, const QString &title, TamedChart *chart, int numbers, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(numbers)
    , m_chart(chart)
    , m_view(new TableView(theme))
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
    , m_head(new QWidget)
    , m_title(new PlainLabel(theme, FontRole::Bold, &Tokens::text))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    m_head->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *line = new QHBoxLayout(m_head);
    line->setSpacing(measure::between);
    line->addWidget(m_title);
    line->addStretch(1);
    line->addWidget(m_note);
    column->addWidget(m_head);
    auto *place = new QWidget;
    m_stack = new QStackedLayout(place);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_chart);
    m_stack->addWidget(m_view);
    column->addWidget(place, 1);
    setTitle(title);
    m_view->setModel(&m_rows);
    m_view->setItemDelegate(new RowDelegate(theme, roles(), m_view));
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->horizontalHeader()->setStretchLastSection(false);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
}

void ChartCard::setTitle(const QString &title)
{
    m_title->setLine(title);
    layHead();
    m_chart->setAccessibleName(tr("%1, as a chart; the switch above shows it as a table").arg(title));
    m_view->setAccessibleName(title);
    update();
}

void ChartCard::setKeys(const QList<Key> &keys)
{
    if (keys == m_keys)
        return;
    m_keys = keys;
    layHead();
}

void ChartCard::setCaptions(const QStringList &captions, int wide)
{
    if (captions == m_captions && wide == m_captionWide)
        return;
    m_captions = captions;
    m_captionWide = wide;
    update();
}

void ChartCard::setNote(const QString &note)
{
    m_note->setLine(note);
    layHead();
}

void ChartCard::setTwin(bool twin)
{
    m_twin = twin;
    m_stack->setCurrentIndex(twin ? 1 : 0);
    layHead();
}

int ChartCard::titleEnd() const
{
    return measure::margin + m_title->sizeHint().width();
}

int ChartCard::noteBegin() const
{
    return m_note->text().isEmpty() ? width() - measure::margin : width() - measure::margin - m_note->sizeHint().width() - measure::between;
}

bool ChartCard::keysFitTheHead() const
{
    const QFont small = m_theme.font(FontRole::Small);
    qreal end = titleEnd();
    for (const Key &key : m_keys)
        end += measure::margin + square + besideSquare + textWidth(key.name, small);
    return end <= noteBegin();
}

// Beneath the title they take as many lines as they need.
QList<QRectF> ChartCard::keyPlaces() const
{
    const QFont small = m_theme.font(FontRole::Small);
    const qreal begin = m_keysBelow ? measure::margin : titleEnd() + measure::margin;
    const qreal end = std::max<qreal>(begin, m_keysBelow ? width() - measure::margin : noteBegin());
    QRectF line = m_keysBelow ? QRectF(0, heading - 4, width(), keysLine) : QRectF(0, 0, width(), heading);
    qreal x = begin;
    QList<QRectF> places;
    for (const Key &key : m_keys) {
        const qreal wide = std::min(square + besideSquare + textWidth(key.name, small), end - begin);
        if (x + wide > end && x > begin) {
            line.translate(0, keysLine);
            x = begin;
        }
        places.append(QRectF(x, line.top(), wide, line.height()));
        x += wide + measure::margin;
    }
    return places;
}

// What the colours mean is said whole: where the title leaves no room for all, it has lines of its own.
void ChartCard::layHead()
{
    m_keysBelow = !m_twin && !m_keys.isEmpty() && !keysFitTheHead();
    const int below = m_keysBelow ? int(keyPlaces().last().bottom()) - (heading - 4) : 0;
    m_head->setFixedHeight(heading + below);
    m_head->layout()->setContentsMargins(measure::margin, 0, measure::margin, below);
    update();
}

void ChartCard::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layHead();
}

void ChartCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(onPixels(painter, QRectF(0, height() - 1, width(), 1)), t.line);
    if (m_twin)
        return;
    const QFont small = m_theme.font(FontRole::Small);
    const QList<QRectF> places = keyPlaces();
    for (qsizetype i = 0; i < places.size(); ++i) {
        const QRectF &place = places[i];
        painter.fillRect(onPixels(painter, QRectF(place.left(), place.center().y() - square / 2, square, square)), m_theme.colour(m_keys[i].ink));
        drawText(painter, place.adjusted(square + besideSquare, 0, 0, 0), Qt::AlignLeft, m_keys[i].name, small, t.text);
    }
    QRectF caption(width() - measure::margin - m_captionWide, 0, m_captionWide, heading);
    for (auto each = m_captions.rbegin(); each != m_captions.rend(); ++each, caption.translate(-m_captionWide, 0))
        drawText(painter, caption, Qt::AlignRight, *each, small, t.muted);
}

} // namespace fairlead::ui
