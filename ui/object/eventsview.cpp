// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/eventsview.h"

#include "items/plaintext.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tableview.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

using items::EventModel;

namespace {

constexpr int ageWidth = 92;
constexpr int leastReason = 150;

QString momentText(const QModelIndex &index, int role)
{
    const QDateTime moment = index.data(role).toDateTime();
    return moment.isValid() ? moment.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : QString();
}

} // namespace

QString noEventsText(const EventModel &events)
{
    if (events.rowCount() > 0 || !events.isSettled())
        return {};
    const auto &why = events.state().why;
    if (why && why->code == Code::Forbidden)
        return EventsView::tr("You may not list events here: ") + items::plainText(why->message);
    if (why)
        return EventsView::tr("Events could not be read: ") + items::plainText(why->text());
    return EventsView::tr("No event tells of this object. Most clusters keep events for an hour.");
}

EventsView::EventsView(const Theme &theme, EventModel &events, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_events(events)
    , m_table(new TableView(theme))
    , m_message(new PlainLabel(theme, FontRole::Body, &Tokens::muted))
    , m_chosen(new PlainLabel(theme, FontRole::Body, &Tokens::text))
{
    RowRoles roles;
    roles.health = EventModel::HealthRole;
    roles.shape = [](int health) { return shapeOf(kinds::Health(health)); };
    m_delegate = new RowDelegate(theme, roles, this);
    m_delegate->setMarkedColumn(EventModel::Reason);
    m_table->setModel(&events);
    m_table->setItemDelegate(m_delegate);
    m_table->setAccessibleName(tr("events"));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_message->setContentsMargins(measure::margin, measure::margin, measure::margin, 0);
    m_chosen->setWordWrap(true);
    m_chosen->setContentsMargins(measure::margin, measure::between, measure::margin, measure::between);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_message, 0, Qt::AlignTop);
    column->addWidget(m_table, 1);
    column->addWidget(m_chosen);
    m_chosen->hide();
    setFocusProxy(m_table);
    m_table->installEventFilter(this);

    const auto changed = [this] { update(); };
    connect(&events, &EventModel::stateChanged, this, changed);
    connect(&events, &QAbstractItemModel::rowsInserted, this, changed);
    connect(&events, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(&events, &QAbstractItemModel::modelReset, this, changed);
    connect(&events, &QAbstractItemModel::dataChanged, this, [this] { showChosen(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showChosen(); });
    // Ages grow without a signal.
    auto *ages = new QTimer(this);
    connect(ages, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_table->viewport()->update(0, 0, ageWidth, m_table->viewport()->height());
    });
    ages->start(1000);
    update();
}

void EventsView::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->currentIndex().isValid() && m_events.rowCount() > 0)
        m_table->selectRow(0);
}

void EventsView::setStale(bool stale)
{
    if (m_delegate->isStale() == stale)
        return;
    m_delegate->setStale(stale);
    m_table->viewport()->update();
}

void EventsView::update()
{
    const QString why = noEventsText(m_events);
    m_message->setVisible(!why.isEmpty());
    m_message->setLine(why);
    m_table->setVisible(why.isEmpty());
    fit();
    showChosen();
}

void EventsView::fit()
{
    int reason = leastReason;
    for (int row = 0; row < std::min(50, m_events.rowCount()); ++row)
        reason =
            std::max(reason, int(textWidth(m_events.index(row, EventModel::Reason).data().toString(), m_theme.font(FontRole::Body), Shaping::Exact)) +
                                 measure::shape + 3 * measure::between);
    QHeaderView *header = m_table->horizontalHeader();
    header->resizeSection(EventModel::Age, ageWidth);
    header->resizeSection(EventModel::Reason, std::min(reason, std::max(leastReason, width() / 3)));
    header->resizeSection(EventModel::Message, std::max(80, width() - header->sectionSize(0) - header->sectionSize(1)));
}

void EventsView::showChosen()
{
    const QModelIndex current = m_table->currentIndex();
    m_chosen->setVisible(current.isValid());
    if (!current.isValid())
        return;
    const QModelIndex row = current.siblingAtColumn(EventModel::Message);
    QString text = row.data().toString();
    const QString first = momentText(row, EventModel::FirstRole);
    const QString last = momentText(row, EventModel::SeenRole);
    const int count = row.data(EventModel::CountRole).toInt();
    QStringList facts;
    if (count > 1)
        facts << tr("%1 times, %2 to %3").arg(count).arg(first, last);
    else if (!last.isEmpty())
        facts << last;
    const QString source = row.data(EventModel::SourceRole).toString();
    if (!source.isEmpty())
        facts << tr("told by %1").arg(source);
    m_chosen->setLine(facts.isEmpty() ? text : text + QLatin1Char('\n') + facts.join(QStringLiteral(" · ")));
}

void EventsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void EventsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fit();
}

// Letters lead to the object's tabs; the table would search its first column by them, which holds ages.
bool EventsView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && !key->text().isEmpty() && key->text().at(0).isLetterOrNumber())
            return QCoreApplication::sendEvent(this, event);
    }
    return QWidget::eventFilter(watched, event);
}

void EventsView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_chosen->isVisible())
        painter.fillRect(QRect(0, m_chosen->y() - 1, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
