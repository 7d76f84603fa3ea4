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
constexpr qreal square = 7;

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
    , m_title(new PlainLabel(theme, FontRole::Bold, &Tokens::text))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1);
    column->setSpacing(0);
    auto *head = new QWidget;
    head->setFixedHeight(heading);
    head->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(measure::margin, 0, measure::margin, 0);
    line->setSpacing(measure::between);
    line->addWidget(m_title);
    line->addStretch(1);
    line->addWidget(m_note);
    column->addWidget(head);
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
    m_chart->setAccessibleName(tr("%1, as a chart; the switch above shows it as a table").arg(title));
    m_view->setAccessibleName(title);
    update();
}

void ChartCard::setKeys(const QList<Key> &keys)
{
    if (keys == m_keys)
        return;
    m_keys = keys;
    update();
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
}

void ChartCard::setTwin(bool twin)
{
    m_twin = twin;
    m_stack->setCurrentIndex(twin ? 1 : 0);
    update();
}

void ChartCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(onPixels(painter, QRectF(0, height() - 1, width(), 1)), t.line);
    if (m_twin)
        return;
    // What the colours mean, as far as there is room; the twin says it whole.
    const QFont small = m_theme.font(FontRole::Small);
    qreal x = m_title->geometry().right() + measure::margin;
    const qreal end = m_note->text().isEmpty() ? width() - measure::margin : m_note->geometry().left() - measure::between;
    for (const Key &key : m_keys) {
        const qreal wide = square + 5 + textWidth(key.name, small);
        if (x + wide > end)
            break;
        painter.fillRect(onPixels(painter, QRectF(x, (heading - square) / 2, square, square)), m_theme.colour(key.ink));
        drawText(painter, QRectF(x + square + 5, 0, wide, heading), Qt::AlignLeft, key.name, small, t.text);
        x += wide + measure::margin;
    }
    QRectF caption(width() - measure::margin - m_captionWide, 0, m_captionWide, heading);
    for (auto each = m_captions.rbegin(); each != m_captions.rend(); ++each, caption.translate(-m_captionWide, 0))
        drawText(painter, caption, Qt::AlignRight, *each, small, t.muted);
}

} // namespace fairlead::ui
